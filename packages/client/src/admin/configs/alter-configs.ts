// Admin: change settings one at a time, and leave the others (KIP-339).
import { IncrementalAlterConfigsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { entry, listOf, oneOf, optional, text } from '../../config/arguments.ts'
import {
  type AlterConfigsOptions,
  type AlteredConfigs,
  alterByShares,
  checkAlterOptions,
} from './altered-configs.ts'
import { checkResource, type ConfigResource, ResourceType } from './config-resource.ts'

/** `AlterConfigOp.OpType`. */
const operations = { set: 0, delete: 1, append: 2, subtract: 3 } as const

/** One setting to change. */
export interface ConfigChange {
  /** Kafka’s name of the setting, such as `retention.ms`. */
  readonly name: string
  /** `append` and `subtract` work on settings that are lists. Default `set`, or `delete` when there is no value. */
  readonly operation?: keyof typeof operations
  /** The value as text. Left out, the setting goes back to its default. */
  readonly value?: string
}

/** What to change of one resource. */
export interface ResourceChange {
  /** Whose settings these are. */
  readonly resource: ConfigResource
  /** The changes, which are made together. */
  readonly changes: readonly ConfigChange[]
}

const checkChanges = listOf(
  entry({
    resource: checkResource,
    changes: listOf(
      entry({ name: text, operation: optional(oneOf(Object.keys(operations))), value: optional(text) }),
    ),
  }),
)

/** Changes the settings that are named and leaves the others (KIP-339). */
export async function alterConfigs(
  cluster: Cluster,
  resources: readonly ResourceChange[],
  options: AlterConfigsOptions = {},
): Promise<AlteredConfigs[]> {
  checkChanges('alterConfigs: resources', resources)
  checkAlterOptions('alterConfigs: options', options)
  return alterByShares(resources, options, 'changing', (share, call) =>
    cluster.call(
      IncrementalAlterConfigsApi,
      {
        resources: share.map(({ resource, changes }) => ({
          resourceType: ResourceType[resource.type],
          resourceName: resource.name,
          configs: changes.map(({ name, operation, value }) => ({
            name,
            configOperation: operations[operation ?? (value === undefined ? 'delete' : 'set')],
            value: value ?? null,
          })),
        })),
        validateOnly: options.validateOnly ?? false,
      },
      call,
    ),
  )
}
