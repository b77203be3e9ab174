// What is due next, in bounded memory: held to a list of everything, by random histories.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DueIndex } from '../../src/scheduled/due-index.ts'

/** A small generator, so that a history can be had again by its seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
}

interface LogEntry {
  readonly id: string
  /** Undefined for a tombstone. */
  readonly dueAt: number | undefined
}

/** What waits in a log, by its last words. */
function waiting(log: readonly LogEntry[]): { id: string; dueAt: number; offset: number }[] {
  const last = new Map<string, { id: string; dueAt: number; offset: number }>()
  for (const [offset, { id, dueAt }] of log.entries()) {
    if (dueAt === undefined) last.delete(id)
    else last.set(id, { id, dueAt, offset })
  }
  return [...last.values()].sort((a, b) => a.dueAt - b.dueAt || a.offset - b.offset)
}

function read(index: DueIndex<string>, log: readonly LogEntry[]): void {
  for (const [offset, { id, dueAt }] of log.entries()) {
    if (dueAt === undefined) index.remove(id, offset)
    else index.put({ id, dueAt, offset }, 10, () => id)
  }
}

test('whatever was scheduled, replaced and cancelled comes out once, in order, with little memory', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const next = random(seed)
    const maxEntries = 1 + Math.floor(next() * 12)
    const index = new DueIndex<string>({ maxEntries, maxHeldBytes: 50 })
    const log: LogEntry[] = []
    const came: string[] = []
    const expected: string[] = []
    for (let step = 0; step < 200; step++) {
      const id = `id-${Math.floor(next() * 30)}`
      const kind = next()
      if (kind < 0.7) {
        const dueAt = 1 + Math.floor(next() * 40)
        index.put({ id, dueAt, offset: log.length }, 10, () => id)
        log.push({ id, dueAt })
      } else if (kind < 0.8) {
        index.remove(id, log.length)
        log.push({ id, dueAt: undefined })
      } else {
        // The first few that wait are delivered, as a scheduler does it.
        const count = 1 + Math.floor(next() * 4)
        for (let each = 0; each < count; each++) {
          const [first] = waiting(log)
          if (!first) break
          while (index.isExhausted) {
            index.restart(log.length)
            read(index, log)
          }
          const [taken] = index.take(first.dueAt, 1)
          expected.push(`${first.id}@${first.offset}`)
          came.push(`${taken?.id}@${taken?.offset}`)
          index.giveBack([taken!])
          index.remove(first.id, log.length)
          log.push({ id: first.id, dueAt: undefined })
        }
      }
      assert.ok(index.size <= maxEntries, `seed ${seed}: no more than it may have`)
      assert.ok(index.heldBytes <= 50, `seed ${seed}: no more bytes than it may have`)
    }
    assert.deepEqual(came, expected, `seed ${seed}`)
  }
})

test('a log whose tombstones are far behind their entries is got through', () => {
  const log: LogEntry[] = []
  for (let n = 0; n < 1_000; n++) log.push({ id: `old-${n}`, dueAt: n })
  for (let n = 0; n < 1_000; n++) log.push({ id: `old-${n}`, dueAt: undefined })
  log.push({ id: 'late', dueAt: 5_000 }, { id: 'early', dueAt: 3 })
  const index = new DueIndex<string>({ maxEntries: 10, maxHeldBytes: 0 })
  read(index, log)
  let passes = 0
  while (index.isExhausted) {
    index.restart(log.length)
    read(index, log)
    passes++
  }
  assert.equal(index.nextDueAt, 3)
  assert.deepEqual(
    index.take(3, 10).map(({ id }) => id),
    ['early'],
  )
  index.remove('early', log.length)
  while (index.isExhausted) {
    index.restart(log.length)
    read(index, log)
    passes++
  }
  assert.equal(index.nextDueAt, 5_000)
  assert.ok(passes <= 150, `each pass comes further (${passes})`)
})

test('what is taken is not given out again before it is given back, and what was replaced meanwhile is not', () => {
  const index = new DueIndex<string>({ maxEntries: 10, maxHeldBytes: 100 })
  for (const [offset, id] of ['a', 'b', 'c'].entries()) index.put({ id, dueAt: 1, offset }, 10, () => id)
  const taken = index.take(1, 2)
  assert.deepEqual(
    taken.map(({ id, held }) => [id, held]),
    [
      ['a', 'a'],
      ['b', 'b'],
    ],
  )
  index.put({ id: 'b', dueAt: 9, offset: 3 }, 10, () => 'new')
  index.giveBack(taken)
  assert.deepEqual(
    index.take(1, 9).map(({ id }) => id),
    ['a', 'c'],
  )
  assert.equal(index.nextDueAt, 9)
})
