// Stock: holds what is ordered, gives back what is cancelled, and says what it has decided.
import {
  type CircuitBreaker,
  type EventEnvelope,
  FatalError,
  type HandlerContext,
  Instruction,
  type Service,
  skip,
} from '@millrace/service'
import { type Database, numberOf, type Sql, textOf } from './database/database.ts'
import { once } from './inbox.ts'
import { handlingOf, type RetryPlan } from './retry-plan.ts'
import { headersOf, type Names, type Priority, type StockDecision, type Wanted } from './topics.ts'

interface Decided {
  readonly type: 'stock.reserved' | 'stock.refused' | 'stock.released'
  readonly priority: Priority
  readonly data: StockDecision
}

export interface StockOptions {
  readonly database: Database
  /** Open while the database is away. */
  readonly breaker: CircuitBreaker
  readonly plan: RetryPlan
}

export function declareStock(
  service: Service,
  names: Names,
  { database, breaker, plan }: StockOptions,
): void {
  const decide =
    (isCancelled: boolean) =>
    async (event: EventEnvelope<string, Wanted>, context: HandlerContext<string>) => {
      const quantity = isCancelled ? 0 : event.data.quantity
      const decided = await once(database, context.group, { id: event.id, context }, sql =>
        reserve(sql, event.data, quantity),
      )
      if (decided instanceof Instruction) return decided
      const { type, priority, data } = decided
      // The same id whenever it is published: who is given it twice knows.
      const id = `${event.id}/stock`
      const headers = headersOf(priority)
      context.publish(names.decisions, { key: context.key, headers, id, type, subject: data.order, data })
      return undefined
    }
  service.handle(
    names.orders,
    { 'order.created': decide(false), 'order.updated': decide(false), 'order.cancelled': decide(true) },
    { ...handlingOf(plan), breaker },
  )
}

/** Holds so much for an order, no more and no less; nothing where there is not enough. A version that is older than what was decided about changes nothing. */
async function reserve(
  sql: Sql,
  { order, version, sku, cents, placedAt }: Wanted,
  quantity: number,
): Promise<Decided | Instruction> {
  const [row] = await sql.rows(
    `SELECT stock_version, reserved, priority FROM orders WHERE id = ?${sql.forUpdate}`,
    order,
  )
  if (!row) throw new FatalError(`nobody has placed an order ${order}`)
  if (version <= numberOf(row, 'stock_version')) return skip('stale')
  const reserved = numberOf(row, 'reserved')
  const hasEnough = await take(sql, sku, quantity - reserved)
  if (!hasEnough) await take(sql, sku, -reserved)
  await sql.run(
    'UPDATE orders SET stock_version = ?, reserved = ? WHERE id = ?',
    version,
    hasEnough ? quantity : 0,
    order,
  )
  return {
    type: !hasEnough ? 'stock.refused' : quantity === 0 ? 'stock.released' : 'stock.reserved',
    priority: textOf(row, 'priority') as Priority,
    data: { order, version, cents, placedAt },
  }
}

/** Takes so much of what is available; gives back what is less than nothing. Whether there was enough. */
async function take(sql: Sql, sku: string, quantity: number): Promise<boolean> {
  if (quantity === 0) return true
  const changed = await sql.run(
    'UPDATE stock SET available = available - ? WHERE sku = ? AND available >= ?',
    quantity,
    sku,
    quantity,
  )
  return changed === 1
}
