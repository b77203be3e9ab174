// What tests of outboxes share: a world with one in it, and what is read of what relays wrote.
import assert from 'node:assert/strict'
import { type AnyTopic, json, string } from '@millrace/client'
import { events, outboxIdHeader, type Publication } from '@millrace/service'
import { OutboxRelay, type OutboxRelayOptions, type SqlOutbox } from '@millrace/stores'
import { readTopic, type TestCluster } from '@millrace/testkit'

/** A transaction that is open. */
export interface OpenTransaction {
  readonly enqueue: <T extends AnyTopic>(
    topic: T,
    messages: Publication<T> | readonly Publication<T>[],
  ) => Promise<readonly string[]>
  readonly end: (how: 'commit' | 'rollback') => Promise<void>
}

export interface OutboxWorld {
  readonly outbox: SqlOutbox
  /** One of the same database that has no tables. */
  readonly bare: SqlOutbox
  readonly begin: () => Promise<OpenTransaction>
  /** Whether two transactions may write at a time. */
  readonly isConcurrent: boolean
  /** What a relay in another process opens the same outbox by. */
  readonly place: string
  readonly close: () => Promise<void>
}

export const numbersOf = (name: string) => events(name, { counted: json<{ n: number }>() }, { key: string() })

/** Quick relays. */
export function relayOf(
  { brokers }: Pick<TestCluster, 'brokers'>,
  outbox: SqlOutbox,
  options: Partial<OutboxRelayOptions> = {},
): OutboxRelay {
  return new OutboxRelay({ brokers, outbox, pollIntervalMs: 20, leaseMs: 3_000, ...options })
}

/** A record of a topic: which row it was, and its number. */
interface Read {
  readonly id: string
  readonly key: string
  readonly n: number
}

export async function readNumbers(
  { brokers }: TestCluster,
  name: string,
  partitions: number,
): Promise<Read[]> {
  const records = await readTopic(brokers, name, partitions, 'read_committed')
  return records.map(({ keyBytes, valueBytes, headers }) => ({
    id: String(headers.find(({ key }) => key === outboxIdHeader)?.value),
    key: String(keyBytes),
    n: (JSON.parse(String(valueBytes)) as { n: number }).n,
  }))
}

/** What is left when each row counts once: of each key its numbers, in order. */
export function byKey(records: readonly Read[]): Map<string, number[]> {
  const seen = new Set<string>()
  const numbers = new Map<string, number[]>()
  for (const { id, key, n } of records) {
    if (seen.has(id)) continue
    seen.add(id)
    const known = numbers.get(key)
    if (known) known.push(n)
    else numbers.set(key, [n])
  }
  return numbers
}

export interface Size {
  /** Events of the large tests. */
  readonly events: number
  /** Keys of theirs. */
  readonly aggregates: number
}

/** Enqueues numbers from 0 on, in transactions of ten, keys in turn. */
export async function enqueueNumbers(
  { begin, isConcurrent }: OutboxWorld,
  name: string,
  { events: count, aggregates }: { readonly events: number; readonly aggregates: number },
): Promise<void> {
  const numbers = numbersOf(name)
  const write = async (from: number, step: number) => {
    for (let at = from; at < count; at += step) {
      const transaction = await begin()
      const batch = Array.from({ length: Math.min(10, count - at) }, (_, index) => at + index)
      await transaction.enqueue(
        numbers,
        batch.map(n => ({ key: `key-${n % aggregates}`, type: 'counted' as const, data: { n } })),
      )
      await transaction.end('commit')
    }
  }
  // A writer for each of a few groups of keys: those of one key are written one after the other.
  if (isConcurrent && aggregates % 50 === 0)
    await Promise.all([0, 1, 2, 3, 4].map(writer => write(writer * 10, 50)))
  else await write(0, 10)
}

export function assertWhole(
  numbers: ReadonlyMap<string, readonly number[]>,
  count: number,
  aggregates: number,
): void {
  assert.equal(numbers.size, Math.min(count, aggregates))
  for (const [key, found] of numbers) {
    const wanted = Array.from({ length: count }, (_, n) => n).filter(n => `key-${n % aggregates}` === key)
    assert.deepEqual(found, wanted, `the numbers of ${key}`)
  }
}
