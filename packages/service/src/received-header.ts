// Headers of records as they are received.

/** A header as it was received. */
export interface ReceivedHeader {
  /** Its name. */
  readonly key: string
  /** Its value; null for none. */
  readonly value: Buffer | null
}

/** The last header of a name as text; undefined without one. */
export function textHeader(headers: readonly ReceivedHeader[], name: string): string | undefined {
  for (let at = headers.length - 1; at >= 0; at--) {
    const { key, value } = headers[at]!
    if (key === name && value !== null) return value.toString()
  }
  return undefined
}
