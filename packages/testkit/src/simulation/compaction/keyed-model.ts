// What a compacted partition may hold and must hold, by the simplest means: a list of all batches that were appended.
import type { LogConfig } from '@millrace/log'
import { Violation } from '../violation.ts'

export interface KeyedRecord {
  readonly offset: number
  readonly key: string
  /** Null for a tombstone. */
  readonly value: string | null
}

export interface KeyedBatch {
  readonly baseOffset: number
  readonly records: readonly KeyedRecord[]
  readonly producerId: number
  readonly baseSequence: number
  readonly transactional: boolean
  readonly appendedAtMs: number
  /** It ends its producer's transaction, and its one record has no key. */
  readonly marker?: 'commit' | 'abort'
}

export type Fate = 'committed' | 'aborted' | 'open'

/** What is found of one partition in a read of all of it. */
export interface FoundLog {
  readonly logStartOffset: number
  readonly lastStableOffset: number
  readonly activeBaseOffset: number
  readonly records: readonly KeyedRecord[]
}

export class KeyedModel {
  readonly topic = 'compacted'
  readonly partition: number
  readonly topicId: string
  batches: KeyedBatch[] = []
  /** Below this everything was promised to be durable. */
  promisedEnd = 0
  /** The largest log start that was asked for. */
  requestedStart = 0

  constructor(partition: number, topicId: string) {
    this.partition = partition
    this.topicId = topicId
  }

  get name(): string {
    return `${this.topic}-${this.partition}`
  }

  get endOffset(): number {
    const last = this.batches.at(-1)
    return last ? last.baseOffset + last.records.length : 0
  }

  /** Whether a producer has a transaction open. */
  isOpen(producerId: number): boolean {
    const last = this.batches.findLast(batch => batch.producerId === producerId && batch.transactional)
    return last !== undefined && last.marker === undefined
  }

  lastOf(producerId: number): KeyedBatch | undefined {
    return this.batches.findLast(batch => batch.producerId === producerId && batch.marker === undefined)
  }

  /** After a crash, or appends that were taken back, the log ends at `endOffset`. */
  recovered(endOffset: number): void {
    if (endOffset < this.promisedEnd) {
      const detail = `${this.name} was promised up to ${this.promisedEnd} and ends at ${endOffset}`
      throw new Violation('acknowledged records are kept', detail)
    }
    while (this.batches.length > 0 && this.batches.at(-1)!.baseOffset >= endOffset) this.batches.pop()
    if (this.endOffset !== endOffset) {
      const detail = `${this.name} ends at ${endOffset}, which is not the end of a batch (${this.endOffset})`
      throw new Violation('an offset holds one record for ever', detail)
    }
  }

  /** What has become of each batch of records. */
  fates(): Map<KeyedBatch, Fate> {
    const fates = new Map<KeyedBatch, Fate>()
    const open = new Map<number, KeyedBatch[]>()
    for (const batch of this.batches) {
      const ongoing = open.get(batch.producerId) ?? []
      if (batch.marker) {
        for (const ended of ongoing) fates.set(ended, batch.marker === 'commit' ? 'committed' : 'aborted')
        open.delete(batch.producerId)
      } else {
        fates.set(batch, batch.transactional ? 'open' : 'committed')
        if (batch.transactional) open.set(batch.producerId, [...ongoing, batch])
      }
    }
    return fates
  }

  /** The record that was appended at an offset, as it must be found; throws when another is. */
  checkRecord(found: KeyedRecord): void {
    const batch = this.batches.findLast(({ baseOffset }) => baseOffset <= found.offset)
    const record = batch?.records[found.offset - batch.baseOffset]
    if (record && record.key === found.key && record.value === found.value) return
    const detail = `${this.name}: ${found.key}=${found.value} at offset ${found.offset}, where ${record?.key}=${record?.value} was appended`
    throw new Violation('an offset holds one record for ever', detail)
  }

  /** Whether all that has to be there is, and tombstones for as long as they have to. */
  checkAll(
    found: FoundLog,
    nowMs: number,
    { deleteRetentionMs, minCompactionLagMs }: Pick<LogConfig, 'deleteRetentionMs' | 'minCompactionLagMs'>,
  ): void {
    for (const record of found.records) this.checkRecord(record)
    const there = new Set(found.records.map(({ offset }) => offset))
    const fates = this.fates()
    const latest = new Map<string, KeyedRecord & { readonly appendedAtMs: number }>()
    for (const [batch, fate] of fates) {
      for (const record of batch.records) {
        if (record.offset < found.logStartOffset) continue
        // What is not decided, in the active segment, or too young is not cleaned.
        const cleanableEnd = Math.min(found.activeBaseOffset, found.lastStableOffset)
        if (record.offset >= cleanableEnd || nowMs - batch.appendedAtMs < minCompactionLagMs)
          this.#mustBe(there, record)
        if (fate !== 'committed') continue
        if (record.offset < found.lastStableOffset)
          latest.set(record.key, { ...record, appendedAtMs: batch.appendedAtMs })
      }
    }
    for (const record of latest.values()) {
      const mayBeGone = record.value === null && nowMs - record.appendedAtMs >= deleteRetentionMs
      if (!mayBeGone) this.#mustBe(there, record)
    }
  }

  #mustBe(there: ReadonlySet<number>, { offset, key, value }: KeyedRecord): void {
    if (there.has(offset)) return
    const detail = `${this.name}: ${key}=${value} at offset ${offset} is gone and nothing supersedes it`
    throw new Violation('the last record of each key is kept', detail)
  }

  /** Whether of the records below `cleanedEnd` those that others below it supersede are gone, and those that were aborted. */
  checkCleaned({ records, logStartOffset }: FoundLog, cleanedEnd: number): void {
    const latest = new Map<string, number>()
    const aborted = new Set<number>()
    for (const [batch, fate] of this.fates()) {
      for (const { offset, key } of batch.records) {
        if (fate === 'aborted') aborted.add(offset)
        else if (offset < cleanedEnd) latest.set(key, offset)
      }
    }
    for (const { offset, key } of records) {
      if (offset >= cleanedEnd || offset < logStartOffset) continue
      if (offset >= (latest.get(key) ?? offset) && !aborted.has(offset)) continue
      const detail = `${this.name}: the record of ${key} at offset ${offset} is still there in what is cleaned up to ${cleanedEnd}`
      throw new Violation('what is superseded goes', detail)
    }
  }
}
