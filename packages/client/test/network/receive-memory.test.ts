// Memory for answers is used again as long as answers fit it, and given up when they do not any more.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ReceiveMemory } from '../../src/network/receive-memory.ts'

const mebibyte = 2 ** 20

test('what came back is used for the next answer that it fits', () => {
  const memory = new ReceiveMemory()
  const first = memory.acquire(mebibyte)
  memory.release(first)
  assert.equal(memory.keptBytes, mebibyte)
  assert.equal(memory.acquire(mebibyte - 1000), first)
  assert.equal(memory.keptBytes, 0)
})

test('an answer that is much smaller, or larger, gets memory of its own', () => {
  const memory = new ReceiveMemory()
  const first = memory.acquire(mebibyte)
  memory.release(first)
  assert.equal(memory.acquire(1000).length, 4096)
  assert.notEqual(memory.acquire(mebibyte + 1), first)
})

test('sizes that are not asked for any more do not stay', () => {
  const memory = new ReceiveMemory()
  for (const size of [2, 3, 4]) memory.release(memory.acquire(size * mebibyte))
  assert.equal(memory.keptBytes, 9 * mebibyte)
  for (let answer = 0; answer < 10; answer++) memory.acquire(mebibyte)
  assert.equal(memory.keptBytes, 0)
})

test('sizes come in steps of an eighth of a power of two, so that memory which is given up fits the next', () => {
  const sizes = new Set<number>()
  for (let bytes = mebibyte + 1; bytes <= 2 * mebibyte; bytes += 1000)
    sizes.add(new ReceiveMemory().acquire(bytes).length)
  assert.equal(sizes.size, 8)
  assert.equal(new ReceiveMemory().acquire(10_000).length, 12_288)
})

test('two sizes in turn both stay', () => {
  const memory = new ReceiveMemory()
  const [small, large] = [memory.acquire(mebibyte), memory.acquire(3 * mebibyte)]
  for (let turn = 0; turn < 20; turn++) {
    memory.release(small)
    memory.release(large)
    assert.equal(memory.acquire(mebibyte), small)
    assert.equal(memory.acquire(3 * mebibyte), large)
  }
})
