// What an administrative client has to tell brokers of itself: its connections (KIP-714).
import type { Cluster } from '../cluster/cluster.ts'
import { connectionPart } from '../telemetry/connection-part.ts'
import { TelemetryReporter } from '../telemetry/reporter.ts'

/** Pushes the metrics of an administrative client, if that is wanted. */
export function adminReporter(cluster: Cluster): TelemetryReporter | undefined {
  if (!cluster.options.metricsPush) return undefined
  const parts = [connectionPart(cluster, 'admin.client')]
  return new TelemetryReporter({ cluster, parts, resource: () => ({}) })
}
