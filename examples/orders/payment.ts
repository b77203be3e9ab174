// Payment: charges what stock has reserved, gives back what is cancelled, and says what has come of the order.
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
import type { PaymentProvider } from './payment-provider.ts'
import { handlingOf, type RetryPlan } from './retry-plan.ts'
import type { FinalStatus, Names, Priority, Settled, StockDecision } from './topics.ts'

export interface PaymentOptions {
  readonly database: Database
  readonly provider: PaymentProvider
  /** Open while the provider or the database is away. */
  readonly breaker: CircuitBreaker
  readonly plan: RetryPlan
}

export function declarePayment(service: Service, names: Names, options: PaymentOptions): void {
  const { database, provider, breaker, plan } = options
  const end =
    (status: FinalStatus) =>
    async (event: EventEnvelope<string, StockDecision>, context: HandlerContext<string>) => {
      const { order, version, cents } = event.data
      await provider.settle(order, version, status === 'completed' ? cents : 0, context.signal)
      const settled = await once(database, context.group, { id: event.id, context }, sql =>
        settle(sql, event.data, status),
      )
      if (settled instanceof Instruction) return settled
      const id = `${event.id}/payment`
      context.publish(names.outcomes, {
        key: context.key,
        id,
        type: 'order.settled',
        subject: order,
        data: settled,
      })
      return undefined
    }
  service.handle(
    names.decisions,
    {
      'stock.reserved': end('completed'),
      'stock.refused': end('rejected'),
      'stock.released': end('cancelled'),
    },
    { ...handlingOf(plan), breaker },
  )
}

/** Writes down what has come of a version of an order, and what came of the one before. An older version changes nothing. */
async function settle(
  sql: Sql,
  { order, version, cents, placedAt }: StockDecision,
  status: FinalStatus,
): Promise<Settled | Instruction> {
  const [row] = await sql.rows(
    `SELECT settled_version, status, counted_cents, priority FROM orders WHERE id = ?${sql.forUpdate}`,
    order,
  )
  if (!row) throw new FatalError(`nobody has placed an order ${order}`)
  if (version <= numberOf(row, 'settled_version')) return skip('stale')
  const before = row['status'] as FinalStatus | null
  const was = before === null ? null : { status: before, cents: numberOf(row, 'counted_cents') }
  const settledAt = Date.now()
  await sql.run(
    'UPDATE orders SET settled_version = ?, status = ?, counted_cents = ?, settled_at = ? WHERE id = ?',
    version,
    status,
    cents,
    settledAt,
    order,
  )
  const priority = textOf(row, 'priority') as Priority
  return { order, version, status, cents, was, priority, placedAt, settledAt }
}
