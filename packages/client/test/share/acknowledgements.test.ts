// What is said of records, as runs of offsets.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PartitionAcknowledgements, type RecordCode } from '../../src/share/acknowledgements.ts'
import { ShareSession } from '../../src/share/share-session.ts'

const place = { topic: 't', topicId: 'T', partition: 0 }

function acknowledgements(codes: Readonly<Record<number, RecordCode>>): PartitionAcknowledgements {
  const all = new PartitionAcknowledgements(place)
  for (const [offset, code] of Object.entries(codes)) all.codes.set(Number(offset), code)
  return all
}

test('offsets that follow each other are one run, with one type where it is the same for all', () => {
  assert.deepEqual(acknowledgements({ 7: 1, 5: 1, 6: 1, 9: 2, 10: 3 }).toBatches(), [
    { firstOffset: 5, lastOffset: 7, acknowledgeTypes: [1] },
    { firstOffset: 9, lastOffset: 10, acknowledgeTypes: [2, 3] },
  ])
  assert.deepEqual(acknowledgements({}).toBatches(), [])
})

test('runs without records stand among them in the order of offsets', () => {
  const all = acknowledgements({ 5: 1, 9: 1 })
  all.addRun(6, 8, 0)
  all.addRun(4, 3, 0)
  assert.deepEqual(all.toBatches(), [
    { firstOffset: 5, lastOffset: 5, acknowledgeTypes: [1] },
    { firstOffset: 6, lastOffset: 8, acknowledgeTypes: [0] },
    { firstOffset: 9, lastOffset: 9, acknowledgeTypes: [1] },
  ])
})

test('whatever is said of which offsets, runs say exactly that', () => {
  const codes = fc.dictionary(fc.nat(30).map(String), fc.constantFrom<RecordCode>(1, 2, 3, 4))
  fc.assert(
    fc.property(codes, given => {
      const said = new Map<number, number>()
      let end = -1
      for (const { firstOffset, lastOffset, acknowledgeTypes } of acknowledgements(given).toBatches()) {
        assert.ok(firstOffset > end && lastOffset >= firstOffset)
        assert.ok(acknowledgeTypes.length === 1 || acknowledgeTypes.length === lastOffset - firstOffset + 1)
        for (let offset = firstOffset; offset <= lastOffset; offset++)
          said.set(offset, acknowledgeTypes[acknowledgeTypes.length === 1 ? 0 : offset - firstOffset]!)
        end = lastOffset
      }
      assert.deepEqual(Object.fromEntries(said), { ...given })
    }),
  )
})

test('a session says what it wants once, counts its requests, and takes nothing over from one that was lost', () => {
  const session = new ShareSession()
  const zero = ['T/0', place] as const
  const one = ['T/1', { ...place, partition: 1 }] as const
  const both = new Map([zero, one])
  assert.ok(session.isNew)
  const first = session.fetch(both, [acknowledgements({ 1: 1 })])
  assert.equal(first.epoch, 0)
  // The broker takes no acknowledgements with the first request of a session.
  assert.deepEqual(
    first.partitions.map(({ acknowledgementBatches }) => acknowledgementBatches.length),
    [0, 0],
  )
  session.answered()
  assert.deepEqual(session.fetch(both, []), { epoch: 1, partitions: [], forgotten: [] })
  session.answered()
  const said = session.fetch(new Map([zero]), [acknowledgements({ 1: 1 })])
  assert.deepEqual(said, {
    epoch: 2,
    partitions: [
      {
        partition: place,
        acknowledgementBatches: [{ firstOffset: 1, lastOffset: 1, acknowledgeTypes: [1] }],
      },
    ],
    forgotten: [{ ...place, partition: 1 }],
  })
  session.answered()
  assert.equal(session.acknowledge([acknowledgements({ 2: 1 })], false).epoch, 3)
  session.lost()
  assert.equal(session.fetch(both, []).partitions.length, 2)
  session.answered()
  assert.equal(session.acknowledge([], true).epoch, -1)
})
