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

test('by name, a topic that was made anew is asked for anew and not forgotten', () => {
  const session = new FetchSession()
  session.next(asMap([target(0, 1, 'old'), target(1, 1, 'old')]), false)
  session.handle(0, 5)
  const { targets, forgotten } = session.next(asMap([target(0, 1, 'new')]), false)
  assert.deepEqual(targets, [target(0, 1, 'new')])
  assert.deepEqual(forgotten, [target(1, 1, 'old')])
})

test('whatever answers come, the broker fetches exactly what is asked for', () => {
  const round = fc.record({
    offsets: fc.array(fc.option(fc.nat(3)), { minLength: 4, maxLength: 4 }),
    topicId: fc.constantFrom('id-1', 'id-1', 'id-1', 'id-2'),
    outcome: fc.constantFrom('ok', 'ok', 'ok', 'lost', 'gone', 'evicted'),
  })
  fc.assert(
    fc.property(fc.array(round, { maxLength: 30 }), fc.boolean(), (rounds, byId) => {
      const session = new FetchSession()
      /** What a broker calls a partition: by id from version 13 on, by name before. */
      const nameOf = ({ topicId, partition }: FetchTarget) => `${byId ? topicId : 't'}/${partition}`
      let broker = new Map<string, number>()
      let brokerEpoch = 0
      for (const { offsets, topicId, outcome } of rounds) {
        const targets = offsets.flatMap((offset, partition) =>
          offset === null ? [] : [target(partition, offset, topicId)],
        )
        const request = session.next(asMap(targets), byId)
        if (request.sessionEpoch === 0) broker = new Map()
        else assert.equal(request.sessionEpoch, brokerEpoch)
        // In this order, as Apache Kafka's FetchSession.update does it.
        for (const added of request.targets) broker.set(nameOf(added), added.fetchOffset)
        for (const forgotten of request.forgotten) broker.delete(nameOf(forgotten))
        assert.deepEqual(
          [...broker].sort(([a], [b]) => a.localeCompare(b)),
          targets.map(wanted => [nameOf(wanted), wanted.fetchOffset]),
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
