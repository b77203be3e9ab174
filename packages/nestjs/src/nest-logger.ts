// Nest's logger as the logger of clients and services.
import type { ClientLogger } from '@millrace/client'
import type { LoggerService } from '@nestjs/common'

/** Lines for Nest's logger: the text, and the stack of an error. Facts are for loggers that take them, as pino does: give one as `logger`. */
export function nestLogger(logger: LoggerService): ClientLogger {
  return {
    debug: (_fields, message) => logger.debug?.(message),
    info: (_fields, message) => void logger.log(message),
    warn: (_fields, message) => void logger.warn(message),
    error: (fields, message) => {
      const { error } = fields as { readonly error?: unknown }
      void logger.error(message, error instanceof Error ? error.stack : undefined)
    },
  }
}
