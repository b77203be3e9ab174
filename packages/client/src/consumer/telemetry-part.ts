// What a consumer has to tell brokers of itself, beside its connections (KIP-714).
import type { Cluster } from '../cluster/cluster.ts'
import { connectionPart } from '../telemetry/connection-part.ts'
import { asDetail, gauge, sum, times } from '../telemetry/measures.ts'
import type { MeterPart } from '../telemetry/meter.ts'
import { TelemetryReporter } from '../telemetry/reporter.ts'
import { Window } from '../telemetry/window.ts'
import type { ConsumerStatistics } from './statistics.ts'

const consumer = 'org.apache.kafka.consumer.'
const lagName = `${consumer}fetch.manager.records.lag`

/** Who a consumer is in its group, and where: what all of its metrics are about. */
export interface ConsumerIdentity {
  readonly groupId: string | undefined
  readonly groupInstanceId: string | null
  readonly memberId: string
  readonly rack: string
}

/** Pushes the metrics of a consumer, if that is wanted. `identity`: as it is at present. */
export function consumerReporter(
  cluster: Cluster,
  statistics: () => ConsumerStatistics,
  identity: () => ConsumerIdentity,
): TelemetryReporter | undefined {
  if (!cluster.options.metricsPush) return undefined
  const parts = [connectionPart(cluster, 'consumer'), consumerPart(cluster, statistics)]
  const resource = () => {
    const { groupId, groupInstanceId, memberId, rack } = identity()
    return {
      ...(rack !== '' && { client_rack: rack }),
      ...(groupId !== undefined && { group_id: groupId }),
      ...(groupInstanceId !== null && { group_instance_id: groupInstanceId }),
      ...(memberId !== '' && { group_member_id: memberId }),
    }
  }
  return new TelemetryReporter({ cluster, parts, resource })
}

function consumerPart(cluster: Cluster, statistics: () => ConsumerStatistics): MeterPart {
  const commits = new Window()
  const rebalances = new Window()
  const fetches = new Window()
  let idleMs = 0
  return {
    listen: () =>
      cluster.hooks.listen({
        onCommit: ({ ms, error }) => {
          if (!error) commits.add(ms)
        },
        onRebalance: ({ what, ms }) => {
          if (what === 'completed') rebalances.add(ms)
        },
        onFetch: ({ ms, error }) => {
          if (!error) fetches.add(ms)
        },
      }),
    measures: seconds => {
      const all = statistics()
      return [
        gauge(`${consumer}poll.idle.ratio.avg`, Math.min(1, (all.idleMsTotal - idleMs) / 1000 / seconds)),
        ...times(`${consumer}coordinator.commit.latency`, commits),
        gauge(`${consumer}coordinator.assigned.partitions`, all.partitions.length),
        ...times(`${consumer}coordinator.rebalance.latency`, rebalances),
        sum(`${consumer}coordinator.rebalance.latency.total`, all.rebalanceMsTotal),
        sum(`${consumer}coordinator.rebalance.total`, all.rebalances),
        ...times(`${consumer}fetch.manager.fetch.latency`, fetches),
        sum(`${consumer}fetch.manager.fetch.total`, all.fetches),
        sum(`${consumer}fetch.manager.records.consumed.total`, all.recordsConsumed),
        sum(`${consumer}fetch.manager.bytes.consumed.total`, all.bytesConsumed),
        ...all.partitions.flatMap(({ topic, partition, lag }) =>
          lag === undefined ? [] : [asDetail(gauge(lagName, lag, { topic, partition: String(partition) }))],
        ),
      ]
    },
    clear: () => {
      idleMs = statistics().idleMsTotal
      for (const window of [commits, rebalances, fetches]) window.clear()
    },
  }
}
