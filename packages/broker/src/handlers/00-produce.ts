// Produce (key 0, versions 3–13): appends one batch to each partition named. v13+: topics by id.
// acks=all is answered when the data is durable, or with REQUEST_TIMED_OUT when `timeoutMs` is over before; acks=1 when the
// operating system has it; acks=0 not at all: an error closes the connection then. Everything is appended before the first wait,
// so that the batches a producer has in flight share a sync.
import type { AppendInfo, CommitLevel, PartitionLog } from '@millrace/log'
import {
  ErrorCode,
  errorByCode,
  ProduceApi,
  type ProduceRequest,
  type ProduceResponseInit,
} from '@millrace/protocol'
import { acknowledgements } from '../acknowledgements.ts'
import { ApiError } from '../api-error.ts'
import { committed } from '../committed.ts'
import { requestDecompressedMaxBytes } from '../limits.ts'
import type { TopicImage } from '../metadata/image.ts'
import { commitDeadlines } from '../commit-deadlines.ts'
import { BatchError, type Inflation, validateBatch } from '../produce/validate.ts'
import { RequestError } from '../request-error.ts'
import { storageErrorCode } from '../storage-error.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type TopicData = ProduceRequest['topicData'][number]
type PartitionData = TopicData['partitionData'][number]
type TopicReply = ProduceResponseInit['responses'][number]
type PartitionReply = TopicReply['partitionResponses'][number]
/** A reply that says where the batch went, for as long as it may yet fail. */
interface AppendedReply extends PartitionReply {
  readonly log: PartitionLog
  readonly info: AppendInfo
}

/** The client id with which Kafka's own tools may write to internal topics. */
const adminClientId = '__admin_client'
const acksAll = -1

const traits: HandlerTraits = {
  authorization: needs('WRITE TOPIC', 'WRITE TRANSACTIONAL_ID'),
  quota: 'PRODUCE',
  borrowsFrame: true,
  overlap: true,
}

export default defineHandler(ProduceApi, traits, (request, context) => {
  const { acks } = request
  const { logs } = context.broker
  const validAcks = acks === 0 || acks === 1 || acks === acksAll
  const inflation = { leftBytes: requestDecompressedMaxBytes }
  const responses = request.topicData.map(topic =>
    validAcks
      ? appendTopic(topic, acks, inflation, context)
      : refuseTopic(topic, ErrorCode.INVALID_REQUIRED_ACKS),
  )
  if (acks !== acksAll) noteAcknowledged(responses, context)
  if (acks === 0) {
    throwFirstError(responses)
    return null
  }
  if (!validAcks) return { responses }
  const { timeoutMs } = request
  const level = acks === acksAll ? 'durable' : 'written'
  const inTime = (promise: Promise<unknown>) =>
    level === 'durable' ? context.broker.service(commitDeadlines).within(timeoutMs, promise) : promise
  const late = () => {
    const message = `not durable after ${timeoutMs} ms; it may still become so`
    return { responses: failAppended(responses, ErrorCode.REQUEST_TIMED_OUT, message) }
  }
  return inTime(logs.commit(level)).then(
    done => (done === false ? late() : { responses }),
    async () => {
      const settled = settleEach(responses, level, context)
      return (await inTime(settled)) === false ? late() : { responses: await settled }
    },
  )
})

function findTopic(topic: TopicData, { broker, apiVersion }: RequestContext): TopicImage | undefined {
  const { image } = broker.metadata
  return apiVersion >= 13 ? image.topicById(topic.topicId) : image.topic(topic.name)
}

function appendTopic(
  topic: TopicData,
  acks: number,
  inflation: Inflation,
  context: RequestContext,
): TopicReply {
  const image = findTopic(topic, context)
  if (!image) {
    return refuseTopic(
      topic,
      context.apiVersion >= 13 ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    )
  }
  if (image.internal && context.clientId !== adminClientId) {
    return refuseTopic(topic, ErrorCode.INVALID_TOPIC_EXCEPTION)
  }
  const { name, topicId } = topic
  const partitionResponses: PartitionReply[] = []
  for (const partition of topic.partitionData) {
    partitionResponses.push(appendPartition(image, partition, acks, inflation, context))
  }
  return { name, topicId, partitionResponses }
}

function appendPartition(
  topic: TopicImage,
  { index, records }: PartitionData,
  acks: number,
  inflation: Inflation,
  { broker, apiVersion }: RequestContext,
): PartitionReply {
  const log = broker.partition(topic.name, index)
  if (!log) return refusePartition(index, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  const config = broker.topicConfig(topic)
  if (acks === acksAll && config.minInsyncReplicas > 1) {
    return refusePartition(index, ErrorCode.NOT_ENOUGH_REPLICAS)
  }
  try {
    const batch = validateBatch(records, {
      config,
      apiVersion,
      nowMs: broker.clock.now(),
      topic: topic.name,
      partition: index,
      inflation,
    })
    const info = log.append(batch)
    const { baseOffset, logAppendTimeMs, logStartOffset } = info
    const reply: AppendedReply = {
      index,
      errorCode: ErrorCode.NONE,
      baseOffset,
      logAppendTimeMs,
      logStartOffset,
      log,
      info,
    }
    return reply
  } catch (error) {
    if (error instanceof BatchError) {
      return refusePartition(index, error.code, error.message, error.recordErrors)
    }
    const code = error instanceof ApiError ? error.code : storageErrorCode(error)
    return refusePartition(index, code, error instanceof Error ? error.message : String(error))
  }
}

function refusePartition(
  index: number,
  errorCode: number,
  errorMessage: string | null = null,
  recordErrors: BatchError['recordErrors'] = [],
): PartitionReply {
  return {
    index,
    errorCode,
    errorMessage,
    recordErrors,
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset: -1,
  }
}

function refuseTopic({ name, topicId, partitionData }: TopicData, errorCode: number): TopicReply {
  return {
    name,
    topicId,
    partitionResponses: partitionData.map(({ index }) => refusePartition(index, errorCode)),
  }
}

/** These records are answered for before they are visible. */
function noteAcknowledged(responses: readonly TopicReply[], { broker }: RequestContext): void {
  let durable: Promise<void> | undefined
  for (const { partitionResponses } of responses) {
    for (const reply of partitionResponses) {
      if (!isAppended(reply)) continue
      if (!durable) {
        durable = broker.logs.commit('durable')
        // Who waits for it hears of a failure; mostly nobody does.
        durable.catch(() => {})
      }
      broker.service(acknowledgements).note(reply.log, reply.info.lastOffset + 1, durable)
    }
  }
}

/** Without a reply the only way to tell a producer that its data is not stored is to close its connection. */
function throwFirstError(responses: readonly TopicReply[]): void {
  for (const { name, partitionResponses } of responses) {
    for (const { index, errorCode, errorMessage } of partitionResponses) {
      if (errorCode === ErrorCode.NONE) continue
      throw new RequestError(
        `produce with acks=0 to ${name}-${index} failed: ${errorMessage ?? errorByCode(errorCode).name}`,
      )
    }
  }
}

/**
 * The commit failed for some of what was appended in the same turn, here or for another request: each batch is asked for by itself. What was
 * written though its neighbour was not is no failure, or it would be sent and stored again.
 */
function settleEach(
  responses: readonly TopicReply[],
  level: CommitLevel,
  { broker }: RequestContext,
): Promise<TopicReply[]> {
  const settle = async (reply: PartitionReply): Promise<PartitionReply> => {
    if (!isAppended(reply)) return reply
    try {
      await committed(broker, reply.log, reply.info, level)
      return reply
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return refusePartition(reply.index, storageErrorCode(error), message)
    }
  }
  return Promise.all(
    responses.map(async topic => ({
      ...topic,
      partitionResponses: await Promise.all(topic.partitionResponses.map(settle)),
    })),
  )
}

/** The data was appended and is not durable in time: nobody may count on it, except where the log says that it is safe already. */
function failAppended(responses: readonly TopicReply[], code: number, message: string): TopicReply[] {
  return responses.map(topic => ({
    ...topic,
    partitionResponses: topic.partitionResponses.map(partition =>
      isAppended(partition) && !partition.log.holds(partition.info, 'durable')
        ? refusePartition(partition.index, code, message)
        : partition,
    ),
  }))
}

function isAppended(reply: PartitionReply): reply is AppendedReply {
  return 'log' in reply
}
