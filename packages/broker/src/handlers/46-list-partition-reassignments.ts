// ListPartitionReassignments (key 46, version 0): nothing is ever on its way to another broker.
import { ErrorCode, ListPartitionReassignmentsApi } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { clusterRefused } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('DESCRIBE CLUSTER'), quota: 'REQUEST' }

export default defineHandler(ListPartitionReassignmentsApi, traits, (request, context) => {
  if (context.authorize('DESCRIBE', 'CLUSTER')) {
    return { errorCode: ErrorCode.NONE, errorMessage: null, topics: [] }
  }
  const lists = { replicas: [], addingReplicas: [], removingReplicas: [] }
  return {
    ...clusterRefused,
    topics: (request.topics ?? []).map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map(partitionIndex => ({ partitionIndex, ...lists })),
    })),
  }
})
