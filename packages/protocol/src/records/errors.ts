// What reading or checking records throws.

/** The errors of Kafka's table that records can be refused with, by name. */
const codes = {
  CORRUPT_MESSAGE: 2,
  INVALID_TIMESTAMP: 32,
  UNSUPPORTED_FOR_MESSAGE_FORMAT: 43,
  UNSUPPORTED_COMPRESSION_TYPE: 76,
  INVALID_RECORD: 87,
} as const

export type RecordsErrorName = keyof typeof codes

/**
 * Records that are not what the format says (`CORRUPT_MESSAGE`), or that a producer must not send.
 * `errorCode` is Kafka's, as a broker answers it.
 */
export class RecordsError extends Error {
  override readonly name = 'RecordsError'
  readonly errorName: RecordsErrorName
  readonly errorCode: number
  /** Positions in the batch of the records at fault, when single ones are. */
  readonly recordIndexes: readonly number[]

  constructor(errorName: RecordsErrorName, message: string, recordIndexes: readonly number[] = []) {
    super(message)
    this.errorName = errorName
    this.errorCode = codes[errorName]
    this.recordIndexes = recordIndexes
  }
}

export function corrupt(message: string): RecordsError {
  return new RecordsError('CORRUPT_MESSAGE', message)
}
