// The whole application: a broker unless there is one, processes that keep messages, and the page.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, BrokerError } from '@millrace/client'
import { Broker } from 'millrace'
import { MessageStore } from './message-store.ts'
import { feed, notifications, retryDelaysMs } from './topics.ts'
import { Web } from './web.ts'
import type { WorkerSettings } from './worker.ts'

const stopMs = 15_000
/** How soon a process that has died is started again. */
const restartMs = 1_000

export interface ApplicationOptions {
  /** Broker addresses; undefined: a broker of its own, in `dataDir`. */
  readonly brokers: readonly string[] | undefined
  /** Folder of the messages, and of the broker's data. */
  readonly dataDir: string
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
  readonly #broker: Broker | undefined
  readonly #brokers: readonly string[]
  readonly #store: MessageStore
  readonly #database: string
  readonly #workers = new Map<string, ChildProcess>()
  #web: Web | undefined
  #stopping = false

  static async start(options: ApplicationOptions): Promise<Application> {
    mkdirSync(options.dataDir, { recursive: true })
    const broker =
      options.brokers === undefined
        ? await Broker.start({ dataDir: join(options.dataDir, 'broker'), port: 0 })
        : undefined
    const application = new Application(options, broker)
    try {
      await application.#begin()
      return application
    } catch (error) {
      await application.stop()
      throw error
    }
  }

  private constructor(options: ApplicationOptions, broker: Broker | undefined) {
    this.#options = options
    this.#broker = broker
    this.#brokers = options.brokers ?? [broker!.address]
    this.#database = join(options.dataDir, 'messages.sqlite')
    this.#store = new MessageStore(this.#database)
    for (const [name, display] of Object.entries(profiles))
      if (this.#store.displayName(name) === undefined) this.#store.setDisplayName(name, display)
  }

  /** Of the page. */
  get address(): string {
    return this.#web!.address
  }

  get brokers(): readonly string[] {
    return this.#brokers
  }

  /** The processes that keep messages, by name. */
  get workers(): ReadonlyMap<string, ChildProcess> {
    return this.#workers
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#web?.close()
    await Promise.all([...this.#workers.values()].map(endWorker))
    this.#store.close()
    await this.#broker?.close()
  }

  async #begin(): Promise<void> {
    await using admin = new Admin({ brokers: this.#brokers })
    for (const { error } of await admin.createTopics([notifications, feed])) {
      if (error && !(error instanceof BrokerError && error.code === 'TOPIC_ALREADY_EXISTS')) throw error
    }
    for (let number = 1; number <= this.#options.instances; number++) this.#startWorker(`notifier-${number}`)
    this.#web = await Web.start(this.#brokers, this.#store, this.#options.port)
  }

  #startWorker(name: string): void {
    const settings: WorkerSettings = {
      instance: name,
      brokers: this.#brokers,
      database: this.#database,
      flaky: this.#options.flaky,
      retryDelaysMs: this.#options.retryDelaysMs ?? retryDelaysMs,
    }
    const worker = fork(new URL('worker.ts', import.meta.url), [JSON.stringify(settings)], {
      execArgv: [...process.execArgv, '--disable-warning=ExperimentalWarning'],
    })
    this.#workers.set(name, worker)
    worker.once('exit', (code, signal) => {
      if (this.#stopping) return
      console.error(`${name} ended (${signal ?? code}); the others go on, and it is started again`)
      setTimeout(() => !this.#stopping && this.#startWorker(name), restartMs)
    })
  }
}

async function endWorker(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return
  const ended = new Promise(resolve => worker.once('exit', resolve))
  worker.kill('SIGTERM')
  const patience = new AbortController()
  await Promise.race([ended, sleep(stopMs, undefined, { signal: patience.signal }).catch(() => {})])
  // A timer that goes on would keep the process alive as long.
  patience.abort()
  worker.kill('SIGKILL')
}
