// All producers of one partition: which batches are duplicates, out of order or fenced, and which transactions are open.
import { sequenceAfter } from '@millrace/protocol/base'
import { LogError } from '../api/errors.ts'
import type { ProducerView, TransactionVerification } from '../api/types.ts'
import {
  attributesOf,
  baseOffsetOf,
  baseSequenceOf,
  isControl,
  isTransactional,
  lastOffsetDeltaOf,
  lastSequenceOf,
  maxTimestampOf,
  producerEpochOf,
  producerIdOf,
} from '../format/batch.ts'
import { type ControlMarker, readMarker } from '../format/control-marker.ts'
import { ProducerEntry, type RememberedBatch } from './producer-entry.ts'
import { decodeSnapshot, encodeSnapshot } from './producer-snapshot.ts'
import { TakenBackFirsts } from './taken-back.ts'
import { PendingVerifications } from './transaction-verification.ts'

/** A transaction whose marker has been appended. */
export interface CompletedTransaction {
  readonly producerId: number
  readonly firstOffset: number
  readonly lastOffset: number
  readonly aborted: boolean
  /** What the last stable offset is as far as open transactions say, once this one has ended. */
  readonly lastStableOffset: number
}

/** How strictly `check` looks. Replay from disk believes what is there. */
export interface CheckOptions {
  readonly client: boolean
  /** Of a marker: see `AppendOptions`. */
  readonly transactionVersion: number
  /** Of a transactional batch: see `AppendOptions`. */
  readonly verification: TransactionVerification | 'off' | undefined
}

function follows(last: number, next: number): boolean {
  return next === sequenceAfter(last, 1)
}

/** Rules: Kafka's `ProducerStateManager` and `ProducerAppendInfo`. */
export class ProducerStates {
  readonly #entries = new Map<number, ProducerEntry>()
  /** Open transactions by producer id, in the order of their first offsets: they are inserted as they begin. */
  readonly #open = new Map<number, number>()
  /** Ended transactions whose marker is not yet below the high watermark. */
  #unreplicated: CompletedTransaction[] = []
  /** Of transactions that are about to begin. They are nobody's but this process's. */
  readonly verifications = new PendingVerifications()
  readonly #takenBack = new TakenBackFirsts()

  get size(): number {
    return this.#entries.size
  }

  entry(producerId: number): ProducerEntry | undefined {
    return this.#entries.get(producerId)
  }

  entries(): IterableIterator<ProducerEntry> {
    return this.#entries.values()
  }

  /** As DescribeProducers shows them. */
  views(): ProducerView[] {
    return Array.from(this.#entries.values(), entry => ({
      producerId: entry.producerId,
      producerEpoch: entry.producerEpoch,
      lastSequence: entry.lastSequence,
      lastTimestamp: entry.lastTimestamp,
      coordinatorEpoch: entry.coordinatorEpoch,
      currentTxnStartOffset: entry.currentTxnFirstOffset,
    }))
  }

  /** The batch of an earlier append with the same producer, epoch and sequence numbers. Pure. */
  findDuplicate(buffer: Buffer, at: number): RememberedBatch | undefined {
    const entry = this.#entries.get(producerIdOf(buffer, at))
    if (!entry) return undefined
    const base = baseSequenceOf(buffer, at)
    return entry.findDuplicate(
      producerEpochOf(buffer, at),
      base,
      sequenceAfter(base, lastOffsetDeltaOf(buffer, at)),
    )
  }

  /** Throws a `LogError` when a batch with a producer id may not be appended now. Pure. */
  check(buffer: Buffer, at: number, options: CheckOptions): void {
    const producerId = producerIdOf(buffer, at)
    const epoch = producerEpochOf(buffer, at)
    const entry = this.#entries.get(producerId)
    if (isControl(attributesOf(buffer, at))) {
      this.#checkMarker(entry, epoch, readMarker(buffer, at), options)
      return
    }
    const transactional = isTransactional(attributesOf(buffer, at))
    if (transactional) this.#checkVerified(producerId, epoch, options)
    this.checkEpoch(producerId, epoch)
    if (options.client) this.#checkSequence(entry, producerId, epoch, baseSequenceOf(buffer, at))
    if (entry && entry.currentTxnFirstOffset >= 0 && !transactional) {
      throw new LogError(
        'INVALID_TXN_STATE',
        `producer ${producerId} has an open transaction and wrote a batch outside of it`,
      )
    }
  }

  /** Refuses a producer whose epoch is over. */
  checkEpoch(producerId: number, epoch: number): void {
    const entry = this.#entries.get(producerId)
    if (!entry || epoch >= entry.producerEpoch) return
    throw new LogError(
      'INVALID_PRODUCER_EPOCH',
      `producer ${producerId} wrote with epoch ${epoch}; its epoch is ${entry.producerEpoch} now`,
    )
  }

  /** Whether the producer's transaction of this epoch is open here. */
  hasOpenTransaction(producerId: number, epoch: number): boolean {
    const entry = this.#entries.get(producerId)
    return entry !== undefined && entry.currentTxnFirstOffset >= 0 && entry.producerEpoch === epoch
  }

  /** `apply` for a batch that is new: with a marker, what the transaction was verified by is void. */
  append(buffer: Buffer, at: number): CompletedTransaction | undefined {
    const producerId = producerIdOf(buffer, at)
    if (isControl(attributesOf(buffer, at))) this.verifications.end(producerId)
    this.#takenBack.end(producerId)
    return this.apply(buffer, at)
  }

  /** The state is that in front of a batch that was taken back: if its producer is not known any more, it has to come first again. */
  takeBack(batch: Buffer, nowMs: number): void {
    const producerId = producerIdOf(batch, 0)
    if (producerId >= 0 && !this.#entries.has(producerId)) this.#takenBack.note(batch, nowMs)
  }

  /**
   * Takes a batch with a producer id that has been appended at its offsets into the state. Returns the transaction that it ended,
   * if any. Never refuses: what is in the log is true.
   */
  apply(buffer: Buffer, at: number): CompletedTransaction | undefined {
    const producerId = producerIdOf(buffer, at)
    const epoch = producerEpochOf(buffer, at)
    const baseOffset = baseOffsetOf(buffer, at)
    const offsetDelta = lastOffsetDeltaOf(buffer, at)
    const attributes = attributesOf(buffer, at)
    const marker = isControl(attributes) ? readMarker(buffer, at) : undefined
    // Compaction has taken the marker out and left its batch: what it ended is gone as well.
    if (isControl(attributes) && !marker) return undefined
    let entry = this.#entries.get(producerId)
    if (!entry) {
      entry = new ProducerEntry(producerId, epoch)
      this.#entries.set(producerId, entry)
    }
    entry.moveTo(epoch)
    if (marker) return this.#end(entry, marker, baseOffset + offsetDelta, maxTimestampOf(buffer, at))
    entry.remember({
      lastSequence: lastSequenceOf(buffer, at),
      lastOffset: baseOffset + offsetDelta,
      offsetDelta,
      timestamp: maxTimestampOf(buffer, at),
    })
    if (isTransactional(attributes) && entry.currentTxnFirstOffset < 0) {
      entry.currentTxnFirstOffset = baseOffset
      this.#open.set(producerId, baseOffset)
    }
    return undefined
  }

  #end(
    entry: ProducerEntry,
    marker: ControlMarker,
    offset: number,
    timestamp: number,
  ): CompletedTransaction | undefined {
    const firstOffset = entry.currentTxnFirstOffset
    entry.coordinatorEpoch = marker.coordinatorEpoch
    entry.lastTimestamp = timestamp
    entry.currentTxnFirstOffset = -1
    // A marker without data before it ends nothing that a reader could see.
    if (firstOffset < 0) return undefined
    this.#open.delete(entry.producerId)
    const completed = {
      producerId: entry.producerId,
      firstOffset,
      lastOffset: offset,
      aborted: marker.aborted,
      lastStableOffset: this.#firstOpen() ?? offset + 1,
    }
    this.#unreplicated.push(completed)
    return completed
  }

  #firstOpen(): number | undefined {
    for (const firstOffset of this.#open.values()) return firstOffset
    return undefined
  }

  /** First offset that a reader of committed data may not pass: of an open transaction, or of an ended one above the high watermark. */
  firstUnstableOffset(highWatermark: number): number | undefined {
    const unreplicated = this.#unreplicated
    let gone = 0
    while (gone < unreplicated.length && unreplicated[gone]!.lastOffset < highWatermark) gone++
    if (gone > 0) this.#unreplicated = unreplicated.slice(gone)
    let first = this.#firstOpen()
    for (const transaction of this.#unreplicated) {
      if (first === undefined || transaction.firstOffset < first) first = transaction.firstOffset
    }
    return first
  }

  #checkVerified(producerId: number, epoch: number, { verification }: CheckOptions): void {
    if (verification === 'off' || this.hasOpenTransaction(producerId, epoch)) return
    if (verification && verification === this.verifications.of(producerId)) return
    throw new LogError(
      'INVALID_TXN_STATE',
      `producer ${producerId} (epoch ${epoch}) has no transaction open here, and none that is known to begin`,
    )
  }

  #checkMarker(
    entry: ProducerEntry | undefined,
    epoch: number,
    marker: ControlMarker | undefined,
    options: CheckOptions,
  ): void {
    if (!entry || !marker) return
    const tooOld =
      options.transactionVersion >= 2
        ? epoch < entry.producerEpoch || (epoch === entry.producerEpoch && entry.currentTxnFirstOffset >= 0)
        : epoch < entry.producerEpoch
    if (tooOld) {
      throw new LogError(
        'INVALID_PRODUCER_EPOCH',
        `a marker with epoch ${epoch} for producer ${entry.producerId}, whose epoch is ${entry.producerEpoch}`,
      )
    }
    if (marker.coordinatorEpoch < entry.coordinatorEpoch) {
      throw new LogError(
        'TRANSACTION_COORDINATOR_FENCED',
        `a marker of coordinator epoch ${marker.coordinatorEpoch} for producer ${entry.producerId}, which has one of ${entry.coordinatorEpoch}`,
      )
    }
  }

  #checkSequence(
    entry: ProducerEntry | undefined,
    producerId: number,
    epoch: number,
    sequence: number,
  ): void {
    const isOpen = this.hasOpenTransaction(producerId, epoch)
    const pending = isOpen ? undefined : this.verifications.of(producerId)
    if (pending && sequence > pending.lowestSequence) {
      throw new LogError(
        'OUT_OF_ORDER_SEQUENCE_NUMBER',
        `producer ${producerId} (epoch ${epoch}) would begin at sequence ${sequence}, and ${pending.lowestSequence} is on its way`,
      )
    }
    if (!entry) {
      const first = this.#takenBack.sequenceOf(producerId, epoch)
      if (first !== undefined && sequence !== first) {
        throw new LogError(
          'OUT_OF_ORDER_SEQUENCE_NUMBER',
          `producer ${producerId} (epoch ${epoch}) would begin at sequence ${sequence}, and ${first} was taken back before`,
        )
      }
      // The state may have been lost to retention: any sequence is believed, unless transactions V2 know better.
      if (sequence !== 0 && pending?.supportsEpochBump) {
        throw new LogError(
          'OUT_OF_ORDER_SEQUENCE_NUMBER',
          `producer ${producerId} is not known here and began at sequence ${sequence} instead of 0`,
        )
      }
      return
    }
    if (epoch !== entry.producerEpoch) {
      if (sequence === 0) return
      throw new LogError(
        'OUT_OF_ORDER_SEQUENCE_NUMBER',
        `producer ${producerId} began its epoch ${epoch} at sequence ${sequence} instead of 0`,
      )
    }
    if (!follows(entry.lastSequence, sequence)) {
      throw new LogError(
        'OUT_OF_ORDER_SEQUENCE_NUMBER',
        `producer ${producerId} (epoch ${epoch}) sent sequence ${sequence} after ${entry.lastSequence}`,
      )
    }
  }

  /** Forgets verifications that began, and producers that were last heard of, before `now − expirationMs`, never those with an open transaction. */
  expire(now: number, expirationMs: number): void {
    this.verifications.expire(now, expirationMs)
    this.#takenBack.expire(now, expirationMs)
    for (const entry of this.#entries.values()) {
      if (entry.currentTxnFirstOffset < 0 && now - entry.lastTimestamp >= expirationMs)
        this.#entries.delete(entry.producerId)
    }
  }

  /** Forgets everything that is in the log, to begin with what is known of it at this offset. */
  reset(endOffset: number): void {
    this.#entries.clear()
    this.#open.clear()
    // Their markers may be above the high watermark still, though a snapshot has them.
    this.#unreplicated = this.#unreplicated.filter(({ lastOffset }) => lastOffset < endOffset)
  }

  snapshot(): Buffer {
    return encodeSnapshot(this.#entries.values(), this.#entries.size)
  }

  /** Takes the state from a snapshot at `offset`; false, and nothing changed, when the bytes are damaged. */
  restore(bytes: Buffer, offset: number): boolean {
    const entries = decodeSnapshot(bytes)
    if (!entries) return false
    this.reset(offset)
    for (const entry of entries) this.#entries.set(entry.producerId, entry)
    const open = entries.filter(entry => entry.currentTxnFirstOffset >= 0)
    open.sort((a, b) => a.currentTxnFirstOffset - b.currentTxnFirstOffset)
    for (const entry of open) this.#open.set(entry.producerId, entry.currentTxnFirstOffset)
    return true
  }
}
