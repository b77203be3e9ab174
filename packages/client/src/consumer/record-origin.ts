// What the log says of the batch that records came in: one object for all of them, so that it costs a record nothing.
import {
  type BatchHeader,
  type CompressionName,
  compressionNames,
  type RecordBatchCursor,
  type RecordHeader,
} from '@millrace/protocol'
import { StateError } from '../errors/index.ts'

/** Where a record's timestamp comes from, as Kafka's `TimestampType` spells it. Only messages of Kafka before 0.10 have none. */
export type TimestampType = 'CreateTime' | 'LogAppendTime' | 'NoTimestampType'

/** Whether the memory of a chunk still belongs to its records. */
export interface Lease {
  over: boolean
}

export class RecordOrigin {
  readonly #buffer: Buffer
  readonly #lease: Lease
  readonly leaderEpoch: number
  readonly timestampType: TimestampType
  readonly compression: CompressionName
  readonly producerId: number
  readonly producerEpoch: number
  readonly isTransactional: boolean
  readonly #magic: number
  readonly #attributes: number

  constructor(header: BatchHeader, buffer: Buffer, lease: Lease) {
    this.#buffer = buffer
    this.#lease = lease
    this.leaderEpoch = header.partitionLeaderEpoch
    this.timestampType =
      header.magic === 0 ? 'NoTimestampType' : header.isLogAppendTime ? 'LogAppendTime' : 'CreateTime'
    this.compression = compressionNames[header.compression]
    this.producerId = header.producerId
    this.producerEpoch = header.producerEpoch
    this.isTransactional = header.isTransactional
    this.#magic = header.magic
    this.#attributes = header.attributes
  }

  /**
   * The memory that positions of records refer to: the fetched bytes, or the decompressed records. Throws StateError once the batch was
   * released.
   */
  get buffer(): Buffer {
    if (this.#lease.over) {
      throw new StateError(
        'the batch of this record was released: read keys and values before, and copy what is kept',
      )
    }
    return this.#buffer
  }

  /** Whether it also describes the batch with this header: many small batches of one producer then share it. */
  fits(header: BatchHeader, buffer: Buffer): boolean {
    return (
      this.#buffer === buffer &&
      this.producerId === header.producerId &&
      this.producerEpoch === header.producerEpoch &&
      this.leaderEpoch === header.partitionLeaderEpoch &&
      this.#attributes === header.attributes &&
      this.#magic === header.magic
    )
  }
}

/** A record as it is found in fetched bytes. */
export interface FetchedRecord {
  /** Stands on the record. */
  readonly cursor: RecordBatchCursor
  readonly headers: readonly RecordHeader[]
  readonly origin: RecordOrigin
}
