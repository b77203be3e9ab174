// AlterConfigs (key 33, versions 0–2): replaces all settings of a resource by the given ones. Superseded by IncrementalAlterConfigs.
import { AlterConfigsApi, type AlterConfigsResponseInit, ErrorCode } from '@millrace/protocol'
import { refuseRepeated, replaceConfigRecords } from '../metadata/alter-configs.ts'
import { changeEach } from '../metadata/change-each.ts'
import type { Decision } from '../metadata/store.ts'
import { defineHandler } from './handler.ts'
import { configRefusal } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Result = NonNullable<AlterConfigsResponseInit['responses']>[number]

const traits: HandlerTraits = {
  authorization: needs('ALTER_CONFIGS CLUSTER', 'ALTER_CONFIGS TOPIC', 'ALTER_CONFIGS GROUP'),
  quota: 'REQUEST',
}

export default defineHandler(AlterConfigsApi, traits, async (request, context) => {
  const { broker } = context
  const refuseIfRepeated = refuseRepeated(request.resources)
  const responses = await changeEach(broker.metadata, request.resources, {
    validateOnly: request.validateOnly,
    decide(image, { resourceType, resourceName, configs }): Decision<Result> {
      refuseIfRepeated({ resourceType, resourceName })
      const refused = configRefusal(context, 'ALTER_CONFIGS', resourceType, resourceName)
      if (refused) throw refused
      const resource = { resourceType, resourceName }
      const records = replaceConfigRecords(image, broker, resource, configs)
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
