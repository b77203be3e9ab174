// Admin: transactional ids with their producers, states and partitions (KIP-664).
import { DescribeTransactionsApi, type DescribeTransactionsResponse } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import { listOf, optionsWith, text } from '../../config/arguments.ts'
import type { KafkaError } from '../../errors/index.ts'
import { askCoordinators } from '../by-coordinator.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'

/** One transactional id. */
export interface DescribedTransaction extends Outcome {
  /** The id. */
  readonly transactionalId: string
  /** The broker that coordinates it; −1 where there is an error. */
  readonly coordinatorId: number
  /** `Empty`, `Ongoing`, `PrepareCommit`, `PrepareAbort`, `CompleteCommit`, `CompleteAbort`; empty where there is an error. */
  readonly state: string
  /** The producer id that the transactional id has now; −1 where there is an error. */
  readonly producerId: number
  /** Its epoch: a producer with a lower one is fenced. −1 where there is an error. */
  readonly producerEpoch: number
  /** How long a transaction may stay open, in milliseconds; −1 where there is an error. */
  readonly timeoutMs: number
  /** When the latest transaction began, in milliseconds of the epoch; −1 for none yet. */
  readonly startTimeMs: number
  /** Partitions that take part in the open transaction, or still lack its marker. */
  readonly partitions: readonly TopicPartition[]
}

const checkIds = listOf(text)
const checkOptions = optionsWith()

/** What a coordinator says of one, and which it is. */
type Answer = DescribeTransactionsResponse['transactionStates'][number] & { readonly coordinatorId: number }

/** Describes transactional ids, each at its coordinator, in the order asked for. `TRANSACTIONAL_ID_NOT_FOUND` is an outcome. */
export async function describeTransactions(
  cluster: Cluster,
  transactionalIds: readonly string[],
  options: AdminCallOptions = {},
): Promise<DescribedTransaction[]> {
  checkIds('describeTransactions: transactionalIds', transactionalIds)
  checkOptions('describeTransactions: options', options)
  const what = (transactionalId: string) => `describing transactional id "${transactionalId}"`
  const outcomes = await askCoordinators<Answer>(
    cluster,
    transactionalIds,
    {
      type: 'transaction',
      what,
      keyOf: ({ transactionalId }) => transactionalId,
      send: async (ids, to, coordinatorId) => {
        const body = { transactionalIds: [...ids] }
        const response = await cluster.request(DescribeTransactionsApi, body, {
          to,
          signal: options.signal,
        })
        return response.transactionStates.map(state => ({ ...state, coordinatorId }))
      },
    },
    options,
  )
  return transactionalIds.map(id => {
    const { answer, error } = outcomes.get(id)!
    const known = error ?? outcomeError(answer.errorCode, what(id))
    return known ? undescribed(id, known) : describe(answer!)
  })
}

function describe(found: Answer): DescribedTransaction {
  return {
    transactionalId: found.transactionalId,
    coordinatorId: found.coordinatorId,
    state: found.transactionState,
    producerId: found.producerId,
    producerEpoch: found.producerEpoch,
    timeoutMs: found.transactionTimeoutMs,
    startTimeMs: found.transactionStartTimeMs,
    partitions: found.topics.flatMap(({ topic, partitions }) =>
      partitions.map(partition => ({ topic, partition })),
    ),
    error: undefined,
  }
}

function undescribed(transactionalId: string, error: KafkaError): DescribedTransaction {
  return {
    transactionalId,
    coordinatorId: -1,
    state: '',
    producerId: -1,
    producerEpoch: -1,
    timeoutMs: -1,
    startTimeMs: -1,
    partitions: [],
    error,
  }
}
