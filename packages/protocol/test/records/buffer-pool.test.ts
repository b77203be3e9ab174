// The pool lends buffers again, keeps no more than it may, and takes in nothing that is not its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BufferPool, RecordBatchWriter, toRecords } from '../../src/index.ts'

test('a buffer that came back is lent again, also when a part of it was handed in', () => {
  const pool = new BufferPool()
  const first = pool.acquire(3000)
  assert.equal(first.length, 4096)
  pool.release(first.subarray(0, 100))
  assert.equal(pool.keptBytes, 4096)
  const second = pool.acquire(4096)
  assert.equal(second.buffer, first.buffer)
  assert.equal(second.length, 4096)
  assert.equal(pool.keptBytes, 0)
})

test('no more is kept than allowed', () => {
  const pool = new BufferPool(10_000)
  const buffers = [pool.acquire(4096), pool.acquire(4096), pool.acquire(4096)]
  for (const buffer of buffers) pool.release(buffer)
  assert.equal(pool.keptBytes, 8192)
})

test('what is kept can be made less', () => {
  const pool = new BufferPool()
  const buffers = [1024, 4096, 4096, 8192].map(bytes => pool.acquire(bytes))
  for (const buffer of buffers) pool.release(buffer)
  pool.keepAtMost(13_000)
  assert.equal(pool.keptBytes, 12_288)
  pool.keepAtMost(0)
  assert.equal(pool.keptBytes, 0)
  const again = pool.acquire(4096)
  assert.equal(
    buffers.some(({ buffer }) => buffer === again.buffer),
    false,
  )
  pool.release(again)
  assert.equal(pool.keptBytes, 0)
})

test('buffers that the pool has not lent, or that came back already, are passed over', () => {
  const pool = new BufferPool()
  for (const foreign of [
    Buffer.from('shares a slab of Node'),
    Buffer.alloc(8192),
    Buffer.allocUnsafeSlow(4096),
  ])
    pool.release(foreign)
  assert.equal(pool.keptBytes, 0)
  const buffer = pool.acquire(2048)
  pool.release(buffer)
  pool.release(buffer)
  assert.equal(pool.keptBytes, 2048)
  new BufferPool().release(pool.acquire(2048))
  assert.equal(pool.keptBytes, 0)
})

test('huge buffers are lent and not kept', () => {
  const pool = new BufferPool(1024 * 1024 * 1024)
  const huge = pool.acquire(20 * 1024 * 1024)
  assert.equal(huge.length, 20 * 1024 * 1024)
  pool.release(huge)
  assert.equal(pool.keptBytes, 0)
})

test('batches that are out at the same time never share memory', () => {
  const pool = new BufferPool()
  const writer = new RecordBatchWriter({ pool })
  const out: Buffer[] = []
  for (let round = 0; round < 50; round++) {
    for (let index = 0; index < 100; index++) writer.append(round, null, `${round}`)
    out.push(writer.finish())
    if (round % 3 === 2) pool.release(out.shift()!)
  }
  const rounds = out.map(batch => new Set(toRecords(batch).map(({ value }) => value!.toString())))
  for (const values of rounds) assert.equal(values.size, 1)
  assert.equal(new Set(rounds.map(values => [...values][0])).size, out.length)
})
