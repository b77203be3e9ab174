// Admin: change settings, one at a time (IncrementalAlterConfigs) or all of a resource (AlterConfigs).
import { AlterConfigsApi, IncrementalAlterConfigsApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { entry, flag, listOf, oneOf, optional, optionsWith, settings, text } from '../config/arguments.ts'
import { checkResource, type ConfigResource, ResourceType, targetOf } from './describe-configs.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError, settleEach } from './outcome.ts'
import { checkBroker } from './wrong-broker.ts'

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

/** Options of `alterConfigs` and `replaceConfigs`. */
export interface AlterConfigsOptions extends AdminCallOptions {
  /** Only check. Default false. */
  readonly validateOnly?: boolean
}

/** What became of the changes to one resource: all were made, or none. */
export interface AlteredConfigs extends Outcome {
  /** The resource as it was given. */
  readonly resource: ConfigResource
}

const checkChanges = listOf(
  entry({
    resource: checkResource,
    changes: listOf(
      entry({ name: text, operation: optional(oneOf(Object.keys(operations))), value: optional(text) }),
    ),
  }),
)

const checkOptions = optionsWith({ validateOnly: flag })

/** Changes the settings that are named and leaves the others (KIP-339). */
export async function alterConfigs(
  cluster: Cluster,
  resources: readonly ResourceChange[],
  options: AlterConfigsOptions = {},
): Promise<AlteredConfigs[]> {
  checkChanges('alterConfigs: resources', resources)
  checkOptions('alterConfigs: options', options)
  return settleEach<ResourceChange, AlteredConfigs>(
    resources,
    async ({ resource, changes }) => {
      const what = `changing the settings of ${resource.type} "${resource.name}"`
      const { responses } = await cluster.call(
        IncrementalAlterConfigsApi,
        {
          resources: [
            {
              resourceType: ResourceType[resource.type],
              resourceName: resource.name,
              configs: changes.map(({ name, operation, value }) => ({
                name,
                configOperation: operations[operation ?? (value === undefined ? 'delete' : 'set')],
                value: value ?? null,
              })),
            },
          ],
          validateOnly: options.validateOnly ?? false,
        },
        {
          ...callOptions(options),
          what,
          to: targetOf(resource),
          check: response =>
            checkBroker(
              response.responses.map(result => result.errorCode),
              what,
            ),
        },
      )
      const result = responses[0]
      return { resource, error: outcomeError(result?.errorCode ?? -1, what, result?.errorMessage) }
    },
    ({ resource }, error) => ({ resource, error }),
  )
}

/** Replaces all settings of a resource: those not named go back to their defaults. For brokers older than 2.3. */
export async function replaceConfigs(
  cluster: Cluster,
  resource: ConfigResource,
  configs: Readonly<Record<string, string>>,
  options: AlterConfigsOptions = {},
): Promise<AlteredConfigs> {
  checkResource('replaceConfigs: resource', resource)
  settings('replaceConfigs: configs', configs)
  checkOptions('replaceConfigs: options', options)
  const what = `replacing the settings of ${resource.type} "${resource.name}"`
  const { responses } = await cluster.call(
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
    {
      ...callOptions(options),
      what,
      to: targetOf(resource),
      check: response =>
        checkBroker(
          response.responses.map(result => result.errorCode),
          what,
        ),
    },
  )
  const result = responses[0]
  return { resource, error: outcomeError(result?.errorCode ?? -1, what, result?.errorMessage) }
}
