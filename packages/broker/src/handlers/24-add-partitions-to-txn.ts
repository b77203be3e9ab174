// AddPartitionsToTxn (key 24, versions 0–5): partitions join a producer's transaction. From v4 it comes from brokers: many transactions, and
// some that only want to know whether their partitions belong to them (KIP-890). Before v2 a producer that was fenced hears INVALID_PRODUCER_EPOCH.
import {
  AddPartitionsToTxnApi,
  type AddPartitionsToTxnRequest,
  type AddPartitionsToTxnResponseInit,
  ErrorCode,
} from '@millrace/protocol'
import { internalTopics } from '../metadata/topic-name.ts'
import { transactionCoordinator } from '../transactions/coordinator.ts'
import { partitionsOf } from '../transactions/topic-partitions.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type AskedTransaction = AddPartitionsToTxnRequest['transactions'][number]
type TopicResults = NonNullable<AddPartitionsToTxnResponseInit['resultsByTopicV3AndBelow']>

const fencedVersion = 2
const manyTransactionsVersion = 4
const epochBumpVersion = 2

const traits: HandlerTraits = {
  authorization: needs('CLUSTER_ACTION CLUSTER', 'WRITE TRANSACTIONAL_ID', 'WRITE TOPIC'),
  quota: 'REQUEST',
}

export default defineHandler(AddPartitionsToTxnApi, traits, async (request, context) => {
  if (context.apiVersion < manyTransactionsVersion) {
    const asked = {
      transactionalId: request.v3AndBelowTransactionalId,
      producerId: request.v3AndBelowProducerId,
      producerEpoch: request.v3AndBelowProducerEpoch,
      topics: request.v3AndBelowTopics,
      verifyOnly: false,
    }
    return { resultsByTopicV3AndBelow: await addOne(asked, context) }
  }
  if (!context.authorize('CLUSTER_ACTION', 'CLUSTER')) {
    return { errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED, resultsByTransaction: [] }
  }
  const resultsByTransaction = await Promise.all(
    request.transactions.map(async asked => ({
      transactionalId: asked.transactionalId,
      topicResults: await addOne(asked, context),
    })),
  )
  return { errorCode: ErrorCode.NONE, resultsByTransaction }
})

async function addOne(asked: AskedTransaction, context: RequestContext): Promise<TopicResults> {
  const { transactionalId, producerId, producerEpoch, topics, verifyOnly } = asked
  const isFromClient = context.apiVersion < manyTransactionsVersion
  const all = (errorCode: number) => resultsOf(topics, () => errorCode)
  if (isFromClient && !context.authorize('WRITE', 'TRANSACTIONAL_ID', transactionalId)) {
    return all(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
  }
  const faults = new Map(topics.map(({ name, partitions }) => [name, faultsOf(name, partitions, context)]))
  if ([...faults.values()].some(({ size }) => size > 0)) {
    return resultsOf(
      topics,
      (name, partition) => faults.get(name)?.get(partition) ?? ErrorCode.OPERATION_NOT_ATTEMPTED,
    )
  }
  const coordinator = context.broker.service(transactionCoordinator)
  if (verifyOnly) {
    return resultsOf(
      topics,
      await coordinator.verifyPartitions(transactionalId, { producerId, producerEpoch }),
    )
  }
  const errorCode = await coordinator.addPartitions(transactionalId, {
    producerId,
    producerEpoch,
    partitions: partitionsOf(topics.map(({ name, partitions }) => ({ topic: name, partitions }))),
    clientVersion: isFromClient ? 0 : epochBumpVersion,
  })
  const isFenced = errorCode === ErrorCode.PRODUCER_FENCED && context.apiVersion < fencedVersion
  return all(isFenced ? ErrorCode.INVALID_PRODUCER_EPOCH : errorCode)
}

/** Partitions that cannot join, with the error of each: then none does. */
function faultsOf(
  topic: string,
  partitions: readonly number[],
  context: RequestContext,
): ReadonlyMap<number, number> {
  const image = context.broker.metadata.image.topic(topic)
  const isFromBroker = context.apiVersion >= manyTransactionsVersion
  const isAllowed = isFromBroker || (!internalTopics.has(topic) && context.authorize('WRITE', 'TOPIC', topic))
  const faults = new Map<number, number>()
  for (const partition of partitions) {
    if (!isAllowed) faults.set(partition, ErrorCode.TOPIC_AUTHORIZATION_FAILED)
    else if (!image?.partitions[partition]) faults.set(partition, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  }
  return faults
}

function resultsOf(
  topics: AskedTransaction['topics'],
  errorOf: (topic: string, partition: number) => number,
): TopicResults {
  return topics.map(({ name, partitions }) => ({
    name,
    resultsByPartition: partitions.map(partitionIndex => ({
      partitionIndex,
      partitionErrorCode: errorOf(name, partitionIndex),
    })),
  }))
}
