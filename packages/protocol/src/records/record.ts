// A record as an object: what the object-level readers hand out and what headers look like when writing.

/** A header that was read. */
export interface RecordHeader {
  /** Its name; several may have the same. */
  readonly key: string
  /** Its value; null for none. */
  readonly value: Buffer | null
}

/** A header to write; strings become UTF-8. */
export interface RecordHeaderInit {
  /** Its name; several may have the same. */
  readonly key: string
  /** Its value; null for none. */
  readonly value: Uint8Array | string | null
}

/**
 * Keys, values and header values are views of the batch's memory (of its decompressed records when it was
 * compressed).
 */
export interface BatchRecord {
  readonly offset: number
  /** Milliseconds of the epoch; −1 for records of magic 0, which have none. */
  readonly timestamp: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly RecordHeader[]
}

/** Shared by all records without headers. */
export const noHeaders: readonly never[] = Object.freeze([])
