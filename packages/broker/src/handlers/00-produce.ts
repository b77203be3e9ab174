// Produce (key 0, versions 3–13): appends one batch to each partition named. v13+: topics by id.
// acks=all is answered when the data is durable, or with REQUEST_TIMED_OUT when `timeoutMs` is over before; acks=1 when the
// operating system has it; acks=0 not at all: an error closes the connection then. Everything is appended before the first wait,
// so that the batches a producer has in flight share a sync; but the first batch of a transaction in a partition waits for the
// transaction's coordinator (v12+: the partition joins the transaction by that), and large batches are checked in slices. What the connection brings
// next waits for both.
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
import { checkedAtOnceBytes, requestDecompressedMaxBytes } from '../limits.ts'
import type { TopicImage } from '../metadata/image.ts'
import { commitDeadlines } from '../commit-deadlines.ts'
import { checkBatches, type Checked, type Unchecked } from '../produce/batch-checks.ts'
import { FirstBatches, isTransactionalBatch } from '../produce/first-batches.ts'
import { BatchError } from '../produce/validate.ts'
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

/** Where the batches of a topic go, or the code of why they do not. */
type Target = TopicImage | number

/** One request on its way into the logs. */
interface Writing {
  readonly acks: number
  /** Of its partitions, in their order. */
  readonly checked: readonly Checked[]
  readonly first: FirstBatches | undefined
  readonly context: RequestContext
}

/** The client id with which Kafka's own tools may write to internal topics. */
const adminClientId = '__admin_client'
const acksAll = -1
const topicIdsVersionMin = 13

const traits: HandlerTraits = {
  authorization: needs('WRITE TOPIC', 'WRITE TRANSACTIONAL_ID'),
  quota: 'PRODUCE',
  carriesRecords: true,
  borrowsFrame: true,
  overlap: true,
}

export default defineHandler(ProduceApi, traits, (request, context) => {
  const { acks } = request
  const isTransactional = hasTransactionalBatch(request)
  const { transactionalId } = request
  if (isTransactional && !mayUse(transactionalId, context)) {
    return refuseAll(request, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
  }
  const targets = request.topicData.map(topic => findTopic(topic, context))
  const validAcks = acks === 0 || acks === 1 || acks === acksAll
  if (!validAcks) return refuseAcks(request, targets)
  const first = isTransactional ? firstBatches(request, targets, context) : undefined
  if (first?.ofSeveralProducers) return refuseAll(request, ErrorCode.INVALID_PRODUCER_ID_MAPPING)
  const checked = checkBatches(uncheckedOf(request, targets, context), context)
  if (!(checked instanceof Promise) && !first?.wait)
    return answer(request, appendAll(request, targets, context, checked, first), context)
  const admitted = first?.wait ? first.admit() : undefined
  const appended = Promise.all([checked, admitted]).then(([batches]) =>
    appendAll(request, targets.map(stillThere(context)), context, batches, first),
  )
  context.holdNext(appended)
  return appended.then(responses => answer(request, responses, context))
})

/** Transactional batches without a transactional id are refused as if nobody may write them, as in Kafka. */
function mayUse(transactionalId: string | null, context: RequestContext): boolean {
  return transactionalId !== null && context.authorize('WRITE', 'TRANSACTIONAL_ID', transactionalId)
}

function hasTransactionalBatch({ topicData }: ProduceRequest): boolean {
  for (const { partitionData } of topicData)
    for (const { records } of partitionData) if (isTransactionalBatch(records?.[0])) return true
  return false
}

function firstBatches(
  { topicData, transactionalId }: ProduceRequest,
  targets: readonly Target[],
  context: RequestContext,
): FirstBatches {
  const { broker: core, apiVersion, connection } = context
  const first = new FirstBatches({
    core,
    apiVersion,
    transactionalId: transactionalId!,
    signal: connection.signal,
  })
  for (const [position, { partitionData }] of topicData.entries()) {
    const image = targets[position]!
    for (const { index, records } of partitionData) {
      const batch = records?.[0]
      if (!isTransactionalBatch(batch)) continue
      const writable = typeof image !== 'number' && !isForbidden(image, context)
      first.add(writable ? core.partition(image.name, index) : undefined, batch)
    }
  }
  return first
}

/** What of a request is to be checked, by the order of its partitions; undefined for what is refused anyway. */
function uncheckedOf(
  { topicData, acks }: ProduceRequest,
  targets: readonly Target[],
  context: RequestContext,
): (Unchecked | undefined)[] {
  const { broker, apiVersion } = context
  const nowMs = broker.clock.now()
  const budget = { inflationBytes: requestDecompressedMaxBytes, atOnceBytes: checkedAtOnceBytes }
  const batches: (Unchecked | undefined)[] = []
  for (const [position, { partitionData }] of topicData.entries()) {
    const image = targets[position]!
    const isWritable = typeof image !== 'number' && !isForbidden(image, context)
    for (const { index: partition, records } of partitionData) {
      if (!isWritable || refusalOf(image, partition, acks, context) !== undefined) batches.push(undefined)
      else {
        const config = broker.topicConfig(image)
        batches.push({ records, rules: { config, apiVersion, nowMs, topic: image.name, partition, budget } })
      }
    }
  }
  return batches
}

/** The code of why nothing is appended to a partition of a writable topic, whatever the batch. */
function refusalOf(
  topic: TopicImage,
  partition: number,
  acks: number,
  { broker }: RequestContext,
): number | undefined {
  if (!broker.partition(topic.name, partition)) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  if (acks === acksAll && broker.topicConfig(topic).minInsyncReplicas > 1)
    return ErrorCode.NOT_ENOUGH_REPLICAS
  return undefined
}

function appendAll(
  { topicData, acks }: ProduceRequest,
  targets: readonly Target[],
  context: RequestContext,
  checked: readonly Checked[],
  first: FirstBatches | undefined,
): TopicReply[] {
  const writing: Writing = { acks, checked, first, context }
  let position = 0
  return topicData.map((topic, index) => {
    const reply = appendTopic(topic, targets[index]!, writing, position)
    position += topic.partitionData.length
    return reply
  })
}

/** What is wrong with a topic is told before what is wrong with the request. */
function refuseAcks({ topicData }: ProduceRequest, targets: readonly Target[]): ProduceResponseInit {
  const responses = topicData.map((topic, index) => {
    const target = targets[index]!
    return refuseTopic(topic, typeof target === 'number' ? target : ErrorCode.INVALID_REQUIRED_ACKS)
  })
  return { responses }
}

function refuseAll({ topicData, acks }: ProduceRequest, errorCode: number): ProduceResponseInit | null {
  const responses = topicData.map(topic => refuseTopic(topic, errorCode))
  if (acks !== 0) return { responses }
  throwFirstError(responses)
  return null
}

/** The reply, once what was appended is as safe as the producer asks for. */
function answer(
  { acks, timeoutMs }: ProduceRequest,
  responses: readonly TopicReply[],
  context: RequestContext,
): ProduceResponseInit | null | Promise<ProduceResponseInit> {
  if (acks !== acksAll) noteAcknowledged(responses, context)
  if (acks === 0) {
    throwFirstError(responses)
    return null
  }
  const { logs } = context.broker
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
}

/** A topic that the client may write to, or the code of what is wrong. That one does not exist is told only to who may write to it. */
function findTopic({ name, topicId }: TopicData, context: RequestContext): Target {
  const byId = context.apiVersion >= topicIdsVersionMin
  const { image } = context.broker.metadata
  const topic = byId ? image.topicById(topicId) : image.topic(name)
  if (!topic && byId) return ErrorCode.UNKNOWN_TOPIC_ID
  if (!context.authorize('WRITE', 'TOPIC', topic?.name ?? name)) return ErrorCode.TOPIC_AUTHORIZATION_FAILED
  return topic ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
}

/** A topic may have been deleted while the coordinator was asked. */
function stillThere({ broker }: RequestContext): (target: Target) => Target {
  const { image } = broker.metadata
  return target =>
    typeof target === 'number' || image.topicById(target.topicId) === target
      ? target
      : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
}

/** Kafka's own tools alone write to internal topics. */
function isForbidden({ internal }: TopicImage, { clientId }: RequestContext): boolean {
  return internal && clientId !== adminClientId
}

/** `position`: of the first partition of the topic among all of the request. */
function appendTopic(topic: TopicData, image: Target, writing: Writing, position: number): TopicReply {
  if (typeof image === 'number') return refuseTopic(topic, image)
  if (isForbidden(image, writing.context)) return refuseTopic(topic, ErrorCode.INVALID_TOPIC_EXCEPTION)
  const { name, topicId } = topic
  const partitionResponses: PartitionReply[] = []
  for (const [at, partition] of topic.partitionData.entries()) {
    partitionResponses.push(appendPartition(image, partition, writing.checked[position + at], writing))
  }
  return { name, topicId, partitionResponses }
}

function appendPartition(
  topic: TopicImage,
  { index, records }: PartitionData,
  checked: Checked,
  { acks, first, context }: Writing,
): PartitionReply {
  const { traffic } = topic
  traffic.produceRequests++
  const refused = refusalOf(topic, index, acks, context)
  if (refused !== undefined) return refusePartition(index, refused)
  try {
    // What is there now was not when the batch came.
    if (!checked) throw new ApiError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
    if (checked instanceof Error) throw checked
    const batch = checked
    const log = context.broker.partition(topic.name, index)!
    const verification = first?.verificationOf(log)
    const info = verification ? log.append(batch, { verification }) : log.append(batch)
    const { baseOffset, logAppendTimeMs, logStartOffset } = info
    if (!info.duplicate) {
      traffic.messagesIn += info.lastOffset - baseOffset + 1
      traffic.bytesIn += batch.length
    }
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
      // Those that are too large have a count of their own, as in Kafka.
      if (error.code === ErrorCode.MESSAGE_TOO_LARGE) traffic.bytesRejected += records?.[0]?.length ?? 0
      else traffic.failedProduceRequests++
      return refusePartition(index, error.code, error.message, error.recordErrors)
    }
    traffic.failedProduceRequests++
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
