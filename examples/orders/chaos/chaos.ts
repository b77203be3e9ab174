// The application under load, while its broker is killed, its processes die, its database refuses and its payment provider is down; and afterwards, whether every order is accounted for.
import { mkdirSync } from 'node:fs'
import { drive } from '@millrace/example-kit'
import { Application } from '../application.ts'
import { type Database, textOf } from '../database/database.ts'
import { openDatabase } from '../database/open-database.ts'
import { Shoppers } from '../generator.ts'
import { send } from '../order-client.ts'
import type { Status } from '../status.ts'
import type { Switches } from '../switches.ts'
import { partitionsOfTopics, type Stage } from '../topics.ts'
import { blockDatabase } from './block-database.ts'
import { booksViolations, lettersViolations, outcomesViolations } from './checks.ts'
import { endHanging } from './end-hanging.ts'

export interface ChaosOptions {
  readonly brokers: readonly string[]
  /** PostgreSQL; undefined: SQLite, in `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  /** How long orders come and things break, in s. */
  readonly seconds: number
  /** Requests a second. */
  readonly rate: number
  readonly instances: number
  /** Time between two disasters, in ms. */
  readonly pauseMs: number
  /** Uniform in [0, 1): decides what breaks when. */
  readonly random: () => number
  /** Kills the broker (SIGKILL), and starts it again at the same address. */
  readonly restartBroker: () => Promise<void>
  /** Whether what its processes say of failures, of which there are many, is passed over. Default false: it is printed. */
  readonly isQuiet?: boolean
  /** Hears what is done. Default: nobody. */
  readonly log?: (line: string) => void
}

export interface ChaosReport {
  readonly requestsTaken: number
  readonly requestsRefused: number
  readonly orders: number
  readonly brokerKills: number
  readonly processKills: number
  readonly databaseOutages: number
  readonly providerOutages: number
  /** Transactions that the broker forgot when it was killed, and that were ended by hand: none on Millrace. */
  readonly hangingTransactions: number
  readonly retried: number
  readonly setAside: number
  /** Events that came a second time. */
  readonly duplicates: number
  readonly deadLetters: number
  readonly mended: number
  readonly redriven: number
  /** From the end of the load until nothing was left to do, and from the redrive on, in s. */
  readonly settledAfter: number
  readonly redrivenAfter: number
  /** What is wrong; empty when every order is in one final state, totals are exact, and what failed was a dead letter. */
  readonly violations: readonly string[]
}

/** Longest that anything is waited for once all is well again, in ms. */
const quietMaxMs = 120_000
const lookEveryMs = 200
/** How long the application may be busy before somebody looks whether a transaction holds it up, in ms. */
const hangingAfterMs = 20_000
/** Looks in a row at which nothing moves; five times as few are enough when the totals are exact. */
const calmLooks = 15
const stages: readonly Stage[] = ['stock', 'payment', 'totals']

/** Shares of orders that fail for good until somebody does something about it. */
const failing: Partial<Switches> = { badCards: 0.05, poison: 0.01, flaky: 0.05 }

/** Runs it once. Rejects when the application cannot be started or does not come to rest. */
export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  mkdirSync(options.dataDir, { recursive: true })
  const prefix = `chaos-${process.pid}-${Date.now().toString(36)}-`
  const plan = { attempts: 3, topicDelaysMs: [500, 2_000], openMs: 1_000 }
  const { brokers, databaseUrl, dataDir, instances } = options
  const application = await Application.start({
    brokers,
    databaseUrl,
    dataDir,
    prefix,
    port: 0,
    instances,
    rate: 0,
    switches: failing,
    plan,
    isQuiet: options.isQuiet ?? false,
  })
  const books = await openDatabase(application.place)
  try {
    return await new Run(options, application, books).all()
  } finally {
    await application.stop()
    await books.close()
  }
}

class Run {
  readonly #options: ChaosOptions
  readonly #application: Application
  readonly #books: Database
  /** Orders whose placement was answered. */
  readonly #promised = new Set<string>()
  readonly #counts = {
    brokerKills: 0,
    processKills: 0,
    databaseOutages: 0,
    providerOutages: 0,
    hangingTransactions: 0,
  }

  constructor(options: ChaosOptions, application: Application, books: Database) {
    this.#options = options
    this.#application = application
    this.#books = books
  }

  async all(): Promise<ChaosReport> {
    // Who has not begun cannot be disturbed.
    await this.#quiet()
    const { taken, refused } = await this.#storm()
    this.#say('the storm is over')
    await this.#switch({ providerDown: false, databaseAway: false, flaky: 0 })
    const settledAfter = await this.#quiet()
    const before = await this.#status()
    const violations = [
      ...(await this.#promises()),
      ...(await booksViolations(this.#books, 'before the redrive')),
      ...(await lettersViolations(this.#application, this.#books)),
    ]
    this.#say(`${before.deadLetters} dead letters`)
    await this.#switch({ badCards: 0, poison: 0 })
    const { mended } = await this.#ask<{ mended: number }>('POST', '/dead-letters/mend')
    const { sent } = await this.#ask<{ sent: number }>('POST', '/dead-letters/redrive')
    const redrivenAfter = await this.#quiet()
    const after = await this.#status()
    violations.push(...(await booksViolations(this.#books, 'after the redrive')))
    violations.push(...(await outcomesViolations(this.#application, this.#books)))
    if (after.deadLetters > 0) violations.push(`${after.deadLetters} dead letters are left after the redrive`)
    const open = after.orders.placed + after.orders.reserved
    if (open > 0) violations.push(`${open} orders are in no final state after the redrive`)
    return {
      requestsTaken: taken,
      requestsRefused: refused,
      orders: Object.values(after.orders).reduce((sum, count) => sum + count, 0),
      ...this.#counts,
      retried: after.retried,
      setAside: after.parked,
      duplicates: after.duplicates,
      deadLetters: before.deadLetters,
      mended,
      redriven: sent,
      settledAfter,
      redrivenAfter,
      violations,
    }
  }

  /** Orders come, and things break. */
  async #storm(): Promise<{ readonly taken: number; readonly refused: number }> {
    const { seconds, rate, random, pauseMs } = this.#options
    const shoppers = new Shoppers(random)
    const over = new AbortController()
    const load = drive({
      seconds: Number.POSITIVE_INFINITY,
      signal: over.signal,
      rate,
      send: async signal => {
        const written = await send(this.#application.address, shoppers, signal)
        if (written?.version === 1) this.#promised.add(written.order)
        return written !== undefined
      },
    })
    const endAt = performance.now() + seconds * 1_000
    // Each of them happens, whatever the dice say, and then whichever they choose.
    const first = [...this.#disasters]
    while (performance.now() < endAt || first.length > 0) {
      await sleep(pauseMs * (0.5 + random()))
      const disaster = first.pop() ?? this.#disasters[Math.floor(random() * this.#disasters.length)]!
      await disaster()
    }
    over.abort()
    return load
  }

  readonly #disasters: readonly (() => Promise<void>)[] = [
    async () => {
      const outageMs = 500 + this.#options.random() * 2_000
      this.#say(`the database refuses for ${Math.round(outageMs)} ms`)
      this.#counts.databaseOutages++
      await blockDatabase(this.#application.place, outageMs)
    },
    async () => {
      const outageMs = 1_000 + this.#options.random() * 2_000
      this.#say(`the payment provider is down for ${Math.round(outageMs)} ms`)
      this.#counts.providerOutages++
      await this.#switch({ providerDown: true })
      await sleep(outageMs)
      await this.#switch({ providerDown: false })
    },
    async () => {
      const names = [...this.#application.workers.keys()]
      const name = names[Math.floor(this.#options.random() * names.length)]!
      this.#say(`killing ${name}`)
      this.#counts.processKills++
      this.#application.workers.get(name)!.kill('SIGKILL')
    },
    async () => {
      this.#say('killing the broker')
      this.#counts.brokerKills++
      await this.#options.restartBroker()
      this.#say('the broker is back')
    },
  ]

  /** Waits until nothing is on its way any more. Resolves with the seconds that took. */
  async #quiet(): Promise<number> {
    const startedAt = performance.now()
    const deadline = startedAt + quietMaxMs
    let last: Status | { readonly error: string } | undefined
    let lookAfterAt = startedAt + hangingAfterMs
    for (let calm = 0; calm < calmLooks; ) {
      if (performance.now() > deadline)
        throw new Error(`after ${quietMaxMs} ms the application is not at rest: ${JSON.stringify(last)}`)
      if (performance.now() > lookAfterAt) {
        await this.#endHanging()
        lookAfterAt = performance.now() + hangingAfterMs
      }
      await sleep(lookEveryMs)
      last = await this.#ask<Status | { readonly error: string }>('GET', '/status')
      if ('error' in last || !isQuiet(last)) calm = 0
      // Totals that are still added up have a little longer; those that stay wrong are for the checks.
      else calm += last.differences === 0 ? 5 : 1
    }
    return (performance.now() - startedAt) / 1_000
  }

  /** What an operator would do when a group stands still. */
  async #endHanging(): Promise<void> {
    const { brokers, names } = this.#application
    const ended = await endHanging(brokers, names.prefix)
    if (ended > 0) this.#say(`${ended} transactions hung, and were ended by hand`)
    this.#counts.hangingTransactions += ended
  }

  /** What was answered is there. */
  async #promises(): Promise<string[]> {
    const rows = await this.#books.rows('SELECT id FROM orders')
    const there = new Set(rows.map(row => textOf(row, 'id')))
    const lost = [...this.#promised].filter(order => !there.has(order))
    return lost.map(order => `order ${order} was answered, and is not there`)
  }

  #status(): Promise<Status> {
    return this.#ask<Status>('GET', '/status')
  }

  async #switch(switches: Partial<Switches>): Promise<void> {
    await this.#ask('PUT', '/switches', switches)
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.#application.address + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(quietMaxMs),
    })
    const answer = (await response.json()) as T & { readonly error?: string }
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.error}`)
    return answer
  }

  #say(line: string): void {
    this.#options.log?.(line)
  }
}

/** Somebody has each partition, and nothing waits in any. */
function isQuiet({ lag, retrying, untold, instances }: Status): boolean {
  const waiting = lag.stock + lag.payment + lag.totals + retrying + untold
  const owned = (stage: Stage) => instances.reduce((sum, { partitions }) => sum + partitions[stage].length, 0)
  return waiting === 0 && stages.every(stage => owned(stage) === partitionsOfTopics)
}

function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
