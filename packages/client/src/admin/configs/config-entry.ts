// A setting with its value and where that comes from: Kafka’s `ConfigEntry`.

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

/** Where a value comes from. */
export type ConfigSource = (typeof sources)[number]

/** `ConfigEntry.ConfigType`, by its number in the protocol. */
const types = [
  'unknown',
  'boolean',
  'string',
  'int',
  'short',
  'long',
  'double',
  'list',
  'class',
  'password',
] as const

/** What kind of value it is. */
export type ConfigType = (typeof types)[number]

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
  /** What kind of value it has; `unknown` where the broker does not tell (before 2.6, and of topics that were just created). */
  readonly type: ConfigType
  /** The values at every level, the effective one first; empty unless asked for. */
  readonly synonyms: readonly ConfigSynonym[]
  /** What it does; null unless asked for. */
  readonly documentation: string | null
}

/** What answers have in common that tell settings. */
interface RawEntry {
  readonly name: string
  readonly value: string | null
  readonly readOnly: boolean
  readonly configSource: number
  readonly isSensitive: boolean
  readonly configType?: number
  readonly synonyms?: readonly {
    readonly name: string
    readonly value: string | null
    readonly source: number
  }[]
  readonly documentation?: string | null
}

const sourceOf = (code: number): ConfigSource => sources[code] ?? 'unknown'

/** A setting as a broker tells it. */
export function configEntry(raw: RawEntry): ConfigEntry {
  const source = sourceOf(raw.configSource)
  return {
    name: raw.name,
    value: raw.value,
    source,
    isDefault: source === 'default',
    isReadOnly: raw.readOnly,
    isSensitive: raw.isSensitive,
    type: types[raw.configType ?? 0] ?? 'unknown',
    synonyms: (raw.synonyms ?? []).map(({ name, value, source: level }) => ({
      name,
      value,
      source: sourceOf(level),
    })),
    documentation: raw.documentation ?? null,
  }
}
