// Properties of topics: how they are made, and what they inherit.
import { boolean, choice, int } from '../definition.ts'
import { compressionTypes } from '../topic-table.ts'

export const topicsConfigs = {
  'num.partitions': int({
    default: 1,
    min: 1,
    importance: 'MEDIUM',
    doc: 'Partitions of a topic created without a number.',
  }),
  'default.replication.factor': int({
    default: 1,
    min: 1,
    importance: 'MEDIUM',
    doc: 'Replication factor of a topic created without one. One node holds one replica.',
  }),
  'auto.create.topics.enable': boolean({
    default: true,
    importance: 'HIGH',
    doc: 'Whether asking for metadata of an unknown topic creates it.',
  }),
  'delete.topic.enable': boolean({
    default: true,
    importance: 'HIGH',
    doc: 'Whether topics can be deleted.',
  }),
  'message.max.bytes': int({
    default: 1048588,
    min: 0,
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Largest record batch accepted, compressed, header included. In bytes. Topics: max.message.bytes.',
  }),
  'min.insync.replicas': int({
    default: 1,
    min: 1,
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Replicas that must have a write before acks=all is answered. One node has one.',
  }),
  'compression.type': choice({
    default: 'producer',
    values: compressionTypes,
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Codec of stored batches; "producer" keeps what the producer sent.',
  }),
  'compression.gzip.level': int({
    default: -1,
    min: -1,
    max: 9,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Level of gzip when the broker compresses.',
  }),
  'compression.lz4.level': int({
    default: 9,
    min: 1,
    max: 17,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Accepted and reported; the lz4 codec here has a single level.',
  }),
  'compression.zstd.level': int({
    default: 3,
    min: -131072,
    max: 22,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Level of zstd when the broker compresses.',
  }),
  'unclean.leader.election.enable': boolean({
    default: false,
    importance: 'HIGH',
    update: 'CLUSTER_WIDE',
    doc: 'Accepted and reported; one node has no other leader to elect.',
  }),
} as const

/** See `withoutEffect`. */
export const topicsWithoutEffect = `
# Classes of Java are not loaded.
alter.config.policy.class.name CLASS LOW READ_ONLY - null
create.topic.policy.class.name CLASS LOW READ_ONLY - null
`
