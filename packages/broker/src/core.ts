// What handlers and services see of the broker they run in.
import type { LogManager, PartitionLog } from '@millrace/log'
import type { Clock, Random } from '@millrace/runtime'
import type { TokenCredentials } from './authentication/sasl/scram-credentials.ts'
import type { Authorizer } from './authorizer/authorizer.ts'
import type { BurstFilter } from './burst-filter.ts'
import type { BrokerConfig } from './config/broker-config.ts'
import type { TopicConfig } from './config/topic-config.ts'
import type { LeveledLogger } from './logger.ts'
import type { DelegationToken } from './metadata/delegation-token.ts'
import type { TopicImage } from './metadata/image.ts'
import type { MetadataStore } from './metadata/store.ts'
import type { ClientQuotas } from './quotas/client-quotas.ts'
import type { ServedKey } from './served-key.ts'
import type { RequestObserver } from './server/request-observer.ts'
import type { Endpoint } from './server/listeners.ts'

export interface BrokerCore {
  readonly clock: Clock
  readonly random: Random
  readonly logger: LeveledLogger
  /** For lines of the log that clients can cause as often as they like. */
  readonly burstFilter: BurstFilter
  readonly config: BrokerConfig
  /** Asked before anything is done for a client (`RequestContext.authorize`); undefined where everybody may everything. */
  readonly authorizer: Authorizer | undefined
  /** Undefined without `delegation.token.secret.key`. */
  readonly delegationTokens: DelegationTokens | undefined
  readonly nodeId: number
  readonly clusterId: string
  /** The data directory. */
  readonly dataDir: string
  /** Storage of all partitions, internal topics included. `logs.commit('durable')` once a request, never once a partition. */
  readonly logs: LogManager
  /** Topics, partitions, configs, producer ids: the image to read from, and the changes that can be asked for. */
  readonly metadata: MetadataStore
  /** Hears of every request that was answered; undefined while nobody wants to. */
  readonly observer: RequestObserver | undefined
  /** What clients may use; undefined while no quota was ever set since the start. */
  readonly quotas: ClientQuotas | undefined
  /** API keys that clients are told of. */
  readonly servedKeys: readonly ServedKey[]
  /** Addresses that clients are told, by listener name. */
  readonly endpoints: readonly Endpoint[]
  /** The log of a partition that exists, or undefined. Cheap: made for hot paths. */
  partition(topic: string, partition: number): PartitionLog | undefined
  /** Throws ConfigError when the broker could not go on with settings that are to be changed while it runs. */
  checkConfig(changed: BrokerConfig): void
  /** The effective settings of a topic: its own, else the broker's. The object is shared and replaced when a setting changes. */
  topicConfig(topic: TopicImage): TopicConfig
  /**
   * Makes an internal topic unless it exists and resolves when its partitions can be appended to.
   * `configs` are topic settings such as `cleanup.policy`.
   */
  ensureInternalTopic(
    name: string,
    partitions: number,
    configs: Readonly<Record<string, string>>,
  ): Promise<TopicImage>
  /** Calls `listener` when a log's high watermark has moved, until the returned function is called. For hot paths: it must be cheap. */
  listenToHighWatermarks(listener: (log: PartitionLog) => void): () => void
  /** The one instance of a service in this broker, opened on first use. */
  service<S extends Service>(definition: ServiceDefinition<S>): S
}

/** Delegation tokens (KIP-48), which are in the metadata, with what the secret of the broker makes of them. */
export interface DelegationTokens extends TokenCredentials {
  /** What somebody shows who has the token: 64 bytes. */
  hmacOf(tokenId: string): Buffer
  withHmac(hmac: Uint8Array): DelegationToken | undefined
}

/** An opened service. */
export interface Service {
  /**
   * Ends timers and answers who still waits. Called once, when no new requests are begun any more and before the log closes;
   * requests under way may still call.
   */
  close(): void | Promise<void>
}

/** How a service comes to be. One `const` a service: its identity is the key under which the broker keeps the instance. */
export interface ServiceDefinition<S extends Service> {
  readonly name: string
  /** Called at most once a broker. Work that takes time (loading a log) belongs behind promises inside the service. */
  open(core: BrokerCore): S
}
