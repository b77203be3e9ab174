// ElectLeaders (key 43, versions 0–2): one node already leads everything, so no election is ever needed.
import { ElectLeadersApi, ErrorCode, errorByCode } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(ElectLeadersApi, traits, (request, { broker }) => ({
  errorCode: ErrorCode.NONE,
  // Null asks for all partitions; those that need no election are left out then.
  replicaElectionResults: (request.topicPartitions ?? []).map(({ topic, partitions }) => ({
    topic,
    partitionResult: partitions.map(partitionId => {
      const exists = broker.metadata.image.topic(topic)?.partitions[partitionId] !== undefined
      const errorCode = exists ? ErrorCode.ELECTION_NOT_NEEDED : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
      return { partitionId, errorCode, errorMessage: errorByCode(errorCode).message }
    }),
  })),
}))
