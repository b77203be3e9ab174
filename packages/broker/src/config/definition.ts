// What one configuration property is: its type, default, allowed values and what it does.

/** Kafka's `ConfigDef.Type`, with the numbers that DescribeConfigs gives them. */
export const configTypes = {
  BOOLEAN: 1,
  STRING: 2,
  INT: 3,
  SHORT: 4,
  LONG: 5,
  DOUBLE: 6,
  LIST: 7,
  CLASS: 8,
  PASSWORD: 9,
} as const

/** Type of a property, as Kafka’s `ConfigDef.Type`. */
export type ConfigType = keyof typeof configTypes

/** Kafka's `ConfigDef.Importance`. */
export type ConfigImportance = 'HIGH' | 'MEDIUM' | 'LOW'

/**
 * When a property of the broker can be changed (Kafka's "dynamic update mode"): only by a restart; while the broker runs, for one broker
 * (per listener: with `listener.name.NAME.` in front); for one broker and for all. Topic properties always can.
 */
export type ConfigUpdate = 'READ_ONLY' | 'PER_LISTENER' | 'PER_BROKER' | 'CLUSTER_WIDE'

/** A property whose value is `V` once parsed. */
export interface ConfigDefinition<V = unknown> {
  /** What kind of value it has. */
  readonly type: ConfigType
  /** The default as text, null for none. */
  readonly defaultText: string | null
  /** What it does. */
  readonly doc: string
  /** How many have to know it. */
  readonly importance: ConfigImportance
  /** When it can be changed. */
  readonly update: ConfigUpdate
  /** Whether nobody is told its value. */
  readonly sensitive: boolean
  /** Turns text into a value; throws `ConfigError` with what was expected. */
  parse(text: string): V
}

/** A property that does not exist, or a value it cannot have. `property` names it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** Name of the setting. */
  readonly property: string

  constructor(property: string, message: string) {
    super(message)
    this.property = property
  }
}

/** What a parser throws: the message says what was expected; the caller knows which property it was. */
export class ConfigValueError extends Error {}

interface Common {
  readonly doc: string
  /** Default: MEDIUM. */
  readonly importance?: ConfigImportance
  /** Default: READ_ONLY. */
  readonly update?: ConfigUpdate
}

interface NumberOptions extends Common {
  readonly default: number | string
  readonly min?: number
  readonly max?: number
}

function define<V>(
  type: ConfigType,
  defaultText: string | null,
  common: Common,
  parse: (text: string) => V,
): ConfigDefinition<V> {
  return {
    type,
    defaultText,
    doc: common.doc,
    importance: common.importance ?? 'MEDIUM',
    update: common.update ?? 'READ_ONLY',
    sensitive: type === 'PASSWORD',
    parse,
  }
}

const int32Max = 2 ** 31 - 1
/** Kafka's "no limit". Larger than any safe integer: such values count as the largest safe one. */
export const longMaxText = '9223372036854775807'
const longPattern = /^[+-]?\d{1,19}$/

function parseInteger(type: ConfigType, text: string, min: number, max: number): number {
  const trimmed = text.trim()
  if (!longPattern.test(trimmed)) throw new ConfigValueError(`Not a number of type ${type}`)
  const exact = BigInt(trimmed)
  if (exact > BigInt(longMaxText) || exact < -BigInt(longMaxText) - 1n)
    throw new ConfigValueError(`Not a number of type ${type}`)
  const value = Math.min(Math.max(Number(exact), -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)
  if (value < min) throw new ConfigValueError(`Value must be at least ${min}`)
  if (value > max) throw new ConfigValueError(`Value must be no more than ${max}`)
  return value
}

function integer(type: 'INT' | 'SHORT' | 'LONG', options: NumberOptions, typeMin: number, typeMax: number) {
  const min = options.min ?? typeMin
  const max = options.max ?? typeMax
  return define(type, String(options.default), options, text => parseInteger(type, text, min, max))
}

export const int = (options: NumberOptions) => integer('INT', options, -int32Max - 1, int32Max)
export const short = (options: NumberOptions) => integer('SHORT', options, -32768, 32767)
export const long = (options: NumberOptions) =>
  integer('LONG', options, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)

/** A LONG that may be unset: null then, so that another property can take its place. */
export const optionalLong = (options: Omit<NumberOptions, 'default'>): ConfigDefinition<number | null> =>
  define<number | null>('LONG', null, options, text =>
    parseInteger(
      'LONG',
      text,
      options.min ?? -Number.MAX_SAFE_INTEGER,
      options.max ?? Number.MAX_SAFE_INTEGER,
    ),
  )

export const optionalInt = (options: Omit<NumberOptions, 'default'>): ConfigDefinition<number | null> =>
  define<number | null>('INT', null, options, text =>
    parseInteger('INT', text, options.min ?? -int32Max - 1, options.max ?? int32Max),
  )

/** A number with an exponent as Java writes it: 1.5E308. */
const javaText = (value: number | string): string => String(value).replace(/e\+?/, 'E')

export function double(options: NumberOptions): ConfigDefinition<number> {
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = options
  return define('DOUBLE', javaText(options.default), options, text => {
    const value = Number(text.trim())
    if (text.trim() === '' || !Number.isFinite(value))
      throw new ConfigValueError('Not a number of type DOUBLE')
    if (value < min) throw new ConfigValueError(`Value must be at least ${min}`)
    if (value > max) throw new ConfigValueError(`Value must be no more than ${max}`)
    return value
  })
}

export function boolean(options: Common & { readonly default: boolean }): ConfigDefinition<boolean> {
  return define('BOOLEAN', String(options.default), options, text => {
    const value = text.trim().toLowerCase()
    if (value !== 'true' && value !== 'false')
      throw new ConfigValueError('Expected value to be either true or false')
    return value === 'true'
  })
}

/** `check` throws ConfigValueError for a text that means nothing. */
export function string(
  options: Common & { readonly default: string; readonly check?: (text: string) => unknown },
): ConfigDefinition<string> {
  return define('STRING', options.default, options, text => {
    options.check?.(text)
    return text.trim()
  })
}

/** Text of a type that is not looked into: a class, a secret. */
export function text(
  type: ConfigType,
  options: Common & { readonly default: string },
): ConfigDefinition<string> {
  return define(type, options.default, options, value => value.trim())
}

/** Text out of a fixed set that Kafka leaves open: what else there may be there, such as a class, is refused with `why`. */
export function boundedText(
  type: ConfigType,
  options: Common & { readonly default: string; readonly values: readonly string[]; readonly why: string },
): ConfigDefinition<string> {
  return define(type, options.default, options, given => {
    const value = given.trim()
    if (value !== options.default && !options.values.includes(value)) throw new ConfigValueError(options.why)
    return value
  })
}

/** The same property without a default. */
export function optional<V>(definition: ConfigDefinition<V>): ConfigDefinition<V> {
  return { ...definition, defaultText: null }
}

export function optionalString(options: Common): ConfigDefinition<string | null> {
  return define<string | null>('STRING', null, options, text => text.trim())
}

/** A string out of a fixed set. */
export function choice<const V extends string>(
  options: Common & { readonly default: NoInfer<V>; readonly values: readonly V[] },
): ConfigDefinition<V> {
  return define('STRING', options.default, options, text => {
    const value = options.values.find(candidate => candidate === text.trim())
    if (value === undefined) throw new ConfigValueError(`String must be one of: ${options.values.join(', ')}`)
    return value
  })
}

/** Items separated by commas. */
export function list(
  options: Common & { readonly default: string; readonly values?: readonly string[] },
): ConfigDefinition<readonly string[]> {
  return define('LIST', options.default, options, text => {
    const items = splitList(text)
    for (const item of items) {
      if (options.values && !options.values.includes(item))
        throw new ConfigValueError(`String must be one of: ${options.values.join(', ')}`)
    }
    return items
  })
}

export function splitList(text: string): string[] {
  return text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}

/** A table of properties by Kafka's name. */
export type ConfigTable = Readonly<Record<string, ConfigDefinition>>

/** The parsed type of property `N` of table `T`. */
export type ConfigValue<T extends ConfigTable, N extends keyof T> =
  T[N] extends ConfigDefinition<infer V> ? V : never

/** Parses `text` as property `name` of `table`. Throws `ConfigError`, naming the property and the value. */
export function parseConfig<V>(definition: ConfigDefinition<V>, name: string, text: string): V {
  try {
    return definition.parse(text)
  } catch (error) {
    if (!(error instanceof ConfigValueError)) throw error
    const shown = definition.sensitive ? 'hidden' : text
    throw new ConfigError(name, `Invalid value ${shown} for configuration ${name}: ${error.message}`)
  }
}
