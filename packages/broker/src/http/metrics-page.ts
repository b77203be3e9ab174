// What `/metrics` shows. Made for the first scrape: until then nothing is measured that somebody would have to ask for.
import type { BrokerCore } from '../core.ts'
import { offsetsTopic } from '../metadata/internal-topics.ts'
import { resourceTypes } from '../metadata/record.ts'
import {
  clusterFamilies,
  connectionFamilies,
  type ConnectionCounts,
  quorumFamilies,
  replicaFamilies,
  storageFamilies,
} from '../metrics/broker-families.ts'
import { cleanerFamilies } from '../metrics/cleaner-families.ts'
import { ChangeRate } from '../metrics/change-rate.ts'
import { expositionOf, type Family } from '@millrace/runtime'
import { groupFamilies } from '../metrics/group-families.ts'
import { NodeProcessMetrics } from '../metrics/node-process-metrics.ts'
import { RequestMetrics } from '../metrics/request-metrics.ts'
import { partitionFamilies, trafficFamilies } from '../metrics/topic-families.ts'

export class MetricsPage {
  /** Hears of every request of the broker. */
  readonly requests: RequestMetrics
  readonly #core: BrokerCore
  readonly #connections: ConnectionCounts
  readonly #process = new NodeProcessMetrics()
  readonly #metadataRate: ChangeRate

  constructor(core: BrokerCore, connections: ConnectionCounts) {
    const { clock, metadata } = core
    this.#core = core
    this.#connections = connections
    this.requests = new RequestMetrics(clock)
    this.#metadataRate = new ChangeRate(metadata.log.logEndOffset, clock.monotonic())
  }

  close(): void {
    this.#process.close()
  }

  /** Lines of the page, a few at a time; with `names` those of these families alone. */
  async lines(names: ReadonlySet<string>): Promise<Iterable<string>> {
    // Where nobody has used a group yet, their code need not be there.
    const groups = this.#core.metadata.image.topic(offsetsTopic)
      ? groupFamilies(
          this.#core,
          this.#core.service((await import('../groups/coordinator.ts')).groupCoordinator),
        )
      : []
    const { image } = this.#core.metadata
    const clients =
      image.configuredResources(resourceTypes.CLIENT_METRICS).length > 0
        ? this.#core.service((await import('../client-metrics/receiver.ts')).clientMetricsReceiver).families()
        : []
    return linesOf(this.#families(groups, clients), names)
  }

  /** Partitions come before what counts them: a log that is not loaded yet is loaded for its own line, between which others have their turn. */
  *#families(groups: Iterable<Family>, clients: Iterable<Family>): Generator<Family> {
    const core = this.#core
    yield* trafficFamilies(core)
    yield* partitionFamilies(core)
    yield* replicaFamilies(core)
    yield* storageFamilies(core)
    yield* cleanerFamilies(core)
    yield* connectionFamilies(this.#connections)
    yield* quorumFamilies(
      core,
      this.#metadataRate.perSecond(core.metadata.log.logEndOffset, core.clock.monotonic()),
    )
    yield* clusterFamilies(core)
    yield* this.requests.families()
    yield* groups
    yield* clients
    yield* this.#process.families()
  }
}

function* linesOf(families: Iterable<Family>, names: ReadonlySet<string>): Generator<string> {
  for (const family of families) {
    if (names.size === 0 || names.has(family.name)) yield* expositionOf(family)
  }
}
