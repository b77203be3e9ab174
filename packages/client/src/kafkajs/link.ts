// The connection of one KafkaJS client to its cluster: opened by `connect`, with retries, closed by `disconnect`, and perhaps opened again.
import type { Cluster } from '../cluster/cluster.ts'
import type { ClusterOptions } from '../cluster/options.ts'
import type { ClientHooks } from '../events/hooks.ts'
import type { Emitter } from './events.ts'
import { toKafkaJSError } from './protocol-errors.ts'
import { type RetrySettings, withRetries } from './retry.ts'
import type { Settings } from './settings.ts'

/** One of our clients, as far as a link has to do with it. */
export interface LinkedClient {
  readonly cluster: Cluster
  close(): Promise<void> | void
}

export interface LinkOptions<C extends LinkedClient> {
  readonly settings: Settings
  readonly emitter: Emitter
  readonly retry: RetrySettings
  readonly metadataMaxAge: number | undefined
  readonly allowAutoTopicCreation: boolean
  readonly hooks?: readonly ClientHooks[]
  /** Makes the client; it connects on first use. */
  readonly make: (options: ClusterOptions) => C
}

export class Link<C extends LinkedClient> {
  readonly #options: LinkOptions<C>
  #client: C | undefined
  #opening: Promise<C> | undefined
  #closing: Promise<void> | undefined

  constructor(options: LinkOptions<C>) {
    this.#options = options
  }

  /** The client, while there is one. */
  get client(): C | undefined {
    return this.#client
  }

  /** The client, connected to a broker at least. Throws what KafkaJS throws where none is reached. */
  async open(): Promise<C> {
    await this.#closing
    if (this.#client) return this.#client
    return (this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined
    }))
  }

  /** The same where brokers may have gone since: they are tried as often as `retry` says. */
  async reach(): Promise<C> {
    const client = await this.open()
    if (!client.cluster.isConnected) await this.#connecting(() => client.cluster.connectionTo('any'))
    return client
  }

  /** The options of a client of this link, for who needs another one. */
  clusterOptions(): Promise<ClusterOptions> {
    const { settings, emitter, retry, metadataMaxAge, allowAutoTopicCreation, hooks = [] } = this.#options
    return settings.clusterOptions({
      retry,
      metadataMaxAge,
      allowAutoTopicCreation,
      hooks: [emitter.networkHooks(settings.clientId), ...hooks],
    })
  }

  async #open(): Promise<C> {
    const { make } = this.#options
    // A function that fails is not asked again; one that has answered is, each time: it may have other addresses by then.
    let options: ClusterOptions | undefined = await this.clusterOptions()
    const client = await this.#connecting(async () => {
      const made = make(options ?? (await this.clusterOptions()))
      options = undefined
      try {
        await made.cluster.connectionTo('any')
        await made.cluster.refreshMetadata([])
        return made
      } catch (error) {
        await made.close()
        throw error
      }
    })
    this.#client = client
    return client
  }

  /** Connects as often as `retry` says, and writes what fails to the log. Throws KafkaJSError. */
  #connecting<T>(attempt: () => Promise<T>): Promise<T> {
    const { settings, retry } = this.#options
    const logger = settings.logger.namespace('BrokerPool')
    const connect = async (retryCount: number, retryTime: number) => {
      try {
        return await attempt()
      } catch (caught) {
        const error = toKafkaJSError(caught)
        const what = 'Failed to connect to seed broker, trying another broker from the list'
        logger.error(`${what}: ${error.message}`, { retryCount, retryTime })
        throw error
      }
    }
    // What an application's own functions throw says nothing of itself, and is not tried again.
    return withRetries(
      settings,
      retry,
      connect,
      ({ retriable }: Error & { retriable?: boolean }) => retriable === true,
    )
  }

  /** Closes the client, if there is one, and one that is being opened. It is there until it is closed: handlers that end commit with it. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close().finally(() => {
      this.#closing = undefined
    }))
  }

  async #close(): Promise<void> {
    await this.#opening?.catch(() => {})
    await this.#client?.close()
    this.#client = undefined
  }
}
