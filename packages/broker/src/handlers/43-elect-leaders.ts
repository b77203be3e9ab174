// ElectLeaders (key 43, versions 0–2): one node already leads everything, so no election is ever needed.
import { ElectLeadersApi, ErrorCode, errorByCode } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { clusterRefused } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(ElectLeadersApi, traits, (request, context) => {
  const { broker } = context
  const may = context.authorize('ALTER', 'CLUSTER')
  const { image } = broker.metadata
  // Null asks for all partitions: as in Kafka, topics come without those that need no election.
  const every = () => (may ? Array.from(image.topics(), ({ name }) => ({ topic: name, partitions: [] })) : [])
  const asked: readonly { readonly topic: string; readonly partitions: readonly number[] }[] =
    request.topicPartitions ?? every()
  return {
    // Version 0 tells it for each partition only.
    ...(!may && context.apiVersion > 0 && { errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED }),
    replicaElectionResults: asked.map(({ topic, partitions }) => ({
      topic,
      partitionResult: partitions.map(partitionId => {
        if (!may) return { partitionId, ...clusterRefused }
        const exists = image.topic(topic)?.partitions[partitionId] !== undefined
        const errorCode = exists ? ErrorCode.ELECTION_NOT_NEEDED : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        return { partitionId, errorCode, errorMessage: errorByCode(errorCode).message }
      }),
    })),
  }
})
