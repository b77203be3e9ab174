// ListPartitionReassignments (key 46, version 0): nothing is ever on its way to another broker.
import { ErrorCode, ListPartitionReassignmentsApi } from '@millrace/protocol'
import { defineHandler } from './handler.ts'

export default defineHandler(ListPartitionReassignmentsApi, () => ({
  errorCode: ErrorCode.NONE,
  errorMessage: null,
  topics: [],
}))
