// The perf commands measure and say what they found.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startCluster } from './support/cluster.ts'

interface Rate {
  records: number
  seconds: number
  recordsPerSecond: number
  megabytesPerSecond: number
  latencyMs?: Record<string, number>
}

test('perf measures sending and reading, for people and as JSON', async () => {
  await using cluster = await startCluster({ 'num.partitions': 2 })
  const sent = await cluster.json<Rate>(['perf', 'produce', 'load', '-n', '2000', '-s', '1KB', '-z', 'lz4'])
  assert.equal(sent.records, 2000)
  assert.ok(Math.abs(sent.megabytesPerSecond - 2 / sent.seconds) < 0.01, 'a MB is 10^6 bytes')
  assert.deepEqual(Object.keys(sent.latencyMs ?? {}), ['mean', 'p50', 'p95', 'p99', 'p99.9', 'max'])
  const [read, some, asMember, again] = await Promise.all([
    cluster.json<Rate>(['perf', 'consume', 'load']),
    cluster.json<Rate>(['perf', 'consume', 'load', '-n', '500']),
    cluster.out(['perf', 'consume', 'load', '-g', 'readers']),
    cluster.run(['perf', 'consume', 'nowhere']),
  ])
  assert.equal(read.records, 2000, 'as many as were wanted, and none to warm up')
  assert.equal(some.records, 500)
  assert.match(asMember, /^2,000 records in \d+\.\d\d s: [\d,]+ records\/s, \d+\.\d MB\/s\n$/)
  assert.equal(again.code, 4)
  const nothingNew = await cluster.json<Rate>(['perf', 'consume', 'load', '-g', 'readers'])
  assert.equal(nothingNew.records, 0, 'the group has read everything')
})
