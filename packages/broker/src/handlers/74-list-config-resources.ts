// ListConfigResources (key 74, versions 0–1): resources that can have settings. v0 asks for client metrics only (ListClientMetricsResources).
import { ErrorCode, ListConfigResourcesApi } from '@millrace/protocol'
import { resourceTypes } from '../metadata/record.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const listedTypes: readonly number[] = [
  resourceTypes.TOPIC,
  resourceTypes.BROKER,
  resourceTypes.BROKER_LOGGER,
  resourceTypes.CLIENT_METRICS,
  resourceTypes.GROUP,
]

const traits: HandlerTraits = { authorization: needs('DESCRIBE_CONFIGS CLUSTER'), quota: 'REQUEST' }

export default defineHandler(ListConfigResourcesApi, traits, (request, context) => {
  const { broker, apiVersion } = context
  if (!context.authorize('DESCRIBE_CONFIGS', 'CLUSTER')) {
    return { errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED, configResources: [] }
  }
  const types = new Set(wantedTypes(apiVersion, request.resourceTypes))
  if ([...types].some(type => !listedTypes.includes(type))) {
    return { errorCode: ErrorCode.UNSUPPORTED_VERSION, configResources: [] }
  }
  const configResources: { resourceName: string; resourceType: number }[] = []
  const add = (resourceType: number, names: Iterable<string>) => {
    if (types.has(resourceType)) {
      for (const resourceName of names) configResources.push({ resourceName, resourceType })
    }
  }
  const { image } = broker.metadata
  add(
    resourceTypes.TOPIC,
    [...image.topics()].map(topic => topic.name),
  )
  add(resourceTypes.BROKER, [String(broker.nodeId)])
  add(resourceTypes.BROKER_LOGGER, [String(broker.nodeId)])
  for (const type of [resourceTypes.CLIENT_METRICS, resourceTypes.GROUP])
    add(type, image.configuredResources(type))
  return { errorCode: ErrorCode.NONE, configResources }
})

function wantedTypes(apiVersion: number, given: readonly number[]): readonly number[] {
  if (apiVersion === 0) return [resourceTypes.CLIENT_METRICS]
  return given.length === 0 ? listedTypes : given
}
