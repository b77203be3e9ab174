// Sequence numbers of a partition, without a broker.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sequenceAfter } from '@millrace/protocol'
import fc from 'fast-check'
import { PartitionSequences, type SequencedBatch } from '../../src/producer/sequences.ts'

const first = { producerId: 9, producerEpoch: 0 }
const second = { producerId: 9, producerEpoch: 1 }

function batch(recordCount: number): SequencedBatch {
  return { recordCount, baseSequence: -1, producerId: -1, producerEpoch: -1 }
}

function numbered(...counts: number[]): {
  sequences: PartitionSequences<SequencedBatch>
  batches: SequencedBatch[]
} {
  const sequences = new PartitionSequences<SequencedBatch>()
  const batches = counts.map(batch)
  for (const each of batches) sequences.assign(each, first)
  return { sequences, batches }
}

test('batches are numbered one after the other from 0', () => {
  const { batches, sequences } = numbered(3, 1, 5)
  assert.deepEqual(
    batches.map(({ baseSequence }) => baseSequence),
    [0, 3, 4],
  )
  assert.equal(sequences.next, 9)
})

test('numbers go from 2^31−1 on to 0, and none is left out', () => {
  const { batches, sequences } = numbered(2 ** 31 - 2, 3, 2)
  assert.deepEqual(
    batches.map(({ baseSequence }) => baseSequence),
    [0, 2 ** 31 - 2, 1],
  )
  assert.equal(sequences.next, 3)
  for (const each of batches.slice(0, 2)) sequences.acknowledge(each)
  assert.equal(sequences.outOfOrder(batches[2]!), 'bump', 'it is the next one due')
})

test('a refused batch goes again while earlier ones are open, and asks for a new epoch when it is the next one due', () => {
  const { batches, sequences } = numbered(2, 2, 2)
  assert.equal(sequences.outOfOrder(batches[1]!), 'retry')
  assert.equal(sequences.outOfOrder(batches[0]!), 'bump')
  sequences.acknowledge(batches[0]!)
  assert.equal(sequences.outOfOrder(batches[2]!), 'retry')
  assert.equal(sequences.outOfOrder(batches[1]!), 'bump')
})

test('the next batch takes the numbers of the last one when that is certainly not written', () => {
  const { batches, sequences } = numbered(2, 3)
  sequences.giveUp(batches[1]!)
  assert.equal(sequences.next, 2)
  assert.equal(sequences.unresolved, false)
})

test('batches that were sent behind one that is certainly not written need a new epoch', () => {
  const { batches, sequences } = numbered(2, 3, 4)
  sequences.giveUp(batches[0]!)
  assert.equal(sequences.unresolved, true)
  assert.equal(sequences.outOfOrder(batches[1]!), 'bump')
  sequences.renumber(second)
  assert.deepEqual(
    sequences.unacknowledged.map(({ baseSequence }) => baseSequence),
    [0, 3],
  )
})

test('a batch that a later one has overtaken fits no more, whatever else is open', () => {
  const { batches, sequences } = numbered(2, 2, 2, 2)
  sequences.acknowledge(batches[0]!)
  sequences.acknowledge(batches[2]!)
  assert.equal(sequences.outOfOrder(batches[1]!), 'bump')
  // It was there after all: what comes next is what the broker expects.
  sequences.acknowledge(batches[1]!)
  assert.equal(sequences.outOfOrder(batches[3]!), 'bump')
  sequences.acknowledge(batches[3]!)
  assert.equal(sequences.next, 8)
})

test('an epoch is established by the first batch that is written in it', () => {
  const { batches, sequences } = numbered(1)
  assert.equal(sequences.established, false)
  sequences.acknowledge(batches[0]!)
  assert.equal(sequences.established, true)
  sequences.renumber(second)
  assert.equal(sequences.established, false)
})

test('a batch whose fate is unknown leaves a hole that only a new epoch closes', () => {
  const { batches, sequences } = numbered(2, 3)
  sequences.giveUpUnresolved(batches[0]!)
  assert.equal(sequences.unresolved, true)
  assert.equal(sequences.outOfOrder(batches[1]!), 'bump')
  sequences.renumber(second)
  assert.equal(sequences.unresolved, false)
  assert.deepEqual([batches[1]!.baseSequence, batches[1]!.producerEpoch], [0, 1])
  assert.equal(sequences.next, 3)
})

test('the parts of a divided batch take over its numbers', () => {
  const { batches, sequences } = numbered(10, 1)
  const parts = [batch(4), batch(6)]
  sequences.replace(batches[0]!, parts)
  assert.deepEqual(
    sequences.unacknowledged.map(({ baseSequence }) => baseSequence),
    [0, 4, 10],
  )
})

test('a new epoch does not begin while batches of the old one are open', () => {
  const { batches, sequences } = numbered(1)
  assert.equal(sequences.isStale(second), true)
  assert.throws(() => sequences.assign(batch(1), second), /open/)
  sequences.acknowledge(batches[0]!)
  const fresh = batch(1)
  sequences.assign(fresh, second)
  assert.deepEqual([fresh.baseSequence, fresh.producerEpoch], [0, 1])
})

test('whatever happens, open batches are numbered without gaps and end at the next number', () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant('assign' as const), count: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ kind: fc.constant('acknowledge' as const), count: fc.constant(0) }),
    fc.record({ kind: fc.constant('giveUp' as const), count: fc.nat(5) }),
    fc.record({ kind: fc.constant('renumber' as const), count: fc.constant(0) }),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), actions => {
      const sequences = new PartitionSequences<SequencedBatch>()
      let current = { producerId: 1, producerEpoch: 0 }
      for (const { kind, count } of actions) {
        const open = sequences.unacknowledged
        if (kind === 'assign' && (!sequences.isStale(current) || open.length === 0)) {
          sequences.assign(batch(count), current)
        }
        if (kind === 'acknowledge' && open.length > 0) sequences.acknowledge(open[0]!)
        if (kind === 'giveUp' && open.length > 0) sequences.giveUp(open[count % open.length]!)
        if (kind === 'renumber' || sequences.unresolved) {
          current = { ...current, producerEpoch: current.producerEpoch + 1 }
          sequences.renumber(current)
        }
        let expected = open[0]?.baseSequence ?? sequences.next
        for (const each of open) {
          assert.equal(each.baseSequence, expected)
          assert.equal(each.producerEpoch, open[0]!.producerEpoch)
          expected = sequenceAfter(expected, each.recordCount)
        }
        assert.equal(sequences.next, expected)
      }
    }),
  )
})
