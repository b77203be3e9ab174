// The broker and the cluster in numbers, under the names that the rules of Strimzi's JMX exporter give to Apache Kafka's. What one node does not do
// (replication, elections, talk to other controllers) is 0, as on an Apache Kafka of one node.
import type { BrokerCore } from '../core.ts'
import { type Family, type Labels, single } from '@millrace/runtime'
import { countPartitions } from './topic-families.ts'

/** What the metrics of connections are made of. */
export interface ConnectionCounts {
  /** Since the start. */
  readonly createdCount: number
  readonly closedCount: number
  /** Open now, by listener, software and its version. */
  openConnections(): Iterable<{
    readonly listener: string
    readonly software: string
    readonly version: string
  }>
}

/** Kafka's `BrokerState.RUNNING`. */
const running = 3

/** `kafka_server_replicamanager_underreplicatedpartitions` and the like. The logs must have been asked for before (`partitionFamilies`): counting does not wait. */
export function* replicaFamilies(core: BrokerCore): Generator<Family> {
  const { total, offline, underMinIsr, atMinIsr } = countPartitions(core)
  const prefix = 'kafka_server_replicamanager_'
  yield single(`${prefix}leadercount`, 'gauge', 'Partitions that this broker leads.', total - offline)
  yield single(`${prefix}partitioncount`, 'gauge', 'Partitions on this broker.', total)
  yield single(`${prefix}offlinereplicacount`, 'gauge', 'Partitions whose log cannot be used.', offline)
  yield single(
    `${prefix}underreplicatedpartitions`,
    'gauge',
    'Partitions with a replica that is behind.',
    offline,
  )
  yield single(
    `${prefix}underminisrpartitioncount`,
    'gauge',
    'Partitions below min.insync.replicas.',
    underMinIsr,
  )
  yield single(
    `${prefix}atminisrpartitioncount`,
    'gauge',
    'Partitions with just min.insync.replicas.',
    atMinIsr,
  )
  yield single(`${prefix}isrexpands_total`, 'counter', 'Replicas that came in sync.', 0)
  yield single(`${prefix}isrshrinks_total`, 'counter', 'Replicas that fell out of sync.', 0)
  const controller = 'kafka_controller_kafkacontroller_'
  yield single(`${controller}activecontrollercount`, 'gauge', 'Whether this node is the controller.', 1)
  yield single(`${controller}activebrokercount`, 'gauge', 'Brokers that serve.', 1)
  yield single(`${controller}fencedbrokercount`, 'gauge', 'Brokers that do not serve.', 0)
  yield single(`${controller}offlinepartitionscount`, 'gauge', 'Partitions without a leader.', offline)
  yield single(
    `${controller}preferredreplicaimbalancecount`,
    'gauge',
    'Partitions led by another replica.',
    0,
  )
  yield single(`${controller}globaltopiccount`, 'gauge', 'Topics.', core.metadata.image.topicCount)
  yield single(
    `${controller}globalpartitioncount`,
    'gauge',
    'Partitions.',
    core.metadata.image.partitionCount,
  )
  yield single(
    'kafka_controller_controllerstats_uncleanleaderelections_total',
    'counter',
    'Elections of a replica that was behind.',
    0,
  )
}

export function* storageFamilies({ logs, quotas }: BrokerCore): Generator<Family> {
  const offline = logs.failure ? 1 : 0
  yield single(
    'kafka_log_logmanager_offlinelogdirectorycount',
    'gauge',
    'Log directories that have failed.',
    offline,
  )
  const { space } = logs
  if (space) {
    yield single(
      'millrace_log_directory_free_bytes',
      'gauge',
      'Free bytes where the log directory is.',
      space.usableBytes,
    )
    yield single(
      'millrace_log_directory_size_bytes',
      'gauge',
      'Size of the file system of the log directory.',
      space.totalBytes,
    )
  }
  yield single(
    'kafka_server_kafkaserver_brokerstate',
    'gauge',
    'Kafka’s number of the state: 3 is running.',
    running,
  )
  yield single('millrace_quotas_in_force', 'gauge', 'Whether quotas are looked at.', quotas ? 1 : 0)
}

/** Apache Kafka has one network thread or more; here it is one event loop, number 0. */
const networkProcessor = '0'

export function* connectionFamilies(counts: ConnectionCounts): Generator<Family> {
  const prefix = 'kafka_server_socket_server_metrics_'
  const byListener = new Map<string, number>()
  const bySoftware = new Map<string, { readonly labels: Labels; value: number }>()
  for (const { listener, software, version } of counts.openConnections()) {
    byListener.set(listener, (byListener.get(listener) ?? 0) + 1)
    const key = JSON.stringify([listener, software, version])
    const known = bySoftware.get(key)
    if (known) known.value++
    else {
      const labels = {
        clientSoftwareName: software,
        clientSoftwareVersion: version,
        listener,
        networkProcessor,
      }
      bySoftware.set(key, { labels, value: 1 })
    }
  }
  yield {
    name: `${prefix}connection_count`,
    type: 'gauge',
    help: 'Open connections.',
    samples: [...byListener].map(([listener, value]) => ({ labels: { listener, networkProcessor }, value })),
  }
  yield {
    name: `${prefix}connections_software`,
    type: 'gauge',
    help: 'Open connections by the software that clients say they are.',
    samples: bySoftware.values(),
  }
  yield single(
    `${prefix}connection_creation_total`,
    'counter',
    'Connections that were accepted.',
    counts.createdCount,
  )
  yield single(
    `${prefix}connection_close_total`,
    'counter',
    'Connections that have ended.',
    counts.closedCount,
  )
}

/** The quorum of controllers, which is this node: its log is that of the metadata. `recordsPerSecond` of it were appended lately. */
export function* quorumFamilies(
  { nodeId, metadata }: BrokerCore,
  recordsPerSecond: number,
): Generator<Family> {
  const prefix = 'kafka_server_raftmetrics_'
  const { log, written } = metadata
  yield {
    name: `${prefix}current_state`,
    type: 'untyped',
    help: 'The part that this node has in the quorum.',
    samples: [{ labels: { current_state: 'leader' }, value: 1 }],
  }
  yield single(`${prefix}current_leader`, 'gauge', 'Id of the leader of the quorum.', nodeId)
  yield single(`${prefix}current_vote`, 'gauge', 'Id of the node that this one voted for.', nodeId)
  yield single(`${prefix}current_epoch`, 'gauge', 'Epoch of the quorum.', log.leaderEpoch)
  yield single(
    `${prefix}high_watermark`,
    'gauge',
    'End of what is durable of the metadata log.',
    log.highWatermark,
  )
  yield single(`${prefix}log_end_offset`, 'gauge', 'End of the metadata log.', log.logEndOffset)
  yield single(
    `${prefix}commit_latency_avg`,
    'gauge',
    'Time until a change of metadata is durable, in milliseconds: the average since the start.',
    written.batches === 0 ? Number.NaN : written.timeMs / written.batches,
  )
  yield single(
    `${prefix}append_records_rate`,
    'gauge',
    'Records of metadata a second since the last scrape.',
    recordsPerSecond,
  )
  yield single(
    `${prefix}fetch_records_rate`,
    'gauge',
    'Records that are fetched from another controller a second.',
    0,
  )
  for (const name of ['incoming_byte', 'outgoing_byte', 'request', 'response']) {
    yield single(
      `kafka_server_raftchannelmetrics_${name}_total`,
      'counter',
      'Traffic with other controllers.',
      0,
    )
  }
}

export function* clusterFamilies(core: BrokerCore): Generator<Family> {
  const { nodeId, endpoints, metadata } = core
  yield single('kafka_brokers', 'gauge', 'Brokers in the cluster.', 1)
  const [endpoint] = endpoints
  yield {
    name: 'kafka_broker_info',
    type: 'gauge',
    help: 'A broker, and the address that clients are told.',
    samples: endpoint
      ? [{ labels: { id: nodeId, address: `${endpoint.host}:${endpoint.port}` }, value: 1 }]
      : [],
  }
  yield {
    name: 'kafka_topic_partitions',
    type: 'gauge',
    help: 'Partitions of a topic.',
    samples: [...metadata.image.topics()].map(({ name, partitions }) => ({
      labels: { topic: name },
      value: partitions.length,
    })),
  }
}
