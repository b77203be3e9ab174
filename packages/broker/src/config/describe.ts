// Settings as DescribeConfigs shows them: value, source, synonyms, type, documentation.
import { type BrokerConfig, type ConfigLevel, configSources } from './broker-config.ts'
import { brokerTable } from './broker-table.ts'
import { type ConfigDefinition, type ConfigType, configTypes } from './definition.ts'
import { topicConfigLevels } from './topic-config.ts'
import { topicSynonyms, topicTable } from './topic-table.ts'
import { unusedProperties } from './unused-table.ts'

export interface DescribedConfig {
  readonly name: string
  /** Null when unset, and always for sensitive properties. */
  readonly value: string | null
  readonly readOnly: boolean
  readonly isDefault: boolean
  readonly configSource: number
  readonly isSensitive: boolean
  readonly synonyms: readonly {
    readonly name: string
    readonly value: string | null
    readonly source: number
  }[]
  readonly configType: number
  readonly documentation: string
}

interface Shown {
  readonly type: ConfigType
  readonly doc: string
  readonly sensitive: boolean
  readonly readOnly: boolean
}

function describeConfig(name: string, levels: readonly ConfigLevel[], shown: Shown): DescribedConfig {
  const effective = levels[0]
  return {
    name,
    value: shown.sensitive ? null : (effective?.text ?? null),
    readOnly: shown.readOnly,
    isDefault: effective === undefined || effective.source === configSources.DEFAULT,
    configSource: effective?.source ?? configSources.DEFAULT,
    isSensitive: shown.sensitive,
    synonyms: levels.map(level => ({
      name: level.name,
      value: shown.sensitive ? null : level.text,
      source: level.source,
    })),
    configType: configTypes[shown.type],
    documentation: shown.doc,
  }
}

/** All settings of a topic, or those of `names`. */
export function describeTopicConfigs(
  own: ReadonlyMap<string, string>,
  broker: BrokerConfig,
  names?: ReadonlySet<string>,
): DescribedConfig[] {
  const table: Readonly<Record<string, ConfigDefinition>> = topicTable
  return Object.entries(table)
    .filter(([name]) => !names || names.has(name))
    .map(([name, definition]) => {
      const levels = topicConfigLevels(name, own, broker)
      const described = describeConfig(name, levels, { ...definition, readOnly: false })
      // To Kafka, a default that no property of the broker has is no synonym.
      const ofBroker = topicSynonyms[name as keyof typeof topicTable] !== undefined
      const synonyms = described.synonyms.filter(
        synonym => ofBroker || synonym.name !== name || synonym.source !== configSources.DEFAULT,
      )
      return { ...described, synonyms }
    })
}

const unusedDoc = 'A property of Apache Kafka that is accepted and reported; it has no effect on this broker.'

/** All properties of the broker, or those of `names`. */
export function describeBrokerConfigs(broker: BrokerConfig, names?: ReadonlySet<string>): DescribedConfig[] {
  const table: Readonly<Record<string, ConfigDefinition>> = brokerTable
  const described: DescribedConfig[] = []
  for (const [name, definition] of Object.entries(table)) {
    if (names && !names.has(name)) continue
    described.push(
      describeConfig(name, broker.levels(name), { ...definition, readOnly: !definition.dynamic }),
    )
  }
  for (const [name, { type }] of unusedProperties()) {
    if (names && !names.has(name)) continue
    const shown = { type, doc: unusedDoc, sensitive: type === 'PASSWORD', readOnly: true }
    described.push(describeConfig(name, broker.levels(name), shown))
  }
  return described
}

/** The dynamic properties that were set for all brokers: what Kafka shows for a broker without a name. */
export function describeClusterDefaults(
  set: ReadonlyMap<string, string>,
  names?: ReadonlySet<string>,
): DescribedConfig[] {
  const table: Readonly<Record<string, ConfigDefinition>> = brokerTable
  return [...set]
    .filter(([name]) => table[name] && (!names || names.has(name)))
    .map(([name, text]) =>
      describeConfig(name, [{ name, text, source: configSources.DYNAMIC_DEFAULT_BROKER }], {
        ...table[name]!,
        readOnly: false,
      }),
    )
}
