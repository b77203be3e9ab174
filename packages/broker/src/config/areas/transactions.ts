// Properties of transactions.
import { boolean, int, short } from '../definition.ts'

export const transactionsConfigs = {
  'transaction.max.timeout.ms': int({
    default: 900000,
    min: 1,
    importance: 'HIGH',
    doc: 'Longest time that a producer may ask its transactions to stay open. In milliseconds.',
  }),
  'transactional.id.expiration.ms': int({
    default: 604800000,
    min: 1,
    importance: 'HIGH',
    doc: 'Time after which a transactional id that is not used, and has no open transaction, is forgotten. In milliseconds.',
  }),
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': int({
    default: 10000,
    min: 1,
    importance: 'LOW',
    doc: 'Time between two looks for transactions that have been open for longer than their timeout: they are aborted. In milliseconds.',
  }),
  'transaction.remove.expired.transaction.cleanup.interval.ms': int({
    default: 3600000,
    min: 1,
    importance: 'LOW',
    doc: 'Time between two looks for transactional ids that have expired. In milliseconds.',
  }),
  'add.partitions.to.txn.retry.backoff.ms': int({
    default: 20,
    min: 1,
    importance: 'HIGH',
    doc: 'How long a batch waits before the coordinator is asked again, while the transaction before is ending. In milliseconds.',
  }),
  'add.partitions.to.txn.retry.backoff.max.ms': int({
    default: 100,
    min: 0,
    importance: 'HIGH',
    doc: 'After this time a batch that waits for the end of the transaction before is given back to its producer. In milliseconds.',
  }),
  'transaction.partition.verification.enable': boolean({
    default: true,
    importance: 'LOW',
    update: 'CLUSTER_WIDE',
    doc: 'Whether the first batch of a transaction in a partition is refused unless its producer has added the partition to the transaction.',
  }),
  'transaction.two.phase.commit.enable': boolean({
    default: false,
    importance: 'LOW',
    doc: 'Whether producers may take part in two-phase commits (KIP-939): their transactions have no timeout.',
  }),
  'transaction.state.log.num.partitions': int({
    default: 50,
    min: 1,
    importance: 'HIGH',
    doc: 'Partitions of the topic that holds the state of transactions. Not to be changed once it exists.',
  }),
  'transaction.state.log.segment.bytes': int({
    default: 104857600,
    min: 1,
    importance: 'HIGH',
    doc: 'Segment size of the topic that holds the state of transactions.',
  }),
  'transaction.state.log.replication.factor': short({
    default: 1,
    min: 1,
    importance: 'HIGH',
    doc: 'Replication factor of the topic that holds the state of transactions. 3 in Apache Kafka; one node holds one replica.',
  }),
  'transaction.state.log.min.isr': int({
    default: 1,
    min: 1,
    importance: 'HIGH',
    doc: '`min.insync.replicas` of the topic that holds the state of transactions. 2 in Apache Kafka; one node is always in sync with itself.',
  }),
} as const

/** See `withoutEffect`. */
export const transactionsWithoutEffect = `
# The transaction coordinator works on the event loop and needs no buffers of its own.
transaction.state.log.load.buffer.size INT HIGH READ_ONLY 1.. 5242880
`
