// ListTransactions (key 66, versions 0–2): transactional ids, all or those in some states, of some producers, v1+: open for longer than a time,
// v2+: that match a pattern.
import { ErrorCode, ListTransactionsApi, type ListTransactionsResponseInit } from '@millrace/protocol'
import { orError } from '../coordination/coordinator-error.ts'
import { transactionCoordinator } from '../transactions/coordinator.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('DESCRIBE TRANSACTIONAL_ID'), quota: 'REQUEST' }

export default defineHandler(ListTransactionsApi, traits, (request, context) =>
  orError<ListTransactionsResponseInit>(
    async () => {
      const { admin } = context.broker.service(transactionCoordinator)
      const { transactions, unknownStates } = await admin.list({
        states: new Set(request.stateFilters),
        producerIds: new Set(request.producerIdFilters),
        durationMs: request.durationFilter,
        pattern: request.transactionalIdPattern,
        maySee: id => context.authorize('DESCRIBE', 'TRANSACTIONAL_ID', id, 'filter'),
      })
      return {
        errorCode: ErrorCode.NONE,
        unknownStateFilters: [...unknownStates],
        transactionStates: transactions.map(({ transactionalId, metadata }) => ({
          transactionalId,
          producerId: metadata.producerId,
          transactionState: metadata.state,
        })),
      }
    },
    errorCode => ({ errorCode, unknownStateFilters: [], transactionStates: [] }),
  ),
)
