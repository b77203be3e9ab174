// Several writers of one partition in a world that loses answers, aborts, takes locks away and lets readers lag: by random histories, what they say is what the log has.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ConnectionError,
  ProducerFencedError,
  type ProducerRecord,
  type RecordMetadata,
  type Transaction,
  TransactionAbortableError,
} from '@millrace/client'
import { ConcurrencyError, type ExpectedVersion } from '@millrace/patterns'
import { type Clock, nodeClock } from '@millrace/runtime'
import { PartitionWriter } from '../../src/event-store/partition-writer.ts'
import { appendIdOf, versionOf } from '../../src/event-store/stream-headers.ts'
import type { Lock } from '../../src/partitions/fenced-producer.ts'

type Random = () => number

function random(seed: number): Random {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
}

/** A few turns of the event loop. */
async function turns(next: Random): Promise<void> {
  for (let left = Math.floor(next() * 4); left > 0; left--)
    await new Promise(resolve => setImmediate(resolve))
}

/** Waits between attempts are over at once; time-outs never come. */
const quickClock: Clock = {
  ...nodeClock,
  setTimer: (delayMs, run) => (delayMs > 5_000 ? { cancel() {} } : nodeClock.setTimer(0, run)),
}

interface Written {
  readonly stream: string
  readonly version: number
  readonly id: string
}

interface World {
  readonly log: Written[]
  holder: Lock | undefined
  readonly next: Random
}

const offsetTold = -1

/** A lock as brokers make it, with all that can come between. */
function lockOf(world: World): Lock {
  let isHeld = false
  const { next, log } = world
  const lose = () => {
    isHeld = false
    return new ProducerFencedError('another producer has taken over')
  }
  const lock: Lock = {
    get isHeld() {
      return isHeld
    },
    async hold() {
      await turns(next)
      if (isHeld) return false
      isHeld = true
      world.holder = lock
      await turns(next)
      return true
    },
    async transact(work) {
      const staged: { record: ProducerRecord; metadata: RecordMetadata & { offset: number } }[] = []
      const send = async (record: ProducerRecord) => {
        const metadata = { topic: record.topic, partition: 0, offset: offsetTold, timestamp: 0 }
        staged.push({ record, metadata })
        return metadata
      }
      const result = await work({ send } as unknown as Transaction)
      await turns(next)
      if (world.holder !== lock) throw lose()
      const fate = next()
      if (fate < 0.15) {
        const cause = new ConnectionError('CONNECTION_CLOSED', 'the broker went away')
        throw new TransactionAbortableError('aborted', { cause })
      }
      for (const { record, metadata } of staged) {
        metadata.offset = log.length
        const headers = (record.headers as { key: string; value: string }[]).map(({ key, value }) => ({
          key,
          value: Buffer.from(value),
        }))
        log.push({ stream: String(record.key), version: versionOf(headers)!, id: appendIdOf(headers)! })
      }
      await turns(next)
      // The answer was lost, and somebody else had the lock before it could be asked for again.
      if (fate < 0.35) throw lose()
      return result
    },
    async close() {},
  }
  return lock
}

/** A writer with a view of the log of its own, which lags. */
function writerIn(world: World): PartitionWriter {
  const { log, next } = world
  const versions = new Map<string, number>()
  let position = 0
  const readTo = async (end: number) => {
    while (position < end) {
      await turns(next)
      const event = log[position]
      if (!event || position >= end) continue
      position++
      versions.set(event.stream, event.version)
      if (writer.wantsAppends)
        writer.onAppended(event.id, { version: event.version, partition: 0, offset: position - 1 })
    }
  }
  const writer = new PartitionWriter(lockOf(world), {
    topic: 'events',
    partition: 0,
    clock: quickClock,
    random: { float: next } as never,
    maxWaiting: 1_000,
    maxBatch: 5,
    versionOf: stream => versions.get(stream) ?? 0,
    caughtUp: () => readTo(log.length),
    reached: offset => readTo(offset),
    onConflict() {},
    onTakeover() {},
  })
  return writer
}

test('what writers say of their appends is what the log has, whatever comes between', async () => {
  for (let seed = 1; seed <= 80; seed++) {
    const next = random(seed)
    const world: World = { log: [], holder: undefined, next }
    const writers = [writerIn(world), writerIn(world), writerIn(world)]
    const won = new Map<string, { stream: string; version: number; size: number }>()
    const lost = new Set<string>()
    const appends: Promise<void>[] = []
    for (let n = 0; n < 40; n++) {
      const id = `append-${n}`
      const stream = `stream-${Math.floor(next() * 3)}`
      const size = 1 + Math.floor(next() * 2)
      const there = world.log.filter(event => event.stream === stream).length
      const kind = next()
      const expectedVersion: ExpectedVersion =
        kind < 0.2
          ? 'any'
          : kind < 0.3
            ? 'existing'
            : Math.max(0, there + (kind < 0.4 ? 1 : kind < 0.5 ? -1 : 0))
      const events = Array.from({ length: size }, () => ({ topic: 'events', key: stream, value: 'x' }))
      const writer = writers[Math.floor(next() * writers.length)]!
      appends.push(
        writer.append({ id, stream, events, expectedVersion, timeoutMs: 60_000, signal: undefined }).then(
          ({ version }) => {
            won.set(id, { stream, version, size })
            if (typeof expectedVersion === 'number')
              assert.equal(version, expectedVersion + size, `seed ${seed}: ${id} is where it was to be`)
          },
          (error: unknown) => {
            assert.ok(error instanceof ConcurrencyError, `seed ${seed}: ${String(error)}`)
            // One that was refused for being ahead was: nobody had appended what it had seen.
            if (typeof expectedVersion === 'number' && error.actualVersion < expectedVersion)
              assert.ok(error.actualVersion >= there, `seed ${seed}: ${id} was refused by an old view`)
            lost.add(id)
          },
        ),
      )
      await turns(next)
    }
    await Promise.all(appends)
    const counts = new Map<string, number>()
    for (const [offset, { stream, version, id }] of world.log.entries()) {
      const count = (counts.get(stream) ?? 0) + 1
      counts.set(stream, count)
      assert.equal(version, count, `seed ${seed}: version at offset ${offset} of ${stream}`)
      assert.ok(!lost.has(id), `seed ${seed}: ${id} was refused, and is at offset ${offset}`)
    }
    for (const [id, { stream, version, size }] of won) {
      const found = world.log.filter(event => event.id === id)
      assert.deepEqual(
        found.map(event => [event.stream, event.version]),
        Array.from({ length: size }, (_, at) => [stream, version - size + 1 + at]),
        `seed ${seed}: ${id}`,
      )
    }
    assert.equal(won.size + lost.size, 40)
    assert.ok(won.size > 5, `seed ${seed}: some come through`)
  }
})
