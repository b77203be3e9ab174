// AlterConfigs (key 33, versions 0–2): replaces all settings of a resource by the given ones. Superseded by IncrementalAlterConfigs.
import { AlterConfigsApi, type AlterConfigsResponseInit, ErrorCode } from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import { replaceConfigRecords } from '../config/alter.ts'
import type { MetadataRecord } from '../metadata/record.ts'
import { defineHandler } from './handler.ts'

type Result = NonNullable<AlterConfigsResponseInit['responses']>[number]

export default defineHandler(AlterConfigsApi, async (request, { broker }) => {
  const responses = await broker.metadata.change<Result[]>(image => {
    const records: MetadataRecord[] = []
    const result = request.resources.map(({ resourceType, resourceName, configs }): Result => {
      const resource = { resourceType, resourceName }
      try {
        const more = replaceConfigRecords(image, broker, resource, configs)
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
