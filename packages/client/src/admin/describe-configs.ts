// Admin: settings of topics, brokers and groups, with where each value comes from.
import { DescribeConfigsApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { Target } from '../cluster/cluster.ts'
import { entry, flag, listOf, oneOf, optional, optionsWith, text } from '../config/arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError, settleEach } from './outcome.ts'
import { checkBroker, checkFresh } from './wrong-broker.ts'

/** What can have settings (`ConfigResource.Type`). */
export const ResourceType = { topic: 2, broker: 4, brokerLogger: 8, clientMetrics: 16, group: 32 } as const

export type ResourceTypeName = keyof typeof ResourceType

/** What has settings: Kafka’s `ConfigResource`. */
export interface ConfigResource {
  /** Which kind of thing it is. */
  readonly type: ResourceTypeName
  /** Topic or group name, broker id as text; empty for the settings of all brokers. */
  readonly name: string
}

/** `ConfigEntry.ConfigSource`, by its number in the protocol. */
const sources = [
  'unknown',
  'topic',
  'dynamic broker',
  'dynamic default broker',
  'static broker',
  'default',
  'dynamic broker logger',
  'client metrics',
  'group',
] as const

export type ConfigSource = (typeof sources)[number]

/** The value of a setting at one level. */
export interface ConfigSynonym {
  /** The setting’s name at that level, which may be another one. */
  readonly name: string
  /** Null for a sensitive value. */
  readonly value: string | null
  /** The level. */
  readonly source: ConfigSource
}

/** One setting with its value: Kafka’s `ConfigEntry`. */
export interface ConfigEntry {
  /** Kafka’s name of the setting. */
  readonly name: string
  /** Null for a sensitive value and for one that is not set. */
  readonly value: string | null
  /** The level that the value comes from. */
  readonly source: ConfigSource
  /** Whether nobody has set it. */
  readonly isDefault: boolean
  /** Whether it is fixed while the broker runs. */
  readonly isReadOnly: boolean
  /** Whether it is a secret, which brokers do not tell. */
  readonly isSensitive: boolean
  /** The values at every level, the effective one first; empty unless asked for. */
  readonly synonyms: readonly ConfigSynonym[]
  /** What it does; null unless asked for. */
  readonly documentation: string | null
}

/** The settings of one resource. */
export interface DescribedConfigs extends Outcome {
  /** The resource as it was given. */
  readonly resource: ConfigResource
  /** Its settings; empty where there is an error. */
  readonly entries: readonly ConfigEntry[]
}

/** Options of `describeConfigs`. */
export interface DescribeConfigsOptions extends AdminCallOptions {
  /** Only these settings. Default: all. */
  readonly names?: readonly string[]
  /** Also tell the values at every level. Default false. */
  readonly includeSynonyms?: boolean
  /** Also tell what each setting does (broker 2.6 on). Default false. */
  readonly includeDocumentation?: boolean
}

const sourceOf = (code: number): ConfigSource => sources[code] ?? 'unknown'

/** A broker knows only its own settings; everything else any broker knows. */
export function targetOf(resource: ConfigResource): Target {
  const own = (resource.type === 'broker' && resource.name !== '') || resource.type === 'brokerLogger'
  return own ? { broker: Number(resource.name) } : 'any'
}

export const checkResource = entry({ type: oneOf(Object.keys(ResourceType)), name: text })

const checkOptions = optionsWith({
  names: optional(listOf(text)),
  includeSynonyms: flag,
  includeDocumentation: flag,
})

/** Describes the settings of each resource, in the order asked for. */
export async function describeConfigs(
  cluster: Cluster,
  resources: readonly ConfigResource[],
  options: DescribeConfigsOptions = {},
): Promise<DescribedConfigs[]> {
  listOf(checkResource)('describeConfigs: resources', resources)
  checkOptions('describeConfigs: options', options)
  return settleEach(
    resources,
    resource => describeOne(cluster, resource, options),
    (resource, error) => ({ resource, entries: [], error }),
  )
}

async function describeOne(
  cluster: Cluster,
  resource: ConfigResource,
  options: DescribeConfigsOptions,
): Promise<DescribedConfigs> {
  const what = `describing the settings of ${resource.type} "${resource.name}"`
  const response = await cluster.call(
    DescribeConfigsApi,
    version => ({
      resources: [
        {
          resourceType: ResourceType[resource.type],
          resourceName: resource.name,
          configurationKeys: options.names ? [...options.names] : null,
        },
      ],
      includeSynonyms: options.includeSynonyms ?? false,
      ...(version >= 3 && { includeDocumentation: options.includeDocumentation ?? false }),
    }),
    {
      ...callOptions(options),
      what,
      to: targetOf(resource),
      check: ({ results }) => {
        checkBroker(
          results.map(result => result.errorCode),
          what,
        )
        if (resource.type === 'topic') {
          const topics = results.map(({ errorCode }) => ({ name: resource.name, errorCode }))
          checkFresh(cluster, topics, what)
        }
      },
    },
  )
  const result = response.results[0]
  if (!result) return { resource, entries: [], error: outcomeError(-1, what) }
  const entries = result.configs.map(entry => ({
    name: entry.name,
    value: entry.value,
    source: sourceOf(entry.configSource),
    isDefault: sourceOf(entry.configSource) === 'default',
    isReadOnly: entry.readOnly,
    isSensitive: entry.isSensitive,
    synonyms: entry.synonyms.map(({ name, value, source }) => ({ name, value, source: sourceOf(source) })),
    documentation: entry.documentation,
  }))
  return { resource, entries, error: outcomeError(result.errorCode, what, result.errorMessage) }
}
