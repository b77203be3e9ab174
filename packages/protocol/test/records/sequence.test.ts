// Sequence numbers around the place where they start anew.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSequenceAfter, sequenceAfter, sequenceBefore } from '../../src/index.ts'

const last = 2 ** 31 - 1

test('sequences wrap from 2^31−1 to 0, and back', () => {
  assert.equal(sequenceAfter(last, 1), 0)
  assert.equal(sequenceAfter(last - 1, 5), 3)
  assert.equal(sequenceAfter(5, 5), 10)
  assert.equal(sequenceBefore(0, 1), last)
  assert.equal(sequenceBefore(3, 5), last - 1)
  assert.equal(sequenceBefore(10, 5), 5)
})

test('which of two sequences comes later is told across the wrap', () => {
  assert.equal(isSequenceAfter(1, 0), true)
  assert.equal(isSequenceAfter(0, 1), false)
  assert.equal(isSequenceAfter(7, 7), false)
  assert.equal(isSequenceAfter(0, last), true)
  assert.equal(isSequenceAfter(last, 0), false)
})
