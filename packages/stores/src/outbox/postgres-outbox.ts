// An outbox in PostgreSQL, whose relays are told of new rows.
import { type AnyTopic, ConfigError, StateError } from '@millrace/client'
import { nodeClock, nodeRandom, sleep } from '@millrace/runtime'
import { exponential, type Publication } from '@millrace/service'
import { postgresDialect } from '../sql/dialect.ts'
import { type PostgresPool, type PostgresQueryable, runPostgres } from '../sql/postgres-client.ts'
import type { OutboxSource } from './outbox-source.ts'
import type { PreparedRecord } from './prepare.ts'
import { type OutboxOptions, SqlOutbox } from './sql-outbox.ts'

/** Options of an outbox in PostgreSQL. */
export interface PostgresOutboxOptions extends OutboxOptions {
  /**
   * Whether relays are told of new rows (`NOTIFY`), and hold a connection of the pool to hear of them (`LISTEN`): events leave at once. PostgreSQL commits transactions that notify one after the other, so `false`
   * suits databases with thousands of such commits a second, and poolers that give connections away between transactions; relays look from time to time then. Default true.
   */
  readonly notify?: boolean
}

const listenBackoff = exponential({ initialMs: 200, maxMs: 10_000 })

/**
 * Events that are sent if, and only if, the transaction is committed that enqueues them. `createTables()` makes its tables; an {@link OutboxRelay} sends what is in them.
 *
 * @example
 * const outbox = new PostgresOutbox(pool)
 * await client.query('BEGIN')
 * await client.query('INSERT INTO orders (id, total) VALUES ($1, $2)', ['order-1', 12])
 * await outbox.enqueue(client, orders, { key: 'user-7', type: 'order.created', data: { total: 12 } })
 * await client.query('COMMIT')
 */
export class PostgresOutbox extends SqlOutbox {
  readonly #pool: PostgresPool

  /** `pool`: a `Pool` of pg. Throws ConfigError. */
  constructor(pool: PostgresPool, options: PostgresOutboxOptions = {}) {
    const { notify = true, ...rest } = options
    if (typeof notify !== 'boolean')
      throw new ConfigError(`PostgresOutbox: notify is ${String(notify)}; it is true or false`)
    const runner = { run: runPostgres.bind(undefined, pool) }
    super(
      'PostgresOutbox',
      postgresDialect,
      runner,
      rest,
      notify
        ? ({ name }) => {
            // PostgreSQL cuts names at 63 bytes.
            const channel = `millrace_${name.given}`.slice(0, 63)
            return { channel, listen: listenTo(pool, channel) }
          }
        : undefined,
    )
    this.#pool = pool
  }

  /**
   * Enqueues events within a transaction: `client` is the one that has begun it. Events of one key are sent in the order in which they were enqueued; where transactions are at the same key at the same time, let them
   * lock what the key stands for before they enqueue, as an UPDATE of its row does. Resolves with the `outbox-id` of each. Throws SerializationError, RecordTooLargeError, StateError for the pool itself, which has
   * no transaction, and what the database says.
   */
  enqueue<T extends AnyTopic>(
    client: PostgresQueryable,
    topic: T,
    messages: Publication<T> | readonly Publication<T>[],
  ): Promise<readonly string[]>
  /** The same for what {@link prepare} has made. */
  enqueue(
    client: PostgresQueryable,
    prepared: PreparedRecord | readonly PreparedRecord[],
  ): Promise<readonly string[]>
  async enqueue<T extends AnyTopic>(
    client: PostgresQueryable,
    topic: T | PreparedRecord | readonly PreparedRecord[],
    messages?: Publication<T> | readonly Publication<T>[],
  ): Promise<readonly string[]> {
    if (client === this.#pool)
      throw new StateError('enqueue: this is the pool; pass the client that has begun the transaction')
    const prepared = await this.preparedOf(topic, messages)
    for (const statement of this.insertions(prepared)) await runPostgres(client, statement)
    return prepared.map(({ id }) => id)
  }
}

/** Hears of notifications on a connection of its own, and takes another one when that breaks. */
function listenTo(pool: PostgresPool, channel: string): OutboxSource['listen'] {
  return async (wake, onRetried, signal) => {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await listenOnce(pool, channel, signal, () => {
          failures = 0
          wake()
        })
      } catch (error) {
        if (signal.aborted) return
        onRetried(error)
        await sleep(nodeClock, listenBackoff(++failures, nodeRandom), signal).catch(() => {})
      }
    }
  }
}

async function listenOnce(
  pool: PostgresPool,
  channel: string,
  signal: AbortSignal,
  wake: () => void,
): Promise<void> {
  const client = await pool.connect()
  let broken: unknown
  let end: () => void = () => {}
  const ended = new Promise<void>(resolve => {
    end = resolve
  })
  const fail = (error?: unknown) => {
    broken = error ?? new Error('the connection that listens has ended')
    end()
  }
  try {
    client.on('notification', wake)
    client.on('error', fail)
    client.on('end', fail)
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) return
    await client.query(`LISTEN ${postgresDialect.quote(channel)}`)
    // What was committed before it listened.
    wake()
    await ended
    if (broken !== undefined) throw broken as Error
  } finally {
    signal.removeEventListener('abort', end)
    client.removeListener('notification', wake)
    client.removeListener('error', fail)
    client.removeListener('end', fail)
    // Who has it next must not hear of us.
    client.release(true)
  }
}
