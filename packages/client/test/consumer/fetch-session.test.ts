// Fetch sessions: what the broker would remember is always what the consumer means.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FetchSession, type FetchTarget } from '../../src/consumer/fetch-session.ts'

function target(partition: number, fetchOffset: number, topicId = 'id-1'): FetchTarget {
  return { topic: 't', topicId, partition, fetchOffset, currentLeaderEpoch: 0, maxBytes: 100 }
}

const asMap = (targets: readonly FetchTarget[]) =>
  new Map(targets.map(each => [String(each.partition), each]))

test('the first request says everything, the next ones what changed', () => {
  const session = new FetchSession()
  const first = session.next(asMap([target(0, 1), target(1, 1)]), true)
  assert.deepEqual([first.sessionId, first.sessionEpoch, first.targets.length], [0, 0, 2])
  session.handle(0, 77)
  const second = session.next(asMap([target(0, 5), target(1, 1)]), true)
  assert.deepEqual([second.sessionId, second.sessionEpoch], [77, 1])
  assert.deepEqual(second.targets, [target(0, 5)])
  session.handle(0, 77)
  const third = session.next(asMap([target(1, 1)]), true)
  assert.deepEqual(third.targets, [])
  assert.deepEqual(
    third.forgotten.map(({ partition }) => partition),
    [0],
  )
})

test('a topic that was made anew is forgotten under its old id', () => {
  const session = new FetchSession()
  session.next(asMap([target(0, 1, 'old')]), true)
  session.handle(0, 5)
  const { targets, forgotten } = session.next(asMap([target(0, 0, 'new')]), true)
  assert.deepEqual(forgotten, [target(0, 1, 'old')])
  assert.deepEqual(targets, [target(0, 0, 'new')])
})

test('a session that is gone or out of step is started over', () => {
  const session = new FetchSession()
  session.next(asMap([target(0, 1)]), true)
  session.handle(0, 5)
  session.next(asMap([target(0, 2)]), true)
  assert.equal(session.handle(71, 0), false)
  assert.deepEqual(session.next(asMap([target(0, 2)]), true), {
    sessionId: 5,
    sessionEpoch: 0,
    targets: [target(0, 2)],
    forgotten: [],
  })
  assert.equal(session.handle(70, 0), false)
  assert.equal(session.next(asMap([target(0, 2)]), true).sessionId, 0)
})

test('a broker without room for a session is told everything every time', () => {
  const session = new FetchSession()
  for (let round = 0; round < 3; round++) {
    const { sessionId, sessionEpoch, targets } = session.next(asMap([target(0, 1)]), true)
    assert.deepEqual([sessionId, sessionEpoch, targets.length], [0, 0, 1])
    session.handle(0, 0)
  }
})

test('whatever answers come, the broker fetches exactly what is asked for', () => {
  const round = fc.record({
    offsets: fc.array(fc.option(fc.nat(3)), { minLength: 4, maxLength: 4 }),
    outcome: fc.constantFrom('ok', 'ok', 'ok', 'lost', 'gone', 'evicted'),
  })
  fc.assert(
    fc.property(fc.array(round, { maxLength: 30 }), rounds => {
      const session = new FetchSession()
      let broker = new Map<number, number>()
      let brokerEpoch = 0
      for (const { offsets, outcome } of rounds) {
        const targets = offsets.flatMap((offset, partition) =>
          offset === null ? [] : [target(partition, offset)],
        )
        const request = session.next(asMap(targets), true)
        if (request.sessionEpoch === 0) broker = new Map()
        else assert.equal(request.sessionEpoch, brokerEpoch)
        for (const { partition } of request.forgotten) broker.delete(partition)
        for (const { partition, fetchOffset } of request.targets) broker.set(partition, fetchOffset)
        assert.deepEqual(
          [...broker].sort(([a], [b]) => a - b),
          targets.map(({ partition, fetchOffset }) => [partition, fetchOffset]),
        )
        if (outcome === 'lost') session.lost()
        else if (outcome === 'gone') session.handle(70, 0)
        else if (outcome === 'evicted') session.handle(0, 0)
        else {
          brokerEpoch = request.sessionEpoch + 1
          session.handle(0, 9)
        }
      }
    }),
  )
})
