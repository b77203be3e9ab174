// DescribeTransactions (key 65, version 0): transactional ids with their producers, states and partitions (KIP-664).
import { DescribeTransactionsApi, type DescribeTransactionsResponseInit, ErrorCode } from '@millrace/protocol'
import { orError } from '../coordination/coordinator-error.ts'
import { transactionCoordinator } from '../transactions/coordinator.ts'
import { listsOf } from '../transactions/topic-partitions.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Described = DescribeTransactionsResponseInit['transactionStates'][number]

const traits: HandlerTraits = {
  authorization: needs('DESCRIBE TRANSACTIONAL_ID', 'DESCRIBE TOPIC'),
  quota: 'REQUEST',
}

export default defineHandler(DescribeTransactionsApi, traits, async (request, context) => {
  const transactionStates: Described[] = []
  for (const id of request.transactionalIds) transactionStates.push(await describe(id, context))
  return { transactionStates }
})

async function describe(transactionalId: string, context: RequestContext): Promise<Described> {
  if (!context.authorize('DESCRIBE', 'TRANSACTIONAL_ID', transactionalId)) {
    return refusal(transactionalId, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
  }
  const { admin } = context.broker.service(transactionCoordinator)
  const found = await orError(
    () => admin.describe(transactionalId),
    errorCode => errorCode,
  )
  if (typeof found === 'number') return refusal(transactionalId, found)
  const { metadata } = found
  return {
    errorCode: ErrorCode.NONE,
    transactionalId,
    transactionState: metadata.state,
    transactionTimeoutMs: metadata.timeoutMs,
    transactionStartTimeMs: metadata.startTimestampMs,
    producerId: metadata.producerId,
    producerEpoch: metadata.producerEpoch,
    topics: listsOf(metadata.partitions).filter(({ topic }) =>
      context.authorize('DESCRIBE', 'TOPIC', topic, 'filter'),
    ),
  }
}

function refusal(transactionalId: string, errorCode: number): Described {
  return {
    errorCode,
    transactionalId,
    transactionState: '',
    transactionTimeoutMs: 0,
    transactionStartTimeMs: 0,
    producerId: 0,
    producerEpoch: 0,
    topics: [],
  }
}
