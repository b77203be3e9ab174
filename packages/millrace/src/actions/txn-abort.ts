// `millrace txn abort` and `fence`: what they do.
import type { TopicPartition } from '@millrace/client'
import type { Context } from '../context.ts'
import type { TxnAbortOptions, TxnFenceOptions } from '../options/txn.ts'
import { UsageError } from '../output/errors.ts'
import { confirm } from './confirm.ts'
import { withAdmin } from './connect.ts'
import { reportOutcomes } from './outcomes.ts'

export async function abortTransaction(
  where: TopicPartition,
  options: TxnAbortOptions,
  context: Context,
): Promise<void> {
  const { topic, partition } = where
  const { producerId } = options
  const { signal } = context
  await withAdmin(options, context, async admin => {
    const [described] = await admin.describeProducers([where], { signal })
    if (described?.error) throw described.error
    const producer = described?.producers.find(each => each.producerId === producerId)
    if (!producer || producer.transactionStartOffset < 0) {
      throw new UsageError(
        `producer ${producerId} has no transaction open in ${topic}-${partition}`,
        `"millrace txn producers ${topic}:${partition}" shows who has`,
      )
    }
    const { producerEpoch, transactionStartOffset } = producer
    if (!options.force) {
      const what = `the transaction of producer ${producerId} in ${topic}-${partition}, from offset ${transactionStartOffset} on`
      await confirm(`Abort ${what}?`, context)
    }
    await admin.abortTransaction(
      { ...where, producerId, producerEpoch, coordinatorEpoch: Math.max(producer.coordinatorEpoch, 0) },
      { signal },
    )
    await reportOutcomes(
      [
        {
          topic,
          partition,
          producerId,
          startOffset: transactionStartOffset,
          result: 'aborted',
          error: undefined,
        },
      ],
      'transaction',
      [
        { title: 'TOPIC', value: row => row.topic },
        { title: 'PARTITION', value: row => row.partition },
        { title: 'PRODUCER', value: row => row.producerId },
        { title: 'OPEN FROM', value: row => row.startOffset },
      ],
      options,
      context,
    )
  })
}

export async function fenceProducers(
  ids: readonly string[],
  options: TxnFenceOptions,
  context: Context,
): Promise<void> {
  if (!options.force) await confirm(`Fence the producers of ${ids.join(', ')}?`, context)
  await withAdmin(options, context, async admin => {
    const fenced = await admin.fenceProducers(ids, { signal: context.signal })
    await reportOutcomes(
      fenced.map(({ transactionalId, producerId, producerEpoch, error }) => ({
        transactionalId,
        producerId,
        producerEpoch,
        result: 'fenced',
        error,
      })),
      'transactional id',
      [
        { title: 'TRANSACTIONAL-ID', value: row => row.transactionalId },
        { title: 'PRODUCER-ID', value: row => (row.producerId < 0 ? null : row.producerId) },
        { title: 'EPOCH', value: row => (row.producerEpoch < 0 ? null : row.producerEpoch) },
      ],
      options,
      context,
    )
  })
}
