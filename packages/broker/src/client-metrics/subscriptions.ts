// Which metrics a client is to push, and how often: all client-metrics resources that mean it, put together (KIP-714).
import { crc32c } from '@millrace/protocol/base'
import {
  allMetrics,
  clientMetricsTable,
  type ClientMetricsSettings,
  type MatchSelector,
  readClientMetrics,
} from '../config/client-metrics-table.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { resourceTypes } from '../metadata/record.ts'

/** What is known of a client, by what resources match it. */
export type ClientAttributes = Readonly<Record<MatchSelector, string>>

/** What a client is asked for. */
export interface ClientSubscription {
  /** Of the metrics and the interval, for this client. */
  readonly id: number
  /** Beginnings of names, sorted; `*` alone for all, and none for nothing. */
  readonly metrics: readonly string[]
  readonly pushIntervalMs: number
}

/** For each text, whether all of it matches the regular expression. Throws for one that takes too long. */
export type Matches = (pattern: string, text: string) => boolean

/** All resources that there are. Settings were checked when they were set. */
export function subscriptionsOf(image: MetadataImage): ClientMetricsSettings[] {
  return image
    .configuredResources(resourceTypes.CLIENT_METRICS)
    .map(name => readClientMetrics(image.configs(resourceTypes.CLIENT_METRICS, name)))
}

/** Puts together what means the client: all that anybody wants, as often as somebody wants it. */
export function subscriptionFor(
  all: readonly ClientMetricsSettings[],
  client: ClientAttributes,
  matches: Matches,
): ClientSubscription {
  const own = all.filter(({ match }) => [...match].every(([name, pattern]) => matches(pattern, client[name])))
  const names = new Set(own.flatMap(({ metrics }) => metrics))
  const metrics = names.has(allMetrics) ? [allMetrics] : [...names].sort()
  const defaultMs = Number(clientMetricsTable['interval.ms'].defaultText)
  const pushIntervalMs = Math.min(defaultMs, ...own.map(({ intervalMs }) => intervalMs))
  return { id: idOf(metrics, pushIntervalMs, client.client_instance_id), metrics, pushIntervalMs }
}

/** As Kafka computes it, but for the order of names: CRC-32C of metrics and interval, XORed with the hash of the client's id. */
function idOf(metrics: readonly string[], pushIntervalMs: number, clientInstanceId: string): number {
  const checksum = crc32c(Buffer.from(`[${metrics.join(', ')}]${pushIntervalMs}`, 'utf8'))
  const id = Buffer.from(clientInstanceId, 'base64url')
  return (checksum ^ id.readInt32BE(0) ^ id.readInt32BE(4) ^ id.readInt32BE(8) ^ id.readInt32BE(12)) | 0
}
