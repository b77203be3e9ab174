// Options of clients that follow a log, and write to it in transactions, which a pattern sees to itself.

/** Options of a consumer that is assigned the partitions of a topic, and keeps its position elsewhere. */
export type LogConsumerOption = (typeof ownConsumerOptions)[number]
/** Options of a producer with one transaction after the other. */
export type LogProducerOption = (typeof ownProducerOptions)[number]

export const ownConsumerOptions = [
  'groupId',
  'topics',
  'keySerde',
  'valueSerde',
  'autoCommit',
  'autoOffsetReset',
  'isolationLevel',
  'onPoison',
  'onWarning',
] as const
export const ownProducerOptions = [
  'transactionalId',
  'idempotence',
  'acks',
  'keySerde',
  'valueSerde',
] as const
