// The settings of a client-metrics resource (KIP-714): which clients push which of their metrics, and how often. By Kafka's ClientMetricsConfigs.
import { type ConfigDefinition, ConfigError, int, list, parseConfig } from './definition.ts'

export const clientMetricsTable = {
  'interval.ms': int({
    default: 300_000,
    doc: 'Metrics push interval in milliseconds',
  }),
  match: list({ default: '', doc: 'Client match criteria' }),
  metrics: list({ default: '', doc: 'Telemetry metric name prefix list' }),
} satisfies Readonly<Record<string, ConfigDefinition>>

/** What a client can be matched by, beside the property `match`. */
export const matchSelectors = [
  'client_instance_id',
  'client_id',
  'client_software_name',
  'client_software_version',
  'client_source_address',
  'client_source_port',
] as const

export type MatchSelector = (typeof matchSelectors)[number]

/** Stands for all metrics. */
export const allMetrics = '*'

export const intervalMinMs = 100
export const intervalMaxMs = 3_600_000

/** What the settings of a resource say. */
export interface ClientMetricsSettings {
  /** Beginnings of names; `*` for all. None where nothing is wanted. */
  readonly metrics: readonly string[]
  readonly intervalMs: number
  /** Regular expressions that all of the attribute matches; a client that fits all of them is meant. */
  readonly match: ReadonlyMap<MatchSelector, string>
}

/** Reads settings, as text by name. Throws ConfigError for a value that cannot be read. */
export function readClientMetrics(settings: ReadonlyMap<string, string>): ClientMetricsSettings {
  const text = (name: keyof typeof clientMetricsTable) =>
    settings.get(name) ?? clientMetricsTable[name].defaultText ?? ''
  const listOf = (name: 'match' | 'metrics') =>
    text(name).trim() === ''
      ? []
      : text(name)
          .split(',')
          .map(item => item.trim())
  const metrics = listOf('metrics')
  // Names may be said twice, but not be empty.
  if (metrics.includes(''))
    throw new ConfigError('metrics', "Configuration 'metrics' values must not be empty.")
  return {
    intervalMs: parseConfig(clientMetricsTable['interval.ms'], 'interval.ms', text('interval.ms')),
    metrics,
    match: new Map(listOf('match').map(readSelector)),
  }
}

/** `client_id=shop-.*` */
function readSelector(given: string): [MatchSelector, string] {
  const [name = '', pattern = '', ...rest] = given.split('=').map(part => part.trim())
  const selector = matchSelectors.find(each => each === name)
  if (!selector || pattern === '' || rest.length > 0 || !isPattern(pattern))
    throw new ConfigError('match', `Illegal client matching pattern: ${given}`)
  return [selector, pattern]
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 's')
    return true
  } catch {
    return false
  }
}
