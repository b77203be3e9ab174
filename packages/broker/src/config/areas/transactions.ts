// Properties of transactions.
import { boolean, int } from '../definition.ts'

export const transactionsConfigs = {
  'transaction.partition.verification.enable': boolean({
    default: true,
    importance: 'LOW',
    update: 'CLUSTER_WIDE',
    doc: 'Whether the first batch of a transaction in a partition is refused unless its producer has added the partition to the transaction.',
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
} as const

/** See `withoutEffect`. */
export const transactionsWithoutEffect = `
# There are no transactions yet.
transaction.abort.timed.out.transaction.cleanup.interval.ms INT LOW READ_ONLY 1.. 10000
transaction.max.timeout.ms INT HIGH READ_ONLY 1.. 900000
transaction.remove.expired.transaction.cleanup.interval.ms INT LOW READ_ONLY 1.. 3600000
transaction.state.log.load.buffer.size INT HIGH READ_ONLY 1.. 5242880
transaction.state.log.min.isr INT HIGH READ_ONLY 1.. 2
transaction.state.log.num.partitions INT HIGH READ_ONLY 1.. 50
transaction.state.log.replication.factor SHORT HIGH READ_ONLY 1.. 3
transaction.state.log.segment.bytes INT HIGH READ_ONLY 1.. 104857600
transaction.two.phase.commit.enable BOOLEAN LOW READ_ONLY - false
transactional.id.expiration.ms INT HIGH READ_ONLY 1.. 604800000
`
