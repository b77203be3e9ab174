// Trace context in headers of records, as a propagator reads and writes it.
import type { HandledRecord, OutgoingHeader } from '@millrace/client'
import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api'

/** A record that is written again may have the context of its former life: it gives way. */
export const headerSetter: TextMapSetter<OutgoingHeader[]> = {
  set(headers, key, value) {
    const known = headers.find(header => header.key === key)
    if (known) known.value = value
    else headers.push({ key, value })
  },
}

/** What a record that is passed on has brought along. */
export const outgoingHeaderGetter: TextMapGetter<OutgoingHeader[]> = {
  keys: headers => headers.map(({ key }) => key),
  get(headers, key) {
    const value = headers.findLast(header => header.key === key)?.value
    return typeof value === 'string' || !value ? (value ?? undefined) : Buffer.from(value).toString('utf8')
  },
}

export const headerGetter: TextMapGetter<HandledRecord['headers']> = {
  keys: headers => headers.map(({ key }) => key),
  get: (headers, key) => headers.findLast(header => header.key === key)?.value?.toString('utf8'),
}
