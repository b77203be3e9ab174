// Randomness as Node gives it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeRandom } from '../src/index.ts'

test('random bytes come in any number, the last as random as the first', () => {
  for (const length of [0, 1, 16, 65_536, 65_537, 200_000]) {
    const bytes = nodeRandom.bytes(length)
    assert.equal(bytes.length, length)
    if (length < 16) continue
    assert.notDeepEqual(bytes.subarray(-16), Buffer.alloc(16))
    assert.notDeepEqual(bytes, nodeRandom.bytes(length))
  }
})
