// Admin: what has settings of its own (KIP-1142); before broker 4.1 subscriptions to client metrics only (KIP-714).
import { ListConfigResourcesApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { listOf, oneOf, optionsWith } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'
import { type ConfigResource, ResourceType, type ResourceTypeName } from './config-resource.ts'

const typeNames = Object.keys(ResourceType) as ResourceTypeName[]
const checkTypes = listOf(oneOf(typeNames))
const checkOptions = optionsWith()

/** The first version that lists anything but client metrics. */
const typesFrom = 1

/** Resources of some types, or of all, sorted by type and name. Throws BrokerError (`CLUSTER_AUTHORIZATION_FAILED`), UnsupportedVersionError. */
export async function listConfigResources(
  cluster: Cluster,
  types: readonly ResourceTypeName[] = [],
  options: AdminCallOptions = {},
): Promise<ConfigResource[]> {
  checkTypes('listConfigResources: types', types)
  checkOptions('listConfigResources: options', options)
  const what = 'listing resources with settings'
  const isOfMetrics = types.length > 0 && types.every(type => type === 'clientMetrics')
  const { errorCode, configResources } = await cluster.call(
    ListConfigResourcesApi,
    version => (version >= typesFrom ? { resourceTypes: types.map(type => ResourceType[type]) } : {}),
    {
      ...callOptions(options),
      what,
      ...(!isOfMetrics && { minVersion: typesFrom }),
      check: response => checkBroker([response.errorCode], what),
    },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what)
  return configResources
    .flatMap(({ resourceType, resourceName }) => {
      const type = typeNames.find(name => ResourceType[name] === resourceType)
      return type ? [{ type, name: resourceName }] : []
    })
    .sort((a, b) => compare(a.type, b.type) || compare(a.name, b.name))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
