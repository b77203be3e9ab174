// What a logger needs to know, checked, with defaults.
import { ConfigError } from '@millrace/client'
import { type Clock, nearestName, nodeClock } from '@millrace/runtime'
import type { LoggerOptions as PinoOptions } from 'pino'
import type { TopicStreamOptions } from './topic-stream.ts'

/** From all to nothing, as pino calls them. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/** Options of {@link createLogger}. */
export interface LoggerOptions {
  /** What is less important is not written. Default `info`. */
  readonly level?: LogLevel
  /** Name of the service, in every line. Default: none. */
  readonly service?: string
  /** `json` as pino has it, with levels as words; `ecs` in the fields of the Elastic Common Schema. Default `json`. */
  readonly format?: 'json' | 'ecs'
  /** A file for the lines, made with its folders where it is not there. One process writes to it. Default: none. */
  readonly file?: string
  /** Size at which the file is put aside as `NAME.2026-11-30.1.log`, in megabytes (1,048,576 bytes). Default 100. */
  readonly rotationSize?: number
  /** How long files that were put aside are kept, in days; the file is put aside every day, too (UTC). Default 7. */
  readonly rotationCount?: number
  /** Whether lines go to standard output. Default: where there is no file. */
  readonly stdout?: boolean
  /** A topic that lines are shipped to, without ever holding up the application. Default: none. */
  readonly topic?: TopicStreamOptions
  /** Fields of every line. Default: none but the service's name, `pid` and `hostname`. */
  readonly fields?: Readonly<Record<string, unknown>>
  /** Fields whose values are nobody's business, as paths (`password`, `user.email`, `*.token`). Default: none. */
  readonly redact?: readonly string[]
  /** Further options of pino's own. Default: none. */
  readonly pino?: Omit<PinoOptions, 'level' | 'base' | 'redact' | 'transport'>
  /** Time of lines and of days. Default: the system's. */
  readonly clock?: Clock
}

export interface ResolvedLoggerOptions {
  readonly level: LogLevel
  readonly format: 'json' | 'ecs'
  readonly file: string | undefined
  readonly maxBytes: number
  readonly maxDays: number
  readonly stdout: boolean
  readonly topic: TopicStreamOptions | undefined
  readonly fields: Readonly<Record<string, unknown>>
  readonly redact: readonly string[]
  readonly pino: NonNullable<LoggerOptions['pino']>
  readonly clock: Clock
}

const levels: readonly string[] = [
  'trace',
  'debug',
  'info',
  'warn',
  'error',
  'fatal',
  'silent',
] satisfies LogLevel[]
const optionNames: readonly string[] = [
  'level',
  'service',
  'format',
  'file',
  'rotationSize',
  'rotationCount',
  'stdout',
  'topic',
  'fields',
  'redact',
  'pino',
  'clock',
] satisfies (keyof LoggerOptions)[]
const megabyte = 1_048_576

/** Throws ConfigError. */
export function resolveLoggerOptions(options: LoggerOptions): ResolvedLoggerOptions {
  for (const name of Object.keys(options)) {
    if (optionNames.includes(name)) continue
    const near = nearestName(name, optionNames)
    throw refused(
      `there is no option "${name}"; ${near ? `did you mean "${near}"?` : `there are ${optionNames.join(', ')}`}`,
    )
  }
  const { level = 'info', format = 'json', service, file, rotationSize = 100, rotationCount = 7 } = options
  checkLevel(level)
  if (format !== 'json' && format !== 'ecs') throw refused(`format is "${String(format)}"; it is json or ecs`)
  if (file === '') throw refused('file is empty; leave it out to log to standard output alone')
  if (!(rotationSize > 0)) throw refused(`rotationSize is ${rotationSize}; write megabytes, more than 0`)
  if (!(Number.isInteger(rotationCount) && rotationCount >= 0))
    throw refused(`rotationCount is ${rotationCount}; write whole days`)
  return {
    level,
    format,
    file,
    maxBytes: rotationSize * megabyte,
    maxDays: rotationCount,
    stdout: options.stdout ?? file === undefined,
    topic: options.topic,
    fields: { ...(service !== undefined && { service }), ...options.fields },
    redact: options.redact ?? [],
    pino: options.pino ?? {},
    clock: options.clock ?? nodeClock,
  }
}

/** Throws ConfigError for what is no level. */
export function checkLevel(level: string): asserts level is LogLevel {
  if (levels.includes(level)) return
  const near = nearestName(level, levels)
  throw refused(
    `level is "${level}"; ${near ? `did you mean "${near}"?` : `it is one of ${levels.join(', ')}`}`,
  )
}

function refused(what: string): ConfigError {
  return new ConfigError(`logger: ${what}`)
}
