// What an admin client does with settings.
import { AlterConfigsApi, DescribeConfigsApi } from '@millrace/protocol'
import type { Admin as MillraceAdmin } from '../admin/admin.ts'
import type { Target } from '../cluster/cluster.ts'
import { checkBroker } from '../admin/wrong-broker.ts'
import { asText } from './as-text.ts'
import { type AdminHost, type Answer, ask, codesOf, throwFirstCode } from './admin-host.ts'
import { ConfigResourceTypes, ConfigSource } from './enumerations.ts'
import { KafkaJSBrokerNotFound, KafkaJSNonRetriableError } from './errors.ts'
import type { Admin, DescribeConfigResponse, IResourceConfig, ResourceConfigQuery } from './types/admin.ts'

type Resource = ResourceConfigQuery | IResourceConfig

const ofOneBroker: readonly number[] = [ConfigResourceTypes.BROKER, ConfigResourceTypes.BROKER_LOGGER]

/** Throws KafkaJSNonRetriableError. */
function checkResources(resources: readonly Resource[]): void {
  if (!resources || !Array.isArray(resources))
    throw new KafkaJSNonRetriableError(`Invalid resources array ${asText(resources)}`)
  if (resources.length === 0) throw new KafkaJSNonRetriableError('Resources array cannot be empty')
  const types: readonly number[] = Object.values(ConfigResourceTypes)
  const ofNoType = resources.find(({ type }) => !types.includes(type))
  if (ofNoType)
    throw new KafkaJSNonRetriableError(`Invalid resource type ${ofNoType.type}: ${JSON.stringify(ofNoType)}`)
  const nameless = resources.find(({ name }) => !name || typeof name !== 'string')
  if (nameless)
    throw new KafkaJSNonRetriableError(`Invalid resource name ${nameless.name}: ${JSON.stringify(nameless)}`)
}

/** Whom to ask for what: settings of a broker are known to that broker alone. Throws KafkaJSBrokerNotFound. */
async function byTarget<R extends Resource>(
  { cluster }: Pick<MillraceAdmin, 'cluster'>,
  resources: readonly R[],
): Promise<[Target, R[]][]> {
  await cluster.refreshMetadata([])
  const shares = new Map<string, [Target, R[]]>()
  for (const resource of resources) {
    const broker = ofOneBroker.includes(resource.type) ? resource.name : ''
    if (broker !== '' && !cluster.metadata.nodes.has(Number(broker)))
      throw new KafkaJSBrokerNotFound(`Broker ${broker} not found in the cached metadata`)
    const share = shares.get(broker) ?? [broker === '' ? 'controller' : { broker: Number(broker) }, []]
    shares.set(broker, share)
    share[1].push(resource)
  }
  return [...shares.values()]
}

export const describeConfigs =
  (host: AdminHost): Admin['describeConfigs'] =>
  async ({ resources, includeSynonyms }) => {
    checkResources(resources)
    const wrong = resources.find(({ configNames }) => configNames != null && !Array.isArray(configNames))
    if (wrong)
      throw new KafkaJSNonRetriableError(
        `Invalid resource configNames ${asText(wrong.configNames)}: ${JSON.stringify(wrong)}`,
      )
    const what = 'describing settings'
    return ask(host, async admin => {
      const answers = await Promise.all(
        (await byTarget(admin, resources)).map(([to, share]) =>
          admin.cluster.call(
            DescribeConfigsApi,
            {
              resources: share.map(({ type, name, configNames = null }) => ({
                resourceType: type,
                resourceName: name,
                configurationKeys: configNames,
              })),
              includeSynonyms: !!includeSynonyms,
            },
            { what, to, check: ({ results }) => checkBroker(codesOf(results), what) },
          ),
        ),
      )
      throwFirstCode(
        answers.flatMap(({ results }) => results),
        what,
      )
      const described = answers.flatMap(({ results }) => results.map(resourceOf))
      // As KafkaJS returns it, whose types have a throttleTime beside.
      return { resources: described } as unknown as DescribeConfigResponse
    })
  }

interface AnsweredConfig {
  readonly name: string
  readonly value: string | null
  readonly readOnly: boolean
  readonly configSource: number
  readonly isSensitive: boolean
  readonly synonyms: readonly {
    readonly name: string
    readonly value: string | null
    readonly source: number
  }[]
}

function resourceOf(
  answer: Answer & {
    readonly resourceType: number
    readonly resourceName: string
    readonly configs: readonly AnsweredConfig[]
  },
): object {
  const { errorCode, errorMessage, resourceType, resourceName, configs } = answer
  return {
    errorCode,
    // Newer versions of the answer say nothing by an empty text.
    errorMessage: errorMessage || null,
    resourceType,
    resourceName,
    configEntries: configs.map(({ name, value, readOnly, configSource, isSensitive, synonyms }) => ({
      configName: name,
      configValue: value,
      readOnly,
      isDefault: configSource === ConfigSource.DEFAULT_CONFIG,
      configSource,
      isSensitive,
      configSynonyms: synonyms.map(synonym => ({
        configName: synonym.name,
        configValue: synonym.value,
        configSource: synonym.source,
      })),
    })),
  }
}

export const alterConfigs =
  (host: AdminHost): Admin['alterConfigs'] =>
  async ({ resources, validateOnly }) => {
    checkResources(resources)
    const wrong = resources.find(({ configEntries }) => !Array.isArray(configEntries))
    if (wrong)
      throw new KafkaJSNonRetriableError(
        `Invalid resource configEntries ${asText(wrong.configEntries)}: ${JSON.stringify(wrong)}`,
      )
    const valueless = resources.find(({ configEntries }) =>
      configEntries.some(({ name, value }) => typeof name !== 'string' || typeof value !== 'string'),
    )
    if (valueless)
      throw new KafkaJSNonRetriableError(`Invalid resource config value: ${JSON.stringify(valueless)}`)
    const what = 'changing settings'
    return ask(host, async admin => {
      const answers = await Promise.all(
        (await byTarget(admin, resources)).map(([to, share]) =>
          admin.cluster.call(
            AlterConfigsApi,
            {
              resources: share.map(({ type, name, configEntries }) => ({
                resourceType: type,
                resourceName: name,
                configs: configEntries.map(entry => ({ name: entry.name, value: entry.value })),
              })),
              validateOnly: !!validateOnly,
            },
            { what, to, check: ({ responses }) => checkBroker(codesOf(responses), what) },
          ),
        ),
      )
      throwFirstCode(
        answers.flatMap(({ responses }) => responses),
        what,
      )
      return {
        resources: answers.flatMap(({ responses }) =>
          responses.map(({ errorCode, errorMessage, resourceType, resourceName }) => ({
            errorCode,
            errorMessage: errorMessage || null,
            resourceType,
            resourceName,
          })),
        ),
      }
    })
  }
