// Sequences, epochs and transactions of producers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setBaseOffset, readBatchHeader, writeTransactionMarker } from '@millrace/protocol'
import { LogError } from '../src/index.ts'
import { type CompletedTransaction, ProducerStates } from '../src/producers/producer-states.ts'
import { batchOf } from './log-fixture.ts'

const client = { client: true, transactionV2: false }
const clientV2 = { client: true, transactionV2: true }
const coordinator = { client: false, transactionV2: false }
const coordinatorV2 = { client: false, transactionV2: true }

/** A partition's producers with an offset counter: appends as the log does. */
class Bench {
  readonly states = new ProducerStates()
  offset = 0

  append(batch: Buffer, options = client): CompletedTransaction | undefined {
    this.states.check(batch, 0, options)
    const header = readBatchHeader(batch)
    setBaseOffset(header, this.offset)
    this.offset = header.nextOffset
    return this.states.apply(batch, 0)
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
  refuses(() => bench.append(bench.data(42, 1, 0, true), clientV2), 'OUT_OF_ORDER_SEQUENCE_NUMBER')
  bench.append(bench.data(0, 1, 0, true), clientV2)
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
