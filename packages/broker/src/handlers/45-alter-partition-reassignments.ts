// AlterPartitionReassignments (key 45, versions 0–1): the only assignment there is, is the one that is.
import { AlterPartitionReassignmentsApi, ErrorCode, errorByCode } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { clusterRefused } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(AlterPartitionReassignmentsApi, traits, (request, context) => {
  const { broker } = context
  const may = context.authorize('ALTER', 'CLUSTER')
  return {
    ...(may ? { errorCode: ErrorCode.NONE, errorMessage: null } : clusterRefused),
    responses: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, replicas }) => {
        if (!may) return { partitionIndex, ...clusterRefused }
        const exists = broker.metadata.image.topic(name)?.partitions[partitionIndex] !== undefined
        const errorCode = outcome(exists, replicas, broker.nodeId)
        const errorMessage = errorCode === ErrorCode.NONE ? null : errorByCode(errorCode).message
        return { partitionIndex, errorCode, errorMessage }
      }),
    })),
  }
})

function outcome(exists: boolean, replicas: readonly number[] | null, nodeId: number): number {
  if (!exists) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  if (replicas === null) return ErrorCode.NO_REASSIGNMENT_IN_PROGRESS
  return replicas.length === 1 && replicas[0] === nodeId
    ? ErrorCode.NONE
    : ErrorCode.INVALID_REPLICA_ASSIGNMENT
}
