// Admin: transactional ids with their producers, states and partitions (KIP-664).
import { DescribeTransactionsApi, ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { listOf, optionsWith, text } from '../config/arguments.ts'
import { BrokerError, type KafkaError } from '../errors/index.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, settleEach } from './outcome.ts'
import { checkBroker } from './wrong-broker.ts'

/** One transactional id. */
export interface DescribedTransaction extends Outcome {
  /** The id. */
  readonly transactionalId: string
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

/** Describes transactional ids, each at its coordinator, in the order asked for. `TRANSACTIONAL_ID_NOT_FOUND` is an outcome. */
export async function describeTransactions(
  cluster: Cluster,
  transactionalIds: readonly string[],
  options: AdminCallOptions = {},
): Promise<DescribedTransaction[]> {
  checkIds('describeTransactions: transactionalIds', transactionalIds)
  checkOptions('describeTransactions: options', options)
  return settleEach(
    transactionalIds,
    id => describeOne(cluster, id, options),
    (id, error) => undescribed(id, error),
  )
}

async function describeOne(
  cluster: Cluster,
  transactionalId: string,
  options: AdminCallOptions,
): Promise<DescribedTransaction> {
  const what = `describing transactional id "${transactionalId}"`
  const { transactionStates } = await cluster.call(
    DescribeTransactionsApi,
    { transactionalIds: [transactionalId] },
    {
      ...callOptions(options),
      what,
      to: { coordinator: { type: 'transaction', key: transactionalId } },
      check: response =>
        checkBroker(
          response.transactionStates.map(({ errorCode }) => errorCode),
          what,
        ),
    },
  )
  const [found] = transactionStates
  const errorCode = found?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR
  if (!found || errorCode !== ErrorCode.NONE) {
    return undescribed(transactionalId, new BrokerError(errorCode, what))
  }
  return {
    transactionalId,
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
    state: '',
    producerId: -1,
    producerEpoch: -1,
    timeoutMs: -1,
    startTimeMs: -1,
    partitions: [],
    error,
  }
}
