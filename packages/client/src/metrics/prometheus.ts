// The statistics of clients as Prometheus reads them, under the names that Java's clients have there (by Micrometer, and so in Spring's dashboards).
import { expositionOf, type Labels, type Sample } from '@millrace/runtime'
import type { ClusterStatistics } from '../cluster/statistics.ts'
import { show } from '../config/show.ts'
import type { ConsumerStatistics } from '../consumer/statistics.ts'
import { StateError } from '../errors/index.ts'
import type { ClientIdentity } from '../events/facts.ts'
import type { ProducerStatistics } from '../producer/statistics.ts'
import type { ShareConsumerStatistics } from '../share/statistics.ts'
import {
  type ClientFamily,
  connectionFamilies,
  consumerFamilies,
  producerFamilies,
  shareFamilies,
} from './families.ts'

/** A producer, a consumer, a share consumer, or an admin. */
export interface MeasuredClient {
  /** Its counters; an admin has those of its connections only. */
  readonly statistics?: ProducerStatistics | ConsumerStatistics | ShareConsumerStatistics
  /** Its connections, and who it is. */
  readonly cluster: {
    readonly statistics: ClusterStatistics
    readonly hooks: { readonly client: ClientIdentity }
  }
}

/** What Java calls the kinds of clients in names of metrics of connections. */
const prefixes: Readonly<Record<ClientIdentity['kind'], string>> = {
  producer: 'kafka_producer',
  consumer: 'kafka_consumer',
  'share-consumer': 'kafka_consumer',
  admin: 'kafka_admin_client',
  cluster: 'kafka_client',
}

/**
 * The statistics of clients in Prometheus's text format (`text/plain; version=0.0.4`): serve it at `/metrics`. Counters count from when a
 * client was made. Labels are `client_id` and, for a consumer in a group, `group_id`; clients of the same kind, name and group are added up.
 *
 * @example
 * createServer((_, response) => response.end(prometheusText([producer, consumer]))).listen(9464)
 */
export function prometheusText(clients: Iterable<MeasuredClient>): string {
  if (typeof clients?.[Symbol.iterator] !== 'function')
    throw new StateError(
      `prometheusText: clients is ${show(clients)}: write a list, prometheusText([producer])`,
    )
  const families = new Map<string, { readonly family: ClientFamily; readonly samples: Map<string, Sample> }>()
  for (const client of clients) {
    for (const family of familiesOf(client)) {
      const known = families.get(family.name) ?? { family, samples: new Map<string, Sample>() }
      families.set(family.name, known)
      for (const sample of family.samples) add(known.samples, sample)
    }
  }
  let text = ''
  for (const { family, samples } of families.values()) {
    for (const line of expositionOf({ ...family, samples: samples.values() })) text += line
  }
  return text
}

function familiesOf({ statistics, cluster }: MeasuredClient): ClientFamily[] {
  const { kind, clientId, groupId } = cluster.hooks.client
  const labels = { client_id: clientId, ...(groupId !== undefined && { group_id: groupId }) }
  const own = statistics === undefined ? [] : ownFamilies(kind, statistics, labels)
  return [...own, ...connectionFamilies(prefixes[kind], cluster.statistics, labels)]
}

function ownFamilies(
  kind: ClientIdentity['kind'],
  statistics: NonNullable<MeasuredClient['statistics']>,
  labels: Labels,
): ClientFamily[] {
  switch (kind) {
    case 'producer':
      return producerFamilies(statistics as ProducerStatistics, labels)
    case 'share-consumer':
      return shareFamilies(statistics as ShareConsumerStatistics, labels)
    default:
      return consumerFamilies(statistics as ConsumerStatistics, labels)
  }
}

/** Two series of the same labels make a page that Prometheus refuses. */
function add(samples: Map<string, Sample>, sample: Sample): void {
  const key = JSON.stringify([sample.suffix, sample.labels])
  const before = samples.get(key)
  samples.set(key, before ? { ...sample, value: before.value + sample.value } : sample)
}
