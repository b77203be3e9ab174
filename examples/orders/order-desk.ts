// Where orders are placed, changed and cancelled: the order and what is told of it stand in one transaction, so that neither is there without the other.
import { randomUUID } from 'node:crypto'
import { RequestError } from '@millrace/example-kit'
import { type Database, numberOf, type Row, type Sql, textOf } from './database/database.ts'
import type { SwitchBoard } from './switches.ts'
import type { Priority, Wanted } from './topics.ts'

/** What somebody orders. */
export interface Placement {
  readonly user: string
  readonly sku: string
  readonly quantity: number
  readonly priority: Priority
}

/** An order as it was written. */
export interface Written {
  readonly order: string
  readonly version: number
}

/** How an order stands. */
export interface OrderView extends Written {
  readonly user: string
  readonly sku: string
  readonly quantity: number
  readonly cents: number
  readonly priority: Priority
  readonly state: OrderState
  readonly events: readonly { readonly id: string; readonly type: string; readonly version: number }[]
}

/** `placed`: stock has not decided about what is wanted by now; `reserved`: payment has not; else what has come of it. */
export type OrderState = 'placed' | 'reserved' | 'completed' | 'rejected' | 'cancelled'

/** The state of a row of `orders`, in SQL. */
export const stateSql = `CASE WHEN settled_version = version THEN status WHEN stock_version = version THEN 'reserved' ELSE 'placed' END`

type OrderEventType = 'order.created' | 'order.updated' | 'order.cancelled'

export class OrderDesk {
  readonly #database: Database
  readonly #board: SwitchBoard
  readonly #onWritten: () => void

  /** `onWritten`: called when there is something to be told. */
  constructor(database: Database, board: SwitchBoard, onWritten: () => void) {
    this.#database = database
    this.#board = board
    this.#onWritten = onWritten
  }

  /** Rejects with RequestError for what there is not, and with what the database refuses. */
  async place({ user, sku, quantity, priority }: Placement): Promise<Written> {
    const order = randomUUID()
    const placedAt = Date.now()
    await this.#database.transaction(async sql => {
      const cents = quantity * (await priceOf(sql, sku))
      await sql.run(
        `INSERT INTO orders (id, buyer, sku, priority, placed_at, version, quantity, cents, is_cancelled,
         stock_version, reserved, settled_version, counted_cents) VALUES (?, ?, ?, ?, ?, 1, ?, ?, 0, 0, 0, 0, 0)`,
        order,
        user,
        sku,
        priority,
        placedAt,
        quantity,
        cents,
      )
      await this.#tell(sql, 'order.created', { order, version: 1, sku, quantity, cents, placedAt })
    })
    this.#onWritten()
    return { order, version: 1 }
  }

  /** Another quantity. Rejects as {@link place} does, and for an order that is cancelled. */
  update(order: string, quantity: number): Promise<Written> {
    return this.#change(order, 'order.updated', async (sql, row) => {
      const cents = quantity * (await priceOf(sql, textOf(row, 'sku')))
      await sql.run('UPDATE orders SET quantity = ?, cents = ? WHERE id = ?', quantity, cents, order)
      return { quantity, cents }
    })
  }

  /** Rejects as {@link update} does. */
  cancel(order: string): Promise<Written> {
    return this.#change(order, 'order.cancelled', async (sql, row) => {
      await sql.run('UPDATE orders SET is_cancelled = 1 WHERE id = ?', order)
      return { quantity: numberOf(row, 'quantity'), cents: numberOf(row, 'cents') }
    })
  }

  async #change(
    order: string,
    type: OrderEventType,
    change: (sql: Sql, row: Row) => Promise<Pick<Wanted, 'quantity' | 'cents'>>,
  ): Promise<Written> {
    const version = await this.#database.transaction(async sql => {
      const [row] = await sql.rows(`SELECT * FROM orders WHERE id = ?${sql.forUpdate}`, order)
      if (!row) throw new RequestError(404, `there is no order ${order}`)
      if (row['is_cancelled'] === 1) throw new RequestError(409, `order ${order} is cancelled`)
      const { quantity, cents } = await change(sql, row)
      const next = numberOf(row, 'version') + 1
      await sql.run('UPDATE orders SET version = ? WHERE id = ?', next, order)
      const [sku, placedAt] = [textOf(row, 'sku'), numberOf(row, 'placed_at')]
      await this.#tell(sql, type, { order, version: next, sku, quantity, cents, placedAt })
      return next
    })
    this.#onWritten()
    return { order, version }
  }

  async #tell(sql: Sql, type: OrderEventType, data: Wanted): Promise<void> {
    const id = randomUUID()
    const isDamaged = type === 'order.created' && Math.random() < this.#board.now.poison
    await sql.run(
      'INSERT INTO order_events (id, order_id, version, type, data, is_damaged) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      data.order,
      data.version,
      type,
      JSON.stringify(data),
      Number(isDamaged),
    )
    await sql.run('INSERT INTO outbox (event_id) VALUES (?)', id)
  }

  /** Rejects with RequestError for one that there is not. */
  async view(order: string): Promise<OrderView> {
    const [row] = await this.#database.rows(`SELECT *, ${stateSql} AS state FROM orders WHERE id = ?`, order)
    if (!row) throw new RequestError(404, `there is no order ${order}`)
    const events = await this.#database.rows(
      'SELECT id, type, version FROM order_events WHERE order_id = ? ORDER BY version',
      order,
    )
    return {
      order,
      version: numberOf(row, 'version'),
      user: textOf(row, 'buyer'),
      sku: textOf(row, 'sku'),
      quantity: numberOf(row, 'quantity'),
      cents: numberOf(row, 'cents'),
      priority: textOf(row, 'priority') as Priority,
      state: textOf(row, 'state') as OrderState,
      events: events.map(event => ({
        id: textOf(event, 'id'),
        type: textOf(event, 'type'),
        version: numberOf(event, 'version'),
      })),
    }
  }
}

async function priceOf(sql: Sql, sku: string): Promise<number> {
  const [row] = await sql.rows('SELECT cents FROM stock WHERE sku = ?', sku)
  if (row) return numberOf(row, 'cents')
  const known = await sql.rows('SELECT sku FROM stock ORDER BY sku')
  throw new RequestError(400, `sku must be one of ${known.map(({ sku: each }) => String(each)).join(', ')}`)
}
