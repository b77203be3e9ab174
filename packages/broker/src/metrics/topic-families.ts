// Topics and partitions in numbers: what clients did with them, and where their logs stand.
import type { PartitionLog } from '@millrace/log'
import type { BrokerCore } from '../core.ts'
import type { TopicImage, TopicTraffic } from '../metadata/image.ts'
import type { Family, Sample } from '@millrace/runtime'

const trafficPrefix = 'kafka_server_brokertopicmetrics_'
/** By Kafka's names. */
const traffics: readonly (readonly [name: string, count: keyof TopicTraffic, help: string])[] = [
  ['messagesin', 'messagesIn', 'Records that were produced.'],
  ['bytesin', 'bytesIn', 'Bytes of record batches that were produced.'],
  ['bytesout', 'bytesOut', 'Bytes of record batches that were fetched.'],
  ['bytesrejected', 'bytesRejected', 'Bytes of record batches that were too large.'],
  ['totalproducerequests', 'produceRequests', 'Attempts to produce to a partition.'],
  ['failedproducerequests', 'failedProduceRequests', 'Attempts to produce that failed.'],
  ['totalfetchrequests', 'fetchRequests', 'Attempts to fetch from a partition.'],
  ['failedfetchrequests', 'failedFetchRequests', 'Attempts to fetch that the storage failed.'],
]

/** One sample a topic, and one without a topic for all that there ever were, as Kafka has them. */
export function* trafficFamilies({ metadata: { image } }: BrokerCore): Generator<Family> {
  function* samples(count: keyof TopicTraffic): Generator<Sample> {
    let total = image.pastTraffic[count]
    for (const { name, traffic } of image.topics()) {
      total += traffic[count]
      yield { labels: { topic: name }, value: traffic[count] }
    }
    yield { value: total }
  }
  for (const [name, count, help] of traffics) {
    yield { name: `${trafficPrefix}${name}_total`, type: 'counter', help, samples: samples(count) }
  }
}

interface Partition {
  readonly topic: TopicImage
  readonly partition: number
  /** Undefined for one that cannot be read. */
  readonly log: PartitionLog | undefined
}

/** Every partition, the log of each loaded already or not. */
function* partitionsOf(core: BrokerCore): Generator<Partition> {
  for (const topic of core.metadata.image.topics()) {
    for (const partition of topic.partitions.keys()) {
      yield { topic, partition, log: core.partition(topic.name, partition) }
    }
  }
}

type Value = (partition: Partition, core: BrokerCore) => number | undefined

/** Name, what it says, and the value; undefined for no sample. One node has one replica, which is all that there are. */
const gauges: readonly (readonly [name: string, help: string, value: Value])[] = [
  ['kafka_log_log_size', 'Bytes of a log.', ({ log }) => log?.sizeInBytes],
  ['kafka_log_log_logstartoffset', 'First offset of a log.', ({ log }) => log?.logStartOffset],
  ['kafka_log_log_logendoffset', 'Offset behind the last record of a log.', ({ log }) => log?.logEndOffset],
  [
    'kafka_cluster_partition_underminisr',
    'Whether there are fewer replicas than min.insync.replicas.',
    underMinIsr,
  ],
  ['kafka_cluster_partition_atminisr', 'Whether there are just min.insync.replicas.', atMinIsr],
  ['kafka_cluster_partition_underreplicated', 'Whether a replica is behind.', ({ log }) => (log ? 0 : 1)],
  ['kafka_cluster_partition_replicascount', 'Replicas of a partition.', () => 1],
  ['kafka_cluster_partition_insyncreplicascount', 'Replicas in sync.', ({ log }) => (log ? 1 : 0)],
  [
    'kafka_cluster_partition_laststableoffsetlag',
    'Records behind the last stable offset.',
    ({ log }) => log && log.highWatermark - log.lastStableOffset,
  ],
  // Names of kafka_exporter.
  [
    'kafka_topic_partition_current_offset',
    'Offset behind the last record that consumers see.',
    ({ log }) => log?.highWatermark,
  ],
  ['kafka_topic_partition_oldest_offset', 'First offset of a partition.', ({ log }) => log?.logStartOffset],
  ['kafka_topic_partition_leader', 'Id of the leader.', (_, { nodeId }) => nodeId],
  ['kafka_topic_partition_leader_is_preferred', 'Whether the leader is the preferred replica.', () => 1],
  ['kafka_topic_partition_replicas', 'Replicas of a partition.', () => 1],
  ['kafka_topic_partition_in_sync_replica', 'Replicas in sync.', ({ log }) => (log ? 1 : 0)],
  [
    'kafka_topic_partition_under_replicated_partition',
    'Whether a replica is behind.',
    ({ log }) => (log ? 0 : 1),
  ],
]

export function* partitionFamilies(core: BrokerCore): Generator<Family> {
  function* samples(valueOf: Value): Generator<Sample> {
    for (const found of partitionsOf(core)) {
      const value = valueOf(found, core)
      const { topic, partition } = found
      if (value !== undefined) yield { labels: { topic: topic.name, partition }, value }
    }
  }
  for (const [name, help, value] of gauges) yield { name, type: 'gauge', help, samples: samples(value) }
}

function underMinIsr({ topic, log }: Partition, core: BrokerCore): number {
  return (log ? 1 : 0) < core.topicConfig(topic).minInsyncReplicas ? 1 : 0
}

function atMinIsr({ topic, log }: Partition, core: BrokerCore): number {
  return (log ? 1 : 0) === core.topicConfig(topic).minInsyncReplicas ? 1 : 0
}

export interface PartitionCounts {
  readonly total: number
  readonly offline: number
  readonly underMinIsr: number
  readonly atMinIsr: number
}

/** Partitions by how they are. */
export function countPartitions(core: BrokerCore): PartitionCounts {
  const counts = { total: 0, offline: 0, underMinIsr: 0, atMinIsr: 0 }
  for (const found of partitionsOf(core)) {
    counts.total++
    if (!found.log) counts.offline++
    counts.underMinIsr += underMinIsr(found, core)
    counts.atMinIsr += atMinIsr(found, core)
  }
  return counts
}
