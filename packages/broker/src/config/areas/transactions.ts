// Properties of transactions.

/** See `withoutEffect`. */
export const transactionsWithoutEffect = `
# There are no transactions yet.
add.partitions.to.txn.retry.backoff.max.ms INT HIGH READ_ONLY 0.. 100
add.partitions.to.txn.retry.backoff.ms INT HIGH READ_ONLY 1.. 20
transaction.abort.timed.out.transaction.cleanup.interval.ms INT LOW READ_ONLY 1.. 10000
transaction.max.timeout.ms INT HIGH READ_ONLY 1.. 900000
transaction.partition.verification.enable BOOLEAN LOW CLUSTER_WIDE - true
transaction.remove.expired.transaction.cleanup.interval.ms INT LOW READ_ONLY 1.. 3600000
transaction.state.log.load.buffer.size INT HIGH READ_ONLY 1.. 5242880
transaction.state.log.min.isr INT HIGH READ_ONLY 1.. 2
transaction.state.log.num.partitions INT HIGH READ_ONLY 1.. 50
transaction.state.log.replication.factor SHORT HIGH READ_ONLY 1.. 3
transaction.state.log.segment.bytes INT HIGH READ_ONLY 1.. 104857600
transaction.two.phase.commit.enable BOOLEAN LOW READ_ONLY - false
transactional.id.expiration.ms INT HIGH READ_ONLY 1.. 604800000
`
