// What a transaction answers to each request in each state, by Apache Kafka's rules.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import { verifyPartitions } from '../../src/transactions/add-partitions.ts'
import { Machine } from './machine.ts'

type State = 'Empty' | 'Ongoing' | 'CompleteCommit' | 'CompleteAbort'
const states: readonly State[] = ['Empty', 'Ongoing', 'CompleteCommit', 'CompleteAbort']

test('the end of a transaction, by version 2, is decided, refused or answered again by state and epoch', () => {
  // For each: abort with the epoch before, abort with the present one, commit with the one before, commit with the present one.
  const table: Record<State, readonly string[]> = {
    Empty: ['PRODUCER_FENCED', 'NONE 7/1', 'PRODUCER_FENCED', 'INVALID_TXN_STATE'],
    Ongoing: ['PRODUCER_FENCED', 'NONE 7/1', 'PRODUCER_FENCED', 'NONE 7/1'],
    CompleteCommit: ['INVALID_TXN_STATE', 'NONE 7/2', 'NONE 7/1', 'INVALID_TXN_STATE'],
    CompleteAbort: ['NONE 7/1', 'NONE 7/2', 'INVALID_TXN_STATE', 'INVALID_TXN_STATE'],
  }
  for (const state of states) {
    const answers = [false, true].flatMap(committed =>
      [-1, 0].map(behind => {
        const machine = new Machine().to(state)
        const { producerId, producerEpoch } = machine.transaction.metadata
        const reply = machine.end(producerId, producerEpoch + behind, committed)
        machine.settle()
        return reply()
      }),
    )
    assert.deepEqual(answers, table[state], state)
  }
})

test('the end of a transaction, by version 1, keeps the epoch and is answered again while nothing else has begun', () => {
  const table: Record<State, readonly string[]> = {
    Empty: ['INVALID_TXN_STATE', 'INVALID_TXN_STATE'],
    Ongoing: ['NONE 7/0', 'NONE 7/0'],
    CompleteCommit: ['INVALID_TXN_STATE', 'NONE'],
    CompleteAbort: ['NONE', 'INVALID_TXN_STATE'],
  }
  for (const state of states) {
    const answers = [false, true].map(committed => {
      const machine = new Machine().to(state, 0)
      const reply = machine.end(7, 0, committed, 0)
      machine.settle()
      return reply()
    })
    assert.deepEqual(answers, table[state], state)
    const machine = new Machine().to(state, 0)
    assert.equal(machine.end(7, 1, true, 0)(), 'PRODUCER_FENCED')
    assert.equal(machine.end(8, 0, true, 0)(), 'INVALID_PRODUCER_ID_MAPPING')
  }
})

test('a producer that begins gets the next epoch, whatever has ended before', () => {
  for (const [state, producer] of [
    ['Empty', 'NONE 7/1'],
    ['CompleteCommit', 'NONE 7/2'],
    ['CompleteAbort', 'NONE 7/2'],
  ] as const) {
    const machine = new Machine().to(state)
    const reply = machine.init()
    assert.equal(reply(), 'waits', 'nothing is given out before it is durable')
    machine.settle()
    assert.equal(reply(), producer)
  }
})

test('a producer that begins while a transaction is open has it aborted, and tries again', () => {
  for (const [level, fencedWith, next] of [
    [1, '7/1', 'NONE 7/2'],
    [2, '7/1', 'NONE 7/2'],
  ] as const) {
    const machine = new Machine().to('Ongoing')
    const first = machine.init({ level })
    assert.equal(first(), 'waits')
    assert.equal(machine.init()(), 'CONCURRENT_TRANSACTIONS', 'one at a time')
    machine.store()
    assert.equal(first(), 'CONCURRENT_TRANSACTIONS')
    assert.equal(machine.producer, fencedWith)
    assert.equal(machine.init()(), 'CONCURRENT_TRANSACTIONS', 'markers are being written')
    machine.settle()
    assert.equal(machine.state, 'CompleteAbort')
    const second = machine.init({ level })
    machine.settle()
    assert.equal(second(), next)
    assert.equal(machine.add(7, 0)(), 'PRODUCER_FENCED')
  }
})

test('a producer that goes on after an error keeps its id, and a retry of that is answered the same', () => {
  const machine = new Machine().to('CompleteCommit', 0)
  const first = machine.init({ expected: [7, 0] })
  machine.settle()
  assert.equal(first(), 'NONE 7/1')
  const again = machine.init({ expected: [7, 0] })
  machine.settle()
  assert.equal(again(), 'NONE 7/1')
  assert.equal(machine.init({ expected: [8, 0] })(), 'PRODUCER_FENCED')
  const other = machine.init()
  machine.settle()
  assert.equal(other(), 'NONE 7/2')
  assert.equal(machine.init({ expected: [7, 1] })(), 'PRODUCER_FENCED', 'another has taken over')
})

test('an id whose epochs are used up gives way to one that nobody has had', () => {
  const machine = new Machine().to('Empty')
  machine.transaction.metadata = { ...machine.transaction.metadata, producerEpoch: 32766 }
  const begun = machine.init()
  machine.settle()
  assert.equal(begun(), 'NONE 8/0')
  machine.transaction.metadata = { ...machine.transaction.metadata, producerEpoch: 32766 }
  const goesOn = machine.init({ expected: [8, 32766] })
  machine.settle()
  assert.equal(goesOn(), 'NONE 9/0')
  const again = machine.init({ expected: [8, 32766] })
  machine.settle()
  assert.equal(again(), 'NONE 9/0', 'a retry of a producer that has not heard of its new id')
})

test('a transaction that ends with the last epoch goes on with a new id, and a retry of that is answered', () => {
  const machine = new Machine().to('Ongoing')
  machine.transaction.metadata = { ...machine.transaction.metadata, producerEpoch: 32766 }
  const ended = machine.end(7, 32766, true)
  machine.store()
  assert.equal(ended(), 'NONE 8/0', 'the producer goes on before the markers are written')
  assert.equal(machine.producer, '7/32767', 'markers carry an epoch above that of the data')
  assert.equal(machine.add(8, 0)(), 'CONCURRENT_TRANSACTIONS')
  machine.settle()
  assert.equal(machine.producer, '8/0')
  assert.equal(machine.end(7, 32766, true)(), 'NONE 8/0')
  assert.equal(machine.end(7, 32766, false)(), 'INVALID_TXN_STATE')
  const added = machine.add(8, 0)
  machine.settle()
  assert.equal(added(), 'NONE 8/0')
  assert.equal(machine.end(7, 32766, true)(), 'INVALID_PRODUCER_ID_MAPPING')
})

test('partitions join a transaction once it is durable that they do', () => {
  const machine = new Machine().to('Empty')
  assert.equal(machine.add(8, 0)(), 'INVALID_PRODUCER_ID_MAPPING')
  assert.equal(machine.add(7, 1)(), 'PRODUCER_FENCED')
  const added = machine.add(7, 0)
  assert.equal(added(), 'waits')
  assert.equal(machine.add(7, 0)(), 'CONCURRENT_TRANSACTIONS')
  const verify = () => verifyPartitions(machine.transaction, { producerId: 7, producerEpoch: 0 })
  assert.equal(verify()('t', 0), ErrorCode.TRANSACTION_ABORTABLE)
  machine.settle()
  assert.equal(added(), 'NONE 7/0')
  assert.equal(verify()('t', 0), ErrorCode.NONE)
  assert.equal(verify()('t', 2), ErrorCode.TRANSACTION_ABORTABLE)
  assert.equal(machine.add(7, 0)(), 'NONE', 'known already: nothing is written')
  const stale = verifyPartitions(machine.transaction, { producerId: 7, producerEpoch: 1 })
  assert.equal(stale('t', 0), ErrorCode.PRODUCER_FENCED)
})

test('the end is answered when it is durable, and complete when the markers are', () => {
  const machine = new Machine().to('Ongoing')
  const ended = machine.end(7, 0, true)
  assert.equal(ended(), 'waits')
  assert.equal(machine.state, 'Ongoing -> PrepareCommit')
  machine.store()
  assert.equal(ended(), 'NONE 7/1')
  assert.equal(machine.state, 'PrepareCommit -> CompleteCommit')
  assert.equal(machine.end(7, 0, true)(), 'CONCURRENT_TRANSACTIONS')
  machine.writeMarkers()
  assert.equal(machine.state, 'PrepareCommit -> CompleteCommit')
  machine.store(ErrorCode.NOT_COORDINATOR)
  assert.equal(machine.state, 'PrepareCommit -> CompleteCommit', 'a record that fails is written again')
  machine.store()
  assert.equal(machine.state, 'CompleteCommit')
  assert.equal(machine.transaction.metadata.partitions.size, 0)
})

test('a record that cannot be written leaves the transaction as it was', () => {
  const machine = new Machine()
  const begun = machine.init()
  machine.store(ErrorCode.NOT_COORDINATOR)
  assert.equal(begun(), 'NOT_COORDINATOR')
  assert.ok(machine.isForgotten, 'nothing is known of an id that was never stored')
  machine.to('Ongoing')
  const ended = machine.end(7, 0, true)
  machine.store(ErrorCode.NOT_COORDINATOR)
  assert.equal(ended(), 'NOT_COORDINATOR')
  assert.equal(machine.state, 'Ongoing')
  const again = machine.end(7, 0, true)
  machine.settle()
  assert.equal(again(), 'NONE 7/1')
})

test('a transaction that is loaded with its end decided writes its markers again', () => {
  const machine = new Machine().to('Ongoing')
  machine.end(7, 0, false)
  machine.store()
  const loaded = new Machine()
  loaded.transaction.metadata = machine.transaction.metadata
  loaded.run({ type: 'resume' })
  assert.equal(loaded.state, 'PrepareAbort -> CompleteAbort')
  loaded.settle()
  assert.equal(loaded.state, 'CompleteAbort')
  loaded.run({ type: 'resume' })
  assert.equal(loaded.state, 'CompleteAbort', 'nothing to go on with')
})

test('only an open transaction can be timed out, and only an id at rest expires', () => {
  const timeOut = { type: 'time-out', level: 2, freshProducerId: null } as const
  const machine = new Machine().to('Ongoing')
  machine.run({ type: 'expire', expirationMs: 0 })
  assert.equal(machine.state, 'Ongoing')
  machine.run(timeOut)
  machine.settle()
  assert.equal(machine.state, 'CompleteAbort')
  assert.equal(machine.producer, '7/1')
  machine.run(timeOut)
  assert.equal(machine.state, 'CompleteAbort')
  machine.nowMs += 100
  machine.run({ type: 'expire', expirationMs: 101 })
  assert.equal(machine.state, 'CompleteAbort')
  machine.run({ type: 'expire', expirationMs: 100 })
  assert.equal(machine.state, 'CompleteAbort -> Dead')
  assert.equal(machine.init()(), 'CONCURRENT_TRANSACTIONS')
  machine.settle()
  assert.ok(machine.isForgotten)
})

test('records of level 0 cannot say what version 2 needs: it is refused there', () => {
  const machine = new Machine().to('Empty')
  assert.equal(machine.add(7, 0, 2, 0)(), 'UNSUPPORTED_VERSION')
  const added = machine.add(7, 0, 0, 0)
  machine.settle()
  assert.equal(added(), 'NONE 7/0')
})
