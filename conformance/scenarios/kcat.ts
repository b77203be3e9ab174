// kcat (librdkafka as Debian ships it): metadata, produce with every codec, consume by offset and by time, groups.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario, Stage } from '../harness/stage.ts'

interface KcatRecord {
  readonly partition: number
  readonly offset: number
  readonly tstype: string
  readonly ts: number
  readonly headers?: readonly string[]
  readonly key: string | null
  readonly payload: string | null
}

interface KcatMetadata {
  readonly brokers: readonly { readonly id: number; readonly name: string }[]
  readonly topics: readonly {
    readonly topic: string
    readonly partitions: readonly { readonly partition: number; readonly leader: number }[]
  }[]
}

const partitions = 3
const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

const parse = (stdout: string): KcatRecord[] =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as KcatRecord)

async function produce(stage: Stage, args: readonly string[], lines: readonly string[]): Promise<void> {
  await stage.kcat(['-P', '-q', ...args], { input: lines.map(line => `${line}\n`).join('') })
}

async function consume(stage: Stage, args: readonly string[]): Promise<KcatRecord[]> {
  const output = await stage.kcat(['-C', '-e', '-q', '-J', ...args])
  return parse(output.stdout)
}

/** Offsets of each partition run from 0 without a hole. */
function assertDense(records: readonly KcatRecord[]): void {
  for (let partition = 0; partition < partitions; partition++) {
    const offsets = records.filter(record => record.partition === partition).map(record => record.offset)
    assert.deepEqual(offsets, [...offsets.keys()], `offsets of partition ${partition}`)
  }
}

/** Each key stays in one partition, and its values in the order in which they were sent. */
function assertKeyOrder(records: readonly KcatRecord[], sent: readonly string[]): void {
  const home = new Map<string, number>()
  const values = new Map<string, string[]>()
  for (const record of records) {
    const key = record.key ?? ''
    assert.equal(home.get(key) ?? record.partition, record.partition, `key ${key} is in two partitions`)
    home.set(key, record.partition)
    values.set(key, [...(values.get(key) ?? []), `${key}:${record.payload}`])
  }
  for (const [key, got] of values)
    assert.deepEqual(
      got,
      sent.filter(line => line.startsWith(`${key}:`)),
    )
  assert.equal(records.length, sent.length)
}

async function codecCheck(stage: Stage, codec: string): Promise<void> {
  const topic = await stage.createTopic(`kcat-${codec}`, partitions)
  const sent = Array.from({ length: 1000 }, (_, i) => `key-${i % 20}:value ${i} ${'compressible '.repeat(8)}`)
  const before = Date.now()
  await produce(stage, ['-t', topic, '-K:', '-z', codec, '-H', 'trace=abc', '-H', 'empty='], sent)
  const records = await consume(stage, ['-t', topic, '-o', 'beginning'])
  assertDense(records)
  assertKeyOrder(records, sent)
  for (const record of records) {
    assert.deepEqual(record.headers, ['trace', 'abc', 'empty', ''])
    assert.equal(record.tstype, 'create')
    assert.ok(record.ts >= before - 1000 && record.ts <= Date.now() + 1000, `timestamp ${record.ts}`)
  }
}

async function listMetadata(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('kcat-listed', partitions)
  const output = await stage.kcat('-L -J')
  const metadata = JSON.parse(output.stdout) as KcatMetadata
  assert.deepEqual(
    metadata.brokers.map(broker => broker.name),
    [stage.bootstrap],
  )
  const listed = metadata.topics.find(each => each.topic === topic)
  const leader = metadata.brokers[0]!.id
  assert.deepEqual(
    listed?.partitions.map(each => [each.partition, each.leader]),
    [0, 1, 2].map(partition => [partition, leader]),
  )
}

async function autoCreate(stage: Stage): Promise<void> {
  await produce(stage, ['-t', 'kcat-auto-created'], ['hello'])
  const records = await consume(stage, ['-t', 'kcat-auto-created', '-o', 'beginning'])
  assert.deepEqual(
    records.map(record => [record.offset, record.key, record.payload]),
    [[0, null, 'hello']],
  )
}

async function nulls(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('kcat-nulls', 1)
  await produce(stage, ['-t', topic, '-K:', '-Z'], ['gone:', 'kept:x', ':no key'])
  const records = await consume(stage, ['-t', topic, '-o', 'beginning'])
  assert.deepEqual(
    records.map(record => [record.key, record.payload]),
    [
      ['gone', null],
      ['kept', 'x'],
      [null, 'no key'],
    ],
  )
}

async function byOffset(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('kcat-offsets', 1)
  const sent = Array.from({ length: 100 }, (_, i) => `m${i}`)
  await produce(stage, ['-t', topic], sent)
  const payloads = async (...args: string[]): Promise<unknown[]> =>
    (await consume(stage, ['-t', topic, '-p', '0', ...args])).map(record => record.payload)
  assert.deepEqual(await payloads('-o', '90'), sent.slice(90), 'from an offset inside a batch')
  assert.deepEqual(await payloads('-o', '-5'), sent.slice(95), 'the last five')
  assert.deepEqual(await payloads('-o', '10', '-c', '3'), sent.slice(10, 13), 'three from offset 10')
  assert.deepEqual(await payloads('-o', 'end'), [], 'from the end')
}

async function byTime(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('kcat-times', 1)
  await produce(stage, ['-t', topic], ['early 1', 'early 2'])
  await sleep(30)
  const middle = Date.now()
  await sleep(30)
  await produce(stage, ['-t', topic], ['late 1', 'late 2'])
  const payloads = async (...args: string[]): Promise<unknown[]> =>
    (await consume(stage, ['-t', topic, '-p', '0', ...args])).map(record => record.payload)
  assert.deepEqual(await payloads('-o', `s@${middle}`), ['late 1', 'late 2'])
  assert.deepEqual(await payloads('-o', 'beginning', '-o', `e@${middle}`), ['early 1', 'early 2'])
  const query = await stage.kcat(`-Q -t ${topic}:0:${middle}`)
  assert.match(query.stdout, /kcat-times \[0\] offset 2/)
}

async function acknowledgements(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('kcat-acks', 1)
  const lines = Array.from({ length: 50 }, (_, i) => `m${i}`)
  for (const acks of ['0', '1', 'all']) await produce(stage, ['-t', topic, '-X', `acks=${acks}`], lines)
  const records = await consume(stage, ['-t', topic, '-o', 'beginning'])
  assert.deepEqual(
    records.map(record => record.payload),
    [...lines, ...lines, ...lines],
  )
}

async function idempotent(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('kcat-idempotent', partitions)
  const sent = Array.from({ length: 5000 }, (_, i) => `key-${i % 50}:${i}`)
  const settings = ['-X', 'enable.idempotence=true', '-X', 'batch.num.messages=20', '-X', 'linger.ms=1']
  await produce(stage, ['-t', topic, '-K:', ...settings], sent)
  const records = await consume(stage, ['-t', topic, '-o', 'beginning'])
  assertDense(records)
  assertKeyOrder(records, sent)
}

async function sizes(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('kcat-sizes', 1)
  const big = 'x'.repeat(900_000)
  const limits = ['-X', 'message.max.bytes=4000000']
  await produce(stage, ['-t', topic, ...limits], [big])
  const tooBig = stage.kcat(['-P', '-t', topic, ...limits], {
    input: `${'y'.repeat(2_000_000)}\n`,
  })
  await assert.rejects(tooBig, /Message size too large/)
  const records = await consume(stage, ['-t', topic, '-o', 'beginning'])
  assert.deepEqual(
    records.map(record => record.payload?.length),
    [big.length],
  )
}

/** Two members share the partitions; each record comes to exactly one of them; a later member goes on where they stopped. */
async function group(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('kcat-group', 4)
  const settings = '-q -u -J -X session.timeout.ms=6000 -X auto.offset.reset=earliest'
  const subscription = `-G kcat-members ${topic}`
  const members = [1, 2].map(() => stage.spawnKcat(`${settings} ${subscription}`))
  const records = (): KcatRecord[][] => members.map(member => parse(completeLines(member.stdout)))
  try {
    // Records go in until both members have seen some: then the partitions are shared out.
    const sent: string[] = []
    const deadline = Date.now() + 40_000
    while (records().some(got => got.length === 0)) {
      if (Date.now() > deadline)
        throw new Error(
          `members got ${records()
            .map(got => got.length)
            .join(' and ')} of ${sent.length}`,
        )
      const lines = Array.from({ length: 40 }, (_, i) => `k${i}:round ${sent.length + i}`)
      sent.push(...lines)
      await produce(stage, ['-t', topic, '-K:'], lines)
      await sleep(500)
    }
    while (records().flat().length < sent.length && Date.now() < deadline) await sleep(50)
    const got = records().flat()
    const seen = got.map(record => `${record.partition}@${record.offset}`)
    assert.equal(seen.length, sent.length)
    assert.equal(new Set(seen).size, sent.length, 'each record came once')
  } finally {
    await Promise.all(members.map(member => member.stop()))
  }
  await produce(stage, ['-t', topic, '-K:'], ['k1:after'])
  const later = await stage.kcat(`${settings} -e ${subscription}`)
  assert.deepEqual(
    parse(later.stdout).map(record => record.payload),
    ['after'],
  )
}

const completeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1)

export const kcat: Scenario = {
  name: 'kcat',
  title: 'kcat from Debian: list, produce with all codecs, consume by offset and time, groups',
  needs: ['kcat'],
  async run(stage) {
    await stage.check('-L lists the broker and a topic with its leaders', () => listMetadata(stage))
    await stage.check('producing to an unknown topic creates it', () => autoCreate(stage))
    for (const codec of codecs)
      await stage.check(`${codec}: keys, headers, offsets and times come back`, () =>
        codecCheck(stage, codec),
      )
    await stage.check('null values and null keys come back as nulls', () => nulls(stage))
    await stage.check('-o takes offsets, also inside a batch and from the end', () => byOffset(stage))
    await stage.check('-o s@ts and e@ts and -Q find records by time', () => byTime(stage))
    await stage.check('acks 0, 1 and all keep the order', () => acknowledgements(stage))
    await stage.check('an idempotent producer with small batches loses and doubles nothing', () =>
      idempotent(stage),
    )
    await stage.check('a record of 900 KB goes through, one of 2 MB is refused', () => sizes(stage))
    await stage.check('-G: two members share a topic, commit, and a third goes on', () => group(stage))
  },
}
