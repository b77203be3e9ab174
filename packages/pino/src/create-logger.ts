// Makes a logger of pino's: where its lines go, what they look like, and what they say of the record in hand.
import {
  type DestinationStream,
  type Logger,
  type LoggerOptions as PinoOptions,
  pino,
  stdSerializers,
} from 'pino'
import { ecsOptions } from './ecs.ts'
import { LevelTree } from './level-tree.ts'
import { logContext } from './log-context.ts'
import { hostFields } from './node-host.ts'
import { RotatingFile } from './node-rotating-file.ts'
import { standardOutput, tellStandardError } from './node-standard-output.ts'
import {
  checkLevel,
  type LoggerOptions,
  type LogLevel,
  type ResolvedLoggerOptions,
  resolveLoggerOptions,
} from './options.ts'
import { type Outlet, Outlets } from './outlet.ts'
import { TopicStream } from './topic-stream.ts'

/** A logger of pino's that can be closed. It fits wherever a client or a service takes a `logger`. */
export type ServiceLogger = Logger & LoggerControls

/** What a {@link ServiceLogger} has beside what pino's loggers have. */
export interface LoggerControls extends AsyncDisposable {
  /** Changes the level while the program runs, of this logger and of all children that were made of it. Throws ConfigError for what is no level. */
  setLevel(level: LogLevel): void
  /** Number of lines that could not be shipped to the topic so far; 0 where there is none. */
  readonly droppedLines: number
  /** Ships what waits, for `timeoutMs` (5,000) at most, and closes the file. Lines that are logged later still get into file and standard output. Never rejects. */
  close(timeoutMs?: number): Promise<void>
}

/**
 * Makes a logger: JSON lines to standard output, a file that is rotated, a topic, or several of them. Lines that are logged while a record is handled say which, where {@link logContext} is among the hooks of
 * the service or the client. Throws ConfigError for options that cannot be, and what opening the file throws.
 *
 * @example
 * const logger = createLogger({ service: 'billing', level: 'info', file: 'logs/billing.log', rotationSize: 100, rotationCount: 7 })
 * const service = new Service({ name: 'billing', brokers: ['localhost:9092'], logger, hooks: [logContext] })
 */
export function createLogger(options: LoggerOptions = {}): ServiceLogger {
  const resolved = resolveLoggerOptions(options)
  const topic = resolved.topic && new TopicStream(resolved.topic)
  const outlet = new Outlets(outletsOf(resolved, topic))
  const children = new LevelTree()
  const logger = pino(pinoOptions(resolved, children), outlet as DestinationStream)
  const controls: LoggerControls = {
    setLevel(level) {
      checkLevel(level)
      logger.level = level
      children.set(level)
    },
    get droppedLines() {
      return topic?.dropped ?? 0
    },
    close: (timeoutMs = 5_000) => outlet.close(timeoutMs),
    [Symbol.asyncDispose]: () => outlet.close(5_000),
  }
  // Getters stay getters, and children inherit all of it.
  return Object.defineProperties(logger, Object.getOwnPropertyDescriptors(controls)) as ServiceLogger
}

function outletsOf(options: ResolvedLoggerOptions, topic: TopicStream | undefined): Outlet[] {
  const { file, maxBytes, maxDays, clock, stdout } = options
  const outlets: Outlet[] = []
  if (stdout) outlets.push(standardOutput())
  if (file !== undefined)
    outlets.push(new RotatingFile({ file, maxBytes, maxDays, clock, onProblem: tellStandardError }))
  if (topic) outlets.push(topic)
  return outlets
}

function pinoOptions(options: ResolvedLoggerOptions, children: LevelTree): PinoOptions {
  const { level, format, fields, redact, clock, pino: own } = options
  const shape: PinoOptions =
    format === 'ecs'
      ? ecsOptions(clock)
      : {
          formatters: { level: label => ({ level: label }) },
          timestamp: () => `,"time":${clock.now()}`,
          // Services and clients call it `error`, and what an Error says is nothing that JSON sees.
          serializers: { error: stdSerializers.err },
        }
  return {
    ...shape,
    ...own,
    level,
    base: { ...hostFields(), ...fields },
    serializers: { ...shape.serializers, ...own.serializers },
    formatters: { ...shape.formatters, ...own.formatters },
    ...(redact.length > 0 && { redact: [...redact] }),
    mixin(given, number, logger) {
      return { ...logContext.fields(), ...own.mixin?.(given, number, logger) }
    },
    onChild(child) {
      children.add(child as Logger)
      own.onChild?.(child)
    },
  }
}
