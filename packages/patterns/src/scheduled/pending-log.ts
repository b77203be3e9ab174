// What waits in a partition, as its log of pending entries says: an index of what is due first, and how far the schedule topic is read.
import type { ConsumerRecord } from '@millrace/client'
import type { LogEnds } from '../partitions/log-ends.ts'
import type { OffsetReader } from '../partitions/offset-reader.ts'
import { DueIndex, type DueLimits, type Waiting } from './due-index.ts'
import { dueAtOf, positionKey, readEntry, readPosition, type ScheduledRecord } from './entry.ts'

/** What the objects of an entry cost beside its bytes. */
const overheadBytes = 200

/** What the log is read with. */
export interface PendingSource {
  readonly reader: OffsetReader
  readonly ends: LogEnds
}

export class PendingLog {
  readonly index: DueIndex<ScheduledRecord | undefined>
  readonly #source: PendingSource
  readonly #topic: string
  readonly #partition: number
  #position = 0
  #passes = 0
  /** Where it was read to. */
  #end = 0

  constructor(source: PendingSource, topic: string, partition: number, limits: DueLimits) {
    this.index = new DueIndex(limits)
    this.#source = source
    this.#topic = topic
    this.#partition = partition
  }

  /** Where the schedule topic is to be read on. */
  get position(): number {
    return this.#position
  }

  /** Times that the log was read from its start because not all of it fits into memory. */
  get passes(): number {
    return this.#passes
  }

  /** Reads all of it: somebody else may have written. */
  async load(signal: AbortSignal): Promise<void> {
    this.index.clear()
    this.#position = 0
    await this.#pass(signal)
    await this.refill(signal)
  }

  /** Reads it once more, as long as what is due next is not in memory. */
  async refill(signal: AbortSignal): Promise<void> {
    for (let end = this.#end; this.index.isExhausted; end = this.#end) {
      this.index.restart(end)
      this.#passes++
      await this.#pass(signal)
    }
  }

  async #pass(signal: AbortSignal): Promise<void> {
    const [end] = await this.#source.ends.of([{ topic: this.#topic, partition: this.#partition }], signal)
    await this.#source.reader.scan(this.#partition, end!, record => this.#take(record), signal)
    this.#end = end!
  }

  #take(record: ConsumerRecord): void {
    const id = record.keyBytes?.toString()
    if (id === undefined) return
    if (id === positionKey) {
      this.#position = readPosition(record.valueBytes) ?? this.#position
      return
    }
    const dueAt = record.valueBytes === null ? undefined : dueAtOf(record.headers)
    if (dueAt === undefined) this.index.remove(id, record.offset)
    else this.add(id, dueAt, record.offset, record)
  }

  /** An entry stands in the log. */
  add(
    id: string,
    dueAt: number,
    offset: number,
    record: Pick<ConsumerRecord, 'headers' | 'sizeBytes' | 'valueBytes'>,
  ): void {
    this.index.put({ id, dueAt, offset }, record.sizeBytes + overheadBytes, () => copyOf(record))
  }

  /** The schedule topic is read up to here, and that stands in the log. */
  moveTo(position: number): void {
    this.#position = position
  }

  /** What is to be delivered, by the offsets of entries; those that the log does not have are left out. */
  async recordsOf(
    entries: readonly Waiting<ScheduledRecord | undefined>[],
    signal: AbortSignal,
  ): Promise<Map<number, ScheduledRecord>> {
    const found = new Map<number, ScheduledRecord>()
    const wanted: number[] = []
    for (const { offset, held } of entries) {
      if (held) found.set(offset, held)
      else wanted.push(offset)
    }
    if (wanted.length === 0) return found
    wanted.sort((a, b) => a - b)
    for (const [offset, { valueBytes, headers }] of await this.#source.reader.read(
      this.#partition,
      wanted,
      signal,
    )) {
      const entry = valueBytes && readEntry(valueBytes, headers)
      if (entry) found.set(offset, entry)
    }
    return found
  }
}

/** The entry in memory of its own: a batch must not stay for one record of it. */
function copyOf({
  valueBytes,
  headers,
}: Pick<ConsumerRecord, 'headers' | 'valueBytes'>): ScheduledRecord | undefined {
  const copy = (bytes: Buffer | null) => (bytes === null ? null : Buffer.from(bytes))
  const own = headers.map(({ key, value }) => ({ key, value: copy(value) }))
  return readEntry(copy(valueBytes)!, own)
}
