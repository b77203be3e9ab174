// OffsetForLeaderEpoch (key 23, versions 2–4): where an epoch of a partition's leader ended, so that a reader sees whether what it read is still so.
import { ErrorCode, OffsetForLeaderEpochApi } from '@millrace/protocol'
import { clusterResource } from '../authorizer/acl.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const nothing = { leaderEpoch: -1, endOffset: -1 }

const traits: HandlerTraits = {
  authorization: needs('CLUSTER_ACTION CLUSTER', 'DESCRIBE TOPIC'),
  quota: 'REQUEST',
}

export default defineHandler(OffsetForLeaderEpochApi, traits, (request, context) => {
  const { broker } = context
  const isBroker = context.authorize('CLUSTER_ACTION', 'CLUSTER', clusterResource, 'filter')
  return {
    topics: request.topics.map(({ topic, partitions }) => {
      const may = isBroker || context.authorize('DESCRIBE', 'TOPIC', topic)
      return {
        topic,
        partitions: partitions.map(({ partition, currentLeaderEpoch, leaderEpoch }) => {
          if (!may) return { partition, errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED, ...nothing }
          const log = broker.partition(topic, partition)
          if (!log) return { partition, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ...nothing }
          if (currentLeaderEpoch !== -1 && currentLeaderEpoch !== log.leaderEpoch) {
            const fenced = currentLeaderEpoch < log.leaderEpoch
            const errorCode = fenced ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH
            return { partition, errorCode, ...nothing }
          }
          return { partition, errorCode: ErrorCode.NONE, ...log.epochEndOffset(leaderEpoch) }
        }),
      }
    }),
  }
})
