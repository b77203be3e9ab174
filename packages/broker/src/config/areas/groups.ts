// Properties of groups and their offsets.
import { int, long, short } from '../definition.ts'

const int32Max = 2 ** 31 - 1

export const groupsConfigs = {
  'group.initial.rebalance.delay.ms': int({
    default: 0,
    min: 0,
    importance: 'MEDIUM',
    doc: 'Time to wait for more members before the first rebalance of a new group. In milliseconds.',
  }),
  'group.min.session.timeout.ms': int({
    default: 6000,
    min: 1,
    importance: 'MEDIUM',
    doc: 'Shortest session timeout that a member may ask for. In milliseconds.',
  }),
  'group.max.session.timeout.ms': int({
    default: 1800000,
    min: 1,
    importance: 'MEDIUM',
    doc: 'Longest session timeout that a member may ask for. In milliseconds.',
  }),
  'group.max.size': int({ default: int32Max, min: 1, importance: 'MEDIUM', doc: 'Most members of a group.' }),
  'offset.metadata.max.bytes': int({
    default: 4096,
    importance: 'HIGH',
    doc: 'Longest text that may be committed with an offset. In bytes.',
  }),
  'offsets.commit.timeout.ms': int({
    default: 5000,
    min: 1,
    importance: 'HIGH',
    doc: 'Longest time that a commit may take to be stored. In milliseconds.',
  }),
  'offsets.retention.minutes': int({
    default: 10080,
    min: 1,
    importance: 'HIGH',
    doc: 'Time after which offsets of a group without members are dropped. In minutes.',
  }),
  'offsets.retention.check.interval.ms': long({
    default: 600000,
    min: 1,
    importance: 'HIGH',
    doc: 'Time between two looks for expired offsets. In milliseconds.',
  }),
  'offsets.topic.num.partitions': int({
    default: 50,
    min: 1,
    importance: 'HIGH',
    doc: 'Partitions of the topic that holds offsets. Not to be changed once it exists.',
  }),
  'offsets.topic.segment.bytes': int({
    default: 104857600,
    min: 1,
    importance: 'HIGH',
    doc: 'Segment size of the topic that holds offsets.',
  }),
  'offsets.topic.replication.factor': short({
    default: 1,
    min: 1,
    importance: 'HIGH',
    doc: 'Replication factor of the topic that holds offsets. 3 in Apache Kafka; one node holds one replica.',
  }),
} as const

/** See `withoutEffect`. */
export const groupsWithoutEffect = `
# Groups are classic ones: the protocol of KIP-848 is not served yet.
group.consumer.assignment.interval.ms INT MEDIUM CLUSTER_WIDE 0.. 1000
group.consumer.assignors LIST MEDIUM READ_ONLY - uniform,range
group.consumer.heartbeat.interval.ms INT MEDIUM READ_ONLY 1.. 5000
group.consumer.max.assignment.interval.ms INT MEDIUM READ_ONLY 0.. 15000
group.consumer.max.heartbeat.interval.ms INT MEDIUM READ_ONLY 1.. 15000
group.consumer.max.session.timeout.ms INT MEDIUM READ_ONLY 1.. 60000
group.consumer.max.size INT MEDIUM READ_ONLY 1.. 2147483647
group.consumer.migration.policy STRING MEDIUM READ_ONLY - bidirectional
group.consumer.min.assignment.interval.ms INT MEDIUM READ_ONLY 0.. 0
group.consumer.min.heartbeat.interval.ms INT MEDIUM READ_ONLY 1.. 5000
group.consumer.min.session.timeout.ms INT MEDIUM READ_ONLY 1.. 45000
group.consumer.session.timeout.ms INT MEDIUM READ_ONLY 1.. 45000
group.coordinator.rebalance.protocols LIST MEDIUM READ_ONLY - classic,consumer,streams
# The group coordinator works on the event loop and needs no threads and buffers of its own.
group.coordinator.append.linger.ms INT MEDIUM READ_ONLY -1.. -1
group.coordinator.background.threads INT HIGH READ_ONLY 1.. 2
group.coordinator.cached.buffer.max.bytes INT MEDIUM CLUSTER_WIDE 524288.. 1048588
group.coordinator.threads INT HIGH READ_ONLY 1.. 4
offsets.load.buffer.size INT HIGH READ_ONLY 1.. 5242880
# Share groups are not served yet.
group.share.assignment.interval.ms INT MEDIUM CLUSTER_WIDE 0.. 1000
group.share.assignors LIST MEDIUM READ_ONLY - simple
group.share.delivery.count.limit INT MEDIUM READ_ONLY 2..10 5
group.share.heartbeat.interval.ms INT MEDIUM READ_ONLY 1.. 5000
group.share.max.assignment.interval.ms INT MEDIUM READ_ONLY 0.. 15000
group.share.max.delivery.count.limit INT MEDIUM READ_ONLY 5..25 10
group.share.max.heartbeat.interval.ms INT MEDIUM READ_ONLY 1.. 15000
group.share.max.partition.max.record.locks INT MEDIUM READ_ONLY 2000..10000 4000
group.share.max.record.lock.duration.ms INT MEDIUM READ_ONLY 30000..3600000 60000
group.share.max.session.timeout.ms INT MEDIUM READ_ONLY 1.. 60000
group.share.max.share.sessions INT MEDIUM READ_ONLY 1.. 2000
group.share.max.size INT MEDIUM READ_ONLY 1..1000 200
group.share.min.assignment.interval.ms INT MEDIUM READ_ONLY 0.. 0
group.share.min.delivery.count.limit INT MEDIUM READ_ONLY 2..5 2
group.share.min.heartbeat.interval.ms INT MEDIUM READ_ONLY 1.. 5000
group.share.min.partition.max.record.locks INT MEDIUM READ_ONLY 100..2000 100
group.share.min.record.lock.duration.ms INT MEDIUM READ_ONLY 1000..30000 15000
group.share.min.session.timeout.ms INT MEDIUM READ_ONLY 1.. 45000
group.share.partition.max.record.locks INT MEDIUM READ_ONLY 100..10000 2000
group.share.record.lock.duration.ms INT MEDIUM READ_ONLY 1000..3600000 30000
group.share.session.timeout.ms INT MEDIUM READ_ONLY 1.. 45000
share.coordinator.append.linger.ms INT MEDIUM READ_ONLY -1.. -1
share.coordinator.cached.buffer.max.bytes INT MEDIUM CLUSTER_WIDE 524288.. 1048588
share.coordinator.load.buffer.size INT HIGH READ_ONLY 1.. 5242880
share.coordinator.snapshot.update.records.per.snapshot INT MEDIUM READ_ONLY 0..500 500
share.coordinator.state.topic.compression.codec INT HIGH READ_ONLY - 0
share.coordinator.state.topic.min.isr SHORT HIGH READ_ONLY 1.. 2
share.coordinator.state.topic.num.partitions INT HIGH READ_ONLY 1.. 50
share.coordinator.state.topic.replication.factor SHORT HIGH READ_ONLY 1.. 3
share.coordinator.state.topic.segment.bytes INT HIGH READ_ONLY 1.. 104857600
share.coordinator.threads INT MEDIUM READ_ONLY 1.. 1
share.coordinator.write.timeout.ms INT HIGH READ_ONLY 1.. 5000
share.fetch.purgatory.purge.interval.requests INT MEDIUM READ_ONLY - 1000
# Groups of Kafka Streams (KIP-1071) are not served yet.
group.streams.assignment.interval.ms INT MEDIUM CLUSTER_WIDE 0.. 1000
group.streams.heartbeat.interval.ms INT MEDIUM READ_ONLY 1.. 5000
group.streams.initial.rebalance.delay.ms INT MEDIUM READ_ONLY 0.. 3000
group.streams.max.assignment.interval.ms INT MEDIUM READ_ONLY 0.. 15000
group.streams.max.heartbeat.interval.ms INT MEDIUM READ_ONLY 1.. 15000
group.streams.max.session.timeout.ms INT MEDIUM READ_ONLY 1.. 60000
group.streams.max.size INT MEDIUM READ_ONLY 1.. 2147483647
group.streams.max.standby.replicas INT MEDIUM READ_ONLY 0.. 2
group.streams.min.assignment.interval.ms INT MEDIUM READ_ONLY 0.. 0
group.streams.min.heartbeat.interval.ms INT MEDIUM READ_ONLY 1.. 5000
group.streams.min.session.timeout.ms INT MEDIUM READ_ONLY 1.. 45000
group.streams.num.standby.replicas INT MEDIUM READ_ONLY 0.. 0
group.streams.session.timeout.ms INT MEDIUM READ_ONLY 1.. 45000
# Records of groups are stored as they are.
offsets.topic.compression.codec INT HIGH READ_ONLY - 0
`
