// What the broker says about itself: structured lines, one event each. Where they go is the caller's business.

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export type LogFields = Readonly<Record<string, unknown>>

/** Takes one line: a level, a short stable event name (`broker.started`), and the facts as fields. */
export interface Logger {
  log(level: LogLevel, event: string, fields?: LogFields): void
}

/** Drops everything. */
export const silentLogger: Logger = { log: () => {} }
