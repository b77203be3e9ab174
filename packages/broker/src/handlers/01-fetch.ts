// Fetch (key 1, versions 4–18): record batches as they stand in the log, up to the high watermark (or the last stable offset for
// read_committed). v7+: incremental sessions. v9+: leader epoch checks. v12+: diverging epochs. v13+: topics by id.
// With too little data the request waits for its logs to move; nothing polls.
import { ErrorCode, FetchApi, type FetchRequest, type FetchResponseInit } from '@millrace/protocol'
import { ReadPass, type ReadLimits } from '../fetch/read-pass.ts'
import { fetchService } from '../fetch/service.ts'
import type { FetchContext, FetchPartition, FetchSessionRequest } from '../fetch/session.ts'
import { isReadCommitted } from '../isolation-level.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type TopicReply = FetchResponseInit['responses'][number]
type PartitionReply = TopicReply['partitions'][number]

const topicIdsVersionMin = 13
/** Of a partition in a reply, beside its records and the name of its topic. */
const partitionReplyBytes = 48

const traits: HandlerTraits = {
  authorization: needs('READ TOPIC', 'CLUSTER_ACTION CLUSTER'),
  quota: 'FETCH',
  waitsFor: 'CLIENTS',
}

export default defineHandler(FetchApi, traits, (request, context) => {
  const { broker } = context
  const readCommitted = isReadCommitted(request.isolationLevel)
  if (readCommitted === undefined) return refuseAll(request, ErrorCode.INVALID_REQUEST)
  const nowMs = broker.clock.monotonic()
  const { replies, sessions } = broker.service(fetchService)
  const fetch = sessions.open(sessionRequest(request, context.apiVersion), nowMs)
  if (fetch.error !== ErrorCode.NONE) return { errorCode: fetch.error, sessionId: 0, responses: [] }
  const limits = {
    maxBytes: Math.min(
      request.maxBytes,
      broker.config.get('fetch.max.bytes'),
      broker.quotas?.fetchMaxBytes(context) ?? Number.POSITIVE_INFINITY,
    ),
    readCommitted,
    replies,
    mayRead: reader(request, context),
  }
  const pass = new ReadPass(broker, fetch.partitions, limits)
  context.onSent(() => pass.release())
  const reading = pass.run()
  if (!reading && !mustWait(pass, request, limits)) return reply(fetch, pass, context)
  return finishLater(request, context, fetch, limits, pass, reading)
})

/** Old versions have no field for an error of the request. */
function refuseAll({ topics }: FetchRequest, errorCode: number): FetchResponseInit {
  const nothing = { errorCode, highWatermark: -1, records: null }
  const responses = topics.map(({ topic, topicId, partitions }) => ({
    topic,
    topicId,
    partitions: partitions.map(({ partition }) => ({ partitionIndex: partition, ...nothing })),
  }))
  return { errorCode, sessionId: 0, responses }
}

function sessionRequest(request: FetchRequest, apiVersion: number): FetchSessionRequest {
  return {
    sessionId: request.sessionId,
    sessionEpoch: request.sessionEpoch,
    usesTopicIds: apiVersion >= topicIdsVersionMin,
    partitions: request.topics.flatMap(({ topic, topicId, partitions }) =>
      partitions.map(
        ({ partition, fetchOffset, partitionMaxBytes, currentLeaderEpoch, lastFetchedEpoch }) => ({
          topic,
          topicId,
          partition,
          fetchOffset,
          maxBytes: partitionMaxBytes,
          currentLeaderEpoch,
          lastFetchedEpoch,
        }),
      ),
    ),
    forgotten: request.forgottenTopicsData.flatMap(({ topic, topicId, partitions }) =>
      partitions.map(partition => ({ topic, topicId, partition })),
    ),
  }
}

/** Which topics the client may read; one that says that it is a replica needs leave for the cluster. */
function reader(request: FetchRequest, context: RequestContext): (topic: string) => boolean {
  const isReplica = request.replicaId >= 0 || request.replicaState.replicaId >= 0
  if (isReplica) return () => context.authorize('CLUSTER_ACTION', 'CLUSTER')
  return topic => context.authorize('READ', 'TOPIC', topic)
}

function mustWait(pass: ReadPass, request: FetchRequest, limits: ReadLimits): boolean {
  if (request.maxWaitMs <= 0 || pass.results.length === 0 || pass.urgent) return false
  return pass.bytes < Math.min(request.minBytes, limits.maxBytes)
}

/** The part that takes time: data from the disk, or data that is not there yet. */
async function finishLater(
  request: FetchRequest,
  context: RequestContext,
  fetch: FetchContext,
  limits: ReadLimits,
  pass: ReadPass,
  reading: void | Promise<void>,
): Promise<FetchResponseInit> {
  const { broker, connection } = context
  const { purgatory } = broker.service(fetchService)
  const deadlineMs = broker.clock.monotonic() + request.maxWaitMs
  await reading
  while (mustWait(pass, request, limits)) {
    const leftMs = deadlineMs - broker.clock.monotonic()
    if (leftMs <= 0 || connection.signal.aborted) break
    if (!pass.outdated) await purgatory.wait(pass.logs(), leftMs, connection.signal)
    if (!pass.outdated && !pass.vanished) continue
    await pass.again()
  }
  return reply(fetch, pass, context)
}

function reply(fetch: FetchContext, pass: ReadPass, context: RequestContext): FetchResponseInit {
  if (context.broker.quotas?.holdsBack(context, replyBytes(pass))) return emptyReply(fetch, context)
  const { image } = context.broker.metadata
  const responses: TopicReply[] = []
  let partitions: PartitionReply[] = []
  let last: FetchPartition | undefined
  for (const { target, topic, bytes, reply } of pass.results) {
    if (fetch.session && !changed(fetch, target, reply, bytes)) continue
    if (!last || last.topicId !== target.topicId || last.topic !== target.topic) {
      partitions = []
      responses.push({ topic, topicId: target.topicId, partitions })
      last = target
    }
    partitions.push(reply)
    const traffic = bytes > 0 ? image.topic(topic)?.traffic : undefined
    if (traffic) traffic.bytesOut += bytes
  }
  return { errorCode: ErrorCode.NONE, sessionId: fetch.sessionId, responses }
}

/** About what the reply takes on the wire; the fields of a partition that vary with the version are small. */
function replyBytes(pass: ReadPass): number {
  let bytes = 0
  for (const { topic, bytes: recordBytes } of pass.results) {
    bytes += partitionReplyBytes + topic.length + recordBytes
  }
  return bytes
}

/** To a client that is over a quota: its session stays as it is, and one that it wanted to begin does not. */
function emptyReply(
  { incremental, session, sessionId }: FetchContext,
  { broker }: RequestContext,
): FetchResponseInit {
  if (!incremental && session) broker.service(fetchService).sessions.delete(session)
  return { errorCode: ErrorCode.NONE, sessionId: incremental ? sessionId : 0, responses: [] }
}

/** Notes what the consumer is told, and says whether an incremental reply has to carry the partition. */
function changed(fetch: FetchContext, target: FetchPartition, reply: PartitionReply, bytes: number): boolean {
  const { highWatermark, lastStableOffset = -1, logStartOffset = -1, errorCode } = reply
  const news =
    bytes > 0 ||
    errorCode !== ErrorCode.NONE ||
    reply.divergingEpoch !== undefined ||
    highWatermark !== target.sentHighWatermark ||
    lastStableOffset !== target.sentLastStableOffset ||
    logStartOffset !== target.sentLogStartOffset
  // An error is reported until it is gone: forget what was sent, so that the end of it is news too.
  target.sentHighWatermark = errorCode === ErrorCode.NONE ? highWatermark : -1
  target.sentLastStableOffset = lastStableOffset
  target.sentLogStartOffset = logStartOffset
  if (bytes > 0) fetch.session?.rotate(target)
  return news || !fetch.incremental
}
