// Dead letters of others, by the bytes that their writers put into headers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDeadLetter } from '@millrace/service'
import { editedHeaders, redriveForeign, redriveRecord } from '../../src/failure/redrive.ts'

/** Headers as they are received: text, or bytes in hexadecimal. */
function received(
  fields: Readonly<Record<string, string | { readonly hex: string } | null>>,
): { key: string; value: Buffer | null }[] {
  return Object.entries(fields).map(([key, value]) => ({
    key,
    value:
      value === null ? null : typeof value === 'string' ? Buffer.from(value) : Buffer.from(value.hex, 'hex'),
  }))
}

function keysOf(headers: readonly { readonly key: string }[]): string[] {
  return headers.map(({ key }) => key)
}

const ofSender = { traceparent: '00-4bf9', kafka_correlationId: { hex: '0001' } }

/** DeadLetterPublishingRecoverer: partition as int, offset and timestamp as long, all big-endian. */
const springFields = {
  ...ofSender,
  'kafka_dlt-original-topic': 'orders',
  'kafka_dlt-original-partition': { hex: '00000007' },
  'kafka_dlt-original-offset': { hex: '00000000000f4240' },
  'kafka_dlt-original-timestamp': { hex: '0000018bcfe56800' },
  'kafka_dlt-original-timestamp-type': 'CreateTime',
  'kafka_dlt-original-consumer-group': 'billing',
  'kafka_dlt-exception-fqcn': 'org.springframework.kafka.listener.ListenerExecutionFailedException',
  'kafka_dlt-exception-cause-fqcn': 'com.example.PaymentException',
  'kafka_dlt-exception-message': 'Listener failed; declined',
  'kafka_dlt-exception-stacktrace': 'com.example.PaymentException: declined\n\tat …',
  kafka_deliveryAttempt: { hex: '0000000a' },
  springDeserializerExceptionValue: { hex: 'aced0005' },
}

/** The destinations of @RetryableTopic: the same without "dlt-", but for the group (spring-kafka 3.3.1), and numbers of its own as BigInteger.toByteArray has them. */
const springRetryFields = {
  ...ofSender,
  'kafka_original-topic': 'orders',
  'kafka_original-partition': { hex: '00000002' },
  'kafka_original-offset': { hex: '0000000000000011' },
  'kafka_original-timestamp': { hex: '0000018bcfe56800' },
  'kafka_original-timestamp-type': 'CreateTime',
  'kafka_dlt-original-consumer-group': 'billing',
  'kafka_exception-fqcn': 'org.springframework.kafka.listener.ListenerExecutionFailedException',
  'kafka_exception-cause-fqcn': 'java.lang.IllegalStateException',
  'kafka_exception-message': 'away',
  'kafka_exception-stacktrace': 'at x',
  'retry_topic-attempts': { hex: '00000004' },
  'retry_topic-original-timestamp': { hex: '018bcfe56800' },
  'retry_topic-backoff-timestamp': { hex: '018bcfe57000' },
}

test('Spring: numbers of four and eight bytes, the cause of what it wraps, and none of its headers go back', () => {
  const letter = readDeadLetter(received(springFields))!
  const { headers, ...said } = letter
  assert.deepEqual(said, {
    family: 'spring',
    topic: 'orders',
    partition: 7,
    offset: 1_000_000,
    timestamp: 1_700_000_000_000,
    group: 'billing',
    attempts: 10,
    errorClass: 'com.example.PaymentException',
    errorMessage: 'Listener failed; declined',
    errorStack: 'com.example.PaymentException: declined\n\tat …',
    reason: undefined,
    failedAt: undefined,
    redrives: 0,
    editedAt: undefined,
    editedFrom: undefined,
  })
  assert.deepEqual(keysOf(headers), ['traceparent', 'kafka_correlationId'])
})

test('Spring with @RetryableTopic: names without "dlt-", but for the group', () => {
  const { topic, partition, offset, timestamp, group, attempts, errorClass, errorMessage, headers, family } =
    readDeadLetter(received(springRetryFields))!
  assert.deepEqual(
    [family, topic, partition, offset, timestamp, group, attempts, errorClass, errorMessage],
    ['spring', 'orders', 2, 17, 1_700_000_000_000, 'billing', 4, 'java.lang.IllegalStateException', 'away'],
  )
  assert.deepEqual(keysOf(headers), ['traceparent', 'kafka_correlationId'])
})

test('Spring: a key that could not be deserialized has headers of its own, and numbers of other lengths are not believed', () => {
  const letter = readDeadLetter(
    received({
      'kafka_dlt-original-topic': 'orders',
      'kafka_dlt-original-partition': { hex: '' },
      'kafka_dlt-original-offset': { hex: '000000000000000001' },
      'kafka_dlt-key-exception-fqcn': 'DeserializationException',
      'kafka_dlt-key-exception-message': 'no number',
      'kafka_dlt-key-exception-stacktrace': 'at y',
    }),
  )!
  assert.deepEqual(
    [letter.partition, letter.offset, letter.errorClass, letter.errorMessage, letter.errorStack],
    [undefined, undefined, 'DeserializationException', 'no number', 'at y'],
  )
})

test('Spring: of failures that were gathered the last one counts', () => {
  const headers = [
    ...received({ 'kafka_dlt-original-topic': 'orders', 'kafka_dlt-exception-message': 'first' }),
    ...received({ 'kafka_dlt-original-topic': 'orders-copy', 'kafka_dlt-exception-message': 'second' }),
  ]
  const letter = readDeadLetter(headers)!
  assert.deepEqual([letter.topic, letter.errorMessage], ['orders-copy', 'second'])
})

/** Kafka Connect's ErrorHeaders, Streams' (KIP-1034) and share groups' (KIP-1191): all of it UTF-8 text. */
const others = {
  connect: {
    '__connect.errors.topic': 'orders',
    '__connect.errors.partition': '2',
    '__connect.errors.offset': '9007199254740991',
    '__connect.errors.connector.name': 'sink',
    '__connect.errors.task.id': '0',
    '__connect.errors.stage': 'VALUE_CONVERTER',
    '__connect.errors.class.name': 'org.apache.kafka.connect.json.JsonConverter',
    '__connect.errors.exception.class.name': 'org.apache.kafka.connect.errors.DataException',
    '__connect.errors.exception.message': 'bad',
    '__connect.errors.exception.stacktrace': null,
  },
  streams: {
    '__streams.errors.exception': 'java.lang.RuntimeException',
    '__streams.errors.message': 'größer',
    '__streams.errors.stacktrace': 'at x',
    '__streams.errors.topic': 'orders',
    '__streams.errors.partition': '0',
    '__streams.errors.offset': '5',
  },
  'share-group': {
    '__dlq.errors.topic': 'orders',
    '__dlq.errors.partition': '1',
    '__dlq.errors.offset': '5',
    '__dlq.errors.group': 'workers',
    '__dlq.errors.delivery.count': '5',
    '__dlq.errors.message': 'Offset delivery count exceeded the threshold.',
  },
} as const

test('Connect, Streams and share groups: text, none of it goes back', () => {
  for (const [family, fields] of Object.entries(others)) {
    const letter = readDeadLetter(received({ ...ofSender, ...fields }))!
    assert.equal(letter.family, family)
    assert.equal(letter.topic, 'orders')
    assert.deepEqual(keysOf(letter.headers), ['traceparent', 'kafka_correlationId'], family)
  }
  assert.equal(readDeadLetter(received(others.connect))!.offset, Number.MAX_SAFE_INTEGER)
  assert.equal(readDeadLetter(received(others.streams))!.errorMessage, 'größer')
})

const bytes = { keyBytes: Buffer.from('user-7'), valueBytes: null }

test('whoever wrote the letter: what is sent back counts how often it was, and is marked for a group where that means something', () => {
  const all = { spring: springFields, ...others }
  for (const [family, fields] of Object.entries(all)) {
    const first = redriveRecord(bytes, readDeadLetter(received(fields))!)!
    assert.equal(first.topic, 'orders')
    const count = { key: '__millrace.errors.redrives', value: '1' }
    assert.deepEqual(first.headers.at(-1), count, family)
    // It fails again, and its writer keeps what it finds on the record.
    const again = readDeadLetter(received({ ...fields, '__millrace.errors.redrives': '1' }))!
    assert.equal(again.family, family)
    assert.equal(again.redrives, 1)
    assert.equal(redriveRecord(bytes, again)!.headers.at(-1)!.value, '2')
  }
  const foreign = redriveForeign(
    { ...bytes, headers: received({ mine: '1', '__millrace.errors.redrives': '3' }) },
    'x',
  )
  assert.deepEqual(
    foreign.headers.map(({ key, value }) => [key, String(value)]),
    [
      ['mine', '1'],
      ['__millrace.errors.redrives', '4'],
    ],
  )
})

test('an edited letter keeps what is said of its failure, and says what it was edited from', () => {
  const before = received({ ...springFields, '__millrace.errors.redrives': '2' })
  const edited = editedHeaders(before, undefined, { at: 1_700_000_000_000, from: '0:17' })
  const asReceived = edited.map(({ key, value }) => ({
    key,
    value: value === null ? null : Buffer.from(value),
  }))
  const letter = readDeadLetter(asReceived)!
  assert.deepEqual([letter.family, letter.topic, letter.redrives], ['spring', 'orders', 2])
  assert.deepEqual([letter.editedAt, letter.editedFrom], [1_700_000_000_000, '0:17'])
  assert.deepEqual(keysOf(letter.headers), ['traceparent', 'kafka_correlationId'])
  const twice = editedHeaders(asReceived, [{ key: 'mine', value: '1' }], { at: 2, from: '0:18' })
  assert.equal(twice.length, before.length - Object.keys(ofSender).length + 1 + 2, 'replaced, not gathered')
  assert.equal(twice[0]!.key, 'mine')
})
