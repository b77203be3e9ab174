// The whole application: a broker unless there is one, processes that keep messages, and the page.
import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { BrokerUse, type Processes, startProcesses } from '@millrace/example-kit'
import type { MessageStore } from './messages/message-store.ts'
import { openStore, type StorePlace } from './messages/open-store.ts'
import { feed, notifications, retryDelaysMs } from './topics.ts'
import { Web } from './web.ts'
import type { WorkerSettings } from './worker.ts'

export interface ApplicationOptions {
  /** Broker addresses; undefined: a broker of its own, in `dataDir`. */
  readonly brokers: readonly string[] | undefined
  /** Folder of the messages, and of the broker's data. */
  readonly dataDir: string
  /** Redis, `redis://host:port`, to keep messages in; undefined: SQLite, in `dataDir`. */
  readonly redisUrl: string | undefined
  /** Of the page; 0 for any. */
  readonly port: number
  /** How many processes keep messages. */
  readonly instances: number
  /** Share of look-ups that fail: 0 to 1. */
  readonly flaky: number
  /** Waits of what failed before its next attempts, in ms. Default: those of `topics.ts`. */
  readonly retryDelaysMs?: readonly number[]
}

/** Who is known from the start. */
const profiles = { anna: 'Anna', ben: 'Ben', chioma: 'Chioma', dmitri: 'Dmitri', emi: 'Emi', farid: 'Farid' }

export class Application {
  readonly #options: ApplicationOptions
  readonly #use: BrokerUse
  readonly #place: StorePlace
  #store: MessageStore | undefined
  #processes: Processes | undefined
  #web: Web | undefined

  static async start(options: ApplicationOptions): Promise<Application> {
    mkdirSync(options.dataDir, { recursive: true })
    const use = await BrokerUse.open(options.brokers, join(options.dataDir, 'broker'))
    const application = new Application(options, use)
    try {
      await application.#begin()
      return application
    } catch (error) {
      await application.stop()
      throw error
    }
  }

  private constructor(options: ApplicationOptions, use: BrokerUse) {
    this.#options = options
    this.#use = use
    this.#place = { file: join(options.dataDir, 'messages.sqlite'), redisUrl: options.redisUrl }
  }

  /** Of the page. */
  get address(): string {
    return this.#web!.address
  }

  get brokers(): readonly string[] {
    return this.#use.brokers
  }

  /** The processes that keep messages, by name. */
  get workers(): ReadonlyMap<string, ChildProcess> {
    return this.#processes!.running
  }

  async stop(): Promise<void> {
    await this.#web?.close()
    await this.#processes?.stop()
    await this.#store?.close()
    await this.#use.close()
  }

  async #begin(): Promise<void> {
    const { instances, flaky, port } = this.#options
    const store = await openStore(this.#place)
    this.#store = store
    for (const [name, display] of Object.entries(profiles))
      if ((await store.displayName(name)) === undefined) await store.setDisplayName(name, display)
    await this.#use.ensure([notifications, feed])
    this.#processes = startProcesses({
      module: new URL('worker.ts', import.meta.url),
      names: Array.from({ length: instances }, (_, index) => `notifier-${index + 1}`),
      settingsOf: (instance): WorkerSettings => ({
        instance,
        brokers: this.brokers,
        store: this.#place,
        flaky,
        retryDelaysMs: this.#options.retryDelaysMs ?? retryDelaysMs,
      }),
    })
    this.#web = await Web.start(this.brokers, store, port)
  }
}
