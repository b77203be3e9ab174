// Where logs end, with what is not committed yet: whoever reads committed records has read everything that was written before when it comes there.
import { Admin, type ClusterOptions, OffsetSpec, throwFirst, type TopicPartition } from '@millrace/client'
import type { Clock, Random } from '@millrace/runtime'

export class LogEnds {
  readonly #admin: Admin

  constructor(cluster: ClusterOptions) {
    this.#admin = new Admin(cluster)
  }

  get clock(): Clock {
    return this.#admin.cluster.clock
  }

  get random(): Random {
    return this.#admin.cluster.random
  }

  /** High watermarks, in the order asked for. Rejects with what brokers say, and the signal's reason. */
  async of(places: readonly TopicPartition[], signal?: AbortSignal): Promise<number[]> {
    const queries = places.map(({ topic, partition }) => ({ topic, partition, timestamp: OffsetSpec.latest }))
    const found = await this.#admin.listOffsets(queries, signal ? { signal } : {})
    return throwFirst(found).map(({ offset }) => offset)
  }

  close(): void {
    this.#admin.close()
  }
}
