// Looks leaders up anew for a producer, as long as it has records that wait for one.
import type { Timer } from '@millrace/runtime'
import type { Cluster } from '../cluster/cluster.ts'

export interface UpkeepHost {
  /** Whether records wait at all. */
  isNeeded(): boolean
  /** Whether some of them have no leader even now. */
  isIncomplete(): boolean
  /** A lookup is done, or failed. */
  onRefreshed(): void
}

export class MetadataUpkeep {
  readonly #cluster: Cluster
  readonly #host: UpkeepHost
  #running = false
  #timer: Timer | undefined
  #closed = false
  #failure: Error | undefined

  constructor(cluster: Cluster, host: UpkeepHost) {
    this.#cluster = cluster
    this.#host = host
  }

  /** Why the last lookup failed; undefined once one succeeds. */
  get failure(): Error | undefined {
    return this.#failure
  }

  /** An answer or a lost connection contradicts what is known. */
  disproved(): void {
    this.#cluster.invalidateMetadata()
    this.refresh()
  }

  /** Looks up, unless that is under way or about to be. */
  refresh(): void {
    if (this.#running || this.#closed || this.#timer) return
    this.#running = true
    this.#cluster
      .refreshMetadata()
      .then(
        () => {
          this.#failure = undefined
        },
        (error: unknown) => {
          // Brokers that cannot be reached: the batches wait for the next attempt, or for their deadline.
          this.#failure = error as Error
        },
      )
      .finally(() => {
        this.#running = false
        if (this.#closed) return
        this.#host.onRefreshed()
        if (this.#host.isIncomplete() || this.#cluster.metadataDue) this.#refreshLater()
      })
  }

  close(): void {
    this.#closed = true
    this.#timer?.cancel()
  }

  #refreshLater(): void {
    const { clock, options } = this.#cluster
    this.#timer ??= clock.setTimer(options.retryBackoffMs, () => {
      this.#timer = undefined
      if (this.#host.isNeeded()) this.refresh()
    })
  }
}
