// Where orders are placed, changed and cancelled: the order and what is told of it stand in one transaction, so that neither is there without the other.
import { randomUUID } from 'node:crypto'
import { string, topic } from '@millrace/client'
import { RequestError } from '@millrace/example-kit'
import { type Database, numberOf, type Row, type Sql, textOf } from './database/database.ts'
import type { SwitchBoard } from './switches.ts'
import { headersOf, type Names, type Priority, type Wanted } from './topics.ts'

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
  readonly #names: Names
  readonly #board: SwitchBoard

  constructor(database: Database, names: Names, board: SwitchBoard) {
    this.#database = database
    this.#names = names
    this.#board = board
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
      await this.#tell(sql, { user, priority }, 'order.created', {
        order,
        version: 1,
        sku,
        quantity,
        cents,
        placedAt,
      })
    })
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
      const of = { user: textOf(row, 'buyer'), priority: textOf(row, 'priority') as Priority }
      await this.#tell(sql, of, type, { order, version: next, sku, quantity, cents, placedAt })
      return next
    })
    return { order, version }
  }

  /** Writes down what is to be told: a relay does so once this transaction is committed, and not otherwise. */
  async #tell(
    sql: Sql,
    { user, priority }: Pick<Placement, 'user' | 'priority'>,
    type: OrderEventType,
    data: Wanted,
  ): Promise<void> {
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
    const { outbox } = this.#database
    const event = { key: user, headers: headersOf(priority), id, type, subject: data.order, data }
    const { text, values } = isDamaged
      ? await outbox.statement(topic(this.#names.orders.name, { key: string() }), damaged(event))
      : await outbox.statement(this.#names.orders, event)
    await sql.run(text, ...values)
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

/** An event as a sender with a bug would write it: the text breaks off. */
function damaged({
  key,
  headers,
  id,
  type,
  data,
}: {
  readonly key: string
  readonly headers: readonly { readonly key: string; readonly value: string }[]
  readonly id: string
  readonly type: string
  readonly data: Wanted
}) {
  const attributes = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: '/orders',
    'content-type': 'application/json',
  }
  const text = JSON.stringify(data)
  return {
    key,
    value: text.slice(0, text.length / 2),
    headers: [...headers, ...Object.entries(attributes).map(([name, value]) => ({ key: name, value }))],
  }
}
