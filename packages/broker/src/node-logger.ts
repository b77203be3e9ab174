// Log lines on a stream of this process: as JSON for machines, or aligned for people.
import { type Logger, type LogFields, type LogLevel, logLevels } from './logger.ts'

/** What a logger that writes lines needs to know. */
export interface LineLoggerOptions {
  /** Lines below this level are dropped. Default `info`. */
  readonly level?: LogLevel
  /** Default `json`. */
  readonly format?: 'json' | 'pretty'
  /** Takes finished lines, newline included. Default: standard error. */
  readonly write?: (line: string) => void
}

/** A logger that writes one line per event. */
export function createLineLogger(options: LineLoggerOptions = {}): Logger {
  const { level: threshold = 'info', format = 'json', write = line => process.stderr.write(line) } = options
  const lowest = logLevels.indexOf(threshold)
  const render = format === 'json' ? jsonLine : prettyLine
  const always: Logger['log'] = (level, event, fields) => write(render(new Date(), level, event, fields))
  return {
    level: threshold,
    always,
    log(level, event, fields) {
      if (logLevels.indexOf(level) >= lowest) always(level, event, fields)
    },
  }
}

function jsonLine(time: Date, level: LogLevel, event: string, fields: LogFields = {}): string {
  return `${JSON.stringify({ time: time.toISOString(), level, event, ...fields })}\n`
}

function prettyLine(time: Date, level: LogLevel, event: string, fields: LogFields = {}): string {
  const details = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? quoted(value) : JSON.stringify(value)}`)
  return `${time.toISOString().slice(11, 23)} ${level.toUpperCase().padEnd(5)} ${[event, ...details].join(' ')}\n`
}

/** Names that strangers give stand in lines: none of them may steer the terminal that shows them. */
function quoted(value: string): string {
  if (!/[\s"=\p{C}]/u.test(value)) return value
  return JSON.stringify(value).replace(/\p{Cc}|\p{Cf}/gu, hidden)
}

function hidden(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`
}
