// Properties of the log: segments, retention, timestamps, cleaning, producers, and how it is read.
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
} from '../definition.ts'
import { timestampTypes } from '../topic-table.ts'

export const logConfigs = {
  'log.cleanup.policy': list({
    default: 'delete',
    values: ['compact', 'delete'],
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Default of cleanup.policy of topics.',
  }),
  'log.retention.hours': int({
    default: 168,
    importance: 'HIGH',
    doc: 'Default of retention.ms of topics, in hours; log.retention.minutes and log.retention.ms go before it.',
  }),
  'log.retention.minutes': optionalInt({
    importance: 'HIGH',
    doc: 'Default of retention.ms of topics, in minutes; log.retention.ms goes before it.',
  }),
  'log.retention.ms': optionalLong({
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Default of retention.ms of topics; -1 for no limit. In milliseconds.',
  }),
  'log.retention.bytes': long({
    default: -1,
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Default of retention.bytes of topics.',
  }),
  'log.retention.check.interval.ms': long({
    default: 300000,
    min: 1,
    importance: 'MEDIUM',
    doc: 'Time between two looks for data past its retention. In milliseconds.',
  }),
  'log.roll.hours': int({
    default: 168,
    min: 1,
    importance: 'HIGH',
    doc: 'Default of segment.ms of topics, in hours; log.roll.ms goes before it.',
  }),
  'log.roll.ms': optionalLong({
    min: 1,
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Default of segment.ms of topics. In milliseconds.',
  }),
  'log.roll.jitter.hours': int({
    default: 0,
    min: 0,
    importance: 'HIGH',
    doc: 'Default of segment.jitter.ms of topics, in hours; log.roll.jitter.ms goes before it.',
  }),
  'log.roll.jitter.ms': optionalLong({
    min: 0,
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Default of segment.jitter.ms of topics. In milliseconds.',
  }),
  'log.segment.bytes': int({
    default: 1073741824,
    min: 14,
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Default of segment.bytes of topics.',
  }),
  'log.segment.delete.delay.ms': long({
    default: 60000,
    min: 0,
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Default of file.delete.delay.ms of topics.',
  }),
  'log.index.interval.bytes': int({
    default: 4096,
    min: 0,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Default of index.interval.bytes of topics.',
  }),
  'log.index.size.max.bytes': int({
    default: 10485760,
    min: 4,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Default of segment.index.bytes of topics.',
  }),
  'log.message.timestamp.type': choice({
    default: 'CreateTime',
    values: timestampTypes,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Default of message.timestamp.type of topics.',
  }),
  'log.message.timestamp.before.max.ms': long({
    default: longMaxText,
    min: 0,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Default of message.timestamp.before.max.ms of topics.',
  }),
  'log.message.timestamp.after.max.ms': long({
    default: 3600000,
    min: 0,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Default of message.timestamp.after.max.ms of topics.',
  }),
  'log.flush.interval.messages': long({
    default: longMaxText,
    min: 1,
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Default of flush.messages of topics.',
  }),
  'log.preallocate': boolean({
    default: false,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Accepted for compatibility; segment files grow as they are written.',
  }),
  'log.cleaner.enable': boolean({
    default: true,
    importance: 'MEDIUM',
    doc: 'Whether topics with cleanup.policy=compact are compacted, internal ones included. Without it they grow.',
  }),
  'log.cleaner.backoff.ms': long({
    default: 15000,
    min: 0,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Time between two looks for logs to compact while there is none. In milliseconds.',
  }),
  'log.cleaner.dedupe.buffer.size': long({
    default: 134217728,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Most memory for the keys of the log that is being compacted, 24 bytes each: taken then only, and no more than its records need. Other keys are compacted in the next pass.',
  }),
  'log.cleaner.io.buffer.load.factor': double({
    default: 0.9,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Share of log.cleaner.dedupe.buffer.size that is filled: more keys a pass, and longer searches.',
  }),
  'log.cleaner.io.buffer.size': int({
    default: 524288,
    min: 0,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Bytes that are read at a time while a log is compacted, at least 64 KiB. Three such pieces are in memory; larger batches take as much as they need.',
  }),
  'log.cleaner.io.max.bytes.per.second': double({
    default: 1.7976931348623157e308,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Most bytes a second that compaction reads and writes.',
  }),
  'log.cleaner.delete.retention.ms': long({
    default: 86400000,
    min: 0,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Default of delete.retention.ms of topics.',
  }),
  'log.cleaner.min.cleanable.ratio': double({
    default: 0.5,
    min: 0,
    max: 1,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Default of min.cleanable.dirty.ratio of topics.',
  }),
  'log.cleaner.min.compaction.lag.ms': long({
    default: 0,
    min: 0,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Default of min.compaction.lag.ms of topics.',
  }),
  'log.cleaner.max.compaction.lag.ms': long({
    default: longMaxText,
    min: 1,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Default of max.compaction.lag.ms of topics.',
  }),
  'producer.id.expiration.ms': int({
    default: 86400000,
    min: 1,
    importance: 'LOW',
    update: 'CLUSTER_WIDE',
    doc: 'Time after which the sequence of a producer that is silent is forgotten, unless it has a transaction open. In milliseconds.',
  }),
  'fetch.max.bytes': int({
    default: 57671680,
    min: 1024,
    importance: 'MEDIUM',
    doc: 'Most bytes in the reply to one fetch.',
  }),
  'max.incremental.fetch.session.cache.slots': int({
    default: 1000,
    min: 0,
    importance: 'MEDIUM',
    doc: 'Incremental fetch sessions kept at a time.',
  }),
} as const

/** See `withoutEffect`. */
export const logWithoutEffect = `
# What waits is looked up directly; nothing has to be purged.
delete.records.purgatory.purge.interval.requests INT MEDIUM READ_ONLY - 1
fetch.purgatory.purge.interval.requests INT MEDIUM READ_ONLY - 1000
producer.purgatory.purge.interval.requests INT MEDIUM READ_ONLY - 1000
# Syncs go by log.fsync and flush.messages.
log.flush.interval.ms LONG HIGH CLUSTER_WIDE - null
log.flush.offset.checkpoint.interval.ms INT HIGH READ_ONLY 0.. 60000
log.flush.scheduler.interval.ms LONG HIGH READ_ONLY - 9223372036854775807
log.flush.start.offset.checkpoint.interval.ms INT HIGH READ_ONLY 0.. 60000
# One event loop does this work.
log.cleaner.threads INT MEDIUM CLUSTER_WIDE 0.. 1
num.recovery.threads.per.data.dir INT HIGH CLUSTER_WIDE 1.. 2
`
