// The short form of `npm run memory`: a process under full load keeps to the budgets of its clients, and a run that does not is found out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Broker } from '@millrace/broker'
import { type MemorySample, memoryViolations, residentMaxBytes } from '../src/memory/budget.ts'
import { budgets, testMemory } from '../src/memory/memory-test.ts'

const sample: MemorySample = {
  seconds: 1,
  rss: residentMaxBytes(budgets),
  heapUsed: 0,
  external: 0,
  arrayBuffers: 0,
  producing: budgets.bufferMemory,
  consuming: budgets.prefetchMaxBytes,
  recordsProduced: 1,
  recordsConsumed: [1, 1],
}

test('a run that takes more than its budgets, or was not under load, is found out', () => {
  const idle = { ...sample, producing: 0, consuming: [0, 0], recordsProduced: 0, recordsConsumed: [0, 0] }
  assert.deepEqual(memoryViolations([sample], budgets), [])
  assert.match(
    memoryViolations([{ ...sample, rss: sample.rss + 1 }, sample], budgets).join(),
    /^332 MiB resident/,
  )
  assert.equal(memoryViolations([idle], budgets).length, 6)
  assert.deepEqual(memoryViolations([], budgets), ['no sample was taken'])
})

test('a producer whose broker is slow and consumers whose handlers are keep to their budgets', {
  timeout: 120_000,
}, async t => {
  await using broker = await Broker.start({ port: 0, config: { 'log.fsync': 'never' } })
  let highest = 0
  const violations = await testMemory({
    brokers: [broker.address],
    seconds: 20,
    onSample: ({ rss }) => {
      highest = Math.max(highest, rss)
    },
  })
  t.diagnostic(`at most ${Math.round(highest / 2 ** 20)} MiB were resident`)
  assert.deepEqual(violations, [])
})
