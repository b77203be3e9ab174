// ElectLeaders (key 43, versions 0–2): one node already leads everything, so no election is ever needed.
import { ElectLeadersApi, ErrorCode, errorByCode } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { clusterRefused } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(ElectLeadersApi, traits, (request, context) => {
  const { broker } = context
  const may = context.authorize('ALTER', 'CLUSTER')
  return {
    // Version 0 tells it for each partition only.
    ...(!may && context.apiVersion > 0 && { errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED }),
    // Null asks for all partitions; those that need no election are left out then.
    replicaElectionResults: (request.topicPartitions ?? []).map(({ topic, partitions }) => ({
      topic,
      partitionResult: partitions.map(partitionId => {
        if (!may) return { partitionId, ...clusterRefused }
        const exists = broker.metadata.image.topic(topic)?.partitions[partitionId] !== undefined
        const errorCode = exists ? ErrorCode.ELECTION_NOT_NEEDED : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        return { partitionId, errorCode, errorMessage: errorByCode(errorCode).message }
      }),
    })),
  }
})
