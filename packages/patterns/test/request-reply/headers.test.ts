// The headers of requests and replies, byte for byte as Spring Kafka and NestJS write and read them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  errorHeaders,
  failureOf,
  replyAddressOf,
  replyHeaders,
  requestHeaders,
} from '../../src/request-reply/headers.ts'
import type { WrittenHeader } from '../../src/records/written-header.ts'

const received = (headers: readonly WrittenHeader[]) =>
  headers.map(({ key, value }) => ({ key, value: Buffer.from(value as string) }))

test('a request of Spring Kafka: 16 bytes, a topic, an int32', () => {
  const correlationId = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')
  const headers = [
    { key: 'kafka_correlationId', value: correlationId },
    { key: 'kafka_replyTopic', value: Buffer.from('replies') },
    { key: 'kafka_replyPartition', value: Buffer.from([0, 0, 1, 2]) },
  ]
  const address = replyAddressOf(headers)!
  assert.deepEqual(address, {
    correlationId,
    topic: 'replies',
    partition: 258,
    deadline: undefined,
    style: 'spring',
  })
  assert.deepEqual(replyHeaders(address), [{ key: 'kafka_correlationId', value: correlationId }])
})

test('a request of NestJS: all of it text, and the reply says that nothing more comes', () => {
  for (const [text, partition] of [
    ['0', 0],
    ['7', 7],
    ['1234', 1234],
    ['12345', 12_345],
  ] as const) {
    const address = replyAddressOf([
      { key: 'kafka_correlationId', value: Buffer.from('abc') },
      { key: 'kafka_replyTopic', value: Buffer.from('prices.reply') },
      { key: 'kafka_replyPartition', value: Buffer.from(text) },
    ])!
    assert.deepEqual([address.partition, address.style], [partition, 'nest'])
    assert.deepEqual(
      replyHeaders(address).map(({ key }) => key),
      ['kafka_correlationId', 'kafka_nest-is-disposed'],
    )
    const [failure] = errorHeaders(address, new Error('no')).filter(({ key }) => key === 'kafka_nest-err')
    assert.equal(failure?.value, 'no')
  }
})

test('a record without a correlation id asks for nothing; what is damaged counts as not said', () => {
  assert.equal(replyAddressOf([{ key: 'kafka_replyTopic', value: Buffer.from('replies') }]), undefined)
  const headers = [
    { key: 'kafka_correlationId', value: Buffer.from('a') },
    { key: 'kafka_replyTopic', value: null },
    { key: 'kafka_replyPartition', value: Buffer.from([255, 255, 255, 255]) },
    { key: '__millrace.request.deadline', value: Buffer.from('soon') },
  ]
  const { topic, partition, deadline } = replyAddressOf(headers)!
  assert.deepEqual([topic, partition, deadline], [undefined, undefined, undefined])
})

test('what is written is what is read, in both styles', () => {
  for (const style of ['spring', 'nest'] as const) {
    for (const partition of [undefined, 0, 11]) {
      const written = requestHeaders(
        { correlationId: 'a:1', topic: 'replies', partition, deadline: 1_700_000_000_000.4 },
        style,
      )
      const address = replyAddressOf(received(written))!
      assert.deepEqual(
        [String(address.correlationId), address.topic, address.partition, address.deadline],
        ['a:1', 'replies', partition, 1_700_000_000_001],
      )
      if (partition !== undefined) assert.equal(address.style, style)
    }
  }
})

test('a failure comes back as what it was, within bounds, whatever was thrown', () => {
  const address = replyAddressOf([{ key: 'kafka_correlationId', value: Buffer.from('a') }])!
  const refused = Object.assign(new RangeError('x'.repeat(5_000)), { code: 'TOO_MUCH', retriable: true })
  assert.deepEqual(failureOf(received(errorHeaders(address, refused))), {
    errorClass: 'RangeError',
    message: 'x'.repeat(1_000),
    code: 'TOO_MUCH',
    retriable: true,
  })
  for (const [thrown, errorClass, message] of [
    ['a text', 'string', 'a text'],
    [undefined, 'undefined', 'undefined'],
    [null, 'null', 'null'],
    [Object.create(null), 'object', 'an error without a text'],
  ] as const) {
    const failure = failureOf(received(errorHeaders(address, thrown)))!
    assert.deepEqual(
      [failure.errorClass, failure.message, failure.code, failure.retriable],
      [errorClass, message, undefined, false],
    )
  }
  assert.equal(failureOf([]), undefined)
  for (const [text, message] of [
    ['plain', 'plain'],
    ['{"message":"not found","status":404}', 'not found'],
    ['{"status":404}', '{"status":404}'],
  ] as const)
    assert.equal(failureOf([{ key: 'kafka_nest-err', value: Buffer.from(text) }])?.message, message)
})
