// The whole application: a broker unless there is one, a database, processes that work on orders, and the page.
import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { BrokerUse, type Processes, startProcesses } from '@millrace/example-kit'
import { type Database, refusing } from './database/database.ts'
import { type DatabasePlace, openDatabase, prepare } from './database/open-database.ts'
import { Generator } from './generator.ts'
import { forgetOld } from './inbox.ts'
import { DeadLetters } from './letters.ts'
import { OrderDesk } from './order-desk.ts'
import { Pace } from './pace.ts'
import { type RetryPlan, usualPlan } from './retry-plan.ts'
import { StatusReader } from './status.ts'
import { calm, type Switches } from './switches.ts'
import { type Names, namesOf, partitionsOfTopics, stagesOf } from './topics.ts'
import { TotalsView } from './totals-view.ts'
import { Web } from './web.ts'
import { Reports, type WorkerReport } from './worker-report.ts'
import type { WorkerSettings } from './worker.ts'

export interface ApplicationOptions {
  /** Broker addresses; undefined: a broker of its own, in `dataDir`. */
  readonly brokers: readonly string[] | undefined
  /** PostgreSQL, `postgres://…`; undefined: SQLite, in `dataDir`. */
  readonly databaseUrl: string | undefined
  /** Folder of the database, and of the broker's data. */
  readonly dataDir: string
  /** Of the names of topics and groups. A database and its topics belong together. */
  readonly prefix: string
  /** Of the page; 0 for any. */
  readonly port: number
  /** How many processes work on orders. */
  readonly instances: number
  /** Orders a second that it makes by itself. */
  readonly rate: number
  /** What fails from the start on. Default: nothing. */
  readonly switches?: Partial<Switches>
  /** When what failed is tried again. Default: `usualPlan`. */
  readonly plan?: RetryPlan
  /** Whether what its processes say of failures is passed over. Default false: it is printed. */
  readonly isQuiet?: boolean
}

export class Application {
  readonly #options: ApplicationOptions
  readonly #use: BrokerUse
  readonly #names: Names
  readonly #board: { now: Switches }
  readonly #reports = new Reports()
  readonly #ending = new AbortController()
  readonly #place: DatabasePlace
  /** What is open, in the order in which it was opened. */
  readonly #open: (() => unknown)[] = []
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
    this.#open.push(() => use.close())
    this.#names = namesOf(options.prefix)
    this.#board = { now: { ...calm, ...options.switches } }
    this.#place = { file: join(options.dataDir, 'orders.sqlite'), url: options.databaseUrl }
  }

  /** Of the page. */
  get address(): string {
    return this.#web!.address
  }

  get brokers(): readonly string[] {
    return this.#use.brokers
  }

  get names(): Names {
    return this.#names
  }

  /** Where its database is. */
  get place(): DatabasePlace {
    return this.#place
  }

  /** The processes that work on orders, by name. */
  get workers(): ReadonlyMap<string, ChildProcess> {
    return this.#processes!.running
  }

  /** Ends everything, the last first. */
  async stop(): Promise<void> {
    this.#ending.abort()
    for (let close = this.#open.pop(); close; close = this.#open.pop()) await close()
  }

  async #begin(): Promise<void> {
    const { brokers } = this
    const names = this.#names
    const books = await openDatabase(this.#place)
    this.#open.push(() => books.close())
    await prepare(books)
    const forgetting = forgetOld(books, this.#ending.signal)
    this.#open.push(() => forgetting)
    // Those of dead letters, too: they are read before there are any.
    const letters = stagesOf(names).map(({ letters: name }) => ({
      name,
      partitions: partitionsOfTopics,
    }))
    await this.#use.ensure([names.orders, names.decisions, names.outcomes, names.totals, ...letters])
    this.#startWorkers()
    const database = refusing(books, () => this.#board.now.databaseAway)
    const desk = new OrderDesk(database, names, this.#board)
    const totals = await TotalsView.start(brokers, names, books)
    this.#open.push(() => totals.close())
    await this.#startWeb(books, desk, totals)
  }

  #startWorkers(): void {
    const { instances, prefix, plan = usualPlan, isQuiet = false } = this.#options
    const processes = startProcesses({
      module: new URL('worker.ts', import.meta.url),
      isQuiet,
      names: Array.from({ length: instances }, (_, index) => `orders-${index + 1}`),
      settingsOf: (instance): WorkerSettings => {
        this.#reports.renew(instance)
        const database = this.#place
        return { instance, brokers: this.brokers, prefix, database, plan, switches: this.#board.now }
      },
      onMessage: (name, message) => this.#reports.hear(name, message as WorkerReport),
    })
    this.#processes = processes
    this.#open.push(() => processes.stop())
  }

  async #startWeb(database: Database, desk: OrderDesk, totals: TotalsView): Promise<void> {
    const { brokers } = this
    const [names, reports, pace] = [this.#names, this.#reports, new Pace()]
    const generator = new Generator(desk)
    generator.rate = this.#options.rate
    this.#open.push(() => generator.close())
    const letters = new DeadLetters(brokers, names, database)
    this.#open.push(() => letters[Symbol.asyncDispose]())
    const chosen = () => ({ switches: this.#board.now, generated: generator.rate })
    const reader = new StatusReader({ brokers, names, database, letters, totals, reports, pace, chosen })
    this.#open.push(() => reader.close())
    const web = await Web.start(this.#options.port, {
      brokers,
      names,
      desk,
      generator,
      letters,
      pace,
      reader,
      switches: () => this.#board.now,
      onSwitched: switches => {
        this.#board.now = switches
        this.#processes!.tell(switches)
      },
    })
    this.#web = web
    this.#open.push(() => web.close())
  }
}
