// A header of a record that is to be written.

/** Text as UTF-8, bytes, or null. */
export interface WrittenHeader {
  readonly key: string
  readonly value: string | Uint8Array | null
}
