// A broken invariant stops with its rule.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvariantError, invariant, violated } from '../src/index.ts'

test('an invariant that holds passes, one that does not throws its rule', () => {
  invariant(true, 'offsets ascend')
  assert.throws(
    () => invariant(false, 'offsets ascend'),
    (error: unknown) => error instanceof InvariantError && error.message.startsWith('offsets ascend'),
  )
  assert.throws(() => violated('4 ≤ 3'), /4 ≤ 3/)
})
