// What all clients of one `Kafka` have in common: which cluster, how often what fails goes again, and the options of our own clients that come of it.
import { type Clock, nodeClock, nodeRandom, type Random } from '@millrace/runtime'
import type { ClusterOptions } from '../cluster/options.ts'
import type { ClientHooks } from '../events/hooks.ts'
import type { TlsOption } from '../security/tls-options.ts'
import { logLevel } from './enumerations.ts'
import { KafkaJSConnectionError, KafkaJSNonRetriableError } from './errors.ts'
import { consoleLogCreator, createLogger } from './logger.ts'
import { socketNetwork } from './node-socket-network.ts'
import { retrySettings, type RetrySettings, waitsOf } from './retry.ts'
import { saslOptions } from './sasl.ts'
import type { KafkaConfig, Logger, RetryOptions } from './types/config.ts'
import type { ConnectionOptions } from './types/node-options.ts'

const connectionTimeoutDefault = 1_000
const requestTimeoutDefault = 30_000
/** Those of our clients. */
const reconnectBackoffMs = 50
const reconnectBackoffMaxMs = 1_000
/** The longest that a timer takes. */
const foreverMs = 2 ** 31 - 1

/** What a client of a `Kafka` has of its own. */
export interface OwnSettings {
  readonly retry: RetrySettings
  readonly metadataMaxAge: number | undefined
  readonly allowAutoTopicCreation: boolean
  readonly hooks: readonly ClientHooks[]
}

export class Settings {
  readonly logger: Logger
  readonly clock: Clock = nodeClock
  readonly random: Random = nodeRandom
  readonly clientId: string
  readonly #config: KafkaConfig

  constructor(config: KafkaConfig) {
    this.#config = config
    this.clientId = config.clientId ?? 'kafkajs'
    this.logger = createLogger(
      this.clock,
      config.logLevel ?? logLevel.INFO,
      config.logCreator ?? consoleLogCreator,
    )
  }

  /** The retries of a client: those of the `Kafka`, and what it says itself. */
  retry(...own: readonly (RetryOptions | undefined)[]): RetrySettings {
    return retrySettings(this.#config.retry, ...own)
  }

  /** What a retry option was given as, by the client itself or for all; undefined where it was not. */
  given<N extends keyof RetryOptions>(own: RetryOptions | undefined, name: N): RetryOptions[N] | undefined {
    return own?.[name] ?? this.#config.retry?.[name]
  }

  get requestTimeoutMs(): number {
    const { enforceRequestTimeout = true, requestTimeout = requestTimeoutDefault } = this.#config
    return enforceRequestTimeout ? requestTimeout : foreverMs
  }

  /** How long a call may take with all of its retries, in ms: KafkaJS has no limit but their number. */
  callTimeMs(retry: RetrySettings): number {
    return Math.min(foreverMs, waitsOf(retry) + this.requestTimeoutMs)
  }

  /** Options of one of our clients. Throws KafkaJSConnectionError, KafkaJSNonRetriableError. */
  async clusterOptions({
    retry,
    metadataMaxAge,
    allowAutoTopicCreation,
    hooks,
  }: OwnSettings): Promise<ClusterOptions> {
    const { ssl, sasl, socketFactory, connectionTimeout = connectionTimeoutDefault } = this.#config
    const { clock, random, clientId, requestTimeoutMs } = this
    return {
      brokers: await this.#brokers(),
      clientId,
      clock,
      random,
      hooks: [...hooks, this.#connectionHook()],
      // What is told goes to KafkaJS's log.
      logger: null,
      // KafkaJS tells brokers nothing of itself.
      metricsPush: false,
      connectTimeoutMs: connectionTimeout,
      requestTimeoutMs,
      apiTimeoutMs: this.callTimeMs(retry),
      apiRetries: Math.min(foreverMs, Math.max(0, retry.retries)),
      // Connections are opened with the calls that need them, whose waits are KafkaJS's.
      reconnectBackoffMs: Math.min(reconnectBackoffMs, retry.initialRetryTime),
      reconnectBackoffMaxMs: Math.max(
        reconnectBackoffMs,
        Math.min(reconnectBackoffMaxMs, retry.initialRetryTime),
      ),
      retryBackoffMs: retry.initialRetryTime,
      retryBackoffMaxMs: Math.max(retry.initialRetryTime, retry.maxRetryTime),
      allowAutoTopicCreation,
      // With 0, whatever is asked is looked up first.
      ...(metadataMaxAge !== undefined && { metadataMaxAgeMs: Math.max(1, metadataMaxAge) }),
      ...(sasl && { sasl: saslOptions(sasl, this.logger) }),
      ...(socketFactory
        ? { network: socketNetwork(socketFactory, sslOptions(ssl)) }
        : ssl && { tls: ssl as TlsOption }),
    }
  }

  /** The addresses to start from. */
  async #brokers(): Promise<readonly string[]> {
    const { brokers } = this.#config
    let list: readonly string[] | null | undefined
    try {
      list = typeof brokers === 'function' ? await brokers() : brokers
    } catch (caught) {
      const { message, stack } = caught as Error
      const error = new KafkaJSConnectionError(`Failed to connect: "config.brokers" threw: ${message}`)
      error.stack = `${error.name}\n  Caused by: ${stack}`
      throw error
    }
    if (list == null) throw new KafkaJSNonRetriableError('Failed to connect: brokers should not be null')
    if (!Array.isArray(list))
      throw new KafkaJSNonRetriableError('Failed to connect: brokers should be an array')
    if (list.length === 0) throw new KafkaJSNonRetriableError('Failed to connect: brokers array is empty')
    for (const [index, broker] of list.entries()) {
      if (typeof broker === 'string' && broker !== '') continue
      throw new KafkaJSNonRetriableError(
        `Failed to connect: broker at index ${index} is invalid "${typeof broker}"`,
      )
    }
    return list
  }

  /** Connections that cannot be opened are in the log of KafkaJS as errors. */
  #connectionHook(): ClientHooks {
    const logger = this.logger.namespace('Connection')
    const { clientId } = this
    return {
      onConnection: ({ what, error, broker }) => {
        if (what === 'failed' && error)
          logger.error(`Connection error: ${error.message}`, { broker, clientId, stack: error.stack })
      },
    }
  }
}

function sslOptions(ssl: KafkaConfig['ssl']): ConnectionOptions | undefined {
  if (!ssl) return undefined
  return ssl === true ? {} : ssl
}
