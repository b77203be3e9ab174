// Which broker each waiting queue stands in line for.
import type { Metadata } from '../cluster/metadata.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { Route } from './route.ts'

const noLeader = -1

export class Routes {
  readonly #metadata: Metadata
  readonly #byBroker = new Map<number, Route>()

  constructor(metadata: Metadata) {
    this.#metadata = metadata
  }

  all(): Route[] {
    return [...this.#byBroker.values()]
  }

  /** Queues without a known leader. */
  get leaderless(): readonly PartitionQueue[] {
    return this.#byBroker.get(noLeader)?.queues ?? []
  }

  /** Puts a queue in line for its leader, unless it stands in one already. */
  enlist(queue: PartitionQueue): Route {
    if (queue.route) return queue.route
    const route = this.#routeTo(this.leaderOf(queue))
    route.add(queue)
    return route
  }

  /** Broker id of the partition's leader, −1 while unknown. */
  leaderOf(queue: PartitionQueue): number {
    return this.#metadata.partition(queue.topic, queue.partition)?.leader ?? noLeader
  }

  /** Moves the queues whose leader changed. */
  reroute(): void {
    for (const route of this.all()) {
      const staying: PartitionQueue[] = []
      for (const queue of route.queues) {
        const leader = this.leaderOf(queue)
        if (leader === route.brokerId) staying.push(queue)
        else this.#routeTo(leader).add(queue)
      }
      route.queues = staying
    }
  }

  stopTimers(): void {
    for (const route of this.#byBroker.values()) route.stopTimer()
  }

  #routeTo(brokerId: number): Route {
    let route = this.#byBroker.get(brokerId)
    if (!route) {
      route = new Route(brokerId)
      this.#byBroker.set(brokerId, route)
    }
    return route
  }
}
