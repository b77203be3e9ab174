// ListPartitionReassignments (key 46, version 0): nothing is ever on its way to another broker.
import { ErrorCode, ListPartitionReassignmentsApi } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('DESCRIBE CLUSTER'), quota: 'REQUEST' }

export default defineHandler(ListPartitionReassignmentsApi, traits, () => ({
  errorCode: ErrorCode.NONE,
  errorMessage: null,
  topics: [],
}))
