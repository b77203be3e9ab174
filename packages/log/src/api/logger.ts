// Where the log tells what an operator should know, and where nobody listens.

export interface LogLogger {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

export const silentLogger: LogLogger = { info() {}, warn() {}, error() {} }
