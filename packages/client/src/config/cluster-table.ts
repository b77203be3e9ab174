// The options that every client has.
import type { ClusterOptions } from '../cluster/options.ts'
import { ConfigError } from '../errors/index.ts'
import { securityTable } from '../security/security-table.ts'
import type { OptionTable } from './option-table.ts'
import { show } from './show.ts'

export const clusterTable: OptionTable = {
  brokers: { kind: 'list', kafka: ['bootstrap.servers', 'metadata.broker.list'] },
  clientId: { kind: 'string', kafka: ['client.id'] },
  ...securityTable,
  connectTimeoutMs: { kind: 'duration', kafka: ['socket.connection.setup.timeout.ms'], min: 1 },
  requestTimeoutMs: { kind: 'int32', kafka: ['request.timeout.ms'], min: 1 },
  apiTimeoutMs: { kind: 'duration', kafka: ['default.api.timeout.ms', 'max.block.ms'], min: 1 },
  retryBackoffMs: { kind: 'duration', kafka: ['retry.backoff.ms'] },
  retryBackoffMaxMs: { kind: 'duration', kafka: ['retry.backoff.max.ms'] },
  reconnectBackoffMs: { kind: 'duration', kafka: ['reconnect.backoff.ms'] },
  reconnectBackoffMaxMs: { kind: 'duration', kafka: ['reconnect.backoff.max.ms'] },
  metadataMaxAgeMs: { kind: 'duration', kafka: ['metadata.max.age.ms'], min: 1 },
  connectionsMaxIdleMs: { kind: 'duration', kafka: ['connections.max.idle.ms'], min: 1 },
  responseMaxBytes: { kind: 'int32', kafka: ['receive.message.max.bytes'], min: 1024 },
  allowAutoTopicCreation: { kind: 'boolean', kafka: ['allow.auto.create.topics'] },
  onEvent: { kind: 'function' },
  logger: { kind: 'any', convert: readLogger },
  clock: { kind: 'any' },
  random: { kind: 'any' },
  network: { kind: 'any' },
}

/** Whether a name, ours or Kafka's, is that of an option which every client has. */
export function isClusterOption(name: string): boolean {
  return Object.entries(clusterTable).some(([own, entry]) => own === name || entry.kafka?.includes(name))
}

/** The part of a client's options that is about reaching the cluster. */
export function clusterPart(options: ClusterOptions): ClusterOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => name in clusterTable),
  ) as unknown as ClusterOptions
}

function readLogger(value: unknown): unknown {
  const logger = (value ?? {}) as Readonly<Record<string, unknown>>
  const missing = ['debug', 'info', 'warn', 'error'].find(method => typeof logger[method] !== 'function')
  if (missing === undefined) return value
  throw new ConfigError(
    `logger: ${show(value)} has no method "${missing}"; it needs debug, info, warn and error`,
  )
}
