// Ends transactions that hang: open in a partition, and known to no coordinator. `millrace txn hanging` and `millrace txn abort` do the same by hand.
import { Admin, type ProducerState, type TopicPartition } from '@millrace/client'

/** How long nothing was heard of a transaction that hangs, in ms: three times as long as one of ours may last. */
const silentMs = 15_000
const offsetsTopic = '__consumer_offsets'

type OpenTransaction = TopicPartition & ProducerState

/**
 * Ends those that hang in topics whose name begins with `prefix`, and in the topic of offsets. Resolves with how many. Apache Kafka leaves some when its only node is killed (SIGKILL): a coordinator that
 * ends a transaction before the leaders of its partitions are known again writes no marker there, and takes it for done.
 */
export async function endHanging(brokers: readonly string[], prefix: string): Promise<number> {
  await using admin = new Admin({ brokers })
  const topics = await admin.listTopics()
  const names = topics
    .map(({ name }) => name)
    .filter(name => name.startsWith(prefix) || name === offsetsTopic)
  const partitions = (await admin.describeTopics(names)).flatMap(({ name: topic, partitions: found }) =>
    found.map(({ partition }) => ({ topic, partition })),
  )
  const open = await openTransactions(admin, partitions)
  if (open.length === 0) return 0
  const known = await knownToCoordinators(admin, open)
  const hanging = open.filter(
    ({ producerId, topic, partition }) => !known.has(`${producerId} ${topic} ${partition}`),
  )
  for (const each of hanging)
    await admin.abortTransaction({
      topic: each.topic,
      partition: each.partition,
      producerId: each.producerId,
      producerEpoch: each.producerEpoch,
      coordinatorEpoch: Math.max(0, each.coordinatorEpoch),
    })
  return hanging.length
}

async function openTransactions(
  admin: Admin,
  partitions: readonly TopicPartition[],
): Promise<OpenTransaction[]> {
  const before = Date.now() - silentMs
  return (await admin.describeProducers(partitions)).flatMap(({ topic, partition, producers }) =>
    producers
      .filter(
        ({ transactionStartOffset, lastTimestamp }) => transactionStartOffset >= 0 && lastTimestamp <= before,
      )
      .map(producer => ({ topic, partition, ...producer })),
  )
}

/** Producer, topic and partition of the transactions that coordinators are about to end. */
async function knownToCoordinators(
  admin: Admin,
  open: readonly OpenTransaction[],
): Promise<ReadonlySet<string>> {
  const producerIds = [...new Set(open.map(({ producerId }) => producerId))]
  const listed = await admin.listTransactions({ producerIds })
  const described = await admin.describeTransactions(listed.map(({ transactionalId }) => transactionalId))
  return new Set(
    described.flatMap(({ producerId, partitions }) =>
      partitions.map(({ topic, partition }) => `${producerId} ${topic} ${partition}`),
    ),
  )
}
