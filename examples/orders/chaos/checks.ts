// What must hold of the application at rest: in its books, in its dead letters, and in what it has told.
import { Admin, Consumer } from '@millrace/client'
import type { Application } from '../application.ts'
import { type Database, numberOf, type Row, textOf } from '../database/database.ts'
import { DeadLetters, headerOf } from '../letters.ts'
import type { Settled } from '../topics.ts'

/** Violations that are named; more are counted. */
const namedMax = 10

function named(what: string, rows: readonly Row[]): string[] {
  if (rows.length <= namedMax) return rows.map(row => `${what}: ${JSON.stringify(row)}`)
  return [...named(what, rows.slice(0, namedMax)), `${what}: ${rows.length - namedMax} more`]
}

/** Orders that are settled are what their users wanted last, stock is where the orders are, and everybody has paid what the order costs, once. */
const bookChecks: readonly (readonly [what: string, sql: string])[] = [
  [
    'an order is settled as nobody wanted it',
    `SELECT id, status, is_cancelled FROM orders WHERE settled_version = version AND
     (status IS NULL OR (is_cancelled = 1 AND status <> 'cancelled') OR (is_cancelled = 0 AND status = 'cancelled'))`,
  ],
  [
    'an order holds another quantity than it should',
    `SELECT id, status, reserved, quantity FROM orders WHERE settled_version = version AND
     reserved <> CASE WHEN status = 'completed' THEN quantity ELSE 0 END`,
  ],
  [
    'an order counts for another amount than it costs',
    'SELECT id, status, counted_cents, cents FROM orders WHERE settled_version = version AND counted_cents <> cents',
  ],
  [
    'somebody was charged another amount than the order costs',
    `SELECT orders.id, status, orders.cents, COALESCE(SUM(bookings.cents), 0) AS charged FROM orders
     LEFT JOIN bookings ON order_id = orders.id WHERE settled_version = orders.version
     GROUP BY orders.id, status, orders.cents
     HAVING COALESCE(SUM(bookings.cents), 0) <> CASE WHEN status = 'completed' THEN orders.cents ELSE 0 END`,
  ],
  [
    'stock is not where it should be',
    `SELECT stock.sku, stocked, available, COALESCE(SUM(reserved), 0) AS held FROM stock
     LEFT JOIN orders ON orders.sku = stock.sku GROUP BY stock.sku, stocked, available
     HAVING available + COALESCE(SUM(reserved), 0) <> stocked`,
  ],
  [
    'a total is not the sum of its orders',
    `SELECT buyer, status, SUM(orders) AS orders, SUM(cents) AS cents FROM (
       SELECT buyer, status, orders, cents FROM totals
       UNION ALL SELECT buyer, status, -1, -counted_cents FROM orders WHERE status IS NOT NULL
     ) AS both_sides GROUP BY buyer, status HAVING SUM(orders) <> 0 OR SUM(cents) <> 0`,
  ],
]

export async function booksViolations(books: Database, when: string): Promise<string[]> {
  const found: string[] = []
  for (const [what, sql] of bookChecks) found.push(...named(`${when}, ${what}`, await books.rows(sql)))
  return found
}

/** What is not through is a dead letter that says why: an order without one is lost, a damaged event without one was passed over. */
export async function lettersViolations(application: Application, books: Database): Promise<string[]> {
  const reasons = new Map<string, string>()
  await using letters = new DeadLetters(application.brokers, application.names, books)
  const nameless: string[] = []
  for await (const { stage, stored } of letters.pending()) {
    const { headers, letter } = stored
    const [id = ''] = headerOf(headers, 'ce_id').split('/')
    const reason = letter?.reason ?? ''
    if (reason === '' || !letter?.errorMessage)
      nameless.push(`a dead letter of ${stage} says no reason: ${id}`)
    reasons.set(id, reason)
  }
  const events = await books.rows(
    `SELECT order_events.id, order_id, order_events.version, is_damaged, settled_version, orders.version AS latest
     FROM order_events JOIN orders ON orders.id = order_id`,
  )
  const lost = events.filter(
    row =>
      !reasons.has(textOf(row, 'id')) &&
      numberOf(row, 'version') === numberOf(row, 'latest') &&
      numberOf(row, 'settled_version') < numberOf(row, 'latest'),
  )
  const damaged = events.filter(row => numberOf(row, 'is_damaged') === 1)
  const unread = damaged.filter(row => reasons.get(textOf(row, 'id')) !== 'poison')
  return [
    ...nameless,
    ...named('an order is not settled, and no dead letter says why', lost),
    ...named('a damaged event is no dead letter with the reason "poison"', unread),
  ]
}

/** What was told of each order is one chain of outcomes, each once, which ends where the books are. */
export async function outcomesViolations(application: Application, books: Database): Promise<string[]> {
  const outcomes = await readOutcomes(application)
  const byOrder = new Map<string, Settled[]>()
  for (const outcome of outcomes) byOrder.set(outcome.order, [...(byOrder.get(outcome.order) ?? []), outcome])
  const rows = await books.rows('SELECT id, status, settled_version, counted_cents FROM orders')
  const violations: string[] = []
  for (const row of rows) {
    const order = textOf(row, 'id')
    const chain = (byOrder.get(order) ?? []).toSorted((a, b) => a.version - b.version)
    const versions = new Set(chain.map(({ version }) => version))
    if (versions.size !== chain.length) violations.push(`outcomes of order ${order} were told twice`)
    const last = chain.at(-1)
    if (
      last?.status !== row['status'] ||
      last?.version !== numberOf(row, 'settled_version') ||
      last?.cents !== numberOf(row, 'counted_cents')
    )
      violations.push(
        `what was told of order ${order} last is not what is in the books: ${JSON.stringify(last)}`,
      )
    for (const [index, { was }] of chain.entries()) {
      const before = chain[index - 1]
      if (was?.status !== before?.status || was?.cents !== before?.cents)
        violations.push(
          `an outcome of order ${order} does not follow the one before: ${JSON.stringify(chain)}`,
        )
    }
  }
  return violations.length <= namedMax
    ? violations
    : [...violations.slice(0, namedMax), `${violations.length - namedMax} more about outcomes`]
}

/** Everything in the topic of outcomes that transactions have committed, up to its end. */
async function readOutcomes({ brokers, names: { outcomes } }: Application): Promise<Settled[]> {
  await using admin = new Admin({ brokers })
  const [described] = await admin.describeTopics([outcomes.name])
  const partitions = described!.partitions.map(({ partition }) => ({ topic: outcomes.name, partition }))
  await using consumer = new Consumer({ brokers, topics: [outcomes], isolationLevel: 'read_committed' })
  const ends = await consumer.endOffsets(partitions)
  const left = new Map(
    ends.filter(({ offset }) => offset > 0).map(({ partition, offset }) => [partition, offset]),
  )
  const found: Settled[] = []
  if (left.size === 0) return found
  consumer.assign(partitions.map(each => ({ ...each, offset: 'earliest' as const })))
  for await (const batch of consumer.batches({ signal: AbortSignal.timeout(60_000) })) {
    for (const { value } of batch) found.push(value.data)
    if (batch.endOffset >= (left.get(batch.partition) ?? 0)) left.delete(batch.partition)
    if (left.size === 0) break
  }
  return found
}
