// DescribeQuorum (key 55, versions 0–2): the metadata log and its only voter, this node.
import { DescribeQuorumApi, ErrorCode, errorByCode, zeroUuid } from '@millrace/protocol'
import { metadataTopic } from '../metadata/topic-name.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

/** First version whose reply names the voters' addresses. */
const nodesFrom = 2

const traits: HandlerTraits = { authorization: needs('DESCRIBE CLUSTER'), quota: 'REQUEST' }

export default defineHandler(DescribeQuorumApi, traits, (request, context) => {
  const { broker, apiVersion } = context
  if (!context.authorize('DESCRIBE', 'CLUSTER')) {
    return { errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED, topics: [] }
  }
  const asked = request.topics[0]
  const valid =
    request.topics.length === 1 &&
    asked?.topicName === metadataTopic &&
    asked.partitions.length === 1 &&
    asked.partitions[0]?.partitionIndex === 0
  if (!valid) {
    const errorCode = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    return {
      errorCode: ErrorCode.NONE,
      errorMessage: null,
      topics: request.topics.map(({ topicName, partitions }) => ({
        topicName,
        partitions: partitions.map(({ partitionIndex }) => ({
          partitionIndex,
          errorCode,
          errorMessage: errorByCode(errorCode).message,
          leaderId: -1,
          leaderEpoch: -1,
          highWatermark: -1,
          currentVoters: [],
          observers: [],
        })),
      })),
    }
  }
  const { log } = broker.metadata
  const nowMs = broker.clock.now()
  const voter = {
    replicaId: broker.nodeId,
    replicaDirectoryId: zeroUuid,
    logEndOffset: log.logEndOffset,
    lastFetchTimestamp: nowMs,
    lastCaughtUpTimestamp: nowMs,
  }
  const partition = {
    partitionIndex: 0,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    leaderId: broker.nodeId,
    leaderEpoch: log.leaderEpoch,
    highWatermark: log.highWatermark,
    currentVoters: [voter],
    observers: [],
  }
  return {
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    topics: [{ topicName: metadataTopic, partitions: [partition] }],
    ...(apiVersion >= nodesFrom && {
      nodes: [
        {
          nodeId: broker.nodeId,
          listeners: broker.endpoints.map(({ name, host, port }) => ({ name, host, port })),
        },
      ],
    }),
  }
})
