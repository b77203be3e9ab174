// The name that was meant.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearestName } from '../src/index.ts'

test('the nearest name is near, or there is none', () => {
  assert.equal(nearestName('retension.ms', ['segment.ms', 'retention.ms']), 'retention.ms')
  assert.equal(nearestName('LINGERMS', ['acks', 'lingerMs']), 'lingerMs')
  assert.equal(nearestName('ack', ['acks', 'lingerMs']), 'acks')
  assert.equal(nearestName('zzzzzz', ['acks', 'lingerMs']), undefined)
})
