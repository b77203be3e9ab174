// docs/compatibility.md says numbers and names of this broker: those that the code knows are held to it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decompressedBytesMaxDefault } from '@millrace/protocol'
import { BrokerConfig } from '../src/config/broker-config.ts'
import { servedKeys } from '../src/dispatch.ts'
import {
  clientMetricsLimits,
  fetchSessionsMaxBytes,
  patternTimeoutMs,
  requestDecompressedMaxBytes,
  requesterTokensMax,
} from '../src/limits.ts'

const page = readFileSync(new URL('../../../docs/compatibility.md', import.meta.url), 'utf8')
const config = new BrokerConfig()
const mebibytes = (bytes: number) => `${bytes / 2 ** 20} MiB`

/** What the page says, as the code has it. */
const said: readonly string[] = [
  `A batch that becomes more than ${mebibytes(decompressedBytesMaxDefault)} when it is decompressed, or ${mebibytes(requestDecompressedMaxBytes)} with the others of its request`,
  `stopped after ${patternTimeoutMs} ms`,
  `A user may have asked for ${requesterTokensMax.toLocaleString('en')} delegation tokens`,
  `A push of client metrics that becomes more than ${mebibytes(clientMetricsLimits.decompressedMaxBytes)} when it is decompressed, or has more than ${clientMetricsLimits.fieldsMax.toLocaleString('en')} fields`,
  `stopped after ${clientMetricsLimits.patternTimeoutMs} ms`,
  `Fetch sessions remember ${mebibytes(fetchSessionsMaxBytes)} of partitions`,
  `\`queued.max.request.bytes\` is ${mebibytes(config.get('queued.max.request.bytes'))}`,
  `\`group.initial.rebalance.delay.ms\` is ${config.get('group.initial.rebalance.delay.ms')}`,
  `\`node.id\` is ${config.get('node.id')}`,
]

for (const sentence of said) {
  test(`the page of differences says: ${sentence}`, () => assert.ok(page.includes(sentence)))
}

test('the page of differences says how many replicas internal topics have', () => {
  const names = [
    'offsets.topic.replication.factor',
    'transaction.state.log.replication.factor',
    'transaction.state.log.min.isr',
  ] as const
  assert.ok(page.includes(`${names.map(name => `\`${name}\``).join(', ')} are 1 |`))
  assert.deepEqual(
    names.map(name => config.get(name)),
    [1, 1, 1],
  )
})

/** API keys of what the page calls not there; who serves the first of them takes the row away. */
const absent: readonly (readonly [row: string, keys: readonly number[]])[] = [
  ['The consumer protocol of KIP-848', [68, 69]],
  ['share groups', [76, 77, 78, 79, 83, 84, 85, 86, 87]],
  ["Kafka Streams' own groups (KIP-1071)", [88, 89]],
]

for (const [words, keys] of absent) {
  test(`the page of differences and the table of handlers agree about: ${words}`, () => {
    const isServed = servedKeys().some(({ apiKey }) => keys.includes(apiKey))
    assert.equal(page.includes(words), !isServed)
  })
}

test('every row of the page has all its cells', () => {
  const tables = page.split('\n').filter(line => line.startsWith('|'))
  assert.ok(tables.length > 40)
  let width = 0
  for (const [index, line] of tables.entries()) {
    const cells = line.split(/(?<!\\)\|/).length - 2
    // A head is followed by the line of dashes.
    if (/^\|[-:|]+\|$/.test(tables[index + 1] ?? '')) width = cells
    assert.equal(cells, width, line)
    if (!/^\|[-:|]+\|$/.test(line)) assert.notEqual(line.split('|')[1]!.trim(), '', line)
  }
})
