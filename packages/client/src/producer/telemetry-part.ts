// What a producer has to tell brokers of itself, beside its connections (KIP-714).
import type { Cluster } from '../cluster/cluster.ts'
import { connectionPart } from '../telemetry/connection-part.ts'
import { asDetail, gauge, sum, times } from '../telemetry/measures.ts'
import type { MeterPart } from '../telemetry/meter.ts'
import { TelemetryReporter } from '../telemetry/reporter.ts'
import { Window } from '../telemetry/window.ts'
import type { ProducerStatistics } from './statistics.ts'

const producer = 'org.apache.kafka.producer.'

/** Pushes the metrics of a producer, if that is wanted. */
export function producerReporter(
  cluster: Cluster,
  statistics: () => ProducerStatistics,
  transactionalId: string | undefined,
): TelemetryReporter | undefined {
  if (!cluster.options.metricsPush) return undefined
  const parts = [connectionPart(cluster, 'producer'), producerPart(cluster, statistics)]
  const resource = transactionalId === undefined ? {} : { transactional_id: transactionalId }
  return new TelemetryReporter({ cluster, parts, resource: () => resource })
}

function producerPart(cluster: Cluster, statistics: () => ProducerStatistics): MeterPart {
  const throttles = new Window()
  const queues = new Window()
  return {
    listen: () => {
      const { hooks } = cluster
      return hooks.listen({
        onRequest: ({ api, throttleMs, error }) => {
          if (api === 'Produce' && !error) throttles.add(throttleMs)
        },
        onBatch: ({ queueMs }) => queues.add(queueMs),
      })
    },
    measures: () => {
      const { topics, ...all } = statistics()
      return [
        ...times(`${producer}produce.throttle.time`, throttles),
        ...times(`${producer}record.queue.time`, queues),
        sum(`${producer}record.send.total`, all.recordsDelivered),
        sum(`${producer}record.error.total`, all.recordsFailed),
        sum(`${producer}batch.split.total`, all.batchesDivided),
        gauge(`${producer}buffer.total.bytes`, all.bufferMemoryBytes),
        gauge(`${producer}buffer.available.bytes`, all.bufferMemoryBytes - all.bufferedBytes),
        ...topics.flatMap(({ topic, recordsDelivered, recordsFailed, recordsRetried, batchBytesDelivered }) =>
          [
            sum(`${producer}topic.record.send.total`, recordsDelivered, { topic }),
            sum(`${producer}topic.record.error.total`, recordsFailed, { topic }),
            sum(`${producer}topic.record.retry.total`, recordsRetried, { topic }),
            sum(`${producer}topic.byte.total`, batchBytesDelivered, { topic }),
          ].map(asDetail),
        ),
      ]
    },
    clear: () => {
      throttles.clear()
      queues.clear()
    },
  }
}
