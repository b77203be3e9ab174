// The totals as they are read: changes are added up in the database, in one transaction with how far they were read, so that each counts once here, too.
import { type Followed, Follower } from '@millrace/example-kit'
import { type Database, numberOf, textOf } from './database/database.ts'
import type { FinalStatus, Names } from './topics.ts'

type Totals = Names['totals']

/** What all orders of a status come to. */
export interface Total {
  readonly status: FinalStatus
  readonly orders: number
  readonly cents: number
}

export class TotalsView {
  readonly #database: Database
  readonly #topic: string
  #follower: Follower<Totals> | undefined

  /** Goes on where it was. */
  static async start(brokers: readonly string[], { totals }: Names, database: Database): Promise<TotalsView> {
    const view = new TotalsView(database, totals.name)
    const rows = await database.rows('SELECT part, next_offset FROM progress WHERE topic = ?', totals.name)
    const offsets = new Map(rows.map(row => [numberOf(row, 'part'), numberOf(row, 'next_offset')]))
    view.#follower = await Follower.start({
      brokers,
      topic: totals,
      from: partition => offsets.get(partition) ?? 'earliest',
      onRecords: followed => view.#add(followed),
    })
    return view
  }

  private constructor(database: Database, topic: string) {
    this.#database = database
    this.#topic = topic
  }

  async #add({ partition, records, nextOffset }: Followed<Totals>): Promise<void> {
    await this.#database.transaction(async sql => {
      const [progress] = await sql.rows(
        `SELECT next_offset FROM progress WHERE topic = ? AND part = ?${sql.forUpdate}`,
        this.#topic,
        partition,
      )
      const from = numberOf(progress, 'next_offset')
      for (const { key, offset, value } of records) {
        // Who was told of the failure of a transaction that has gone through after all is given the same again.
        if (offset < from) continue
        const { status, orders, cents } = value.data
        await sql.run(
          `INSERT INTO totals (buyer, status, orders, cents) VALUES (?, ?, ?, ?)
           ON CONFLICT (buyer, status) DO UPDATE SET orders = totals.orders + excluded.orders, cents = totals.cents + excluded.cents`,
          key,
          status,
          orders,
          cents,
        )
      }
      await sql.run(
        `INSERT INTO progress (topic, part, next_offset) VALUES (?, ?, ?)
         ON CONFLICT (topic, part) DO UPDATE SET next_offset = excluded.next_offset`,
        this.#topic,
        partition,
        nextOffset,
      )
    })
  }

  /** By status. */
  async read(): Promise<readonly Total[]> {
    const rows = await this.#database.rows(
      'SELECT status, SUM(orders) AS orders, SUM(cents) AS cents FROM totals GROUP BY status ORDER BY status',
    )
    return rows.map(row => ({
      status: textOf(row, 'status') as FinalStatus,
      orders: numberOf(row, 'orders'),
      cents: numberOf(row, 'cents'),
    }))
  }

  /** How many sums of a user and a status are not what the orders themselves come to: those that are on their way, and none once all have arrived. */
  async differences(): Promise<number> {
    const [row] = await this.#database.rows(`
      SELECT COUNT(*) AS different FROM (
        SELECT buyer, status, SUM(orders) AS orders, SUM(cents) AS cents FROM (
          SELECT buyer, status, orders, cents FROM totals
          UNION ALL SELECT buyer, status, -1, -counted_cents FROM orders WHERE status IS NOT NULL
        ) AS both_sides GROUP BY buyer, status
      ) AS sums WHERE orders <> 0 OR cents <> 0`)
    return numberOf(row, 'different')
  }

  async close(): Promise<void> {
    await this.#follower?.close()
  }
}
