// `millrace txn hanging`: transactions that are open in a partition and that no coordinator knows of (Kafka's `find-hanging`).
import type { Admin, DescribedTransaction, ProducerState, TopicPartition } from '@millrace/client'
import type { Context } from '../context.ts'
import type { TxnHangingOptions } from '../options/txn.ts'
import { printRows } from '../output/terminal.ts'
import { withAdmin } from './connect.ts'
import { partitionsNamed } from './txn-producers.ts'

type OpenTransaction = TopicPartition & ProducerState

export async function findHanging(options: TxnHangingOptions, context: Context): Promise<void> {
  await withAdmin(options, context, async admin => {
    const partitions = await partitionsNamed(admin, options.topic, '--topic', context)
    const open = await openTransactions(admin, partitions, options.openFor, context)
    const hanging = open.length === 0 ? [] : await withoutCoordinator(admin, open, context)
    if (hanging.length === 0) context.terminal.note('no transaction hangs')
    const nowMs = Date.now()
    await printRows(
      context.terminal,
      hanging.map(each => ({
        topic: each.topic,
        partition: each.partition,
        producerId: each.producerId,
        producerEpoch: each.producerEpoch,
        coordinatorEpoch: each.coordinatorEpoch,
        startOffset: each.transactionStartOffset,
        lastTimestamp: each.lastTimestamp,
        silentForMs: nowMs - each.lastTimestamp,
      })),
      [
        { title: 'TOPIC', value: row => row.topic },
        { title: 'PARTITION', value: row => row.partition },
        { title: 'PRODUCER', value: row => row.producerId },
        { title: 'EPOCH', value: row => row.producerEpoch },
        { title: 'OPEN FROM', value: row => row.startOffset },
        { title: 'SILENT FOR', value: row => `${Math.round(row.silentForMs / 1000)} s` },
      ],
      options.json ?? false,
    )
  })
}

async function openTransactions(
  admin: Admin,
  partitions: readonly TopicPartition[],
  silentForMs: number,
  { signal }: Context,
): Promise<OpenTransaction[]> {
  const described = await admin.describeProducers(partitions, { signal })
  for (const { error } of described) if (error) throw error
  const beforeMs = Date.now() - silentForMs
  return described.flatMap(({ topic, partition, producers }) =>
    producers
      .filter(
        ({ transactionStartOffset, lastTimestamp }) =>
          transactionStartOffset >= 0 && lastTimestamp <= beforeMs,
      )
      .map(producer => ({ topic, partition, ...producer })),
  )
}

/** Those whose producer has no transactional id, or one whose transaction does not know the partition. */
async function withoutCoordinator(
  admin: Admin,
  open: readonly OpenTransaction[],
  { signal }: Context,
): Promise<OpenTransaction[]> {
  const producerIds = [...new Set(open.map(({ producerId }) => producerId))]
  const listed = await admin.listTransactions({ producerIds, signal })
  const described = await admin.describeTransactions(
    listed.map(({ transactionalId }) => transactionalId),
    { signal },
  )
  const byProducer = new Map<number, DescribedTransaction>()
  for (const each of described) if (!each.error) byProducer.set(each.producerId, each)
  return open.filter(each => {
    const known = byProducer.get(each.producerId)
    return !known?.partitions.some(
      ({ topic, partition }) => topic === each.topic && partition === each.partition,
    )
  })
}
