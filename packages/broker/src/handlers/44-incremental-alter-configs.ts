// IncrementalAlterConfigs (key 44, versions 0–1): set, delete, append to and subtract from settings. A resource changes as a whole or not at all.
import {
  ErrorCode,
  IncrementalAlterConfigsApi,
  type IncrementalAlterConfigsResponseInit,
} from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import { alterConfigRecords } from '../config/alter.ts'
import type { MetadataRecord } from '../metadata/record.ts'
import { defineHandler } from './handler.ts'

type Result = NonNullable<IncrementalAlterConfigsResponseInit['responses']>[number]

export default defineHandler(IncrementalAlterConfigsApi, async (request, { broker }) => {
  const responses = await broker.metadata.change<Result[]>(image => {
    const records: MetadataRecord[] = []
    const result = request.resources.map(({ resourceType, resourceName, configs }): Result => {
      const resource = { resourceType, resourceName }
      try {
        const changes = configs.map(({ name, configOperation, value }) => ({
          name,
          operation: configOperation,
          value,
        }))
        const more = alterConfigRecords(image, broker, resource, changes)
        if (!request.validateOnly) records.push(...more)
        return { errorCode: ErrorCode.NONE, errorMessage: null, ...resource }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        return { errorCode: error.code, errorMessage: error.message, ...resource }
      }
    })
    return { records, result }
  })
  return { responses }
})
