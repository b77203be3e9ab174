// Random uuids in Kafka's string form.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeRandom, randomUuid } from '../src/index.ts'

test('a random uuid is 22 characters of base64url and can stand on a command line', () => {
  for (let index = 0; index < 1000; index++) {
    assert.match(randomUuid(nodeRandom), /^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/)
  }
})
