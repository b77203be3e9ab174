// Admin: settings of topics, brokers, groups and client metrics, with where each value comes from.
import { DescribeConfigsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { flag, listOf, optional, optionsWith, text } from '../../config/arguments.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { type Outcome, outcomeError, settleEach } from '../outcome.ts'
import { checkBroker, checkFresh } from '../wrong-broker.ts'
import { type ConfigEntry, configEntry } from './config-entry.ts'
import {
  checkResource,
  type ConfigResource,
  keyOfResource,
  type ResourceShare,
  ResourceType,
  settingsOf,
  sharesByTarget,
} from './config-resource.ts'

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

const checkOptions = optionsWith({
  names: optional(listOf(text)),
  includeSynonyms: flag,
  includeDocumentation: flag,
})

/** One request names so many at most: an answer of a few megabytes, with all that can be asked for. */
const resourcesMax = 500

/** Describes the settings of each resource, in the order asked for. */
export async function describeConfigs(
  cluster: Cluster,
  resources: readonly ConfigResource[],
  options: DescribeConfigsOptions = {},
): Promise<DescribedConfigs[]> {
  listOf(checkResource)('describeConfigs: resources', resources)
  checkOptions('describeConfigs: options', options)
  const found = new Map<string, DescribedConfigs>()
  const distinct = [...new Map(resources.map(resource => [keyOfResource(resource), resource])).values()]
  const shares = sharesByTarget(distinct, resource => resource, resourcesMax)
  const described = await settleEach(
    shares,
    share => describeShare(cluster, share, options),
    ({ entries }, error) => entries.map(resource => ({ resource, entries: [], error })),
  )
  for (const each of described.flat()) found.set(keyOfResource(each.resource), each)
  return resources.map(resource => ({ ...found.get(keyOfResource(resource))!, resource }))
}

async function describeShare(
  cluster: Cluster,
  { to, entries: resources }: ResourceShare<ConfigResource>,
  options: DescribeConfigsOptions,
): Promise<DescribedConfigs[]> {
  const what =
    resources.length === 1
      ? settingsOf(resources[0]!, 'describing')
      : `describing the settings of ${resources.length} resources`
  const { results } = await cluster.call(
    DescribeConfigsApi,
    version => ({
      resources: resources.map(({ type, name }) => ({
        resourceType: ResourceType[type],
        resourceName: name,
        configurationKeys: options.names ? [...options.names] : null,
      })),
      includeSynonyms: options.includeSynonyms ?? false,
      ...(version >= 3 && { includeDocumentation: options.includeDocumentation ?? false }),
    }),
    {
      ...callOptions(options),
      what,
      to,
      check: response => {
        checkBroker(
          response.results.map(result => result.errorCode),
          what,
        )
        const topics = response.results
          .filter(({ resourceType }) => resourceType === ResourceType.topic)
          .map(({ resourceName, errorCode }) => ({ name: resourceName, errorCode }))
        checkFresh(cluster, topics, what)
      },
    },
  )
  const answers = new Map<string, (typeof results)[number]>()
  for (const result of results) answers.set(`${result.resourceType} ${result.resourceName}`, result)
  return resources.map(resource => {
    const answer = answers.get(keyOfResource(resource))
    const { errorCode = -1, errorMessage = null, configs = [] } = answer ?? {}
    return {
      resource,
      entries: configs.map(configEntry),
      error: outcomeError(errorCode, settingsOf(resource, 'describing'), errorMessage),
    }
  })
}
