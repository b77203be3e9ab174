// Properties of the node and the cluster: identity, places, controller, replication, quotas, metrics, tiered storage.
import { choice, int, list, long, optionalString } from '../definition.ts'

export const clusterConfigs = {
  'node.id': int({ default: 1, min: 0, importance: 'HIGH', doc: 'Id of this node, as clients see it.' }),
  'broker.rack': optionalString({ importance: 'MEDIUM', doc: 'Rack that metadata names for this node.' }),
  'log.dirs': list({
    default: '',
    importance: 'HIGH',
    doc: 'The data directory. Exactly one; empty for a temporary directory that goes away with the broker.',
  }),
  'log.dir': optionalString({
    importance: 'HIGH',
    doc: 'Another name for log.dirs, used when that one is not set.',
  }),
  'log.fsync': choice({
    default: 'group',
    values: ['group', 'never'],
    importance: 'HIGH',
    doc: 'When a write counts as done. "group": after fdatasync, shared by all writes that wait for one; nothing acknowledged with acks=all is lost when power fails. "never": when the operating system has it, as Apache Kafka does, but for topics with flush.messages.',
  }),
  'metadata.log.max.record.bytes.between.snapshots': long({
    default: 20971520,
    min: 1,
    importance: 'HIGH',
    doc: 'Bytes of metadata log after which it is replaced by a snapshot.',
  }),
  'quota.window.num': int({
    default: 11,
    min: 1,
    importance: 'LOW',
    doc: 'Samples that are kept of what a client produces, fetches, and of the time that its requests take.',
  }),
  'quota.window.size.seconds': int({
    default: 1,
    min: 1,
    importance: 'LOW',
    doc: 'Length of such a sample. In seconds.',
  }),
  'controller.quota.window.num': int({
    default: 11,
    min: 1,
    importance: 'LOW',
    doc: 'With controller.quota.window.size.seconds: how long a client may save up partitions that it may make or delete (controller_mutation_rate).',
  }),
  'controller.quota.window.size.seconds': int({
    default: 1,
    min: 1,
    importance: 'LOW',
    doc: 'See controller.quota.window.num. In seconds.',
  }),
} as const

/** See `withoutEffect`. */
export const clusterWithoutEffect = `
# One node does not replicate and talks to no other broker.
alter.log.dirs.replication.quota.window.num INT LOW READ_ONLY 1.. 11
alter.log.dirs.replication.quota.window.size.seconds INT LOW READ_ONLY 1.. 1
auto.leader.rebalance.enable BOOLEAN HIGH READ_ONLY - true
controlled.shutdown.enable BOOLEAN MEDIUM READ_ONLY - true
follower.fetch.last.tiered.offset.enable BOOLEAN MEDIUM CLUSTER_WIDE - false
leader.imbalance.check.interval.seconds LONG HIGH READ_ONLY 1.. 300
num.replica.alter.log.dirs.threads INT HIGH READ_ONLY - null
num.replica.fetchers INT HIGH CLUSTER_WIDE 1.. 1
replica.fetch.backoff.ms INT MEDIUM READ_ONLY 0.. 1000
replica.fetch.max.bytes INT MEDIUM READ_ONLY 0.. 1048576
replica.fetch.min.bytes INT HIGH READ_ONLY - 1
replica.fetch.response.max.bytes INT MEDIUM READ_ONLY 0.. 10485760
replica.fetch.wait.max.ms INT HIGH READ_ONLY - 500
replica.high.watermark.checkpoint.interval.ms LONG HIGH READ_ONLY - 5000
replica.lag.time.max.ms LONG HIGH READ_ONLY - 30000
replica.selector.class STRING MEDIUM READ_ONLY - null
replica.socket.receive.buffer.bytes INT HIGH READ_ONLY - 65536
replica.socket.timeout.ms INT HIGH READ_ONLY - 30000
replication.quota.window.num INT LOW READ_ONLY 1.. 11
replication.quota.window.size.seconds INT LOW READ_ONLY 1.. 1
# One node is its own controller; its metadata log has one writer.
broker.heartbeat.interval.ms INT MEDIUM READ_ONLY - 2000
broker.session.timeout.ms INT MEDIUM READ_ONLY - 9000
controller.listener.names LIST HIGH READ_ONLY - null
controller.quorum.append.linger.ms INT MEDIUM READ_ONLY 0.. 25
controller.quorum.auto.join.enable BOOLEAN LOW READ_ONLY - false
controller.quorum.bootstrap.servers LIST HIGH READ_ONLY -
controller.quorum.election.backoff.max.ms INT HIGH READ_ONLY 0.. 1000
controller.quorum.election.timeout.ms INT HIGH READ_ONLY 0.. 1000
controller.quorum.fetch.max.bytes INT LOW READ_ONLY 1.. 1048576
controller.quorum.fetch.snapshot.max.bytes INT LOW READ_ONLY 1.. 1048576
controller.quorum.fetch.timeout.ms INT HIGH READ_ONLY 0.. 2000
controller.quorum.request.timeout.ms INT MEDIUM READ_ONLY 0.. 2000
controller.quorum.retry.backoff.ms INT LOW READ_ONLY 0.. 20
controller.quorum.voters LIST HIGH READ_ONLY -
controller.socket.timeout.ms INT MEDIUM READ_ONLY - 30000
initial.broker.registration.timeout.ms INT MEDIUM READ_ONLY - 60000
metadata.log.dir STRING HIGH READ_ONLY - null
metadata.log.max.snapshot.interval.ms LONG HIGH READ_ONLY 0.. 3600000
metadata.log.segment.bytes INT HIGH READ_ONLY 8388608.. 1073741824
metadata.log.segment.ms LONG HIGH READ_ONLY - 604800000
metadata.max.idle.interval.ms INT LOW READ_ONLY 0.. 500
metadata.max.retention.bytes LONG HIGH READ_ONLY - 104857600
metadata.max.retention.ms LONG HIGH READ_ONLY - 604800000
process.roles LIST HIGH READ_ONLY - null
# Another name for node.id.
broker.id INT HIGH READ_ONLY - -1
# Classes of Java are not loaded.
client.quota.callback.class CLASS LOW READ_ONLY - null
# There is one log directory.
cordoned.log.dirs LIST MEDIUM PER_BROKER -
# Metrics are served over HTTP (http.listener), and Java's reporters are not loaded.
kafka.metrics.polling.interval.secs INT LOW READ_ONLY 1.. 10
kafka.metrics.reporters LIST LOW READ_ONLY -
metric.reporters LIST LOW CLUSTER_WIDE - org.apache.kafka.common.metrics.JmxReporter
metrics.num.samples INT LOW READ_ONLY 1.. 2
metrics.recording.level STRING LOW READ_ONLY - INFO
metrics.sample.window.ms LONG LOW READ_ONLY 1.. 30000
# Syncs go by log.fsync and flush.messages.
log.dir.failure.timeout.ms LONG LOW READ_ONLY 1.. 30000
# There is no tiered storage.
log.local.retention.bytes LONG MEDIUM CLUSTER_WIDE -2.. -2
log.local.retention.ms LONG MEDIUM CLUSTER_WIDE -2.. -2
remote.fetch.max.wait.ms INT MEDIUM CLUSTER_WIDE 1.. 500
remote.list.offsets.request.timeout.ms LONG MEDIUM CLUSTER_WIDE 1.. 30000
remote.log.index.file.cache.total.size.bytes LONG LOW CLUSTER_WIDE 1.. 1073741824
remote.log.manager.copier.thread.pool.size INT MEDIUM CLUSTER_WIDE 1.. 10
remote.log.manager.copy.max.bytes.per.second LONG MEDIUM CLUSTER_WIDE 1.. 9223372036854775807
remote.log.manager.copy.quota.window.num INT MEDIUM READ_ONLY 1.. 11
remote.log.manager.copy.quota.window.size.seconds INT MEDIUM READ_ONLY 1.. 1
remote.log.manager.expiration.thread.pool.size INT MEDIUM CLUSTER_WIDE 1.. 10
remote.log.manager.fetch.max.bytes.per.second LONG MEDIUM CLUSTER_WIDE 1.. 9223372036854775807
remote.log.manager.fetch.quota.window.num INT MEDIUM READ_ONLY 1.. 11
remote.log.manager.fetch.quota.window.size.seconds INT MEDIUM READ_ONLY 1.. 1
remote.log.manager.follower.thread.pool.size INT MEDIUM CLUSTER_WIDE 1.. 2
remote.log.manager.task.interval.ms LONG LOW READ_ONLY 1.. 30000
remote.log.manager.thread.pool.size INT MEDIUM READ_ONLY 1.. 2
remote.log.metadata.custom.metadata.max.bytes INT LOW READ_ONLY 0.. 128
remote.log.metadata.manager.class.name STRING MEDIUM READ_ONLY - org.apache.kafka.server.log.remote.metadata.storage.TopicBasedRemoteLogMetadataManager
remote.log.metadata.manager.class.path STRING MEDIUM READ_ONLY - null
remote.log.metadata.manager.impl.prefix STRING MEDIUM READ_ONLY - rlmm.config.
remote.log.metadata.manager.listener.name STRING MEDIUM READ_ONLY - null
remote.log.reader.max.pending.tasks INT MEDIUM READ_ONLY 1.. 100
remote.log.reader.threads INT MEDIUM CLUSTER_WIDE 1.. 10
remote.log.storage.manager.class.name STRING MEDIUM READ_ONLY - null
remote.log.storage.manager.class.path STRING MEDIUM READ_ONLY - null
remote.log.storage.manager.impl.prefix STRING MEDIUM READ_ONLY - rsm.config.
remote.log.storage.system.enable BOOLEAN MEDIUM READ_ONLY - false
`
