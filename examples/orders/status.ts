// How the application stands: orders by state, what waits where, who works, what was given up, and whether the totals are exact.
import { Admin } from '@millrace/client'
import { type Database, numberOf, textOf } from './database/database.ts'
import type { DeadLetters, LetterStatus } from './letters.ts'
import { type OrderState, stateSql } from './order-desk.ts'
import type { Pace, Waits } from './pace.ts'
import type { Switches } from './switches.ts'
import { type Names, type Stage, stagesOf } from './topics.ts'
import type { Total, TotalsView } from './totals-view.ts'
import type { Reports, WorkerCounts } from './worker-report.ts'

const states: readonly OrderState[] = ['placed', 'reserved', 'completed', 'rejected', 'cancelled']
/** What is dear is not asked for at every look: dead letters are read, and all orders are added up. */
const dearEveryMs = 2_000

export interface InstanceStatus {
  readonly name: string
  /** Partitions by stage. */
  readonly partitions: Readonly<Record<Stage, readonly number[]>>
}

export interface Status extends WorkerCounts, LetterStatus {
  readonly orders: Readonly<Record<OrderState, number>>
  /** Events that stand in the database and not in the topic so far. */
  readonly untold: number
  /** Records that nobody has looked at so far. */
  readonly lag: Readonly<Record<Stage, number>>
  /** Records that wait for another attempt. */
  readonly retrying: number
  /** Orders that were settled, a second. */
  readonly perSecond: number
  readonly waits: Waits
  readonly instances: readonly InstanceStatus[]
  readonly breakers: Reports['breakers']
  readonly totals: readonly Total[]
  /** Totals of a user and a status that are not what the orders come to: 0 once all is counted. */
  readonly differences: number
  readonly stock: readonly { readonly sku: string; readonly name: string; readonly available: number }[]
  readonly switches: Switches
  /** Orders a second that the application makes by itself. */
  readonly generated: number
}

export interface StatusSources {
  readonly brokers: readonly string[]
  readonly names: Names
  readonly database: Database
  readonly letters: DeadLetters
  readonly totals: TotalsView
  readonly reports: Reports
  readonly pace: Pace
  /** What was chosen on the page. */
  readonly chosen: () => Pick<Status, 'switches' | 'generated'>
}

type Dear = Pick<Status, 'totals' | 'differences'> & LetterStatus

export class StatusReader {
  readonly #sources: StatusSources
  readonly #admin: Admin
  #dear: { readonly at: number; readonly found: Promise<Dear> } | undefined

  constructor(sources: StatusSources) {
    this.#sources = sources
    this.#admin = new Admin({ brokers: sources.brokers })
  }

  /** Rejects when cluster or database cannot be asked. `fresh`: also what is dear, as it is now. */
  async read(signal?: AbortSignal, fresh = false): Promise<Status> {
    const { reports, pace, chosen } = this.#sources
    const [groups, books, dear] = await Promise.all([
      this.#groups(signal),
      this.#books(),
      this.#dearOnes(signal, fresh),
    ])
    return {
      ...groups,
      ...books,
      ...dear,
      ...reports.counts,
      ...chosen(),
      breakers: reports.breakers,
      perSecond: pace.perSecond,
      waits: pace.waits,
    }
  }

  async #groups(signal: AbortSignal | undefined): Promise<Pick<Status, 'lag' | 'retrying' | 'instances'>> {
    const stages = stagesOf(this.#sources.names)
    const described = await this.#admin.describeGroupLag(
      stages.map(({ group }) => group),
      { ...(signal && { signal }) },
    )
    const lag: Record<Stage, number> = { stock: 0, payment: 0, totals: 0 }
    const instances = new Map<string, Record<Stage, number[]>>()
    let retrying = 0
    for (const { stage, group, topic } of stages) {
      const found = described.find(each => each.groupId === group)
      for (const { topic: read, lag: known, logStartOffset = 0, endOffset = 0 } of found?.partitions ?? []) {
        // Before the first commit all of the log is left to read.
        const left = known ?? endOffset - logStartOffset
        if (read === topic) lag[stage] += left
        else retrying += left
      }
      for (const { clientId, assignment } of found?.members ?? []) {
        const own = instances.get(clientId) ?? { stock: [], payment: [], totals: [] }
        instances.set(clientId, own)
        for (const each of assignment) if (each.topic === topic) own[stage].push(each.partition)
      }
    }
    return {
      lag,
      retrying,
      instances: Array.from(instances, ([name, partitions]) => ({ name, partitions })).toSorted((a, b) =>
        a.name.localeCompare(b.name),
      ),
    }
  }

  async #books(): Promise<Pick<Status, 'orders' | 'untold' | 'stock'>> {
    const { database } = this.#sources
    const [counted, untold, stock] = await Promise.all([
      database.rows(`SELECT ${stateSql} AS state, COUNT(*) AS orders FROM orders GROUP BY ${stateSql}`),
      database.outbox.status(),
      database.rows('SELECT sku, name, available FROM stock ORDER BY sku'),
    ])
    const counts = new Map(counted.map(row => [textOf(row, 'state'), numberOf(row, 'orders')]))
    return {
      orders: Object.fromEntries(states.map(state => [state, counts.get(state) ?? 0])) as Status['orders'],
      untold: untold.pending,
      stock: stock.map(row => ({
        sku: textOf(row, 'sku'),
        name: textOf(row, 'name'),
        available: numberOf(row, 'available'),
      })),
    }
  }

  #dearOnes(signal: AbortSignal | undefined, fresh: boolean): Promise<Dear> {
    const now = performance.now()
    if (!fresh && this.#dear && now - this.#dear.at < dearEveryMs) return this.#dear.found
    const found = this.#readDear(signal)
    this.#dear = { at: now, found }
    // What failed is asked again at the next look.
    found.catch(() => {
      this.#dear = undefined
    })
    return found
  }

  async #readDear(signal: AbortSignal | undefined): Promise<Dear> {
    const { letters, totals } = this.#sources
    const [given, sums, differences] = await Promise.all([
      letters.read(signal),
      totals.read(),
      totals.differences(),
    ])
    return { ...given, totals: sums, differences }
  }

  close(): void {
    this.#admin.close()
  }
}
