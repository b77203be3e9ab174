// What a share consumer has to tell brokers of itself, beside its connections (KIP-714), under the names that Java's share consumer has for it.
import type { Cluster } from '../cluster/cluster.ts'
import { connectionPart } from '../telemetry/connection-part.ts'
import { gauge, sum, times } from '../telemetry/measures.ts'
import type { MeterPart } from '../telemetry/meter.ts'
import { TelemetryReporter } from '../telemetry/reporter.ts'
import { Window } from '../telemetry/window.ts'
import type { ShareConsumerStatistics } from './statistics.ts'

const share = 'org.apache.kafka.consumer.share.'

/** Who a share consumer is in its group, and where: what all of its metrics are about. */
export interface ShareIdentity {
  readonly groupId: string
  readonly memberId: string
  readonly rack: string
}

/** Pushes the metrics of a share consumer, if that is wanted. */
export function shareReporter(
  cluster: Cluster,
  statistics: () => ShareConsumerStatistics,
  identity: () => ShareIdentity,
): TelemetryReporter | undefined {
  if (!cluster.options.metricsPush) return undefined
  const parts = [connectionPart(cluster, 'consumer'), sharePart(cluster, statistics)]
  const resource = () => {
    const { groupId, memberId, rack } = identity()
    return { ...(rack !== '' && { client_rack: rack }), group_id: groupId, group_member_id: memberId }
  }
  return new TelemetryReporter({ cluster, parts, resource })
}

function sharePart(cluster: Cluster, statistics: () => ShareConsumerStatistics): MeterPart {
  const fetches = new Window()
  const rebalances = new Window()
  let idleMs = 0
  return {
    listen: () =>
      cluster.hooks.listen({
        onFetch: ({ ms, error }) => {
          if (!error) fetches.add(ms)
        },
        onRebalance: ({ what, ms }) => {
          if (what === 'completed') rebalances.add(ms)
        },
      }),
    measures: seconds => {
      const all = statistics()
      const told = all.recordsAccepted + all.recordsReleased + all.recordsRejected + all.recordsRenewed
      return [
        gauge(`${share}poll.idle.ratio.avg`, Math.min(1, (all.idleMsTotal - idleMs) / 1000 / seconds)),
        ...times(`${share}fetch.manager.fetch.latency`, fetches),
        sum(`${share}fetch.manager.fetch.total`, all.fetches),
        sum(`${share}fetch.manager.records.consumed.total`, all.recordsAcquired),
        sum(`${share}fetch.manager.bytes.consumed.total`, all.bytesFetched),
        sum(`${share}fetch.manager.acknowledgements.send.total`, told + all.acknowledgementsFailed),
        sum(`${share}fetch.manager.acknowledgements.error.total`, all.acknowledgementsFailed),
        ...times(`${share}coordinator.rebalance.latency`, rebalances),
        sum(`${share}coordinator.rebalance.total`, all.rebalances),
      ]
    },
    clear: () => {
      idleMs = statistics().idleMsTotal
      for (const window of [fetches, rebalances]) window.clear()
    },
  }
}
