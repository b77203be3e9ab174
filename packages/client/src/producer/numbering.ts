// Which numbers batches carry so that brokers write each once and in order, and what they make a batch wait for.
import { ErrorCode } from '@millrace/protocol'
import { invariant } from '@millrace/runtime'
import type { VersionLimits } from '../network/api-ranges.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { ProduceBatch } from './produce-batch.ts'
import type { ProducerId } from './producer-id.ts'
import type { ProducerIdAndEpoch } from './sequences.ts'

/**
 * The policy of a producer for numbering its batches. `prepare` and what follows a verdict change state, `mayLeave` only asks; the sender
 * calls `prepare`, `mayLeave` and `assign` for the first batch of a queue, in this order and in one step.
 */
export interface Numbering {
  /** Whose transactions the batches belong to; null for none. */
  readonly transactionalId: string | null
  /** The versions of Produce that carry them. */
  readonly produceVersions: VersionLimits
  /** Why batches cannot be numbered at present; undefined where nothing is known to be wrong. */
  readonly obstacle: Error | undefined
  /** Why no batch goes, or goes again; undefined as long as they do. */
  readonly over: Error | undefined
  /** Takes the steps that are due before the queue's next batch can be numbered: asks for an identity, begins a new epoch. */
  prepare(queue: PartitionQueue): void
  /** Whether `head`, the queue's first batch, may leave as far as numbers decide it. */
  mayLeave(queue: PartitionQueue, head: ProduceBatch): boolean
  /** Numbers a batch that leaves, unless it has its numbers already. */
  assign(queue: PartitionQueue, batch: ProduceBatch): void
  /** The batch is in the log. */
  written(batch: ProduceBatch): void
  /** The batch goes no more. `batch.mayBeWritten` says whether it may be in the log all the same. */
  givenUp(batch: ProduceBatch): void
  /** The batch was refused as it is: its parts take its place. */
  divided(batch: ProduceBatch, parts: readonly ProduceBatch[]): void
  /** A broker refused the batch. Returns whether that was for its numbers alone: it then goes again, perhaps under others. */
  refused(batch: ProduceBatch, errorCode: number): boolean
}

/** No numbers: a retry may be written twice, and only patience keeps the order. */
export const unnumbered: Numbering = {
  transactionalId: null,
  produceVersions: {},
  obstacle: undefined,
  over: undefined,
  prepare: () => {},
  // What is sent again goes alone.
  mayLeave: (queue, head) => head.attempts === 0 || queue.onWire === 0,
  assign: () => {},
  written: () => {},
  givenUp: () => {},
  divided: () => {},
  refused: () => false,
}

/** What idempotent and transactional producers share: each batch gets numbers when it leaves, and keeps them until its fate is known. */
export abstract class SequencedNumbering implements Numbering {
  abstract readonly transactionalId: string | null
  abstract readonly produceVersions: VersionLimits
  abstract readonly obstacle: Error | undefined
  abstract readonly over: Error | undefined
  /** The id and epoch that batches leave under, once there is one. */
  protected abstract readonly current: ProducerIdAndEpoch | undefined

  abstract prepare(queue: PartitionQueue): void
  abstract mayLeave(queue: PartitionQueue, head: ProduceBatch): boolean
  abstract refused(batch: ProduceBatch, errorCode: number): boolean

  assign(queue: PartitionQueue, batch: ProduceBatch): void {
    if (batch.baseSequence !== -1) return
    const { current } = this
    invariant(current !== undefined, 'a batch of an idempotent producer leaves under a producer id')
    queue.sequences.assign(batch, current)
  }

  written(batch: ProduceBatch): void {
    if (batch.baseSequence !== -1) batch.queue.sequences.acknowledge(batch)
  }

  givenUp(batch: ProduceBatch): void {
    if (batch.baseSequence === -1) return
    const { sequences } = batch.queue
    // Whether it is in the log decides if the later ones may move up.
    if (batch.mayBeWritten) sequences.giveUpUnresolved(batch)
    else sequences.giveUp(batch)
  }

  divided(batch: ProduceBatch, parts: readonly ProduceBatch[]): void {
    if (batch.baseSequence !== -1) batch.queue.sequences.replace(batch, parts)
  }

  /** Whether a batch may leave that nothing else holds back: in its turn, and alone until the broker is known to count along. */
  protected isNext({ sequences }: PartitionQueue, head: ProduceBatch, current: ProducerIdAndEpoch): boolean {
    if (head.baseSequence !== -1) return head === sequences.unacknowledged[0]
    const isAlone = sequences.unacknowledged.length === 0
    return isAlone || (sequences.established && !sequences.isStale(current))
  }
}

/** Sequences of an idempotent producer, which brokers check (KIP-98, KIP-360). */
export class IdempotentNumbering extends SequencedNumbering {
  readonly transactionalId = null
  readonly produceVersions = {}
  readonly over = undefined
  readonly #producerId: ProducerId

  constructor(producerId: ProducerId) {
    super()
    this.#producerId = producerId
  }

  get obstacle(): Error | undefined {
    return this.current ? undefined : this.#producerId.failure
  }

  protected get current(): ProducerIdAndEpoch | undefined {
    return this.#producerId.current
  }

  prepare(queue: PartitionQueue): void {
    const { sequences } = queue
    this.#producerId.ensure()
    const { current } = this.#producerId
    if (!current || !wantsNewEpoch(queue)) return
    // What is on the wire keeps its numbers: its answers come first.
    if (queue.onWire > 0) return
    // What may be in the log goes again under its numbers: they are all by which the broker can tell it from something new.
    if (!queue.bumpWanted && sequences.unacknowledged.some(({ mayBeWritten }) => mayBeWritten)) return
    if (!sequences.isStale(current)) this.#producerId.bump()
    const next = this.#producerId.current
    if (!next) return
    sequences.renumber(next)
    queue.bumpWanted = false
  }

  mayLeave(queue: PartitionQueue, head: ProduceBatch): boolean {
    const { current } = this.#producerId
    if (!current) return false
    if (!wantsNewEpoch(queue)) return this.isNext(queue, head, current)
    const isFirst = head === queue.sequences.unacknowledged[0]
    return isFirst && !queue.bumpWanted && queue.onWire === 0
  }

  refused(batch: ProduceBatch, errorCode: number): boolean {
    if (batch.baseSequence === -1 || !sequenceErrors.has(errorCode)) return false
    const isGap = errorCode === ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    // A broker that misses what comes before has not written this one either, whatever became of earlier attempts.
    if (isGap) batch.mayBeWritten = false
    // Batches that were renumbered while they were on the wire are refused under their old numbers: they only go again.
    const fits = batch.renumbered || batch.queue.sequences.outOfOrder(batch) === 'retry'
    if (!isGap || !fits) batch.queue.bumpWanted = true
    return true
  }
}

function wantsNewEpoch(queue: PartitionQueue): boolean {
  return queue.bumpWanted || queue.sequences.unresolved
}

const sequenceErrors: ReadonlySet<number> = new Set([
  ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
  ErrorCode.UNKNOWN_PRODUCER_ID,
  ErrorCode.INVALID_PRODUCER_EPOCH,
])
