// The judge of the torture of compaction, on what may be found after a crash and on what may not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeyedHistory } from '../../src/torture/compaction/keyed-history.ts'

function history(): KeyedHistory {
  const made = new KeyedHistory()
  for (const [version, value] of ['one', 'two', null].entries()) {
    made.sent('a', { version, value })
    if (version < 2) made.acknowledged('a', version)
  }
  made.sent('gone', { version: 1, value: null })
  made.acknowledged('gone', 1)
  return made
}

test('what was acknowledged last is found, or what was sent behind it', () => {
  assert.deepEqual(history().violations(new Map([['a', 'two']])), [])
  assert.deepEqual(history().violations(new Map([['a', null]])), [])
  assert.deepEqual(history().violations(new Map()), [])
  assert.equal(history().acknowledgedCount, 3)
})

test('an older value, one that was taken away and one that nobody wrote are named', () => {
  assert.deepEqual(history().violations(new Map([['a', 'one']])), [
    'key a: one is found where two or nothing was written',
  ])
  assert.deepEqual(
    history().violations(
      new Map([
        ['a', 'two'],
        ['gone', 'back'],
        ['b', 'x'],
      ]),
    ),
    ['key gone: back is found where nothing was written', 'key b: x was never written'],
  )
})
