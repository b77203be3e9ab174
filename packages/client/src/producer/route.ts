// What waits for one broker.
import type { Timer } from '@millrace/runtime'
import type { PartitionQueue } from './partition-queue.ts'

export class Route {
  /** Broker id; −1 for partitions that have no known leader at present. */
  readonly brokerId: number
  /** Queues with something to send, in turn. A queue stands here at most once: `queue.route` says so. */
  queues: PartitionQueue[] = []
  /** Requests on the wire. */
  inFlight = 0
  connecting = false
  /** Why the last attempt to connect failed; undefined once one succeeds. */
  failure: Error | undefined
  /** A look at the queues at the end of this turn of the event loop is arranged. */
  deferred = false
  timer: Timer | undefined
  timerAt = Number.POSITIVE_INFINITY

  constructor(brokerId: number) {
    this.brokerId = brokerId
  }

  add(queue: PartitionQueue): void {
    queue.route = this
    this.queues.push(queue)
  }

  stopTimer(): void {
    this.timer?.cancel()
    this.timer = undefined
    this.timerAt = Number.POSITIVE_INFINITY
  }
}
