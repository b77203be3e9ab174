// What a Cluster needs to know, with its defaults.
import {
  type Clock,
  type Network,
  nodeClock,
  nodeNetwork,
  nodeRandom,
  type Random,
  type TlsOptions,
} from '@millrace/runtime'
import { ConfigError } from '../errors/index.ts'
import type { ClientEvent } from '../events/client-event.ts'
import type { ClientLogger } from '../events/event-door.ts'
import type { Authenticator } from '../network/handshake.ts'
import type { SaslOptions } from '../security/sasl-options.ts'
import { resolveSecurity } from '../security/security.ts'

/** How long `close` waits for brokers that say nothing. What it waits for of the user's own (handlers, hooks) has its own limit. */
export const closeTimeoutMs = 5_000

/** Options of every client: how to reach the cluster and how long to wait. */
export interface ClusterOptions {
  /** Addresses to start from, `host:port` each (`bootstrap.servers`). */
  readonly brokers: readonly string[]
  /** Name of this client in broker logs, quotas and metrics (`client.id`). Default `millrace`. */
  readonly clientId?: string
  /**
   * TLS to every broker (`security.protocol`, `ssl.ca.location` …); `true` for the trusted authorities of Node, `{ ca }` for another one,
   * `cert` and `key` where brokers want to see a certificate. Default: plain TCP.
   */
  readonly tls?: TlsOptions | boolean
  /** Who we are: a user with a password, or a token (`sasl.mechanism`, `sasl.jaas.config` …). Default: nobody. */
  readonly sasl?: SaslOptions
  /** Proves who we are on each new connection, for mechanisms that `sasl` does not have. */
  readonly authenticator?: Authenticator
  /** Time to open a connection (`socket.connection.setup.timeout.ms`). Default 10,000. */
  readonly connectTimeoutMs?: number
  /** Time to answer one request (`request.timeout.ms`). Default 30,000. */
  readonly requestTimeoutMs?: number
  /** Time of a call with all its retries (`default.api.timeout.ms`). Default 60,000. */
  readonly apiTimeoutMs?: number
  /** First wait before a retry (`retry.backoff.ms`); doubles each time. Default 100. */
  readonly retryBackoffMs?: number
  /** Longest wait before a retry (`retry.backoff.max.ms`). Default 1,000. */
  readonly retryBackoffMaxMs?: number
  /** First wait before connecting anew (`reconnect.backoff.ms`). Default 50. */
  readonly reconnectBackoffMs?: number
  /** Longest wait before connecting anew (`reconnect.backoff.max.ms`). Default 1,000. */
  readonly reconnectBackoffMaxMs?: number
  /** Age at which metadata is looked up again (`metadata.max.age.ms`). Default 300,000. */
  readonly metadataMaxAgeMs?: number
  /** Idle time after which a connection is closed (`connections.max.idle.ms`). Default 540,000. */
  readonly connectionsMaxIdleMs?: number
  /** Largest response that is accepted (`receive.message.max.bytes`). Default 268,435,456. */
  readonly responseMaxBytes?: number
  /** Whether asking for an unknown topic may create it (`allow.auto.create.topics`). Default true. */
  readonly allowAutoTopicCreation?: boolean
  /**
   * Hears what happens while the client works and that no call throws: brokers that cannot be reached, topics that are missing, batches that
   * go again. The same thing is told of the same broker or topic every 10 seconds at most. Default: nothing listens, and nothing is paid.
   */
  readonly onEvent?: (event: ClientEvent) => void
  /** The same events for a logger, each with its level: `pino()` fits, and `console`. Default: none. */
  readonly logger?: ClientLogger
  /** Time and timers. Default: the system’s. Tests give one of their own. */
  readonly clock?: Clock
  /** Randomness of backoff and of choices. Default: the system’s. */
  readonly random?: Random
  /** How connections are made. Default: TCP and TLS of Node. */
  readonly network?: Network
}

export type ResolvedClusterOptions = Required<
  Omit<ClusterOptions, 'tls' | 'sasl' | 'authenticator' | 'onEvent' | 'logger'>
> & {
  readonly tls: TlsOptions | undefined
  readonly authenticator: Authenticator | undefined
  readonly onEvent: ((event: ClientEvent) => void) | undefined
  readonly logger: ClientLogger | undefined
}

export function resolveClusterOptions(options: ClusterOptions): ResolvedClusterOptions {
  // Without types, or with "bootstrap.servers" read from an environment that lacks it.
  const brokers: readonly string[] | undefined = options.brokers
  if (brokers === undefined || brokers.length === 0)
    throw new ConfigError('brokers: name at least one, as "host:port"')
  const clock = options.clock ?? nodeClock
  const random = options.random ?? nodeRandom
  const { tls, authenticator } = resolveSecurity(options, clock, random)
  const resolved = {
    brokers: options.brokers,
    clientId: options.clientId ?? 'millrace',
    authenticator,
    onEvent: options.onEvent,
    logger: options.logger,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
    apiTimeoutMs: options.apiTimeoutMs ?? 60_000,
    retryBackoffMs: options.retryBackoffMs ?? 100,
    retryBackoffMaxMs: options.retryBackoffMaxMs ?? 1_000,
    reconnectBackoffMs: options.reconnectBackoffMs ?? 50,
    reconnectBackoffMaxMs: options.reconnectBackoffMaxMs ?? 1_000,
    metadataMaxAgeMs: options.metadataMaxAgeMs ?? 300_000,
    connectionsMaxIdleMs: options.connectionsMaxIdleMs ?? 540_000,
    responseMaxBytes: options.responseMaxBytes ?? 268_435_456,
    allowAutoTopicCreation: options.allowAutoTopicCreation ?? true,
    clock,
    random,
    network: options.network ?? nodeNetwork,
  }
  // Whoever prints a client must not print its private key.
  return Object.defineProperty(resolved, 'tls', { value: tls, enumerable: false }) as ResolvedClusterOptions
}
