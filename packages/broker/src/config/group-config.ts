// Settings of one group: the levels each has, and which values go together (`GroupConfig`).
import { type BrokerConfig, type ConfigLevel, configSources } from './broker-config.ts'
import { brokerProperty } from './broker-table.ts'
import { ConfigError, type ConfigDefinition, parseConfig } from './definition.ts'
import { type GroupConfigName, groupSynonym, groupTable } from './group-table.ts'

const table: Readonly<Record<string, ConfigDefinition>> = groupTable

/** The values of a setting in the order they count: what the group says, what the broker says, the default. */
export function groupConfigLevels(
  name: string,
  own: ReadonlyMap<string, string>,
  broker: BrokerConfig,
): ConfigLevel[] {
  const levels: ConfigLevel[] = []
  const text = own.get(name)
  if (text !== undefined) levels.push({ name, text, source: configSources.GROUP })
  const synonym = groupSynonym(name)
  if (synonym !== undefined) return [...levels, ...broker.levels(synonym)]
  const { defaultText } = table[name]!
  if (defaultText !== null) levels.push({ name, text: defaultText, source: configSources.DEFAULT })
  return levels
}

/** In Kafka's order: a member has to be heard of before it is put out. */
const kinds = ['consumer', 'share', 'streams'] as const

/** Settings that the broker has bounds for, in the order in which Kafka looks at them. */
const bounded: readonly GroupConfigName[] = [
  'consumer.heartbeat.interval.ms',
  'consumer.session.timeout.ms',
  'consumer.assignment.interval.ms',
  'share.heartbeat.interval.ms',
  'share.session.timeout.ms',
  'share.record.lock.duration.ms',
  'share.delivery.count.limit',
  'share.partition.max.record.locks',
  'share.assignment.interval.ms',
  'streams.heartbeat.interval.ms',
  'streams.session.timeout.ms',
  'streams.num.standby.replicas',
  'streams.assignment.interval.ms',
]

/** Checks what a group would have of its own, as `GroupConfig.validate` does. Throws `ConfigError` with Kafka's words. */
export function checkGroupConfigs(own: ReadonlyMap<string, string>, broker: BrokerConfig): void {
  for (const name of own.keys()) {
    if (!Object.hasOwn(table, name)) throw new ConfigError(name, `Unknown group config name: ${name}`)
  }
  for (const [name, text] of own) parseConfig(table[name]!, name, text)
  const valueOf = (name: GroupConfigName): number =>
    groupTable[name].parse(groupConfigLevels(name, own, broker)[0]!.text) as number
  // What the broker says is the broker's business.
  for (const name of bounded) if (own.has(name)) checkBounds(name, valueOf(name), broker)
  for (const kind of kinds) {
    const [session, heartbeat] = [`${kind}.session.timeout.ms`, `${kind}.heartbeat.interval.ms`] as const
    if (valueOf(session) <= valueOf(heartbeat)) {
      throw new ConfigError(session, `${session} must be greater than ${heartbeat}`)
    }
  }
}

function checkBounds(name: GroupConfigName, value: number, broker: BrokerConfig): void {
  const [kind, ...rest] = name.split('.')
  const bound = (side: 'min' | 'max') => {
    // One has no lower bound, and its upper bound another name.
    const property =
      name === 'streams.num.standby.replicas'
        ? `group.streams.${side}.standby.replicas`
        : `group.${kind}.${side}.${rest.join('.')}`
    const definition = brokerProperty(property)
    const text = broker.levels(property)[0]?.text
    const limit = definition && text !== undefined ? (definition.parse(text) as number) : undefined
    return { property, limit }
  }
  const [low, high] = [bound('min'), bound('max')]
  if (low.limit !== undefined && value < low.limit) {
    throw new ConfigError(name, `${name} must be greater than or equal to ${low.property}`)
  }
  if (high.limit !== undefined && value > high.limit) {
    throw new ConfigError(name, `${name} must be less than or equal to ${high.property}`)
  }
}
