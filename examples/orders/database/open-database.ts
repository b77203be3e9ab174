// Opens the application's database, and makes what has to be in it.
import type { Database } from './database.ts'

/** Where the database is. */
export interface DatabasePlace {
  /** File of SQLite. */
  readonly file: string
  /** Address of PostgreSQL, `postgres://user:password@host:port/name`; undefined for the file. */
  readonly url: string | undefined
}

/** Rejects when it cannot be opened. What is not used is not loaded. */
export async function openDatabase({ file, url }: DatabasePlace): Promise<Database> {
  if (url !== undefined) {
    const { PostgresDatabase } = await import('./postgres.ts')
    return PostgresDatabase.open(url)
  }
  const { SqliteDatabase } = await import('./sqlite.ts')
  return new SqliteDatabase(file)
}

/** Who owns what: the desk `orders` and `order_events`, stock `stock`, the provider `bookings`, the page `totals` and `progress`. Amounts are in cents, times in ms since the epoch. */
const tables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS orders (
    id TEXT PRIMARY KEY, buyer TEXT NOT NULL, sku TEXT NOT NULL, priority TEXT NOT NULL, placed_at BIGINT NOT NULL,
    version INTEGER NOT NULL, quantity INTEGER NOT NULL, cents BIGINT NOT NULL, is_cancelled INTEGER NOT NULL,
    stock_version INTEGER NOT NULL, reserved INTEGER NOT NULL,
    settled_version INTEGER NOT NULL, status TEXT, counted_cents BIGINT NOT NULL, settled_at BIGINT
  )`,
  'CREATE INDEX IF NOT EXISTS orders_by_time ON orders (placed_at)',
  `CREATE TABLE IF NOT EXISTS order_events (
    id TEXT PRIMARY KEY, order_id TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL,
    is_damaged INTEGER NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS order_events_by_order ON order_events (order_id, version)',
  `CREATE TABLE IF NOT EXISTS stock (
    sku TEXT PRIMARY KEY, name TEXT NOT NULL, cents BIGINT NOT NULL, stocked INTEGER NOT NULL, available INTEGER NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS handled (
    group_id TEXT NOT NULL, event_id TEXT NOT NULL, place TEXT NOT NULL, result TEXT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (group_id, event_id)
  )`,
  'CREATE INDEX IF NOT EXISTS handled_by_time ON handled (at)',
  `CREATE TABLE IF NOT EXISTS bookings (
    key TEXT PRIMARY KEY, order_id TEXT NOT NULL, version INTEGER NOT NULL, cents BIGINT NOT NULL, at BIGINT NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS bookings_by_order ON bookings (order_id)',
  `CREATE TABLE IF NOT EXISTS totals (
    buyer TEXT NOT NULL, status TEXT NOT NULL, orders BIGINT NOT NULL, cents BIGINT NOT NULL, PRIMARY KEY (buyer, status)
  )`,
  `CREATE TABLE IF NOT EXISTS progress (
    topic TEXT NOT NULL, part INTEGER NOT NULL, next_offset BIGINT NOT NULL, PRIMARY KEY (topic, part)
  )`,
]

/** What there is to buy. */
const goods = [
  { sku: 'lamp', name: 'Desk lamp', cents: 4_900, stocked: 1_000_000 },
  { sku: 'kettle', name: 'Kettle', cents: 3_450, stocked: 1_000_000 },
  { sku: 'notebook', name: 'Notebook', cents: 690, stocked: 1_000_000 },
  { sku: 'chair', name: 'Chair, the last of its kind', cents: 12_900, stocked: 60 },
]

/** Makes tables and stock where they are missing. */
export async function prepare(database: Database): Promise<void> {
  await database.outbox.createTables()
  // One transaction: two applications that begin at the same time do not see each other's half.
  await database.transaction(async sql => {
    for (const table of tables) await sql.run(table)
    for (const { sku, name, cents, stocked } of goods)
      await sql.run(
        'INSERT INTO stock (sku, name, cents, stocked, available) VALUES (?, ?, ?, ?, ?) ON CONFLICT (sku) DO NOTHING',
        sku,
        name,
        cents,
        stocked,
        stocked,
      )
  })
}
