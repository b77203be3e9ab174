// Settings as DescribeConfigs shows them: value, source, synonyms, type, documentation.
import { type BrokerConfig, type ConfigLevel, configSources } from './broker-config.ts'
import { brokerProperty, brokerTable, listenerProperty, unusedProperties } from './broker-table.ts'
import { clientMetricsTable } from './client-metrics-table.ts'
import { type ConfigDefinition, type ConfigType, configTypes, splitList } from './definition.ts'
import { groupConfigLevels } from './group-config.ts'
import { groupTable } from './group-table.ts'
import { topicConfigLevels } from './topic-config.ts'
import { topicSynonyms, topicTable } from './topic-table.ts'

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
  /** Undefined for a property that nobody knows. */
  readonly type: ConfigType | undefined
  readonly doc: string
  readonly sensitive: boolean
  readonly readOnly: boolean
}

/** `ConfigType.UNKNOWN` of Kafka. */
const unknownType = 0

/** Of settings that are a topic's, a group's or a subscription's own. */
const ownSources: ReadonlySet<number> = new Set([
  configSources.TOPIC,
  configSources.GROUP,
  configSources.CLIENT_METRICS,
])

/** A value as Kafka writes it that has read it: without spaces around it and its items. */
function plainText(type: ConfigType | undefined, text: string): string {
  if (type === 'LIST') return splitList(text).join(',')
  return type === 'BOOLEAN' ? text.trim().toLowerCase() : text.trim()
}

function describeConfig(name: string, levels: readonly ConfigLevel[], shown: Shown): DescribedConfig {
  const effective = levels[0]
  return {
    name,
    value: shown.sensitive ? null : ((effective && plainText(shown.type, effective.text)) ?? null),
    readOnly: shown.readOnly,
    isDefault: effective === undefined || effective.source === configSources.DEFAULT,
    configSource: effective?.source ?? configSources.DEFAULT,
    isSensitive: shown.sensitive,
    synonyms: levels.map(level => ({
      name: level.name,
      value: shown.sensitive
        ? null
        : ownSources.has(level.source)
          ? plainText(shown.type, level.text)
          : level.text,
      source: level.source,
    })),
    configType: shown.type === undefined ? unknownType : configTypes[shown.type],
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

/** All settings of a group, or those of `names`. */
export function describeGroupConfigs(
  own: ReadonlyMap<string, string>,
  broker: BrokerConfig,
  names?: ReadonlySet<string>,
): DescribedConfig[] {
  return Object.entries(groupTable)
    .filter(([name]) => !names || names.has(name))
    .map(([name, definition]) =>
      describeConfig(name, groupConfigLevels(name, own, broker), { ...definition, readOnly: false }),
    )
}

/** All properties of the broker, or those of `names`. */
export function describeBrokerConfigs(broker: BrokerConfig, names?: ReadonlySet<string>): DescribedConfig[] {
  const all = [...Object.keys(brokerTable), ...unusedProperties().keys(), ...broker.customNames()]
  return all
    .filter(name => !names || names.has(name))
    .map(name => describeConfig(name, broker.levels(name), shownOf(name)))
}

/** The properties that were set for all brokers while running: what Kafka shows for a broker without a name. */
export function describeClusterDefaults(
  set: ReadonlyMap<string, string>,
  names?: ReadonlySet<string>,
): DescribedConfig[] {
  return [...set]
    .filter(([name]) => !names || names.has(name))
    .map(([name, text]) =>
      describeConfig(name, [{ name, text, source: configSources.DYNAMIC_DEFAULT_BROKER }], shownOf(name)),
    )
}

/** All settings of a client-metrics resource, or those of `names`. One that does not exist has the defaults. */
export function describeClientMetrics(
  own: ReadonlyMap<string, string>,
  names?: ReadonlySet<string>,
): DescribedConfig[] {
  const table: Readonly<Record<string, ConfigDefinition>> = clientMetricsTable
  return Object.entries(table)
    .filter(([name]) => !names || names.has(name))
    .map(([name, definition]) => {
      const set = own.get(name)
      const levels = set === undefined ? [] : [{ name, text: set, source: configSources.CLIENT_METRICS }]
      const described = describeConfig(name, levels, { ...definition, readOnly: false })
      return set === undefined ? { ...described, value: definition.defaultText } : described
    })
}

/** What nobody knows may be a secret: its value is not told, as by Kafka. */
const custom: Shown = { type: undefined, doc: '', sensitive: true, readOnly: true }

function shownOf(name: string): Shown {
  const definition = brokerProperty(name)
  if (definition) return { ...definition, readOnly: definition.update === 'READ_ONLY' }
  const ofListener = brokerProperty(listenerProperty(name) ?? '')
  return ofListener ? { ...ofListener, readOnly: true } : custom
}
