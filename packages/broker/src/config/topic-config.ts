// The effective settings of a topic: its own values, else the broker's, as fields for hot paths.
import { nearestName } from '@millrace/runtime'
import { type BrokerConfig, type ConfigLevel, configSources } from './broker-config.ts'
import { ConfigError, type ConfigDefinition, parseConfig } from './definition.ts'
import { type compressionTypes, topicSynonyms, topicTable } from './topic-table.ts'

const table: Readonly<Record<string, ConfigDefinition>> = topicTable

/** Parsed once a change, read for every batch. Sizes in bytes, times in milliseconds, −1 for no limit where Kafka has one. */
export interface TopicConfig {
  readonly compact: boolean
  readonly delete: boolean
  readonly compressionType: (typeof compressionTypes)[number]
  readonly compressionLevel: number | undefined
  readonly deleteRetentionMs: number
  readonly fileDeleteDelayMs: number
  readonly flushMessages: number
  readonly indexIntervalBytes: number
  readonly maxCompactionLagMs: number
  readonly maxMessageBytes: number
  readonly timestampAfterMaxMs: number
  readonly timestampBeforeMaxMs: number
  readonly logAppendTime: boolean
  readonly minCleanableDirtyRatio: number
  readonly minCompactionLagMs: number
  readonly minInsyncReplicas: number
  readonly retentionBytes: number
  readonly retentionMs: number
  readonly segmentBytes: number
  readonly segmentIndexBytes: number
  readonly segmentJitterMs: number
  readonly segmentMs: number
}

const hourMs = 3_600_000
const minuteMs = 60_000

/** Parses one topic property. Throws `ConfigError` for an unknown name or a bad value. */
export function parseTopicConfig(name: string, text: string): unknown {
  const definition = table[name]
  if (!definition) {
    const nearest = nearestName(name, Object.keys(table))
    throw new ConfigError(
      name,
      `Unknown topic config name: ${name}${nearest ? `; did you mean ${nearest}?` : ''}`,
    )
  }
  return parseConfig(definition, name, text)
}

/** The names a topic setting has in the order they count: what the topic says, what the broker says, the default. */
export function topicConfigLevels(
  name: string,
  own: ReadonlyMap<string, string>,
  broker: BrokerConfig,
): ConfigLevel[] {
  const levels: ConfigLevel[] = []
  const text = own.get(name)
  if (text !== undefined) levels.push({ name, text, source: configSources.TOPIC })
  const synonym = topicSynonyms[name as keyof typeof topicTable]
  if (synonym !== undefined) levels.push(...broker.levels(synonym))
  else levels.push(...timeLevels(name, broker))
  return levels
}

/** Properties of the broker that give a topic one time, each in a unit of its own; the first that is set counts. */
const timeProperties: Readonly<Record<string, readonly string[]>> = {
  'retention.ms': ['log.retention.ms', 'log.retention.minutes', 'log.retention.hours'],
  'segment.ms': ['log.roll.ms', 'log.roll.hours'],
  'segment.jitter.ms': ['log.roll.jitter.ms', 'log.roll.jitter.hours'],
}

/** Times that the broker has in several units: the effective level is told in milliseconds, those behind it as they were given. */
function timeLevels(name: string, broker: BrokerConfig): ConfigLevel[] {
  const text = inheritedTime(name, broker)
  const [effective, ...others] = (timeProperties[name] ?? []).flatMap(property => broker.levels(property))
  if (text !== undefined && effective !== undefined && effective.source !== configSources.DEFAULT) {
    return [{ ...effective, text }, ...others]
  }
  const defaultText = table[name]?.defaultText
  return defaultText === null || defaultText === undefined
    ? []
    : [{ name, text: defaultText, source: configSources.DEFAULT }]
}

function inheritedTime(name: string, broker: BrokerConfig): string | undefined {
  if (name === 'retention.ms') {
    const minutes = broker.get('log.retention.minutes') ?? broker.get('log.retention.hours') * 60
    const ms = broker.get('log.retention.ms') ?? minutes * minuteMs
    return String(ms < 0 ? -1 : ms)
  }
  if (name === 'segment.ms') return String(broker.get('log.roll.ms') ?? broker.get('log.roll.hours') * hourMs)
  if (name === 'segment.jitter.ms') {
    return String(broker.get('log.roll.jitter.ms') ?? broker.get('log.roll.jitter.hours') * hourMs)
  }
  return undefined
}

/** Resolves all settings of a topic whose own values are `own`. */
export function resolveTopicConfig(own: ReadonlyMap<string, string>, broker: BrokerConfig): TopicConfig {
  const value = <T>(name: keyof typeof topicTable): T => {
    const level = topicConfigLevels(name, own, broker)[0]
    return parseConfig(table[name]!, name, level?.text ?? '') as T
  }
  const policies = value<readonly string[]>('cleanup.policy')
  const compressionType = value<TopicConfig['compressionType']>('compression.type')
  return {
    compact: policies.includes('compact'),
    delete: policies.includes('delete'),
    compressionType,
    compressionLevel:
      compressionType === 'gzip' || compressionType === 'lz4' || compressionType === 'zstd'
        ? value<number>(`compression.${compressionType}.level`)
        : undefined,
    deleteRetentionMs: value('delete.retention.ms'),
    fileDeleteDelayMs: value('file.delete.delay.ms'),
    flushMessages: value('flush.messages'),
    indexIntervalBytes: value('index.interval.bytes'),
    maxCompactionLagMs: value('max.compaction.lag.ms'),
    maxMessageBytes: value('max.message.bytes'),
    timestampAfterMaxMs: value('message.timestamp.after.max.ms'),
    timestampBeforeMaxMs: value('message.timestamp.before.max.ms'),
    logAppendTime: value('message.timestamp.type') === 'LogAppendTime',
    minCleanableDirtyRatio: value('min.cleanable.dirty.ratio'),
    minCompactionLagMs: value('min.compaction.lag.ms'),
    minInsyncReplicas: value('min.insync.replicas'),
    retentionBytes: value('retention.bytes'),
    retentionMs: value('retention.ms'),
    segmentBytes: value('segment.bytes'),
    segmentIndexBytes: value('segment.index.bytes'),
    segmentJitterMs: value('segment.jitter.ms'),
    segmentMs: value('segment.ms'),
  }
}
