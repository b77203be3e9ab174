// Admin: fence whoever has a transactional id, and abort what it has open.
import { ErrorCode, InitProducerIdApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { listOf, optionsWith, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { type Outcome, outcomeError, settleEach } from '../outcome.ts'
import { checkBroker } from '../wrong-broker.ts'

/** What became of one transactional id. */
export interface FencedProducer extends Outcome {
  /** The id. */
  readonly transactionalId: string
  /** The producer id that it has now; −1 where there is an error. */
  readonly producerId: number
  /** The epoch that fences the producer before; −1 where there is an error. */
  readonly producerEpoch: number
}

/** Java's admin client begins with its request timeout: nothing is ever written by this producer. */
const transactionTimeoutMs = 30_000

const checkIds = listOf(text)
const checkOptions = optionsWith()

/** Takes transactional ids over, each at its coordinator. Waits until an open transaction has been aborted. */
export async function fenceProducers(
  cluster: Cluster,
  transactionalIds: readonly string[],
  options: AdminCallOptions = {},
): Promise<FencedProducer[]> {
  checkIds('fenceProducers: transactionalIds', transactionalIds)
  checkOptions('fenceProducers: options', options)
  return settleEach<string, FencedProducer>(
    transactionalIds,
    async transactionalId => {
      const what = `fencing the producer of "${transactionalId}"`
      const { errorCode, producerId, producerEpoch } = await cluster.call(
        InitProducerIdApi,
        { transactionalId, transactionTimeoutMs },
        {
          ...callOptions(options),
          what,
          to: { coordinator: { type: 'transaction', key: transactionalId } },
          check: response => {
            checkBroker([response.errorCode], what)
            // The transaction that was open is being aborted.
            if (response.errorCode === ErrorCode.CONCURRENT_TRANSACTIONS) {
              throw new BrokerError(response.errorCode, what)
            }
          },
        },
      )
      return { transactionalId, producerId, producerEpoch, error: outcomeError(errorCode, what) }
    },
    (transactionalId, error) => ({ transactionalId, producerId: -1, producerEpoch: -1, error }),
  )
}
