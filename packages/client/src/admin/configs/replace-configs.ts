// Admin: replace all settings of a resource.
import { AlterConfigsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { settings } from '../../config/arguments.ts'
import {
  type AlterConfigsOptions,
  type AlteredConfigs,
  alterByShares,
  checkAlterOptions,
} from './altered-configs.ts'
import { checkResource, type ConfigResource, ResourceType } from './config-resource.ts'

/** Replaces all settings of resources: those not named go back to their defaults. For brokers older than 2.3, and for who has the whole of them. */
export async function replaceConfigs(
  cluster: Cluster,
  resource: ConfigResource,
  configs: Readonly<Record<string, string>>,
  options: AlterConfigsOptions = {},
): Promise<AlteredConfigs> {
  checkResource('replaceConfigs: resource', resource)
  settings('replaceConfigs: configs', configs)
  checkAlterOptions('replaceConfigs: options', options)
  const [outcome] = await alterByShares([{ resource }], options, 'replacing', (_, call) =>
    cluster.call(
      AlterConfigsApi,
      {
        resources: [
          {
            resourceType: ResourceType[resource.type],
            resourceName: resource.name,
            configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
          },
        ],
        validateOnly: options.validateOnly ?? false,
      },
      call,
    ),
  )
  return outcome!
}
