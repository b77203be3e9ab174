// Which piece of work a record is part of: an id that goes along in a header, from record to record.

/** The header that says which piece of work a record is part of, where it is no event of CloudEvents: those have their extension `correlationid`. */
export const correlationHeader = 'correlation-id'

/** Names that it goes by, the most particular first. */
const names = ['ce_correlationid', correlationHeader, 'x-correlation-id', 'correlationId', 'correlationid']
/** What is longer is no id. */
const idMaxBytes = 256

/**
 * The correlation id in a record's headers: `ce_correlationid`, `correlation-id`, `x-correlation-id`, `correlationId`, in this order; without any of them the id of the event (`ce_id`), which began
 * what follows. Undefined where no header says so.
 *
 * @example
 * for await (const record of consumer) {
 *   const id = correlationIdOf(record.headers) ?? `${record.topic}-${record.partition}-${record.offset}`
 *   console.log(id)
 * }
 */
export function correlationIdOf(
  headers: readonly { readonly key: string; readonly value: string | Uint8Array | null }[],
): string | undefined {
  let best = names.length
  let found: string | Uint8Array | undefined
  let eventId: string | Uint8Array | undefined
  for (const { key, value } of headers) {
    if (value === null || value.length === 0 || value.length > idMaxBytes) continue
    if (key === 'ce_id') eventId = value
    const at = names.indexOf(key)
    if (at < 0 || at > best) continue
    best = at
    found = value
  }
  found ??= eventId
  if (found === undefined) return undefined
  return typeof found === 'string' ? found : Buffer.from(found).toString()
}
