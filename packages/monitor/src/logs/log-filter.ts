// Which lines are wanted. Pure.
import { ConfigError } from '@millrace/client'
import { type LogLine, levelNumber } from './log-line.ts'

/** Which lines are wanted: those that all of it is true of. */
export interface LogFilter {
  /** This level and what is worse; lines that say no level are wanted, too. Default: all. */
  readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'
  /** Logged then or later, in ms since the epoch. Default: from the first line on. */
  readonly from?: number
  /** Logged before then, in ms since the epoch. Default: to the end. */
  readonly to?: number
  /** Of this service, or one of these. Default: of all. */
  readonly service?: string | readonly string[]
  /** About this piece of work. Default: about any. */
  readonly correlationId?: string
  /** With this text anywhere in the line, whatever the case of its letters; or one that the expression fits. Default: any. */
  readonly text?: string | RegExp
  /** What else is to be true of a line. Default: nothing. */
  readonly where?: (line: LogLine) => boolean
}

/** Whether a line may be wanted, by its text alone: most are passed over before they are parsed. */
export function textFilter({ correlationId, service, text }: LogFilter): (line: string) => boolean {
  const needles: string[] = []
  // Both stand in the line as JSON writes them.
  if (correlationId !== undefined) needles.push(JSON.stringify(correlationId).slice(1, -1))
  const [only, ...others] = typeof service === 'string' ? [service] : (service ?? [])
  if (only !== undefined && others.length === 0) needles.push(JSON.stringify(only).slice(1, -1))
  const sought = typeof text === 'string' ? text.toLowerCase() : undefined
  return line => {
    for (const needle of needles) if (!line.includes(needle)) return false
    if (sought !== undefined) return line.toLowerCase().includes(sought)
    if (text === undefined) return true
    const expression = text as RegExp
    expression.lastIndex = 0
    return expression.test(line)
  }
}

/** Whether a line that was parsed is wanted. Throws ConfigError for a level that is none. */
export function lineFilter(filter: LogFilter): (line: LogLine) => boolean {
  const {
    level,
    from = Number.NEGATIVE_INFINITY,
    to = Number.POSITIVE_INFINITY,
    service,
    correlationId,
    where,
  } = filter
  const least = level === undefined ? undefined : levelNumber(level)
  if (level !== undefined && least === undefined)
    throw new ConfigError(
      `searchLogs: level is "${level}"; it is one of trace, debug, info, warn, error, fatal`,
    )
  const services =
    service === undefined ? undefined : new Set(typeof service === 'string' ? [service] : service)
  return line => {
    if (line.time < from || line.time >= to) return false
    if (least !== undefined && (levelNumber(line.level) ?? Number.POSITIVE_INFINITY) < least) return false
    if (services && !(line.service !== undefined && services.has(line.service))) return false
    if (correlationId !== undefined && line.correlationId !== correlationId) return false
    return where === undefined || where(line)
  }
}
