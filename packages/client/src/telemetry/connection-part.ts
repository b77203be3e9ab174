// What every client has to tell of its connections and requests.
import type { Cluster } from '../cluster/cluster.ts'
import { gauge, sum, times } from './measures.ts'
import type { MeterPart } from './meter.ts'
import { Window } from './window.ts'

/** `kind`: what names of metrics begin with, behind `org.apache.kafka`. */
export function connectionPart(cluster: Cluster, kind: 'producer' | 'consumer' | 'admin.client'): MeterPart {
  const prefix = `org.apache.kafka.${kind}.`
  const latencies = new Map<string, Window>()
  let opened = 0
  return {
    listen: () =>
      cluster.hooks.request.listen(({ broker, wireMs, error }) => {
        if (error) return
        const window = latencies.get(broker) ?? new Window()
        latencies.set(broker, window)
        window.add(wireMs)
      }),
    measures: seconds => {
      const { brokers, ...all } = cluster.statistics
      return [
        sum(`${prefix}connection.creation.total`, all.connectionsOpened),
        gauge(`${prefix}connection.creation.rate`, (all.connectionsOpened - opened) / seconds),
        gauge(`${prefix}connection.count`, all.connections),
        sum(`${prefix}request.total`, all.requests),
        sum(`${prefix}response.total`, all.responses),
        sum(`${prefix}outgoing.byte.total`, all.bytesOut),
        sum(`${prefix}incoming.byte.total`, all.bytesIn),
        ...brokers.flatMap(({ broker, nodeId }) =>
          times(`${prefix}node.request.latency`, latencies.get(broker), { node_id: `node-${nodeId}` }),
        ),
      ]
    },
    clear: () => {
      opened = cluster.statistics.connectionsOpened
      latencies.clear()
    },
  }
}
