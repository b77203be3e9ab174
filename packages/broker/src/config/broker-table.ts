// Every property of the broker that does something here: Kafka's name, its default (a comment says where ours differs and why), its meaning.
import {
  boolean,
  choice,
  double,
  int,
  list,
  long,
  longMaxText,
  optionalInt,
  optionalLong,
  optionalString,
  short,
  string,
} from './definition.ts'
import { compressionTypes, timestampTypes } from './topic-table.ts'

const int32Max = 2 ** 31 - 1

export const brokerTable = {
  // Identity and place.
  'node.id': int({ default: 1, min: 0, doc: 'Id of this node, as clients see it.' }),
  'broker.rack': optionalString({ doc: 'Rack that metadata names for this node.' }),
  'log.dirs': list({
    default: '',
    doc: 'The data directory. Exactly one; empty for a temporary directory that goes away with the broker.',
  }),
  'log.dir': optionalString({ doc: 'Another name for log.dirs, used when that one is not set.' }),
  'log.fsync': choice({
    default: 'group',
    values: ['group', 'never'],
    doc: 'When a write counts as done. "group": after fdatasync, shared by all writes that wait for one; nothing acknowledged with acks=all is lost when power fails. "never": when the operating system has it, as Apache Kafka does, but for topics with flush.messages.',
  }),

  // Network.
  listeners: list({
    default: 'PLAINTEXT://127.0.0.1:9092',
    doc: 'Addresses to bind, NAME://host:port. Port 0 lets the system choose; an empty host binds all interfaces.',
  }),
  'advertised.listeners': list({
    default: '',
    doc: 'Addresses that clients are told, NAME://host:port, one a listener. Empty, or port 0, stands for what was bound.',
  }),
  'listener.security.protocol.map': string({
    default: 'PLAINTEXT:PLAINTEXT',
    doc: 'Security protocol of each listener name, NAME:PROTOCOL. Names that are not listed are PLAINTEXT.',
  }),
  'socket.listen.backlog.size': int({
    default: 511,
    min: 1,
    doc: 'Connections that may wait to be accepted.',
  }),
  'socket.request.max.bytes': int({
    default: 104857600,
    min: 1,
    doc: 'Largest request. A connection that announces a larger one is closed.',
  }),
  'queued.max.request.bytes': long({
    default: 268435456,
    min: -1,
    doc: 'Bytes of requests, over all connections, that may be received, whole or in part, and not yet answered; connections are not read from while there are more. A part counts with all that it announces. -1 for no limit.',
  }),
  'connections.max.idle.ms': long({
    default: 600000,
    doc: 'Idle connections are closed after this time; negative for never. In milliseconds.',
  }),
  'max.connections': int({ default: int32Max, min: 0, dynamic: true, doc: 'Most connections at a time.' }),
  'max.connections.per.ip': int({
    default: int32Max,
    min: 0,
    dynamic: true,
    doc: 'Most connections at a time from one address.',
  }),
  'max.connections.per.ip.overrides': string({
    default: '',
    dynamic: true,
    doc: 'Other limits for some addresses, address:limit, separated by commas.',
  }),

  // Topics.
  'num.partitions': int({ default: 1, min: 1, doc: 'Partitions of a topic created without a number.' }),
  'default.replication.factor': int({
    default: 1,
    min: 1,
    doc: 'Replication factor of a topic created without one. One node holds one replica.',
  }),
  'auto.create.topics.enable': boolean({
    default: true,
    doc: 'Whether asking for metadata of an unknown topic creates it.',
  }),
  'delete.topic.enable': boolean({ default: true, doc: 'Whether topics can be deleted.' }),
  'message.max.bytes': int({
    default: 1048588,
    min: 0,
    dynamic: true,
    doc: 'Largest record batch accepted, compressed, header included. In bytes. Topics: max.message.bytes.',
  }),
  'min.insync.replicas': int({
    default: 1,
    min: 1,
    dynamic: true,
    doc: 'Replicas that must have a write before acks=all is answered. One node has one.',
  }),
  'compression.type': choice({
    default: 'producer',
    values: compressionTypes,
    dynamic: true,
    doc: 'Codec of stored batches; "producer" keeps what the producer sent.',
  }),
  'compression.gzip.level': int({
    default: -1,
    min: -1,
    max: 9,
    dynamic: true,
    doc: 'Level of gzip when the broker compresses.',
  }),
  'compression.lz4.level': int({
    default: 9,
    min: 1,
    max: 17,
    dynamic: true,
    doc: 'Accepted and reported; the lz4 codec here has a single level.',
  }),
  'compression.zstd.level': int({
    default: 3,
    min: -131072,
    max: 22,
    dynamic: true,
    doc: 'Level of zstd when the broker compresses.',
  }),
  'unclean.leader.election.enable': boolean({
    default: false,
    dynamic: true,
    doc: 'Accepted and reported; one node has no other leader to elect.',
  }),

  // Log.
  'log.cleanup.policy': list({
    default: 'delete',
    values: ['compact', 'delete'],
    dynamic: true,
    doc: 'Default of cleanup.policy of topics.',
  }),
  'log.retention.hours': int({
    default: 168,
    doc: 'Default of retention.ms of topics, in hours; log.retention.minutes and log.retention.ms go before it.',
  }),
  'log.retention.minutes': optionalInt({
    doc: 'Default of retention.ms of topics, in minutes; log.retention.ms goes before it.',
  }),
  'log.retention.ms': optionalLong({
    dynamic: true,
    doc: 'Default of retention.ms of topics; -1 for no limit. In milliseconds.',
  }),
  'log.retention.bytes': long({ default: -1, dynamic: true, doc: 'Default of retention.bytes of topics.' }),
  'log.retention.check.interval.ms': long({
    default: 300000,
    min: 1,
    doc: 'Time between two looks for data past its retention. In milliseconds.',
  }),
  'log.roll.hours': int({
    default: 168,
    min: 1,
    doc: 'Default of segment.ms of topics, in hours; log.roll.ms goes before it.',
  }),
  'log.roll.ms': optionalLong({
    min: 1,
    dynamic: true,
    doc: 'Default of segment.ms of topics. In milliseconds.',
  }),
  'log.roll.jitter.hours': int({
    default: 0,
    min: 0,
    doc: 'Default of segment.jitter.ms of topics, in hours; log.roll.jitter.ms goes before it.',
  }),
  'log.roll.jitter.ms': optionalLong({
    min: 0,
    dynamic: true,
    doc: 'Default of segment.jitter.ms of topics. In milliseconds.',
  }),
  'log.segment.bytes': int({
    default: 1073741824,
    min: 14,
    dynamic: true,
    doc: 'Default of segment.bytes of topics.',
  }),
  'log.segment.delete.delay.ms': long({
    default: 60000,
    min: 0,
    dynamic: true,
    doc: 'Default of file.delete.delay.ms of topics.',
  }),
  'log.index.interval.bytes': int({
    default: 4096,
    min: 0,
    dynamic: true,
    doc: 'Default of index.interval.bytes of topics.',
  }),
  'log.index.size.max.bytes': int({
    default: 10485760,
    min: 4,
    dynamic: true,
    doc: 'Default of segment.index.bytes of topics.',
  }),
  'log.message.timestamp.type': choice({
    default: 'CreateTime',
    values: timestampTypes,
    dynamic: true,
    doc: 'Default of message.timestamp.type of topics.',
  }),
  'log.message.timestamp.before.max.ms': long({
    default: longMaxText,
    min: 0,
    dynamic: true,
    doc: 'Default of message.timestamp.before.max.ms of topics.',
  }),
  'log.message.timestamp.after.max.ms': long({
    default: 3600000,
    min: 0,
    dynamic: true,
    doc: 'Default of message.timestamp.after.max.ms of topics.',
  }),
  'log.flush.interval.messages': long({
    default: longMaxText,
    min: 1,
    dynamic: true,
    doc: 'Default of flush.messages of topics.',
  }),
  'log.preallocate': boolean({
    default: false,
    dynamic: true,
    doc: 'Accepted for compatibility; segment files grow as they are written.',
  }),
  'log.cleaner.delete.retention.ms': long({
    default: 86400000,
    min: 0,
    dynamic: true,
    doc: 'Default of delete.retention.ms of topics.',
  }),
  'log.cleaner.min.cleanable.ratio': double({
    default: 0.5,
    min: 0,
    max: 1,
    dynamic: true,
    doc: 'Default of min.cleanable.dirty.ratio of topics.',
  }),
  'log.cleaner.min.compaction.lag.ms': long({
    default: 0,
    min: 0,
    dynamic: true,
    doc: 'Default of min.compaction.lag.ms of topics.',
  }),
  'log.cleaner.max.compaction.lag.ms': long({
    default: longMaxText,
    min: 1,
    dynamic: true,
    doc: 'Default of max.compaction.lag.ms of topics.',
  }),
  'producer.id.expiration.ms': int({
    default: 86400000,
    min: 1,
    doc: 'Time after which the sequence of a producer that is silent is forgotten. In milliseconds.',
  }),
  'metadata.log.max.record.bytes.between.snapshots': long({
    default: 20971520,
    min: 1,
    doc: 'Bytes of metadata log after which it is replaced by a snapshot.',
  }),

  // Fetch.
  'fetch.max.bytes': int({ default: 57671680, min: 1024, doc: 'Most bytes in the reply to one fetch.' }),
  'max.incremental.fetch.session.cache.slots': int({
    default: 1000,
    min: 0,
    doc: 'Incremental fetch sessions kept at a time.',
  }),

  // Groups. group.initial.rebalance.delay.ms is 3000 in Apache Kafka, which makes every first poll wait: 0 here.
  'group.initial.rebalance.delay.ms': int({
    default: 0,
    min: 0,
    doc: 'Time to wait for more members before the first rebalance of a new group. In milliseconds.',
  }),
  'group.min.session.timeout.ms': int({
    default: 6000,
    min: 1,
    doc: 'Shortest session timeout that a member may ask for. In milliseconds.',
  }),
  'group.max.session.timeout.ms': int({
    default: 1800000,
    min: 1,
    doc: 'Longest session timeout that a member may ask for. In milliseconds.',
  }),
  'group.max.size': int({ default: int32Max, min: 1, doc: 'Most members of a group.' }),
  'offset.metadata.max.bytes': int({
    default: 4096,
    doc: 'Longest text that may be committed with an offset. In bytes.',
  }),
  'offsets.commit.timeout.ms': int({
    default: 5000,
    min: 1,
    doc: 'Longest time that a commit may take to be stored. In milliseconds.',
  }),
  'offsets.retention.minutes': int({
    default: 10080,
    min: 1,
    doc: 'Time after which offsets of a group without members are dropped. In minutes.',
  }),
  'offsets.retention.check.interval.ms': long({
    default: 600000,
    min: 1,
    doc: 'Time between two looks for expired offsets. In milliseconds.',
  }),
  'offsets.topic.num.partitions': int({
    default: 50,
    min: 1,
    doc: 'Partitions of the topic that holds offsets. Not to be changed once it exists.',
  }),
  'offsets.topic.segment.bytes': int({
    default: 104857600,
    min: 1,
    doc: 'Segment size of the topic that holds offsets.',
  }),
  'offsets.topic.replication.factor': short({
    default: 1,
    min: 1,
    doc: 'Replication factor of the topic that holds offsets. 3 in Apache Kafka; one node holds one replica.',
  }),
} as const

export type BrokerConfigName = keyof typeof brokerTable
