// The tracker: what may be committed never passes what is not done, and what is told of the rest is true, also after restarts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CompletionTracker, type Tracked } from '../../src/concurrency/completion-tracker.ts'
import { decodeOffsetMap, type OffsetRange } from '../../src/concurrency/offset-map.ts'

const entry = (offset: number): Tracked => ({ offset, isDone: false, turn: 0 })
const isIn = (ranges: readonly OffsetRange[], offset: number) =>
  ranges.some(({ from, to }) => offset >= from && offset < to)

test('the lowest offset that is not done is what is committed, whatever is done behind it', () => {
  const tracker = new CompletionTracker(10, [], 4_096)
  const records = [10, 11, 12, 15].map(entry)
  for (const record of records) assert.ok(tracker.take(record))
  tracker.done(records[1]!)
  tracker.done(records[3]!)
  assert.equal(tracker.position, 10)
  assert.deepEqual(tracker.doneBeyond(), [
    { from: 11, to: 12 },
    { from: 15, to: 16 },
  ])
  tracker.done(records[0]!)
  assert.equal(tracker.position, 12)
  tracker.done(records[2]!)
  assert.equal(tracker.position, 16)
  tracker.passed(20)
  assert.equal(tracker.position, 20, 'markers at the end of a batch are passed')
  assert.deepEqual(tracker.commit(), { offset: 20, metadata: '', isCut: false })
})

test('what was done before a restart is told as long as it is not come to, also from where the position is', () => {
  const tracker = new CompletionTracker(1, [{ from: 2, to: 5 }], 4_096)
  const record = entry(1)
  assert.ok(tracker.take(record))
  tracker.done(record)
  assert.equal(tracker.position, 5, 'a commit now would not have 2 to 4 done again')
  assert.deepEqual(tracker.doneBeyond(), [])
  for (const offset of [2, 3, 4]) assert.equal(tracker.take(entry(offset)), false)
  assert.ok(tracker.take(entry(5)))
  assert.equal(tracker.position, 5)
})

interface Step {
  readonly what: 'take' | 'done' | 'several' | 'restart'
  readonly pick: number
  readonly gap: number
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom('take', 'take', 'take', 'take', 'done', 'done', 'several', 'restart'),
    pick: fc.nat(),
    gap: fc.constantFrom(1, 1, 1, 2, 7),
  }),
  { maxLength: 300 },
)

test('after any course, restarts included: nothing is done twice, nothing is left out, and commits pass nothing that is open', () => {
  fc.assert(
    fc.property(steps, course => {
      // The log, with gaps as compaction and transactions leave them.
      const log: number[] = []
      let next = 0
      for (const { gap } of course) {
        next += gap
        log.push(next)
      }
      let tracker = new CompletionTracker(0, [], 4_096)
      let at = 0
      let open: Tracked[] = []
      const done = new Map<number, number>()
      const check = () => {
        for (const offset of log) {
          if (offset < tracker.position) assert.ok(done.has(offset), `${offset} is passed and not done`)
        }
        for (const offset of log.slice(0, at)) {
          const isTold = offset < tracker.position || isIn(tracker.doneBeyond(), offset)
          assert.equal(isTold, done.has(offset), `offset ${offset}`)
        }
      }
      for (const { what, pick } of course) {
        if (what === 'take' && at < log.length && tracker.mayTake) {
          const record = entry(log[at++]!)
          if (tracker.take(record)) open.push(record)
          else assert.ok(done.has(record.offset), 'only what was done is passed over')
        } else if (what === 'done' && open.length > 0) {
          const [record] = open.splice(pick % open.length, 1)
          tracker.done(record!)
          done.set(record!.offset, (done.get(record!.offset) ?? 0) + 1)
        } else if (what === 'several') {
          const from = pick % 3
          const some = open.splice(from, 1 + (pick % 7))
          tracker.allDone(some)
          for (const { offset } of some) done.set(offset, (done.get(offset) ?? 0) + 1)
        } else if (what === 'restart') {
          const { offset, metadata, isCut } = tracker.commit()
          assert.ok(!isCut)
          const { ranges } = decodeOffsetMap(offset, metadata)
          tracker = new CompletionTracker(offset, ranges, 4_096)
          at = log.findIndex(each => each >= offset)
          if (at < 0) at = log.length
          open = []
        }
        check()
      }
      assert.ok(
        [...done.values()].every(times => times === 1),
        'nothing is done twice',
      )
    }),
    { numRuns: 300 },
  )
})

test('beyond three quarters of the metadata nothing more is taken, and it never is more than full, however what is in hand ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 400 }), fc.infiniteStream(fc.boolean()), (maxChars, coins) => {
      const tracker = new CompletionTracker(0, [], maxChars)
      const records: Tracked[] = []
      for (let offset = 0; tracker.mayTake && offset < 20_000; offset++) {
        const record = entry(offset)
        tracker.take(record)
        records.push(record)
        // The first one is stuck; of the others, some end.
        if (offset > 0 && coins.next().value) tracker.done(record)
      }
      assert.ok(records.length < 20_000, 'it stops')
      for (const record of records.slice(1)) {
        if (!record.isDone && coins.next().value) tracker.done(record)
        const { metadata, isCut } = tracker.commit()
        assert.ok(!isCut && metadata.length <= maxChars)
      }
      for (const record of records) if (!record.isDone) tracker.done(record)
      assert.ok(tracker.mayTake, 'it goes on')
    }),
    { numRuns: 25 },
  )
})

test('one stuck record holds up commits, and no work: what is done behind it is one run', () => {
  const tracker = new CompletionTracker(0, [], 4_096)
  const stuck = entry(0)
  tracker.take(stuck)
  for (let offset = 1; offset <= 200_000; offset++) {
    assert.ok(tracker.mayTake)
    const record = entry(offset)
    tracker.take(record)
    tracker.done(record)
  }
  const { offset, metadata } = tracker.commit()
  assert.equal(offset, 0)
  assert.ok(metadata.length < 25, metadata)
  tracker.done(stuck)
  assert.equal(tracker.position, 200_001)
})

test('records that are taken as one are done as one, or each by itself', () => {
  const spanOf = (tracker: CompletionTracker, offsets: readonly number[]) => {
    const span = { ...entry(offsets[0]!), count: 1 }
    assert.ok(tracker.take(span))
    for (const offset of offsets.slice(1)) {
      assert.ok(tracker.mayExtend(offset))
      tracker.extend(span, offset)
    }
    return span
  }
  const tracker = new CompletionTracker(10, [], 4_096)
  const first = spanOf(tracker, [10, 11, 14])
  tracker.passed(20)
  assert.deepEqual([tracker.position, tracker.openCount], [10, 3], 'commits do not pass what is gathered')
  tracker.spanDone(first)
  assert.deepEqual([tracker.position, tracker.openCount], [20, 0])
  const second = spanOf(tracker, [20, 21, 25])
  const each = [20, 21, 25].map(entry)
  tracker.divide(second, each)
  assert.deepEqual([tracker.position, tracker.openCount], [20, 3])
  tracker.done(each[1]!)
  assert.deepEqual(tracker.doneBeyond(), [{ from: 21, to: 25 }])
  tracker.allDone([each[0]!, each[2]!])
  assert.deepEqual([tracker.position, tracker.openCount], [26, 0])
  assert.equal(new CompletionTracker(0, [], 40).mayExtend(100_000), false)
})
