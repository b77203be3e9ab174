// The course of a transactional producer, without a broker: which move follows which, and what a call that does not fit is told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvariantError } from '@millrace/runtime'
import { ProducerFencedError, StateError, TransactionAbortableError } from '../../../src/index.ts'
import {
  type TransactionPhase,
  TransactionState,
} from '../../../src/producer/transactions/transaction-state.ts'

const failure = new TransactionAbortableError('a batch was lost')
const fenced = new ProducerFencedError('another producer')

/** A state in each phase. */
function inPhase(phase: TransactionPhase): TransactionState {
  const state = new TransactionState('id')
  const to: Record<TransactionPhase, readonly (() => unknown)[]> = {
    uninitialized: [],
    initializing: [() => state.initialize()],
    ready: [() => state.initialize(), () => state.ready()],
    open: [() => state.initialize(), () => state.ready(), () => state.begin()],
    committing: [() => state.initialize(), () => state.ready(), () => state.begin(), () => state.commit()],
    aborting: [
      () => state.initialize(),
      () => state.ready(),
      () => state.begin(),
      () => state.abort(failure),
    ],
    failed: [() => state.initialize(), () => state.ready(), () => state.begin(), () => state.fail(failure)],
    over: [() => state.failForGood(fenced)],
  }
  for (const move of to[phase]) move()
  assert.equal(state.phase, phase)
  return state
}

const phases: readonly TransactionPhase[] = [
  'uninitialized',
  'initializing',
  'ready',
  'open',
  'committing',
  'aborting',
  'failed',
  'over',
]

const moves: Readonly<Record<string, readonly [(state: TransactionState) => unknown, TransactionPhase[]]>> = {
  initialize: [state => state.initialize(), ['uninitialized', 'ready']],
  refused: [state => state.refused(), ['initializing']],
  ready: [state => state.ready(), ['initializing', 'committing', 'aborting']],
  begin: [state => state.begin(), ['ready']],
  commit: [state => state.commit(), ['open']],
  abort: [state => state.abort(failure), ['open', 'failed']],
}

for (const [name, [move, from]] of Object.entries(moves)) {
  test(`${name} comes from ${from.join(', ')} alone`, () => {
    for (const phase of phases) {
      if (from.includes(phase)) move(inPhase(phase))
      else assert.throws(() => move(inPhase(phase)), InvariantError, phase)
    }
  })
}

test('a failure that can be aborted counts while a transaction is open or committing, and the first one stays', () => {
  for (const phase of phases) {
    const state = inPhase(phase)
    const isOpen = phase === 'open' || phase === 'committing'
    assert.equal(state.fail(failure), isOpen, phase)
    assert.equal(state.phase, isOpen ? 'failed' : phase)
    assert.equal(state.fail(new TransactionAbortableError('another')), false)
    if (isOpen) assert.equal(state.error, failure)
  }
})

test('the end of the producer comes from everywhere, once', () => {
  for (const phase of phases) {
    const state = inPhase(phase)
    assert.equal(state.failForGood(fenced), phase !== 'over', phase)
    assert.equal(state.failForGood(fenced), false)
    assert.throws(() => state.throwIfOver(), fenced)
    assert.throws(() => state.enter('send'), fenced)
    assert.throws(() => state.checkNoneOpen('begin'), fenced)
  }
})

test('records and offsets are for an open transaction', () => {
  for (const phase of phases) {
    const state = inPhase(phase)
    if (phase === 'open') assert.equal(state.enter('send').ended, undefined)
    else if (phase === 'failed') assert.throws(() => state.enter('send'), failure)
    else if (phase !== 'over') assert.throws(() => state.enter('send'), StateError, phase)
  }
  assert.throws(() => inPhase('ready').enter('send'), {
    message:
      'send: a producer with a transactionalId ("id") writes in transactions only: await beginTransaction() first',
  })
})

test('what has a transaction in hand learns how it ended', () => {
  const endings: readonly [(state: TransactionState) => void, RegExp][] = [
    [state => (state.commit(), state.ready()), /this transaction is over/],
    [state => state.abort(failure), /a batch was lost/],
    [state => state.fail(failure), /a batch was lost/],
    [state => state.failForGood(fenced), /another producer/],
  ]
  for (const [end, message] of endings) {
    const state = inPhase('ready')
    const open = state.begin()
    assert.equal(open.ended, undefined)
    end(state)
    assert.match(open.ended!.message, message)
  }
})

test('each call that does not fit says what to await', () => {
  const table: readonly [TransactionPhase, (state: TransactionState) => void, RegExp][] = [
    [
      'open',
      state => state.checkNoneOpen('begin'),
      /await commitTransaction\(\) or abortTransaction\(\) first/,
    ],
    ['failed', state => state.checkNoneOpen('begin'), /await abortTransaction\(\) first/],
    [
      'committing',
      state => state.checkNoneOpen('begin'),
      /its outcome is not known: await commitTransaction\(\)/,
    ],
    ['aborting', state => state.checkNoneOpen('begin'), /await abortTransaction\(\)/],
    ['ready', state => state.checkCommit(), /no transaction is open: await beginTransaction\(\) first/],
    ['uninitialized', state => state.checkAbort(), /no transaction is open/],
    ['aborting', state => state.checkCommit(), /is aborting/],
    ['committing', state => state.checkAbort(), /may be committed already: await commitTransaction\(\)/],
  ]
  for (const [phase, call, message] of table)
    assert.throws(
      () => call(inPhase(phase)),
      (error: Error) => {
        assert.ok(error instanceof StateError, String(error))
        assert.match(error.message, message)
        return true
      },
    )
  assert.throws(() => inPhase('failed').checkCommit(), failure)
  inPhase('failed').checkAbort()
  inPhase('open').checkAbort()
  inPhase('open').checkCommit()
})
