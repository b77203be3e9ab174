// Which statistic has which name, type and labels in Prometheus: tables, and what makes samples of them.
import type { Labels, Sample } from '@millrace/runtime'
import type { BrokerStatistics, ClusterStatistics } from '../cluster/statistics.ts'
import type { ConsumerTopicStatistics } from '../consumer/counters.ts'
import type { ConsumerPartitionStatistics, ConsumerStatistics } from '../consumer/statistics.ts'
import type { ProducerStatistics, ProducerTopicStatistics } from '../producer/statistics.ts'
import type { ShareTopicStatistics } from '../share/counters.ts'
import type { ShareConsumerStatistics } from '../share/statistics.ts'

export interface ClientFamily {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'summary'
  readonly help: string
  readonly samples: Iterable<Sample>
}

/** One number of `T`: where it is undefined, there is no sample. */
type Row<T> = readonly [
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  value: (of: T) => number | undefined,
]

/** A time in all and how often it was taken: the quotient of both over a while is the mean. */
type Timing<T> = readonly [name: string, help: string, totalMs: (of: T) => number, count: (of: T) => number]

const producerRows: readonly Row<ProducerStatistics>[] = [
  ['record_send_total', 'counter', 'Records that are in the log.', of => of.recordsDelivered],
  ['record_error_total', 'counter', 'Records that were given up.', of => of.recordsFailed],
  ['batch_send_total', 'counter', 'Batches that are in the log.', of => of.batchesDelivered],
  ['batch_error_total', 'counter', 'Batches that were given up.', of => of.batchesFailed],
  ['batch_retry_total', 'counter', 'Batches that were sent again.', of => of.batchesRetried],
  ['batch_split_total', 'counter', 'Batches that were divided.', of => of.batchesDivided],
  ['buffer_total_bytes', 'gauge', 'What may wait: buffer.memory.', of => of.bufferMemoryBytes],
  ['buffer_available_bytes', 'gauge', 'What is free of it.', of => of.bufferMemoryBytes - of.bufferedBytes],
]

const producerTimings: readonly Timing<ProducerStatistics>[] = [
  [
    'record_queue_time_seconds',
    'From the first record of a batch to when it left.',
    of => of.queueMsTotal,
    of => of.batchesDelivered,
  ],
]

const producerTopicRows: readonly Row<ProducerTopicStatistics>[] = [
  ['topic_record_send_total', 'counter', 'Records that are in the log.', of => of.recordsDelivered],
  ['topic_record_error_total', 'counter', 'Records that were given up.', of => of.recordsFailed],
  ['topic_record_retry_total', 'counter', 'Records that were sent again.', of => of.recordsRetried],
  ['topic_byte_total', 'counter', 'Bytes in the log, compressed.', of => of.batchBytesDelivered],
]

const consumerRows: readonly Row<ConsumerStatistics>[] = [
  ['fetch_manager_fetch_total', 'counter', 'Fetches that were answered.', of => of.fetches],
  ['fetch_manager_fetch_error_total', 'counter', 'Fetches without an answer.', of => of.fetchesFailed],
  ['fetch_manager_buffered_bytes', 'gauge', 'Fetched and not handed out.', of => of.bufferedBytes],
  ['poll_idle_seconds_total', 'counter', 'Time of waiting for records.', of => of.idleMsTotal / 1000],
  ['coordinator_assigned_partitions', 'gauge', 'Partitions at present.', of => of.partitions.length],
  ['coordinator_rebalance_total', 'counter', 'Rebalances that came to an end.', of => of.rebalances],
  ['coordinator_failed_rebalance_total', 'counter', 'Rebalances that failed.', of => of.rebalancesFailed],
  ['coordinator_partition_lost_total', 'counter', 'Partitions that were lost.', of => of.partitionsLost],
  ['coordinator_commit_total', 'counter', 'Commits that were accepted.', of => of.commits],
  ['coordinator_failed_commit_total', 'counter', 'Commits that failed.', of => of.commitsFailed],
]

const consumerTimings: readonly Timing<ConsumerStatistics>[] = [
  ['fetch_manager_fetch_latency_seconds', 'Fetches.', of => of.fetchMsTotal, of => of.fetches],
  ['coordinator_rebalance_latency_seconds', 'Rebalances.', of => of.rebalanceMsTotal, of => of.rebalances],
  ['coordinator_commit_latency_seconds', 'Commits.', of => of.commitMsTotal, of => of.commits],
]

const consumerTopicRows: readonly Row<ConsumerTopicStatistics>[] = [
  ['fetch_manager_records_consumed_total', 'counter', 'Records handed out.', of => of.recordsConsumed],
  ['fetch_manager_bytes_consumed_total', 'counter', 'Bytes of them, compressed.', of => of.bytesConsumed],
]

const consumerPartitionRows: readonly Row<ConsumerPartitionStatistics>[] = [
  ['fetch_manager_records_lag', 'gauge', 'Offsets from the position to the end of the log.', of => of.lag],
  ['fetch_manager_position_offset', 'gauge', 'Offset of the next record.', of => of.position],
  ['coordinator_committed_offset', 'gauge', 'What the group has committed.', of => of.committed],
]

const shareRows: readonly Row<ShareConsumerStatistics>[] = [
  ['fetch_manager_fetch_total', 'counter', 'Fetches that were answered.', of => of.fetches],
  ['fetch_manager_fetch_error_total', 'counter', 'Fetches without an answer.', of => of.fetchesFailed],
  ['fetch_manager_bytes_consumed_total', 'counter', 'Bytes that came, compressed.', of => of.bytesFetched],
  ['fetch_manager_records_acquired_total', 'counter', 'Records held for us.', of => of.recordsAcquired],
  ['fetch_manager_records_waiting', 'gauge', 'Acquired and not handed out.', of => of.recordsWaiting],
  ['fetch_manager_records_in_hand', 'gauge', 'Handed out and not done with.', of => of.recordsInHand],
  ['fetch_manager_records_accepted_total', 'counter', 'Records processed.', of => of.recordsAccepted],
  ['fetch_manager_records_released_total', 'counter', 'Records given back.', of => of.recordsReleased],
  ['fetch_manager_records_rejected_total', 'counter', 'Records put away.', of => of.recordsRejected],
  ['fetch_manager_records_renewed_total', 'counter', 'Locks that were renewed.', of => of.recordsRenewed],
  [
    'fetch_manager_acknowledgements_error_total',
    'counter',
    'Records of which brokers did not take what was said.',
    of => of.acknowledgementsFailed,
  ],
  ['fetch_manager_records_poisoned_total', 'counter', 'Records passed over.', of => of.recordsPoisoned],
  ['poll_idle_seconds_total', 'counter', 'Time of waiting for records.', of => of.idleMsTotal / 1000],
  ['coordinator_assigned_partitions', 'gauge', 'Partitions at present.', of => of.partitions.length],
  ['coordinator_rebalance_total', 'counter', 'Rebalances that came to an end.', of => of.rebalances],
  ['coordinator_failed_rebalance_total', 'counter', 'Rebalances that failed.', of => of.rebalancesFailed],
]

const shareTimings: readonly Timing<ShareConsumerStatistics>[] = [
  ['fetch_manager_fetch_latency_seconds', 'Fetches.', of => of.fetchMsTotal, of => of.fetches],
  ['coordinator_rebalance_latency_seconds', 'Rebalances.', of => of.rebalanceMsTotal, of => of.rebalances],
]

const shareTopicRows: readonly Row<ShareTopicStatistics>[] = [
  ['fetch_manager_records_consumed_total', 'counter', 'Records handed out.', of => of.recordsConsumed],
]

const connectionRows: readonly Row<ClusterStatistics>[] = [
  ['connection_count', 'gauge', 'Open connections.', of => of.connections],
  ['connection_creation_total', 'counter', 'Connections that were opened.', of => of.connectionsOpened],
  ['connection_close_total', 'counter', 'Connections that ended.', of => of.connectionsClosed],
  ['connection_error_total', 'counter', 'Connections that could not be opened.', of => of.connectionsFailed],
  ['request_total', 'counter', 'Requests that have left.', of => of.requests],
  ['response_total', 'counter', 'Responses that have come.', of => of.responses],
  ['request_error_total', 'counter', 'Requests that had no answer.', of => of.requestsFailed],
  ['requests_in_flight', 'gauge', 'Requests that wait for an answer.', of => of.requestsInFlight],
  ['outgoing_byte_total', 'counter', 'Bytes sent.', of => of.bytesOut],
  ['incoming_byte_total', 'counter', 'Bytes received.', of => of.bytesIn],
  ['throttle_seconds_total', 'counter', 'Silence that brokers wanted.', of => of.throttleMsTotal / 1000],
]

const brokerRows: readonly Row<BrokerStatistics>[] = [
  ['node_request_total', 'counter', 'Requests to a broker.', of => of.requests],
  ['node_outgoing_byte_total', 'counter', 'Bytes sent to a broker.', of => of.bytesOut],
  ['node_incoming_byte_total', 'counter', 'Bytes received from a broker.', of => of.bytesIn],
]

const brokerTimings: readonly Timing<BrokerStatistics>[] = [
  ['node_request_latency_seconds', 'Answers of a broker.', of => of.latencyMsTotal, of => of.responses],
]

export function producerFamilies(of: ProducerStatistics, labels: Labels): ClientFamily[] {
  const whole = [{ of, labels }]
  const topics = of.topics.map(topic => ({ of: topic, labels: { ...labels, topic: topic.topic } }))
  return [
    ...numbers('kafka_producer', producerRows, whole),
    ...timings('kafka_producer', producerTimings, whole),
    ...numbers('kafka_producer', producerTopicRows, topics),
  ]
}

export function consumerFamilies(of: ConsumerStatistics, labels: Labels): ClientFamily[] {
  const whole = [{ of, labels }]
  const topics = of.topics.map(topic => ({ of: topic, labels: { ...labels, topic: topic.topic } }))
  const partitions = of.partitions.map(state => {
    const { topic, partition } = state
    return { of: state, labels: { ...labels, topic, partition } }
  })
  return [
    ...numbers('kafka_consumer', consumerTopicRows, topics),
    ...numbers('kafka_consumer', consumerPartitionRows, partitions),
    ...numbers('kafka_consumer', consumerRows, whole),
    ...timings('kafka_consumer', consumerTimings, whole),
  ]
}

export function shareFamilies(of: ShareConsumerStatistics, labels: Labels): ClientFamily[] {
  const whole = [{ of, labels }]
  const topics = of.topics.map(topic => ({ of: topic, labels: { ...labels, topic: topic.topic } }))
  return [
    ...numbers('kafka_consumer_share', shareTopicRows, topics),
    ...numbers('kafka_consumer_share', shareRows, whole),
    ...timings('kafka_consumer_share', shareTimings, whole),
  ]
}

export function connectionFamilies(prefix: string, of: ClusterStatistics, labels: Labels): ClientFamily[] {
  const whole = [{ of, labels }]
  // Java's name of a node. An address that metadata does not name has no number, and −1 is Java's first such.
  const brokers = of.brokers.map(broker => ({
    of: broker,
    labels: { ...labels, node_id: `node-${broker.nodeId}` },
  }))
  return [
    ...numbers(prefix, connectionRows, whole),
    ...numbers(prefix, brokerRows, brokers),
    ...timings(prefix, brokerTimings, brokers),
  ]
}

interface Subject<T> {
  readonly of: T
  readonly labels: Labels
}

function numbers<T>(
  prefix: string,
  rows: readonly Row<T>[],
  subjects: readonly Subject<T>[],
): ClientFamily[] {
  return rows.map(([name, type, help, valueOf]) => {
    const samples = subjects.flatMap(({ of, labels }) => {
      const value = valueOf(of)
      return value === undefined ? [] : [{ labels, value }]
    })
    return { name: `${prefix}_${name}`, type, help, samples }
  })
}

function timings<T>(
  prefix: string,
  rows: readonly Timing<T>[],
  subjects: readonly Subject<T>[],
): ClientFamily[] {
  return rows.map(([name, help, totalMs, count]) => {
    const samples = subjects.flatMap(({ of, labels }) => [
      { suffix: '_sum', labels, value: totalMs(of) / 1000 },
      { suffix: '_count', labels, value: count(of) },
    ])
    return { name: `${prefix}_${name}`, type: 'summary', help, samples }
  })
}
