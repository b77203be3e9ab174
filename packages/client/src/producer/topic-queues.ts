// The queues of one topic's partitions, and the partition that records without a key stick to.
import type { Random } from '@millrace/runtime'
import type { Metadata } from '../cluster/metadata.ts'
import { PartitionQueue } from './partition-queue.ts'

/** Kafka's default `batch.size`: how much goes to one partition before small batches take turns. */
const stickyBytesMin = 16_384

export class TopicQueues {
  readonly name: string
  /** Queues of all partitions that the topic ever had: what waits in one, and its sequences, outlive a topic made anew with fewer. */
  readonly partitions: PartitionQueue[] = []
  /** How many partitions the topic has at present: the ones that records may go to. */
  partitionCount = 0
  /** The metadata version that `partitions` was last compared with. */
  metadataVersion = -1
  readonly #random: Random
  readonly #metadata: Metadata
  #sticky = -1
  #stickyBytes = 0

  constructor(name: string, metadata: Metadata, random: Random) {
    this.name = name
    this.#metadata = metadata
    this.#random = random
  }

  /**
   * Takes over how many partitions the topic has. While it is unknown to the cluster, nothing changes. False when it has to be looked up anew: it was idle for so long that the client has
   * forgotten it, and may have grown.
   */
  update(): boolean {
    if (this.#metadata.isUnasked(this.name)) return false
    this.metadataVersion = this.#metadata.version
    const known = this.#metadata.topic(this.name)
    if (!known) return true
    this.partitionCount = known.partitions.length
    for (let partition = this.partitions.length; partition < this.partitionCount; partition++) {
      this.partitions.push(new PartitionQueue(this.name, partition))
    }
    if (this.#sticky >= this.partitionCount) this.#sticky = -1
    return true
  }

  /**
   * The partition for records without a key. After some bytes it is another one's turn (KIP-794), so that a trickle, whose batches leave
   * long before they are full, reaches all partitions too; never while a batch is open, which more records would fill.
   */
  stickyPartition(): number {
    if (this.#stickyBytes >= stickyBytesMin && this.partitions[this.#sticky]?.open === undefined) {
      this.#stickyBytes = 0
      this.#sticky = -1
    }
    if (this.#sticky === -1) this.#sticky = this.#choose()
    return this.#sticky
  }

  /** A full batch's worth of bytes ends the turn of a partition at once. */
  countSticky(bytes: number, batchSize: number): void {
    this.#stickyBytes += bytes
    if (this.#stickyBytes < batchSize) return
    this.#stickyBytes = 0
    this.#sticky = -1
  }

  /** Any partition with a leader, with equal chances; any at all when none has one. */
  #choose(): number {
    const known = this.#metadata.topic(this.name)?.partitions ?? []
    const led = known.filter(({ leader }) => leader !== -1)
    const choices = led.length > 0 ? led : known
    return choices[Math.floor(this.#random.float() * choices.length)]?.partition ?? 0
  }
}
