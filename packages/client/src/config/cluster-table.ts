// The options that every client has.
import type { ClusterOptions } from '../cluster/options.ts'
import { ConfigError } from '../errors/index.ts'
import { securityTable } from '../security/security-table.ts'
import { readHooks } from './hooks-option.ts'
import type { OptionTable } from './option-entry.ts'
import { optionNames } from './option-table.ts'
import { zeroIsForever } from './property-values.ts'
import { show } from './show.ts'

export const clusterTable: OptionTable = {
  brokers: { kind: 'list', kafka: ['bootstrap.servers', 'metadata.broker.list'] },
  clientId: { kind: 'string', kafka: ['client.id'] },
  ...securityTable,
  connectTimeoutMs: { kind: 'duration', kafka: ['socket.connection.setup.timeout.ms'], min: 1 },
  requestTimeoutMs: { kind: 'int32', kafka: ['request.timeout.ms', 'socket.timeout.ms'], min: 1 },
  apiTimeoutMs: { kind: 'duration', kafka: ['default.api.timeout.ms', 'max.block.ms'], min: 1 },
  apiRetries: { kind: 'int32', min: 0 },
  retryBackoffMs: { kind: 'duration', kafka: ['retry.backoff.ms'] },
  retryBackoffMaxMs: { kind: 'duration', kafka: ['retry.backoff.max.ms'] },
  reconnectBackoffMs: { kind: 'duration', kafka: ['reconnect.backoff.ms'] },
  reconnectBackoffMaxMs: { kind: 'duration', kafka: ['reconnect.backoff.max.ms'] },
  metadataMaxAgeMs: {
    kind: 'duration',
    kafka: ['metadata.max.age.ms', 'topic.metadata.refresh.interval.ms'],
    min: 1,
  },
  metadataMaxIdleMs: { kind: 'duration', kafka: ['metadata.max.idle.ms'], min: 5_000 },
  metadataRecoveryStrategy: {
    kind: 'string',
    kafka: ['metadata.recovery.strategy'],
    values: ['rebootstrap', 'none'],
    convert: lowerCase,
  },
  rebootstrapTriggerMs: { kind: 'duration', kafka: ['metadata.recovery.rebootstrap.trigger.ms'] },
  connectionsMaxIdleMs: {
    kind: 'duration',
    converted: { 'connections.max.idle.ms': zeroIsForever },
    min: 1,
  },
  responseMaxBytes: { kind: 'int32', kafka: ['receive.message.max.bytes'], min: 1024 },
  allowAutoTopicCreation: { kind: 'boolean', kafka: ['allow.auto.create.topics'] },
  onEvent: { kind: 'function' },
  logger: { kind: 'any', code: true, convert: readLogger },
  hooks: { kind: 'any', code: true, convert: readHooks },
  metricsPush: { kind: 'boolean', kafka: ['enable.metrics.push'] },
  clock: { kind: 'any', code: true },
  random: { kind: 'any', code: true },
  network: { kind: 'any', code: true },
}

/** Whether a name, ours or Kafka's, is that of an option which every client has. */
export function isClusterOption(name: string): boolean {
  return optionNames(clusterTable).has(name)
}

/** The part of a client's options that is about reaching the cluster. */
export function clusterPart(options: ClusterOptions): ClusterOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => name in clusterTable),
  ) as unknown as ClusterOptions
}

/** Java takes names of enumerations in either case. */
function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value
}

function readLogger(value: unknown): unknown {
  if (value === null) return null
  const logger = (value ?? {}) as Readonly<Record<string, unknown>>
  const missing = ['debug', 'info', 'warn', 'error'].find(method => typeof logger[method] !== 'function')
  if (missing === undefined) return value
  throw new ConfigError(
    `logger: ${show(value)} has no method "${missing}"; it needs debug, info, warn and error`,
  )
}
