// Sequences, epochs and transactions of producers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setBaseOffset, readBatchHeader, writeTransactionMarker } from '@millrace/protocol'
import { LogError } from '../src/index.ts'
import {
  type CheckOptions,
  type CompletedTransaction,
  ProducerStates,
} from '../src/producers/producer-states.ts'
import { batchOf } from './log-fixture.ts'

/** Transactions begin unasked here: what verifies them has tests of its own. */
const client: CheckOptions = { client: true, transactionVersion: 0, verification: 'off' }
const coordinator: CheckOptions = { client: false, transactionVersion: 1, verification: undefined }
const coordinatorV2: CheckOptions = { client: false, transactionVersion: 2, verification: undefined }

/** A partition's producers with an offset counter: appends as the log does. */
class Bench {
  readonly states = new ProducerStates()
  offset = 0

  append(batch: Buffer, options = client): CompletedTransaction | undefined {
    this.states.check(batch, 0, options)
    const header = readBatchHeader(batch)
    setBaseOffset(header, this.offset)
    this.offset = header.nextOffset
    return this.states.append(batch, 0)
  }

  data(baseSequence: number, count = 1, epoch = 0, transactional = false, producerId = 7): Buffer {
    const values = Array.from({ length: count }, () => 'v')
    return batchOf(values, { producerId, producerEpoch: epoch, baseSequence, transactional })
  }

  marker(commit: boolean, epoch = 0, coordinatorEpoch = 0, producerId = 7): Buffer {
    return writeTransactionMarker({
      producerId,
      producerEpoch: epoch,
      coordinatorEpoch,
      commit,
      timestamp: 5,
    })
  }
}

function refuses(run: () => void, codeName: string): void {
  assert.throws(run, (error: unknown) => error instanceof LogError && error.codeName === codeName)
}

test('sequences go on where they ended, and a gap is refused', () => {
  const bench = new Bench()
  bench.append(bench.data(0, 3))
  bench.append(bench.data(3, 2))
  refuses(() => bench.append(bench.data(6)), 'OUT_OF_ORDER_SEQUENCE_NUMBER')
  refuses(() => bench.append(bench.data(4)), 'OUT_OF_ORDER_SEQUENCE_NUMBER')
  bench.append(bench.data(5))
})

test('sequences wrap from 2^31−1 to 0, also within a batch', () => {
  const bench = new Bench()
  bench.append(bench.data(2 ** 31 - 2, 2))
  bench.append(bench.data(0, 1))
  const other = new Bench()
  other.append(other.data(2 ** 31 - 2, 5))
  assert.equal(other.states.entry(7)!.lastSequence, 2)
  other.append(other.data(3))
})

test('any of the last five batches is recognised when it comes again, the sixth is not', () => {
  const bench = new Bench()
  for (let index = 0; index < 6; index++) bench.append(bench.data(index * 2, 2))
  assert.equal(bench.states.findDuplicate(bench.data(0, 2), 0), undefined)
  for (let index = 1; index < 6; index++) {
    assert.equal(bench.states.findDuplicate(bench.data(index * 2, 2), 0)?.lastOffset, index * 2 + 1)
  }
  assert.equal(
    bench.states.findDuplicate(bench.data(10, 1), 0),
    undefined,
    'the whole range must be the same',
  )
  assert.equal(bench.states.findDuplicate(bench.data(10, 2, 1), 0), undefined, 'the epoch too')
})

test('a producer that is not known may begin anywhere, but not in transactions of version 2', () => {
  new Bench().append(new Bench().data(42))
  const bench = new Bench()
  const begins = (baseSequence: number, supportsEpochBump: boolean): CheckOptions => ({
    ...client,
    verification: bench.states.verifications.begin(
      { producerId: 7, producerEpoch: 0, baseSequence, supportsEpochBump },
      0,
    ),
  })
  refuses(() => bench.append(bench.data(42, 1, 0, true), begins(42, true)), 'OUT_OF_ORDER_SEQUENCE_NUMBER')
  bench.append(bench.data(0, 1, 0, true), begins(0, true))
})

test('a new epoch begins at 0 and shuts the old one out', () => {
  const bench = new Bench()
  bench.append(bench.data(0, 3))
  refuses(() => bench.append(bench.data(3, 1, 1)), 'OUT_OF_ORDER_SEQUENCE_NUMBER')
  bench.append(bench.data(0, 1, 1))
  refuses(() => bench.append(bench.data(3, 1, 0)), 'INVALID_PRODUCER_EPOCH')
})

test('what is not transactional may not be written into an open transaction', () => {
  const bench = new Bench()
  bench.append(bench.data(0, 1, 0, true))
  refuses(() => bench.append(bench.data(1)), 'INVALID_TXN_STATE')
})

test('readers of committed data wait for the oldest open transaction, then for its marker to be safe', () => {
  const bench = new Bench()
  bench.append(bench.data(0, 2))
  bench.append(bench.data(2, 2, 0, true))
  bench.append(bench.data(0, 1, 0, true, 8))
  assert.equal(bench.states.firstUnstableOffset(5), 2)
  const completed = bench.append(bench.marker(false), coordinator)
  assert.deepEqual(completed, {
    producerId: 7,
    firstOffset: 2,
    lastOffset: 5,
    aborted: true,
    lastStableOffset: 4,
  })
  assert.equal(bench.states.firstUnstableOffset(5), 2, 'the marker itself is above the high watermark')
  assert.equal(bench.states.firstUnstableOffset(6), 4, 'the other transaction is still open')
  assert.equal(bench.append(bench.marker(true, 0, 0, 8), coordinator)?.lastStableOffset, 7)
  assert.equal(bench.states.firstUnstableOffset(7), undefined)
})

test('a marker without data before it ends nothing', () => {
  const bench = new Bench()
  assert.equal(bench.append(bench.marker(false), coordinator), undefined)
  assert.equal(bench.states.firstUnstableOffset(0), undefined)
})

test('markers of an older producer or coordinator are refused', () => {
  const bench = new Bench()
  bench.append(bench.data(0, 1, 2, true))
  refuses(() => bench.append(bench.marker(true, 1), coordinator), 'INVALID_PRODUCER_EPOCH')
  bench.append(bench.marker(true, 2, 4), coordinator)
  refuses(() => bench.append(bench.marker(true, 2, 3), coordinator), 'TRANSACTION_COORDINATOR_FENCED')
})

test('in transactions of version 2 a marker raises the epoch, unless it comes again after the end', () => {
  const bench = new Bench()
  bench.append(bench.data(0, 1, 0, true))
  refuses(() => bench.append(bench.marker(true, 0), coordinatorV2), 'INVALID_PRODUCER_EPOCH')
  bench.append(bench.marker(true, 1), coordinatorV2)
  bench.append(bench.marker(true, 1), coordinatorV2)
  bench.append(bench.data(0, 1, 1, true))
})

/** A batch that wants to be the first of a transaction in the partition. */
const firstBatch = (baseSequence: number, producerEpoch = 0) => ({
  producerId: 7,
  producerEpoch,
  baseSequence,
  supportsEpochBump: false,
})

test('a transaction begins where it was verified, and goes on without', () => {
  const bench = new Bench()
  const unverified: CheckOptions = { ...client, verification: undefined }
  refuses(() => bench.append(bench.data(0, 1, 0, true), unverified), 'INVALID_TXN_STATE')
  refuses(
    () => bench.append(bench.data(0, 1, 0, true), { ...client, verification: { producerId: 7 } }),
    'INVALID_TXN_STATE',
  )
  const verification = bench.states.verifications.begin(firstBatch(0), 0)
  bench.append(bench.data(0, 1, 0, true), { ...client, verification })
  bench.append(bench.data(1, 1, 0, true), unverified)
  bench.append(bench.marker(true), coordinator)
  refuses(() => bench.append(bench.data(2, 1, 0, true), unverified), 'INVALID_TXN_STATE')
})

test('what was verified before the marker opens no transaction after it', () => {
  const bench = new Bench()
  const { verifications } = bench.states
  const late: CheckOptions = { ...client, verification: verifications.begin(firstBatch(0), 0) }
  bench.append(bench.marker(false), coordinator)
  refuses(() => bench.append(bench.data(0, 1, 0, true), late), 'INVALID_TXN_STATE')
  // Nor does it when the producer has begun to ask anew.
  verifications.begin(firstBatch(0), 0)
  refuses(() => bench.append(bench.data(0, 1, 0, true), late), 'INVALID_TXN_STATE')
  assert.equal(bench.states.firstUnstableOffset(bench.offset), undefined)
})

test('offsets that a coordinator writes have to be verified, too', () => {
  const bench = new Bench()
  refuses(() => bench.append(bench.data(-1, 1, 0, true), coordinator), 'INVALID_TXN_STATE')
  const verification = bench.states.verifications.begin(firstBatch(-1), 0)
  bench.append(bench.data(-1, 3, 0, true), { ...coordinator, verification })
  assert.equal(bench.states.entry(7)!.lastSequence, -1, 'they have no sequence numbers')
  const restored = new ProducerStates()
  restored.restore(bench.states.snapshot(), bench.offset)
  assert.equal(restored.entry(7)!.lastOffset, 2)
  assert.equal(restored.entry(7)!.lastSequence, -1)
})

test('of the batches that wait for one verification the first goes first', () => {
  const bench = new Bench()
  const { verifications } = bench.states
  const second: CheckOptions = { ...client, verification: verifications.begin(firstBatch(5), 0) }
  const first: CheckOptions = { ...client, verification: verifications.begin(firstBatch(0), 0) }
  refuses(() => bench.append(bench.data(5, 1, 0, true), second), 'OUT_OF_ORDER_SEQUENCE_NUMBER')
  bench.append(bench.data(0, 5, 0, true), first)
  bench.append(bench.data(5, 1, 0, true), second)
})

test('a later epoch of the producer begins its verification anew', () => {
  const bench = new Bench()
  const { verifications } = bench.states
  verifications.begin(firstBatch(3), 0)
  const verification = verifications.begin(firstBatch(4, 1), 0)
  bench.append(bench.data(4, 1, 1, true), { ...client, verification })
})

test('a verification that nobody used is forgotten after a while', () => {
  const bench = new Bench()
  const verification = bench.states.verifications.begin(firstBatch(0), 1000)
  bench.states.expire(1000 + 99, 100)
  assert.equal(bench.states.verifications.of(7), verification)
  bench.states.expire(1000 + 100, 100)
  refuses(() => bench.append(bench.data(0, 1, 0, true), { ...client, verification }), 'INVALID_TXN_STATE')
})

test('a marker that is not safe yet holds readers back, also when the state is made anew from a snapshot', () => {
  const bench = new Bench()
  bench.append(bench.data(0, 2, 0, true))
  bench.append(bench.marker(false), coordinator)
  assert.equal(bench.states.firstUnstableOffset(2), 0)
  bench.states.restore(bench.states.snapshot(), bench.offset)
  assert.equal(bench.states.firstUnstableOffset(2), 0)
  assert.equal(bench.states.firstUnstableOffset(3), undefined)
})

test('producers are forgotten after a while, those with an open transaction never', () => {
  const bench = new Bench()
  bench.append(bench.data(0))
  bench.append(bench.data(0, 1, 0, true, 8))
  bench.states.expire(1000 + 99, 100)
  assert.equal(bench.states.size, 2)
  bench.states.expire(1000 + 100, 100)
  assert.deepEqual(
    [...bench.states.entries()].map(entry => entry.producerId),
    [8],
  )
})

test('a snapshot keeps what matters', () => {
  const bench = new Bench()
  bench.append(bench.data(0, 3))
  bench.append(bench.data(0, 2, 0, true, 9))
  bench.append(bench.data(0, 1, 0, true, 8))
  const restored = new ProducerStates()
  assert.equal(restored.restore(bench.states.snapshot(), bench.offset), true)
  assert.equal(restored.firstUnstableOffset(bench.offset), 3)
  restored.check(bench.data(3), 0, client)
  refuses(() => restored.check(bench.data(4), 0, client), 'OUT_OF_ORDER_SEQUENCE_NUMBER')
  assert.equal(restored.findDuplicate(bench.data(0, 3), 0)?.lastOffset, 2)
  assert.equal(restored.restore(Buffer.from('nonsense'), 0), false)
})
