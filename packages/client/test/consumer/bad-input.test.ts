// What users do wrong with a consumer: refused at the call, with what was wrong.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, Consumer, ShareConsumer, StateError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

function setUp() {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  return new Consumer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    groupId: 'g',
    autoCommit: false,
  })
}

const partition = { topic: 't', partition: 0 }

test('an offset that is none is refused by assign, seek and commit', async () => {
  const consumer = setUp()
  for (const offset of [-1, 0.5, Number.NaN, 2 ** 53]) {
    assert.throws(() => consumer.assign([{ ...partition, offset }]), /t-0: .* is not an offset/)
    await assert.rejects(consumer.commit([{ ...partition, offset }]), /t-0: .* is not an offset/)
  }
  assert.deepEqual(consumer.assignment, [])
  consumer.assign([{ ...partition, offset: 0 }])
  for (const offset of [-1, 0.5, Number.NaN])
    assert.throws(() => consumer.seek(partition, offset), StateError)
  await consumer.close()
})

test('a place to start that does not exist is refused by assign and seek', async () => {
  const consumer = setUp()
  for (const offset of ['begin', {}, { timestamp: '5' }, { timestamp: -1 }, null]) {
    assert.throws(() => consumer.assign([{ ...partition, offset: offset as never }]), /is no place to start/)
  }
  consumer.assign([{ ...partition, offset: 'committed' }])
  for (const target of ['begin', 'committed', undefined]) {
    assert.throws(() => consumer.seek(partition, target as never), /give an offset, .*"earliest", "latest"/)
  }
  consumer.seek(partition, { timestamp: 0 })
  await consumer.close()
})

test('what is neither a name nor a pattern is refused by subscribe, which then still works', async () => {
  const consumer = setUp()
  for (const topic of ['', ' ', 5, null]) {
    assert.throws(() => consumer.subscribe([topic as never]), /is no topic to subscribe to/)
  }
  // Nothing was decided by those.
  consumer.assign([partition])
  await consumer.close()
})

const mistakes: readonly (readonly [what: string, call: (consumer: Consumer) => unknown, message: RegExp])[] =
  [
    [
      "KafkaJS's topics",
      c => c.subscribe({ topics: ['t'] } as never),
      /subscribe: topics is \{ topics: .*write names/,
    ],
    ['no topics', c => c.subscribe(undefined as never), /subscribe: topics is undefined: write names/],
    [
      'a misspelt hook',
      c => c.subscribe('t', { onAsigned() {} } as never),
      /"onAsigned": did you mean "onAssigned"/,
    ],
    ['one partition', c => c.assign(partition as never), /assign: partitions is .*write a list/],
    ['partition −1', c => c.assign([{ topic: 't', partition: -1 }]), /partitions\[0\].partition is -1/],
    ['half a partition', c => c.assign([{ topic: 't', partition: 0.5 }]), /partitions\[0\].partition is 0.5/],
    ['a partition in text', c => c.assign([{ topic: 't', partition: '0' as never }]), /partition is "0"/],
    ['no topic', c => c.commit([{ partition: 0, offset: 1 } as never]), /offsets\[0\].topic is missing/],
    [
      'metadata that is no text',
      c => c.commit([{ ...partition, offset: 1, metadata: 5 as never }]),
      /metadata is 5/,
    ],
    ['a poll of a number', c => c.poll(100 as never), /poll: options is 100: write \{ timeoutMs/],
    ["KafkaJS's timeout", c => c.poll({ timeout: 100 } as never), /"timeout": did you mean "timeoutMs"/],
    ['a time that is none', c => c.poll({ timeoutMs: Number.NaN }), /timeoutMs is NaN/],
    ['no records at most', c => c.poll({ maxRecords: 0 }), /maxRecords is 0: write a whole number from 1 on/],
    [
      'an AbortController',
      c => c.records({ signal: new AbortController() as never }),
      /signal is AbortController/,
    ],
    [
      "KafkaJS's eachMessage",
      c => c.run({ eachMessage() {} } as never),
      /"eachMessage": did you mean "eachRecord"/,
    ],
    ['a handler that is none', c => c.run({ eachRecord: 5 as never }), /eachRecord is 5: write a function/],
    ['no concurrency', c => c.run({ eachRecord() {}, partitionConcurrency: 0 }), /partitionConcurrency is 0/],
    ['no handlers at all', c => c.run(undefined as never), /run: options is missing/],
    ['a place without offset', c => c.markProcessed(partition as never), /t-0: undefined is not an offset/],
    [
      'an offset in text',
      c => c.markProcessed({ ...partition, offset: '5' as never }),
      /t-0: "5" is not an offset/,
    ],
    ['nothing that is processed', c => c.markProcessed(undefined as never), /markProcessed: done is missing/],
    ['nothing to seek in', c => c.seek(undefined as never, 0), /seek: partition is missing: write \{ topic/],
    ['a topic to seek in', c => c.seek('t' as never, 0), /seek: partition is "t": write \{ topic, partition/],
    ['a bigint to seek to', c => c.seek(partition, 5n as never), /t-0: 5n is no place to start/],
    ['no partition for position', c => c.position(undefined as never), /position: partition is missing/],
    ['no partition for lag', c => c.lag({ topic: 't' } as never), /lag: partition.partition is missing/],
    ['an object to pause', c => c.pause({} as never), /pause: partitions is \{\}: write a list/],
    ['a topic to resume', c => c.resume(['t'] as never), /resume: partitions\[0\] is "t": write/],
    ['nothing to commit for', c => c.commit(null as never), /commit: offsets is null: write a list/],
    [
      'options of a commit that there are not',
      c => c.commit([{ ...partition, offset: 1 }], { timeout: 5 } as never),
      /commit: options has a field "timeout": there are signal/,
    ],
    [
      'options that are null',
      c => c.committed([partition], null as never),
      /committed: options is null: write \{ signal \}/,
    ],
    [
      'one partition to end',
      c => c.endOffsets(partition as never),
      /endOffsets: partitions is .*: write a list/,
    ],
    [
      'options of beginning offsets that there are not',
      c => c.beginningOffsets([partition], { signl: undefined } as never),
      /beginningOffsets: options has a field "signl": did you mean "signal"/,
    ],
    [
      'a time that is a Date',
      c => c.offsetsForTimes([{ ...partition, timestamp: new Date(0) as never }]),
      /offsetsForTimes: times\[0\].timestamp is 1970/,
    ],
    [
      'a time to close that is none',
      c => c.close({ timeoutMs: Number.NaN }),
      /close: options.timeoutMs is NaN/,
    ],
  ]

test('of several partitions to pause, none is when one is not there', async () => {
  const consumer = setUp()
  consumer.assign([{ ...partition, offset: 0 }])
  assert.throws(() => consumer.pause([partition, { topic: 't', partition: 1 }]), /t-1 is not assigned/)
  assert.deepEqual(consumer.paused, [])
  await consumer.close()
})

test('what means nothing in a call is refused by name, and the consumer goes on', async () => {
  for (const [what, call, message] of mistakes) {
    await using consumer = setUp()
    if (!/topics|hook/.test(what)) consumer.assign([{ ...partition, offset: 0 }])
    await assert.rejects(async () => call(consumer), message, what)
    await assert.rejects(async () => call(consumer), StateError, what)
    if (/topics|hook/.test(what)) consumer.assign([{ ...partition, offset: 0 }])
    assert.equal(consumer.position(partition), 0, what)
  }
})

test('a method that another client has says what to call instead', async () => {
  const consumer = setUp()
  const share = new ShareConsumer({ brokers: ['b'], groupId: 's' })
  const admin = new Admin({ brokers: ['b'] })
  const call = (client: object, name: string) => () =>
    (client as unknown as Readonly<Record<string, () => void>>)[name]!()
  assert.throws(
    call(consumer, 'connect'),
    /^StateError: Consumer has no connect\(\): it connects on first use/,
  )
  assert.throws(call(consumer, 'commitSync'), /Consumer has no commitSync\(\): await commit\(\)/)
  assert.throws(call(share, 'disconnect'), /ShareConsumer has no disconnect\(\): call close\(\)/)
  assert.throws(
    call(admin, 'incrementalAlterConfigs'),
    /Admin has no incrementalAlterConfigs\(\): call alterConfigs/,
  )
  for (const client of [consumer, share, admin]) await client.close()
})

test('partitions of a topic in one entry, as KafkaJS has them, are told how to be written', async () => {
  const consumer = setUp()
  consumer.assign([{ ...partition, offset: 0 }])
  assert.throws(
    () => consumer.pause([{ topic: 't', partitions: [0] }] as never),
    /pause: partitions\[0\] has a field "partitions": write an entry for each, \{ topic, partition \}/,
  )
  await consumer.close()
})
