// The settings of a running broker: defaults, what was given at start, what was changed since, in Kafka's order of precedence.
import {
  type BrokerConfigName,
  brokerProperty,
  brokerTable,
  hasEffect,
  listenerProperty,
  nearestProperty,
  unusedProperties,
} from './broker-table.ts'
import { ConfigError, type ConfigDefinition, type ConfigValue, parseConfig } from './definition.ts'
import type { Properties } from './sources.ts'

export type BrokerConfigValue<N extends BrokerConfigName> = ConfigValue<typeof brokerTable, N>

/** Where a value comes from; the numbers are those of DescribeConfigs (`ConfigEntry.ConfigSource`). */
export const configSources = {
  TOPIC: 1,
  DYNAMIC_BROKER: 2,
  DYNAMIC_DEFAULT_BROKER: 3,
  STATIC_BROKER: 4,
  DEFAULT: 5,
  CLIENT_METRICS: 7,
  GROUP: 8,
} as const

/** One of the values a property has at different levels, the first that is set being the effective one. */
export interface ConfigLevel {
  /** Name of the property that says so, which may be another one. */
  readonly name: string
  /** The value as text. */
  readonly text: string
  /** Where it is from: a number of {@link configSources}. */
  readonly source: number
}

const table: Readonly<Record<string, ConfigDefinition>> = brokerTable

/**
 * The settings of a broker, checked: those that were given, those that changed while it runs, and defaults.
 *
 * @example
 * const config = new BrokerConfig({ 'log.retention.hours': '24' }) // throws ConfigError for what a broker would refuse
 */
export class BrokerConfig {
  /** Properties that were given but do nothing here: to be warned about. */
  readonly unused: readonly string[]
  readonly #static: Properties
  /** Set for this broker (`DYNAMIC_BROKER`) and for all brokers (`DYNAMIC_DEFAULT_BROKER`) while running. */
  #dynamic: ReadonlyMap<string, string> = new Map()
  #dynamicDefault: ReadonlyMap<string, string> = new Map()
  /** Parsed effective values. */
  readonly #values = new Map<string, unknown>()
  #version = 0

  /** Throws `ConfigError` for a property that does not exist or a value it cannot have. */
  constructor(properties: Properties = {}) {
    const known: Record<string, string> = {}
    const unused: string[] = []
    for (const [given, text] of Object.entries(properties)) {
      const name = given === 'broker.id' ? 'node.id' : given
      if (hasEffect(name)) {
        parseConfig(table[name]!, name, text)
        known[name] = text
        if (name === 'node.id') known['broker.id'] = text
      } else if (unusedProperties().has(name)) {
        parseConfig(unusedProperties().get(name)!, name, text)
        known[name] = text
        unused.push(name)
      } else if (listenerProperty(name) !== undefined) {
        const property = listenerProperty(name)!
        const definition = brokerProperty(property)
        if (!definition) throw unknownProperty(name, property)
        parseConfig(definition, name, text)
        known[name] = text
        if (!hasEffect(property)) unused.push(name)
      } else {
        throw unknownProperty(name)
      }
    }
    this.#static = known
    this.unused = unused
  }

  /** Grows by one at each change of a dynamic property: caches of derived settings compare it. */
  get version(): number {
    return this.#version
  }

  /** The effective value. */
  get<N extends BrokerConfigName>(name: N): BrokerConfigValue<N> {
    const cached = this.#values.get(name)
    if (cached !== undefined) return cached as BrokerConfigValue<N>
    const level = this.levels(name)[0]
    const value = level === undefined ? null : parseConfig(table[name]!, name, level.text)
    this.#values.set(name, value)
    return value as BrokerConfigValue<N>
  }

  /**
   * The effective value for a listener: with `listener.name.LISTENER.MECHANISM.` in front, else with `listener.name.LISTENER.`, else without.
   */
  getFor<N extends BrokerConfigName>(name: N, listener: string, mechanism?: string): BrokerConfigValue<N> {
    const prefix = `listener.name.${listener.toLowerCase()}.`
    const names = [
      ...(mechanism === undefined ? [] : [`${prefix}${mechanism.toLowerCase()}.${name}`]),
      prefix + name,
    ]
    for (const own of names) {
      const level = this.levels(own)[0]
      if (level) return parseConfig(table[name]!, own, level.text) as BrokerConfigValue<N>
    }
    return this.get(name)
  }

  /** Every level at which `name` has a value, the effective one first. Empty for a property that is unset and has no default. */
  levels(name: string): ConfigLevel[] {
    const levels: ConfigLevel[] = []
    const add = (text: string | null | undefined, source: number) => {
      if (text !== undefined && text !== null) levels.push({ name, text, source })
    }
    add(this.#dynamic.get(name), configSources.DYNAMIC_BROKER)
    add(this.#dynamicDefault.get(name), configSources.DYNAMIC_DEFAULT_BROKER)
    add(Object.hasOwn(this.#static, name) ? this.#static[name] : null, configSources.STATIC_BROKER)
    add(brokerProperty(name)?.defaultText, configSources.DEFAULT)
    return levels
  }

  /** Names that were set and stand in no table: those of listeners, and what nobody knows and was set while running. */
  customNames(): string[] {
    const set = [...Object.keys(this.#static), ...this.#dynamic.keys(), ...this.#dynamicDefault.keys()]
    return [...new Set(set)].filter(name => !brokerProperty(name))
  }

  /** The settings as they would be with other dynamic ones; what is left out stays as it is. */
  withDynamic(own?: ReadonlyMap<string, string>, all?: ReadonlyMap<string, string>): BrokerConfig {
    const changed = new BrokerConfig(this.#static)
    changed.setDynamic(own ?? this.#dynamic, all ?? this.#dynamicDefault)
    return changed
  }

  /** Replaces what was changed while running. Values that no longer parse are the caller's to refuse beforehand. */
  setDynamic(own: ReadonlyMap<string, string>, all: ReadonlyMap<string, string>): void {
    this.#dynamic = own
    this.#dynamicDefault = all
    this.#values.clear()
    this.#version++
  }
}

/** `property` is what it would be of a listener. */
function unknownProperty(name: string, property = name): ConfigError {
  const nearest = nearestProperty(property)
  const hint =
    nearest === undefined ? '' : `; did you mean ${name.slice(0, name.length - property.length)}${nearest}?`
  return new ConfigError(name, `Unknown configuration ${name}${hint}`)
}
