// Every property a topic can have: Kafka's names and defaults, and the broker property each one inherits from.
import { boolean, choice, double, int, list, long, longMaxText } from './definition.ts'

export const compressionTypes = ['uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'] as const
export const timestampTypes = ['CreateTime', 'LogAppendTime'] as const

/** The settings of topics: types, defaults, ranges. */
export const topicTable = {
  'cleanup.policy': list({
    default: 'delete',
    values: ['compact', 'delete'],
    doc: 'What happens to old data: "delete" drops segments past the retention limits, "compact" keeps the last record of each key, and demands a key of each; both together do both. Empty keeps everything.',
  }),
  'compression.type': choice({
    default: 'producer',
    values: compressionTypes,
    doc: 'Codec of stored batches. "producer" keeps what the producer sent; any other value makes the broker compress anew where it differs.',
  }),
  'compression.gzip.level': int({
    default: -1,
    min: -1,
    max: 9,
    doc: 'Level of gzip when the broker compresses; -1 is the default of zlib.',
  }),
  'compression.lz4.level': int({
    default: 9,
    min: 1,
    max: 17,
    doc: 'Accepted and reported; the lz4 codec here has a single level.',
  }),
  'compression.zstd.level': int({
    default: 3,
    min: -131072,
    max: 22,
    doc: 'Level of zstd when the broker compresses.',
  }),
  'delete.retention.ms': long({
    default: 86400000,
    min: 0,
    doc: 'Time for which a compacted log keeps a tombstone, and the marker of a transaction, once nothing else is left of what it ended. In milliseconds.',
  }),
  'file.delete.delay.ms': long({
    default: 60000,
    min: 0,
    doc: 'Time between taking a segment out of the log and removing its files. In milliseconds.',
  }),
  'flush.messages': long({
    default: longMaxText,
    min: 1,
    doc: 'With log.fsync=never: records of a partition that may wait for a sync; the produce request that brings as many is answered after one. With log.fsync=group every request is.',
  }),
  'flush.ms': long({
    default: longMaxText,
    min: 0,
    doc: 'Accepted and without effect, as in Apache Kafka while log.flush.scheduler.interval.ms is at its default. See flush.messages and log.fsync.',
  }),
  'follower.replication.throttled.replicas': list({
    default: '',
    doc: 'Accepted and reported; one node does not replicate.',
  }),
  'index.interval.bytes': int({
    default: 4096,
    min: 0,
    doc: 'Bytes of log between two entries of the offset index.',
  }),
  'leader.replication.throttled.replicas': list({
    default: '',
    doc: 'Accepted and reported; one node does not replicate.',
  }),
  'local.retention.bytes': long({
    default: -2,
    min: -2,
    doc: 'Accepted and reported; there is no tiered storage.',
  }),
  'local.retention.ms': long({
    default: -2,
    min: -2,
    doc: 'Accepted and reported; there is no tiered storage.',
  }),
  'max.compaction.lag.ms': long({
    default: longMaxText,
    min: 1,
    doc: 'A compacted log is cleaned when a record has waited for so long, whatever min.cleanable.dirty.ratio says; its segments are closed by then. In milliseconds.',
  }),
  'max.message.bytes': int({
    default: 1048588,
    min: 0,
    doc: 'Largest record batch accepted, compressed, header included. In bytes.',
  }),
  'message.timestamp.after.max.ms': long({
    default: 3600000,
    min: 0,
    doc: 'How far a record timestamp may lie ahead of the clock of the broker (CreateTime only). In milliseconds.',
  }),
  'message.timestamp.before.max.ms': long({
    default: longMaxText,
    min: 0,
    doc: 'How far a record timestamp may lie behind the clock of the broker (CreateTime only). In milliseconds.',
  }),
  'message.timestamp.type': choice({
    default: 'CreateTime',
    values: timestampTypes,
    doc: 'Whether records keep the timestamp of the producer or get the time of appending.',
  }),
  'min.cleanable.dirty.ratio': double({
    default: 0.5,
    min: 0,
    max: 1,
    doc: 'A compacted log is cleaned when more than this share of it has not been.',
  }),
  'min.compaction.lag.ms': long({
    default: 0,
    min: 0,
    doc: 'Records of a compacted log stay at least for so long. In milliseconds.',
  }),
  'min.insync.replicas': int({
    default: 1,
    min: 1,
    doc: 'Replicas that must have a write before acks=all is answered. One node has one: with a higher value acks=all is refused.',
  }),
  preallocate: boolean({
    default: false,
    doc: 'Accepted for compatibility; segment files grow as they are written.',
  }),
  'remote.log.copy.disable': boolean({
    default: false,
    doc: 'Accepted and reported; there is no tiered storage.',
  }),
  'remote.log.delete.on.disable': boolean({
    default: false,
    doc: 'Accepted and reported; there is no tiered storage.',
  }),
  'remote.storage.enable': boolean({
    default: false,
    doc: 'Accepted and reported; there is no tiered storage.',
  }),
  'retention.bytes': long({
    default: -1,
    doc: 'Size of a partition from which on old segments are deleted; -1 for no limit. In bytes.',
  }),
  'retention.ms': long({
    default: 604800000,
    min: -1,
    doc: 'Age from which on segments are deleted; -1 for no limit. In milliseconds.',
  }),
  'segment.bytes': int({
    default: 1073741824,
    min: 14,
    doc: 'Size at which a segment is closed and the next one begun. In bytes.',
  }),
  'segment.index.bytes': int({ default: 10485760, min: 4, doc: 'Largest size of an index file. In bytes.' }),
  'segment.jitter.ms': long({
    default: 0,
    min: 0,
    doc: 'Random part taken off segment.ms so that segments of many partitions do not roll together. In milliseconds.',
  }),
  'segment.ms': long({
    default: 604800000,
    min: 1,
    doc: 'Age at which a segment is closed even if it is not full. In milliseconds.',
  }),
  'unclean.leader.election.enable': boolean({
    default: false,
    doc: 'Accepted and reported; one node has no other leader to elect.',
  }),
} as const

/** Name of a setting of a topic, as Kafka spells it. */
export type TopicConfigName = keyof typeof topicTable

/** The broker property that a topic inherits from; the others of the table have no such property. */
export const topicSynonyms: Readonly<Partial<Record<TopicConfigName, string>>> = {
  'cleanup.policy': 'log.cleanup.policy',
  'compression.type': 'compression.type',
  'compression.gzip.level': 'compression.gzip.level',
  'compression.lz4.level': 'compression.lz4.level',
  'compression.zstd.level': 'compression.zstd.level',
  'delete.retention.ms': 'log.cleaner.delete.retention.ms',
  'file.delete.delay.ms': 'log.segment.delete.delay.ms',
  'flush.messages': 'log.flush.interval.messages',
  'index.interval.bytes': 'log.index.interval.bytes',
  'max.compaction.lag.ms': 'log.cleaner.max.compaction.lag.ms',
  'max.message.bytes': 'message.max.bytes',
  'message.timestamp.after.max.ms': 'log.message.timestamp.after.max.ms',
  'message.timestamp.before.max.ms': 'log.message.timestamp.before.max.ms',
  'message.timestamp.type': 'log.message.timestamp.type',
  'min.cleanable.dirty.ratio': 'log.cleaner.min.cleanable.ratio',
  'min.compaction.lag.ms': 'log.cleaner.min.compaction.lag.ms',
  'min.insync.replicas': 'min.insync.replicas',
  preallocate: 'log.preallocate',
  'retention.bytes': 'log.retention.bytes',
  'segment.bytes': 'log.segment.bytes',
  'segment.index.bytes': 'log.index.size.max.bytes',
  'unclean.leader.election.enable': 'unclean.leader.election.enable',
}
