// The records of one partition that wait for their broker: an open batch and the closed ones before it.
import type { Codec } from '@millrace/protocol'
import type { ProduceBatch } from './produce-batch.ts'
import { PartitionSequences } from './sequences.ts'
import type { Route } from './route.ts'

/**
 * Invariants: batches leave in the order of `closed`, then `open`; a batch that must be sent again goes back to the front, in the order of
 * sequences; `onWire` counts the batches between being sent and answered.
 */
export class PartitionQueue {
  readonly topic: string
  readonly partition: number
  open: ProduceBatch | undefined
  readonly closed: ProduceBatch[] = []
  readonly sequences = new PartitionSequences<ProduceBatch>()
  onWire = 0
  /** Its sequences must start anew under a new epoch as soon as nothing is on the wire. */
  bumpWanted = false
  /** Where it stands in line: the broker that leads it, as far as known when it got something to send. */
  route: Route | undefined
  /** What the last batches needed, a quarter less for each that needed less: the next one starts with such a buffer. */
  capacityHintBytes = 1024

  /** Its batches may become larger than `batchSize`: no broker has found one too large. */
  mayGrow = true

  constructor(topic: string, partition: number) {
    this.topic = topic
    this.partition = partition
  }

  get isEmpty(): boolean {
    return this.open === undefined && this.closed.length === 0
  }

  /** Closes the open batch for records. */
  close(): void {
    if (!this.open) return
    this.closed.push(this.open)
    this.open = undefined
  }

  /** Closes an open batch that is compressed with anything else; undefined: with what the producer has. */
  closeUnlessFor(codec: Codec | undefined): void {
    if (this.open !== undefined && this.open.codec !== codec) this.close()
  }

  /** Puts a batch that must be sent again in front, where its sequence belongs. */
  putBack(batch: ProduceBatch): void {
    const order = this.sequences.unacknowledged
    const rank = order.indexOf(batch)
    let index = 0
    while (index < this.closed.length) {
      const other = this.closed[index]!
      const otherRank = order.indexOf(other)
      if (
        rank === -1
          ? other.createdAt > batch.createdAt || other.attempts === 0 || isLaterPart(other, batch)
          : otherRank === -1 || otherRank > rank
      )
        break
      index++
    }
    this.closed.splice(index, 0, batch)
  }

  /** Takes a batch out of line, wherever it stands. */
  remove(batch: ProduceBatch): void {
    if (this.open === batch) this.open = undefined
    const index = this.closed.indexOf(batch)
    if (index !== -1) this.closed.splice(index, 1)
  }
}

/** Whether both are parts of one batch that was divided, and `other` is behind. */
function isLaterPart(other: ProduceBatch, batch: ProduceBatch): boolean {
  return other.delivery === batch.delivery && other.firstIndex > batch.firstIndex
}
