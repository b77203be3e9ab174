// Admin: list transactional ids on all brokers (KIP-664, KIP-994, KIP-1152).
import { ListTransactionsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { integer, listOf, optional, optionsWith, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { askEveryBroker } from '../every-broker.ts'
import { throwFirst } from '../outcome.ts'

/** Options of `listTransactions`: what is left out means all. */
export interface ListTransactionsOptions extends AdminCallOptions {
  /** Only ids in one of these states, as Kafka names them (`Ongoing`, `CompleteCommit`, …). */
  readonly states?: readonly string[]
  /** Only ids of these producers. */
  readonly producerIds?: readonly number[]
  /** Only ids whose latest transaction began longer ago than this, in milliseconds. Brokers before 3.8 list all. */
  readonly durationMs?: number
  /** Only ids that match this regular expression as a whole. Brokers before 4.1 list all. */
  readonly pattern?: string
}

/** One transactional id of the list. */
export interface ListedTransaction {
  /** The id. */
  readonly transactionalId: string
  /** The producer id that it has now. */
  readonly producerId: number
  /** As Kafka names it: `Ongoing`, `CompleteCommit`, … */
  readonly state: string
  /** The broker that coordinates it. */
  readonly coordinatorId: number
}

const checkOptions = optionsWith({
  states: optional(listOf(text)),
  producerIds: optional(listOf(integer)),
  durationMs: optional(integer),
  pattern: optional(text),
})

/** All transactional ids that this client may see, sorted by id. */
export async function listTransactions(
  cluster: Cluster,
  options: ListTransactionsOptions = {},
): Promise<ListedTransaction[]> {
  checkOptions('listTransactions: options', options)
  const { states = [], producerIds = [], durationMs = -1, pattern = null } = options
  const what = 'listing transactions'
  const answers = await askEveryBroker(cluster, what, options, async coordinatorId => {
    const { errorCode, transactionStates } = await cluster.request(
      ListTransactionsApi,
      version => ({
        stateFilters: [...states],
        producerIdFilters: [...producerIds],
        ...(version >= 1 && { durationFilter: durationMs }),
        ...(version >= 2 && { transactionalIdPattern: pattern }),
      }),
      { to: { broker: coordinatorId }, signal: options.signal },
    )
    if (errorCode !== 0) throw new BrokerError(errorCode, what)
    return transactionStates
  })
  // A list that lacks a broker's transactions would look whole.
  throwFirst(answers)
  return answers
    .flatMap(({ brokerId, answer = [] }) =>
      answer.map(({ transactionalId, producerId, transactionState }) => ({
        transactionalId,
        producerId,
        state: transactionState,
        coordinatorId: brokerId,
      })),
    )
    .sort((a, b) => (a.transactionalId < b.transactionalId ? -1 : 1))
}
