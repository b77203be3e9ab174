// A logger whose lines say which record they are about.
import type { ClientLogger } from '@millrace/client'

/** The logger, with fields in each of its lines. They are asked for by the first one. Without a logger, one that says nothing. */
export function recordLogger(logger: ClientLogger | undefined, fieldsOf: () => object): ClientLogger {
  let fields: object | undefined
  const line = (level: keyof ClientLogger) => (given: object, message: string) => {
    if (!logger) return
    fields ??= fieldsOf()
    logger[level]({ ...fields, ...given }, message)
  }
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
}
