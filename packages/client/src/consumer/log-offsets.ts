// Offsets of logs as a consumer asks for them: their ends, and where they stood at a time.
import { listOffsets } from '../admin/partitions/list-offsets.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { argumentChecks as check } from './call-arguments.ts'
import type { LoopOptions, PartitionOffset } from './call-arguments.ts'

/** A time in a partition, in ms since the epoch, or one of `OffsetSpec`. */
type PartitionTime = TopicPartition & { readonly timestamp: number }

export class LogOffsets {
  readonly #cluster: Cluster
  readonly #isolationLevel: 'read_committed' | 'read_uncommitted'

  constructor(cluster: Cluster, readCommitted: boolean) {
    this.#cluster = cluster
    this.#isolationLevel = readCommitted ? 'read_committed' : 'read_uncommitted'
  }

  /** The offset of one place in each of the logs, in their order. Throws StateError that names `call`, and what `find` throws. */
  async ofEach(
    call: string,
    partitions: readonly TopicPartition[],
    timestamp: number,
    options: LoopOptions,
  ): Promise<PartitionOffset[]> {
    check.partitions(`${call}: partitions`, partitions)
    check.loop(`${call}: options`, options)
    return this.#find(
      partitions.map(({ topic, partition }) => ({ topic, partition, timestamp })),
      options,
    )
  }

  /** The first offsets at or after times, in their order; −1 where no record is that young. Throws StateError, BrokerError, OperationTimeoutError. */
  async atTimes(
    call: string,
    times: readonly PartitionTime[],
    options: LoopOptions,
  ): Promise<PartitionOffset[]> {
    check.times(`${call}: times`, times)
    check.loop(`${call}: options`, options)
    return this.#find(
      times.map(({ topic, partition, timestamp }) => ({ topic, partition, timestamp })),
      options,
    )
  }

  async #find(queries: readonly PartitionTime[], { signal }: LoopOptions): Promise<PartitionOffset[]> {
    const found = await listOffsets(this.#cluster, queries, { isolationLevel: this.#isolationLevel, signal })
    return found.map(({ topic, partition, offset, error }) => {
      if (error) throw error
      return { topic, partition, offset }
    })
  }
}
