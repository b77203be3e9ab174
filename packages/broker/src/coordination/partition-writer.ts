// Appends to the partitions of an internal topic: what many requests of one turn write goes down as one batch a partition and one sync.
import type { AppendInfo, LogManager, PartitionLog } from '@millrace/log'
import { batchHeaderBytes, ErrorCode, RecordBatchWriter } from '@millrace/protocol'
import type { Clock } from '@millrace/runtime'
import { ApiError } from '../api-error.ts'
import { committed } from '../committed.ts'
import type { CoordinatorRecord, TransactionalProducer } from './record.ts'

/** A batch is closed when the next request's records would make it larger. */
const batchBytesSoftMax = 512 << 10
/** What a record needs beside key and value, generously. */
const recordOverheadBytes = 24

/** What one call has appended, and who waits for it. */
interface Entry {
  readonly records: readonly CoordinatorRecord[]
  readonly bytes: number
  readonly producer: TransactionalProducer | undefined
  /** With the offset of the first record. */
  readonly resolve: (baseOffset: number) => void
  readonly reject: (error: unknown) => void
}

/** A batch that was appended, and whose records it holds. */
interface Written {
  readonly log: PartitionLog
  readonly appended: AppendInfo
  readonly entries: readonly Entry[]
}

export interface PartitionWriterOptions {
  readonly clock: Clock
  readonly logs: LogManager
  /** The log of a partition, or undefined once the topic is gone. */
  readonly partition: (index: number) => PartitionLog | undefined
  /** `max.message.bytes` of the topic. */
  readonly batchBytesMax: () => number
}

export class PartitionWriter {
  readonly #options: PartitionWriterOptions
  /** Of this turn of the event loop, by partition. */
  #turn = new Map<number, Entry[]>()
  /** Ends with the last turn that was written; never rejects. */
  #flushing = Promise.resolve()

  constructor(options: PartitionWriterOptions) {
    this.#options = options
  }

  /**
   * Appends the records to a partition, all of them in one batch, and resolves with the offset of the first when they are durable. Calls
   * take effect in order. A `producer`'s are a batch of their own, which is appended before this returns: no marker of its transaction can
   * come in between. Rejects with the storage's error, or an `ApiError` when the records are too large for one batch.
   */
  append(
    partition: number,
    records: readonly CoordinatorRecord[],
    producer?: TransactionalProducer,
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#turn.size === 0) this.#options.clock.defer(() => this.#flush())
      let bytes = 0
      for (const { key, value } of records) bytes += key.length + (value?.length ?? 0) + recordOverheadBytes
      const entry = { records, bytes, producer, resolve, reject }
      const entries = this.#turn.get(partition)
      if (entries) entries.push(entry)
      else this.#turn.set(partition, [entry])
      if (producer) this.#flush()
    })
  }

  /** Resolves when everything that was appended before is durable, or has failed. */
  async settled(): Promise<void> {
    if (this.#turn.size > 0) this.#flush()
    await this.#flushing
  }

  #flush(): void {
    const turn = this.#turn
    if (turn.size === 0) return
    this.#turn = new Map()
    const written: Written[] = []
    for (const [partition, entries] of turn) {
      for (const group of this.#batches(entries)) {
        try {
          written.push(this.#write(partition, group))
        } catch (error) {
          for (const entry of group) entry.reject(error)
        }
      }
    }
    if (written.length === 0) return
    this.#flushing = this.#finish(written, this.#flushing)
  }

  /** Tells the callers of one turn, after those of the turns before: what counts last is what stands last in the log. */
  async #finish(written: readonly Written[], before: Promise<void>): Promise<void> {
    let failed = false
    try {
      await this.#options.logs.commit('durable')
    } catch {
      failed = true
    }
    await before
    if (failed) {
      // Some of what was appended in this turn failed, here or elsewhere: each batch is asked for by itself.
      await Promise.all(written.map(each => this.#settle(each)))
      return
    }
    for (const each of written) resolve(each)
  }

  async #settle(written: Written): Promise<void> {
    const { log, appended, entries } = written
    try {
      await committed(this.#options, log, appended)
      resolve(written)
    } catch (error) {
      for (const entry of entries) entry.reject(error)
    }
  }

  /** What goes into one batch together: never a part of a call's records. */
  *#batches(entries: readonly Entry[]): Generator<Entry[]> {
    // Records that fit alone are not refused for the company they are in.
    const bytesMax = Math.min(batchBytesSoftMax, this.#options.batchBytesMax() - batchHeaderBytes)
    let batch: Entry[] = []
    let bytes = 0
    for (const entry of entries) {
      const isAlone = entry.producer !== undefined || batch[0]?.producer !== undefined
      if (batch.length > 0 && (isAlone || bytes + entry.bytes > bytesMax)) {
        yield batch
        batch = []
        bytes = 0
      }
      batch.push(entry)
      bytes += entry.bytes
    }
    yield batch
  }

  #write(partition: number, entries: readonly Entry[]): Written {
    const { clock } = this.#options
    const log = this.#options.partition(partition)
    if (!log) throw new ApiError(ErrorCode.COORDINATOR_NOT_AVAILABLE)
    const nowMs = clock.now()
    // The log keeps the memory of the batch: a writer of the right size for each.
    const initialBytes = entries.reduce((sum, entry) => sum + entry.bytes, batchHeaderBytes)
    const writer = new RecordBatchWriter({ initialBytes })
    for (const { records } of entries) {
      for (const { key, value } of records) writer.append(nowMs, key, value)
    }
    if (writer.sizeInBytes > this.#options.batchBytesMax()) {
      throw new ApiError(ErrorCode.RECORD_LIST_TOO_LARGE)
    }
    const producer = entries[0]?.producer
    if (!producer) return { log, appended: log.append(writer.finish(), { origin: 'coordinator' }), entries }
    const { producerId, producerEpoch, verification } = producer
    const batch = writer.finish({ producerId, producerEpoch, transactional: true })
    const appended = log.append(batch, { origin: 'coordinator', ...(verification && { verification }) })
    return { log, appended, entries }
  }
}

/** Tells each caller where its records are. */
function resolve({ appended, entries }: Written): void {
  let baseOffset = appended.baseOffset
  for (const entry of entries) {
    entry.resolve(baseOffset)
    baseOffset += entry.records.length
  }
}
