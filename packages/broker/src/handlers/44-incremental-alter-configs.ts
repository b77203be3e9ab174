// IncrementalAlterConfigs (key 44, versions 0–1): set, delete, append to and subtract from settings. A resource changes as a whole or not at all.
import {
  ErrorCode,
  IncrementalAlterConfigsApi,
  type IncrementalAlterConfigsRequest,
  type IncrementalAlterConfigsResponseInit,
} from '@millrace/protocol'
import { alterConfigRecords, type ConfigChange, refuseRepeated } from '../metadata/alter-configs.ts'
import { changeEach } from '../metadata/change-each.ts'
import { resourceTypes } from '../metadata/record.ts'
import type { Decision } from '../metadata/store.ts'
import { alterLoggers } from './broker-loggers.ts'
import { defineHandler } from './handler.ts'
import { configRefusal } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Result = NonNullable<IncrementalAlterConfigsResponseInit['responses']>[number]

const traits: HandlerTraits = {
  authorization: needs('ALTER_CONFIGS CLUSTER', 'ALTER_CONFIGS TOPIC', 'ALTER_CONFIGS GROUP'),
  quota: 'REQUEST',
}

export default defineHandler(IncrementalAlterConfigsApi, traits, async (request, context) => {
  const { broker } = context
  const refuseIfRepeated = refuseRepeated(request.resources)
  const responses = await changeEach(broker.metadata, request.resources, {
    validateOnly: request.validateOnly,
    decide(image, { resourceType, resourceName, configs }): Decision<Result> {
      refuseIfRepeated({ resourceType, resourceName })
      const refused = configRefusal(context, 'ALTER_CONFIGS', resourceType, resourceName)
      if (refused) throw refused
      const resource = { resourceType, resourceName }
      if (resourceType === resourceTypes.BROKER_LOGGER) {
        // Levels are of this process: nothing is written.
        alterLoggers(broker, resourceName, configs.map(asChange), request.validateOnly)
        return { records: [], result: { errorCode: ErrorCode.NONE, errorMessage: null, ...resource } }
      }
      const records = alterConfigRecords(image, broker, resource, configs.map(asChange))
      return { records, result: { errorCode: ErrorCode.NONE, errorMessage: null, ...resource } }
    },
    refuse: ({ resourceType, resourceName }, error) => ({
      errorCode: error.code,
      errorMessage: error.message,
      resourceType,
      resourceName,
    }),
  })
  return { responses }
})

type Setting = IncrementalAlterConfigsRequest['resources'][number]['configs'][number]

function asChange({ name, configOperation, value }: Setting): ConfigChange {
  return { name, operation: configOperation, value }
}
