// Every property of Java's clients and of librdkafka is an option, or has a reason why it is none; and what is said of each.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { optionNames } from '../../src/config/option-table.ts'
import { clusterTable } from '../../src/config/cluster-table.ts'
import { onlyOwner } from '../../src/config/owners.ts'
import { withoutOption } from '../../src/config/without-option.ts'
import { Admin, ConfigError, Consumer, Producer } from '../../src/index.ts'
import { consumerTable } from '../../src/consumer/options.ts'
import { producerTable } from '../../src/producer/options.ts'

const brokers = ['localhost:9092']
type Kind = 'Producer' | 'Consumer' | 'Admin'
const names: Readonly<Record<Kind, ReadonlySet<string>>> = {
  Producer: new Set(optionNames(producerTable).keys()),
  Consumer: new Set(optionNames(consumerTable).keys()),
  Admin: new Set(optionNames(clusterTable).keys()),
}
const owners = Object.keys(names) as Kind[]

/** Lines of a list of properties, in columns. */
function listOf(file: string): string[][] {
  const text = readFileSync(new URL(`properties/${file}`, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.split('\t'))
}

const isCovered = (owner: Kind, name: string) => {
  const without = withoutOption.get(name)
  return names[owner].has(name) || (without !== undefined && (without.owners?.includes(owner) ?? true))
}

test("every property of Java's clients is known to the client of the same kind", () => {
  const kinds: Record<string, Kind> = { producer: 'Producer', consumer: 'Consumer', admin: 'Admin' }
  const list = listOf('java.tsv')
  assert.ok(list.length > 300)
  assert.deepEqual(
    list.filter(([kind, name]) => !isCovered(kinds[kind!]!, name!)).map(([kind, name]) => `${kind}: ${name}`),
    [],
  )
})

test('every property of librdkafka is known to producers, consumers, or both, as it says', () => {
  const kinds: Record<string, Kind[]> = { P: ['Producer'], C: ['Consumer'], '*': ['Producer', 'Consumer'] }
  const list = listOf('librdkafka.tsv')
  assert.ok(list.length > 150)
  const unknown = list.flatMap(([kind, name]) =>
    kinds[kind!]!.filter(owner => !isCovered(owner, name!)).map(owner => `${owner}: ${name}`),
  )
  assert.deepEqual(unknown, [])
})

test('nothing is both an option and none, and nothing is explained that nobody has', () => {
  for (const [name, { owners: without = owners }] of withoutOption)
    for (const owner of without as Kind[])
      assert.ok(!names[owner].has(name), `${name} is an option of ${owner}`)
  const known = new Set([...listOf('java.tsv'), ...listOf('librdkafka.tsv')].map(([, name]) => name))
  // node-rdkafka's.
  known.add('event_cb')
  for (const name of withoutOption.keys()) assert.ok(known.has(name), `nobody has ${name}`)
})

test('what only one kind of client has is said so to the others', () => {
  for (const owner of ['Producer', 'Consumer'] as const) {
    const other = owner === 'Producer' ? 'Consumer' : 'Producer'
    for (const name of names[owner]) {
      if (names[other].has(name) || names.Admin.has(name)) continue
      assert.equal(onlyOwner(name), owner, name)
    }
  }
  assert.throws(
    () => new Producer({ 'bootstrap.servers': 'a', 'group.id': 'g' }),
    /^ConfigError: Producer: "group.id" is an option of a Consumer$/,
  )
  assert.throws(
    () => new Consumer({ 'bootstrap.servers': 'a', 'linger.ms': 5 }),
    /^ConfigError: Consumer: "linger.ms" is an option of a Producer$/,
  )
  assert.throws(
    () => new Producer({ brokers, groupId: 'g' } as never),
    /^ConfigError: Producer: "groupId" is an option of a Consumer$/,
  )
  assert.throws(
    () => new Consumer({ brokers, lingerMs: 5 } as never),
    /^ConfigError: Consumer: "lingerMs" is an option of a Producer$/,
  )
})

const refused: [given: object, message: RegExp][] = [
  [{ 'sasl.kerberos.service.name': 'kafka' }, /is not honoured: Kerberos \(GSSAPI\) is not spoken/],
  [{ 'client.dns.lookup': 'resolve_canonical_bootstrap_servers_only' }, /use_all_dns_ips may stand/],
  [{ 'interceptor.classes': 'a.B' }, /they are classes of Java/],
  [{ dr_cb: true }, /"dr_cb" is not honoured: give onRecordDelivery/],
  [
    { 'key.serializer': 'a.AvroSerializer' },
    /Producer: key.serializer: there is no serde for "a.AvroSerializer"/,
  ],
  [{ 'linger.mss': 5 }, /there is no option "linger.mss"; did you mean "linger.ms"\?/],
  [{ 'linger.ms': '5 ms' }, /linger.ms: "5 ms" is not a number/],
  [{ 'linger.ms': '0x10' }, /"0x10" is not a number/],
  [{ 'linger.ms': '1e3' }, /"1e3" is not a number/],
  [{ 'enable.idempotence': 'yes' }, /"yes" is not true or false/],
  [{ 'linger.ms': 5, lingerMs: 6 }, /"linger.ms" and "lingerMs" are the same option/],
  [{ 'queue.buffering.max.kbytes': 1, 'buffer.memory': 1 }, /are the same option/],
  [{ acks: '0', 'enable.idempotence': 'true' }, /idempotence needs acks "all"/],
  [{ 'topic.metadata.refresh.interval.ms': -1 }, /-1 is not between 1/],
  [{ 'partitioner.class': 'a.MyPartitioner' }, /there is no partitioner "MyPartitioner"/],
]

for (const [given, message] of refused)
  test(`${JSON.stringify(given)} is refused`, () => {
    assert.throws(
      () => new Producer({ 'bootstrap.servers': 'a', ...given }),
      (error: ConfigError) => {
        assert.ok(error instanceof ConfigError)
        assert.match(error.message, message)
        return true
      },
    )
  })

test('what means the same here is taken without a word, and what has no effect with one', async () => {
  const warnings: (Error & { code?: string })[] = []
  const listen = (warning: Error) => void warnings.push(warning)
  process.on('warning', listen)
  const options = {
    brokers,
    'socket.nagle.disable': 'true',
    'client.dns.lookup': 'use_all_dns_ips',
    'enable.metrics.push': false,
    'metric.reporters': '',
  }
  await new Producer(options).close()
  new Admin(options).close()
  for (let count = 0; count < 2; count++)
    await new Consumer({ ...options, 'queued.min.messages': 10 }).close()
  await new Promise(setImmediate)
  process.off('warning', listen)
  assert.deepEqual(
    warnings.map(({ message, code }) => [message, code]),
    [
      [
        'Consumer: "queued.min.messages" has no effect: what is fetched ahead is bounded by bytes: prefetchMaxBytes',
        'MILLRACE_OPTION_WITHOUT_EFFECT',
      ],
    ],
  )
})
