// DescribeProducers (key 61, version 0): producers with state in a partition, for who looks for hanging transactions.
import { DescribeProducersApi, type DescribeProducersResponseInit, ErrorCode } from '@millrace/protocol'
import { topicNameFault } from '../metadata/topic-name.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { refusal } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

type PartitionReply = DescribeProducersResponseInit['topics'][number]['partitions'][number]

const traits: HandlerTraits = { authorization: needs('READ TOPIC'), quota: 'REQUEST' }

export default defineHandler(DescribeProducersApi, traits, (request, context) => ({
  topics: request.topics.map(({ name, partitionIndexes }) => {
    const refused = refusalOf(name, context)
    return {
      name,
      partitions: partitionIndexes.map(partitionIndex => ({
        partitionIndex,
        ...(refused ?? describe(name, partitionIndex, context)),
      })),
    }
  }),
}))

function refusalOf(
  name: string,
  context: RequestContext,
): Omit<PartitionReply, 'partitionIndex'> | undefined {
  const fault = topicNameFault(name)
  if (fault !== undefined) return refused(ErrorCode.INVALID_TOPIC_EXCEPTION, fault)
  if (context.authorize('READ', 'TOPIC', name)) return undefined
  const { code, message } = refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED)
  return refused(code, message)
}

function refused(
  errorCode: number,
  errorMessage: string | null = null,
): Omit<PartitionReply, 'partitionIndex'> {
  return { errorCode, errorMessage, activeProducers: [] }
}

function describe(
  topic: string,
  partition: number,
  { broker }: RequestContext,
): Omit<PartitionReply, 'partitionIndex'> {
  const log = broker.partition(topic, partition)
  if (!log) return refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  return { errorCode: ErrorCode.NONE, errorMessage: null, activeProducers: log.activeProducers() }
}
