// Options under both naming schemes, and what is said of the ones that cannot be.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConsumerOptions, resolveConsumerOptions } from '../../src/consumer/options.ts'
import { ConfigError, Consumer, int64, parseAddress, Producer, string, uuid } from '../../src/index.ts'
import { readProducerOptions, resolveProducerOptions } from '../../src/producer/options.ts'

const brokers = ['localhost:9092']

test("Kafka's dotted names mean the same as ours, also as text", () => {
  const dotted = readProducerOptions({
    'bootstrap.servers': 'a:1, b:2',
    'client.id': 'me',
    acks: 'all',
    'linger.ms': '20',
    'enable.idempotence': 'true',
    'compression.type': 'zstd',
    'max.in.flight.requests.per.connection': 3,
  })
  assert.deepEqual(dotted, {
    brokers: ['a:1', 'b:2'],
    clientId: 'me',
    acks: -1,
    lingerMs: 20,
    idempotence: true,
    compression: 'zstd',
    maxInFlight: 3,
  })
})

test("a Java consumer's properties are understood", () => {
  const options = resolveConsumerOptions(
    readConsumerOptions({
      'bootstrap.servers': 'a:1',
      'group.id': 'g',
      'auto.offset.reset': 'earliest',
      'isolation.level': 'read_committed',
      'partition.assignment.strategy':
        'org.apache.kafka.clients.consumer.RangeAssignor,org.apache.kafka.clients.consumer.CooperativeStickyAssignor',
    }),
  )
  assert.deepEqual(
    options.assignors.map(({ name }) => name),
    ['range', 'cooperative-sticky'],
  )
  assert.equal(options.readCommitted, true)
  assert.equal(options.resetOf('orders'), 'earliest')
})

const refused: [what: string, make: () => unknown, message: RegExp][] = [
  [
    'a misspelt name',
    () => new Producer({ brokers, lingreMs: 5 } as never),
    /"lingreMs"; did you mean "lingerMs"/,
  ],
  ['a misspelt dotted name', () => new Producer({ brokers, 'linger.sm': 5 }), /did you mean "linger.ms"/],
  [
    'the same option twice',
    () => new Producer({ brokers, lingerMs: 1, 'linger.ms': 2 }),
    /are the same option/,
  ],
  ['text for a number', () => new Producer({ brokers, 'linger.ms': 'soon' }), /"soon" is not a number/],
  ['a number out of range', () => new Producer({ brokers, maxInFlight: 0 }), /not between 1 and 1000/],
  ['acks that do not exist', () => new Producer({ brokers, acks: 2 as never }), /0, 1 or "all"/],
  [
    'idempotence with acks 1',
    () => new Producer({ brokers, acks: 1, idempotence: true }),
    /needs acks "all"/,
  ],
  ['idempotence with many in flight', () => new Producer({ brokers, maxInFlight: 6 }), /more than the 5/],
  [
    'a codec that does not exist',
    () => new Producer({ brokers, compression: 'lzma' as never }),
    /there is no compression "lzma"; there are none, gzip, snappy, lz4, zstd/,
  ],
  ['no brokers', () => new Producer({ brokers: [] }), /name at least one/],
  ['a broker that is no address', () => new Producer({ brokers: ['http://x:1/path'] }), /not an address/],
  [
    'a static member without a group',
    () => new Consumer({ brokers, groupInstanceId: 'a' }),
    /needs a groupId/,
  ],
  [
    'heartbeats slower than the session',
    () => new Consumer({ brokers, groupId: 'g', sessionTimeoutMs: 100, heartbeatIntervalMs: 100 }),
    /less than sessionTimeoutMs/,
  ],
  [
    'an assignor that does not exist',
    () => new Consumer({ brokers, groupId: 'g', assignors: ['fair' as never] }),
    /no assignor "fair"; there are range/,
  ],
  [
    'a reset that does not exist',
    () => new Consumer({ brokers, autoOffsetReset: 'middle' as never }),
    /"middle" is none of earliest, latest, none/,
  ],
]

for (const [what, make, message] of refused) {
  test(`${what} is refused with a hint`, () => {
    assert.throws(make, (error: ConfigError) => {
      assert.ok(error instanceof ConfigError)
      assert.equal(error.code, 'CONFIG_INVALID')
      assert.match(error.message, message)
      return true
    })
  })
}

test('acks below all turn idempotence off', () => {
  assert.equal(resolveProducerOptions({ brokers, acks: 1 }).idempotent, false)
  assert.equal(resolveProducerOptions({ brokers }).idempotent, true)
})

test('options that are missing altogether are named', () => {
  for (const given of [undefined, null, 5]) {
    assert.throws(
      () => new Producer(given as never),
      /Producer: the options are (undefined|null|5); give an object/,
    )
  }
  assert.throws(() => new Producer({} as never), /brokers: name at least one/)
  assert.throws(() => new Producer({ brokers: [9092 as never] }), /brokers: 9092 is not text/)
  assert.throws(() => new Consumer({ brokers, groupId: 'g', assignors: [] }), /assignors is empty/)
})

test('a level that the codec does not have is refused before it is used', () => {
  assert.throws(
    () => new Producer({ brokers, compression: 'gzip', compressionLevel: -5 }),
    /compressionLevel -5 is none of gzip; its levels are -?\d+ to 9/,
  )
  assert.throws(() => new Producer({ brokers, compression: 'zstd', compressionLevel: 99 }), ConfigError)
  assert.equal(
    resolveProducerOptions({ brokers, compression: 'zstd', compressionLevel: 3 }).compressionLevel,
    3,
  )
})

test('addresses are read as users write them', () => {
  assert.deepEqual(parseAddress('kafka:29092'), { host: 'kafka', port: 29092 })
  assert.deepEqual(parseAddress('kafka'), { host: 'kafka', port: 9092 })
  assert.deepEqual(parseAddress('[::1]:9093'), { host: '::1', port: 9093 })
  assert.deepEqual(parseAddress('PLAINTEXT://10.0.0.1:1'), { host: '10.0.0.1', port: 1 })
  for (const bad of ['', ':9092', 'a:b', 'a:70000', 'a:1:2'])
    assert.throws(() => parseAddress(bad), ConfigError)
})

const translated: [given: object, message: RegExp][] = [
  [{ ssl: true }, /Producer: there is no option "ssl"; here that is "tls"$/],
  [
    { retry: { retries: 5 } },
    /"retry"; here that is "retryBackoffMs", "retryBackoffMaxMs" and "apiTimeoutMs"/,
  ],
  [{ createPartitioner: () => {} }, /"createPartitioner"; here that is "partitioner"/],
  [{ idempotent: true }, /"idempotent"; here that is "idempotence"/],
  [{ requestTimout: 5 }, /"requestTimout"; did you mean "requestTimeoutMs"\?/],
]

for (const [given, message] of translated) {
  test(`${Object.keys(given)[0]} is refused with the name it has here`, () => {
    assert.throws(() => new Producer({ brokers, ...given } as never), message)
  })
}

test('an option of another client is translated where it exists only', () => {
  assert.throws(
    () => new Consumer({ brokers, fromBeginning: true } as never),
    /"autoOffsetReset": "earliest" for true/,
  )
  assert.throws(() => new Producer({ brokers, fromBeginning: true } as never), /no option "fromBeginning"$/)
})

test('options have the range of the field or the timer that they fill', () => {
  for (const name of [
    'requestTimeoutMs',
    'apiTimeoutMs',
    'deliveryTimeoutMs',
    'lingerMs',
    'connectTimeoutMs',
  ])
    assert.throws(() => new Producer({ brokers, [name]: 2 ** 31 }), {
      constructor: ConfigError,
      message: new RegExp(`^Producer: ${name}: 2147483648 is not between [01] and 2147483647$`),
    })
  for (const name of [
    'sessionTimeoutMs',
    'maxPollIntervalMs',
    'fetchMaxWaitMs',
    'fetchMinBytes',
    'fetchMaxBytes',
  ])
    assert.throws(
      () => new Consumer({ brokers, groupId: 'g', [name]: 2 ** 31 }),
      /is not between . and 2147483647$/,
    )
  assert.throws(
    () => new Producer({ brokers, requestTimeoutMs: 0.5 }),
    /requestTimeoutMs: 0.5 is not a whole number/,
  )
  assert.equal(readProducerOptions({ brokers, lingerMs: 0.5 }).lingerMs, 0.5)
})

test("librdkafka's own names mean the same, in their units", () => {
  assert.deepEqual(
    readProducerOptions({
      'metadata.broker.list': 'a:1',
      'queue.buffering.max.ms': '5',
      'queue.buffering.max.kbytes': '1024',
      'message.send.max.retries': 3,
      'message.timeout.ms': '0',
      'compression.codec': 'lz4',
      'compression.level': '-1',
      'request.required.acks': '-1',
      'socket.timeout.ms': '10',
      'connections.max.idle.ms': 0,
      partitioner: 'murmur2_random',
      'enable.idempotence': 't',
    }),
    {
      brokers: ['a:1'],
      lingerMs: 5,
      bufferMemory: 1_048_576,
      retries: 3,
      deliveryTimeoutMs: 2 ** 31 - 1,
      compression: 'lz4',
      acks: -1,
      requestTimeoutMs: 10,
      connectionsMaxIdleMs: 2 ** 31 - 1,
      partitioner: 'murmur2_random',
      idempotence: true,
    },
  )
  const { prefetchMaxBytes, autoCommit } = readConsumerOptions({
    'bootstrap.servers': 'a:1',
    'queued.max.messages.kbytes': 64,
    'auto.commit.enable': 'FALSE',
  })
  assert.deepEqual([prefetchMaxBytes, autoCommit], [65_536, false])
})

test("Java's classes of serializers and partitioners stand for what is the same here", () => {
  const { keySerde, valueSerde, partitioner } = readProducerOptions({
    'bootstrap.servers': 'a:1',
    'key.serializer': 'org.apache.kafka.common.serialization.StringSerializer',
    'value.serializer': 'org.apache.kafka.common.serialization.LongSerializer',
    'partitioner.class': 'org.apache.kafka.clients.producer.RoundRobinPartitioner',
  })
  assert.equal(keySerde, string())
  assert.equal(valueSerde, int64())
  assert.equal(partitioner, 'round-robin')
  assert.equal(
    readConsumerOptions({
      'bootstrap.servers': 'a:1',
      'value.deserializer': 'org.apache.kafka.common.serialization.UUIDDeserializer',
    }).valueSerde,
    uuid(),
  )
})
