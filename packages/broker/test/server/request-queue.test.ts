// What a connection may have lying about before it is served.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BufferPool } from '@millrace/protocol/base'
import { RequestMemory } from '../../src/server/request-memory.ts'
import { RequestQueue } from '../../src/server/request-queue.ts'

test('who has not logged in is not read from beyond one request of the size that it may send', () => {
  const memory = new RequestMemory(0, () => {})
  const queue = new RequestQueue({
    memory,
    pool: new BufferPool(1 << 20),
    requestMaxBytes: 1_000,
    onAdmitted: () => {},
  })
  const frame = Buffer.alloc(4 + 600)
  frame.writeInt32BE(600)
  const receive = () => queue.received(frame.copy(queue.space()), 0)
  receive()
  assert.equal(queue.full, false)
  receive()
  assert.equal(queue.full, true)
  const other = new RequestMemory(0, () => {})
  queue.received(frame.copy(queue.space(), 0, 0, 4), 0)
  queue.allow(100_000, other)
  assert.equal(queue.full, false)
  assert.equal(memory.heldBytes, 0)
  assert.equal(other.heldBytes, 3 * 600)
  queue.close()
  queue.endReceiving()
  assert.equal(other.heldBytes, 0)
})
