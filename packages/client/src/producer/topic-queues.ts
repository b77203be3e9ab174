// The queues of one topic's partitions, and the partition that records without a key stick to.
import type { Random } from '@millrace/runtime'
import type { Metadata } from '../cluster/metadata.ts'
import { PartitionQueue } from './partition-queue.ts'

export class TopicQueues {
  readonly name: string
  readonly partitions: PartitionQueue[] = []
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

  /** Adds queues for partitions that the topic got. Partitions never go away. */
  update(): void {
    this.metadataVersion = this.#metadata.version
    const count = this.#metadata.topic(this.name)?.partitions.length ?? 0
    for (let partition = this.partitions.length; partition < count; partition++) {
      this.partitions.push(new PartitionQueue(this.name, partition))
    }
  }

  /** The partition for records without a key. */
  stickyPartition(): number {
    if (this.#sticky === -1) this.#sticky = this.#choose()
    return this.#sticky
  }

  /** KIP-794: after a batch's worth of bytes it is another partition's turn. */
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
