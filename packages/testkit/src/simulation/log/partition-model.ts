// What one partition must hold, by the simplest means: a list of the batches that were appended.
import type { EndMarker, WireBatch } from '../wire-batch.ts'
import { Violation } from '../violation.ts'

/** A batch as it was appended: the values' text says everything about it. */
export interface ModelBatch {
  readonly baseOffset: number
  readonly producerId: number
  readonly baseSequence: number
  readonly values: readonly string[]
  /** Of a transaction. */
  readonly transactional?: { readonly producerEpoch: number }
  /** It ends one; its one value is empty. */
  readonly marker?: EndMarker
}

/** One partition through all crashes. Appended batches come in three kinds: promised, shown to readers, and neither. */
export class PartitionModel {
  readonly topic: string
  readonly partition: number
  readonly topicId: string
  batches: ModelBatch[] = []
  /** Everything that was ever appended, what was taken back or lost included. */
  readonly history: ModelBatch[] = []
  /** Power was lost where nothing is synced: what was promised may be gone, and what was taken back may be there again. */
  unsure = false
  /** The batches here are all that the log can know of its transactions: not so once a part of them was lost. */
  exact = true
  /**
   * Added to the ids of producers, and raised whenever a part of the log was lost: nothing that the log still knows of earlier ones is about
   * these.
   */
  idShift = 0
  /** Below this everything was promised to be durable. */
  promisedEnd = 0
  /** The largest high watermark that was visible. */
  shownEnd = 0
  /** The log start offset that was promised, and the largest one asked for. */
  promisedStart = 0
  requestedStart = 0
  /** A deletion was asked for and not answered: the partition may be there or not. */
  deleting = false

  #emptyEnd = 0

  constructor(topic: string, partition: number, topicId: string) {
    this.topic = topic
    this.partition = partition
    this.topicId = topicId
  }

  get name(): string {
    return `${this.topic}-${this.partition}`
  }

  get endOffset(): number {
    const last = this.batches.at(-1)
    return last ? last.baseOffset + last.values.length : this.#emptyEnd
  }

  /** The last batch of a producer: what it may send again and must be recognised. */
  lastOf(producerId: number): ModelBatch | undefined {
    return this.batches.findLast(batch => batch.producerId === producerId)
  }

  append(batch: ModelBatch): void {
    this.batches.push(batch)
    this.history.push(batch)
  }

  /** Nothing holds any more but that a log is whole: see `adopt`. */
  doubt(): void {
    this.unsure = true
    this.promisedEnd = 0
    this.shownEnd = 0
    this.promisedStart = 0
  }

  /** Everything was made durable, whatever was promised of it. */
  promiseAll(): void {
    this.promisedEnd = this.endOffset
  }

  /** Takes what the log holds from `logStart` to `logEnd` for what was appended, if each batch of it ever was. */
  adopt(found: readonly WireBatch[], logStart: number, logEnd: number): void {
    const first = found[0]?.baseOffset ?? logEnd
    this.batches = this.batches.filter(({ baseOffset, values }) => baseOffset + values.length <= first)
    for (const batch of found) this.batches.push(this.#find(this.history, batch))
    if (this.endOffset !== logEnd) this.batches = []
    this.#emptyEnd = logEnd
    this.requestedStart = Math.max(this.requestedStart, logStart)
    this.unsure = false
    this.exact = false
    this.idShift += 100
  }

  /** After a crash the log ends at `endOffset`: nothing promised or shown may be missing, and the end is the end of a batch. */
  recovered(endOffset: number): void {
    if (endOffset < this.promisedEnd) {
      const detail = `${this.name} was promised up to ${this.promisedEnd} and ends at ${endOffset} after recovery`
      throw new Violation('acknowledged records are kept', detail)
    }
    if (endOffset < this.shownEnd) {
      const detail = `${this.name} was shown up to ${this.shownEnd} and ends at ${endOffset} after recovery`
      throw new Violation('the high watermark never goes back', detail)
    }
    while (this.batches.length > 0 && this.batches.at(-1)!.baseOffset >= endOffset) this.batches.pop()
    if (this.endOffset !== endOffset) {
      const detail = `${this.name} ends at ${endOffset} after recovery, which is not the end of a batch (${this.endOffset})`
      throw new Violation('an offset holds one record for ever', detail)
    }
  }

  /** Batches that a read returned have to be those that were appended there: gives the one that was. */
  check(batch: WireBatch): ModelBatch {
    return this.#find(this.unsure ? this.history : this.batches, batch)
  }

  #find(appended: readonly ModelBatch[], batch: WireBatch): ModelBatch {
    const values = batch.values.map(value => value.toString())
    const there = appended.filter(({ baseOffset }) => baseOffset === batch.baseOffset)
    const same = there.find(
      expected =>
        expected.producerId === batch.producerId &&
        expected.baseSequence === batch.baseSequence &&
        (expected.transactional !== undefined) === (batch.transactional ?? false) &&
        expected.marker?.committed === batch.marker?.committed &&
        expected.values.length === values.length &&
        expected.values.every((value, index) => value === values[index]),
    )
    if (same) return same
    const expected = there.at(-1)
    const held = expected ? expected.values.map(value => value.slice(0, 20)).join() : 'no batch'
    const detail = `${this.name} offset ${batch.baseOffset}: ${held} was appended, ${values.map(value => value.slice(0, 20)).join()} is read`
    throw new Violation('an offset holds one record for ever', detail)
  }
}
