// What a Cluster needs to know, with its defaults.
import { type Clock, type Network, nodeClock, nodeNetwork, nodeRandom, type Random } from '@millrace/runtime'
import { ConfigError } from '../errors/index.ts'
import type { ClientEvent } from '../events/client-event.ts'
import type { ClientLogger } from '../events/event-door.ts'
import type { ClientHooks } from '../events/hooks.ts'
import type { TlsSource } from '../network/dial.ts'
import type { Authenticator, OwnAuthenticator } from '../network/handshake.ts'
import type { SaslOptions } from '../security/sasl-options.ts'
import { resolveSecurity } from '../security/security.ts'
import type { TlsOption } from '../security/tls-options.ts'

/** How long `close` waits for brokers that say nothing. What it waits for of the user's own (handlers, hooks) has its own limit. */
export const closeTimeoutMs = 5_000

/** Options of every client: how to reach the cluster and how long to wait. */
export interface ClusterOptions {
  /** Addresses to start from, `host:port` each (`bootstrap.servers`). */
  readonly brokers: readonly string[]
  /** Name of this client in broker logs, quotas and metrics (`client.id`). Default `millrace`. */
  readonly clientId?: string
  /**
   * TLS to every broker (`security.protocol`, `ssl.ca.location` …); `true` for the trusted authorities of Node, `{ ca }` for others,
   * `cert` and `key` where brokers want to see a certificate. A function is asked for each connection: certificates that were renewed hold
   * from the next on. Default: plain TCP.
   */
  readonly tls?: TlsOption
  /**
   * Who we are: a user with a password, a token, an identity provider that gives tokens, or a mechanism of your own (`sasl.mechanism`,
   * `sasl.jaas.config` …). Default: nobody.
   */
  readonly sasl?: SaslOptions
  /** Proves who we are by requests of your own on each new connection: for what is no SASL. Default: nobody does. */
  readonly authenticator?: Authenticator
  /** Time to open a connection (`socket.connection.setup.timeout.ms`). Default 10,000. */
  readonly connectTimeoutMs?: number
  /** Time to answer one request (`request.timeout.ms`). Default 30,000. */
  readonly requestTimeoutMs?: number
  /** Time of a call with all its retries (`default.api.timeout.ms`). Default 60,000. */
  readonly apiTimeoutMs?: number
  /** How often a call that failed goes again within `apiTimeoutMs`; a batch of a producer has `retries`. Default: as often as there is time. */
  readonly apiRetries?: number
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
  /** A topic that was neither used nor asked for in this time is forgotten (`metadata.max.idle.ms`). Default 300,000. */
  readonly metadataMaxIdleMs?: number
  /**
   * Whether the client starts over from `brokers` when none of the brokers that it knows can be reached, or answers as it should
   * (`metadata.recovery.strategy`, KIP-899). With `none` it tries those that it knows for ever. Default `rebootstrap`.
   */
  readonly metadataRecoveryStrategy?: 'rebootstrap' | 'none'
  /** How long look-ups of metadata may fail before the client starts over, in ms (`metadata.recovery.rebootstrap.trigger.ms`, KIP-1102). Default 300,000. */
  readonly rebootstrapTriggerMs?: number
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
  /**
   * The same events for a logger, each with its level: `pino()` fits, and `console`. Default: with neither this nor `onEvent`, what keeps the client from its work (no broker can be reached, a topic is
   * missing) becomes a warning of the process, once each; `null` for none.
   */
  readonly logger?: ClientLogger | null
  /**
   * Called with what the client measures (requests, batches, fetches, commits, rebalances …), with records before they are written, and around
   * handlers. Tracing and metrics stand on it: `hooks: [openTelemetry()]`. Default: none, and nothing is paid.
   */
  readonly hooks?: readonly ClientHooks[]
  /**
   * Whether producers and consumers tell brokers of themselves what those have subscribed to (`enable.metrics.push`, KIP-714). Default true, as in Java:
   * without a subscription it is one small request in five minutes.
   */
  readonly metricsPush?: boolean
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
  readonly tls: TlsSource | undefined
  readonly authenticator: OwnAuthenticator | undefined
  /** See `Security.exposes`. */
  readonly exposes: string | undefined
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
  const { tls, authenticator, exposes } = resolveSecurity(options, clock, random)
  const resolved = {
    brokers: options.brokers,
    clientId: options.clientId ?? 'millrace',
    authenticator,
    exposes,
    onEvent: options.onEvent,
    logger: options.logger ?? undefined,
    hooks: options.hooks ?? [],
    metricsPush: options.metricsPush ?? true,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
    apiTimeoutMs: options.apiTimeoutMs ?? 60_000,
    apiRetries: options.apiRetries ?? Number.POSITIVE_INFINITY,
    retryBackoffMs: options.retryBackoffMs ?? 100,
    retryBackoffMaxMs: options.retryBackoffMaxMs ?? 1_000,
    reconnectBackoffMs: options.reconnectBackoffMs ?? 50,
    reconnectBackoffMaxMs: options.reconnectBackoffMaxMs ?? 1_000,
    metadataMaxAgeMs: options.metadataMaxAgeMs ?? 300_000,
    metadataMaxIdleMs: options.metadataMaxIdleMs ?? 300_000,
    metadataRecoveryStrategy: options.metadataRecoveryStrategy ?? 'rebootstrap',
    rebootstrapTriggerMs: options.rebootstrapTriggerMs ?? 300_000,
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
