// How often what fails goes again, and for how long a call may take with that, as KafkaJS counts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaJSError, KafkaJSNonRetriableError, KafkaJSProtocolError } from '@millrace/client/kafkajs'
import { BrokerError, GroupError } from '../../src/index.ts'
import { isOfGroup, toKafkaJSError } from '../../src/kafkajs/protocol-errors.ts'
import { exhausted, isRetriable, retrySettings, RetryTimes, waitsOf } from '../../src/kafkajs/retry.ts'

const random = { float: () => 0.5, bytes: (length: number) => Buffer.alloc(length) }

test('waits double up to the longest, and there are as many as retries', () => {
  const times = new RetryTimes(
    retrySettings({ retries: 4, initialRetryTime: 100, maxRetryTime: 300 }),
    random,
  )
  const waits: number[] = []
  for (let again = times.advance(); again; again = times.advance()) waits.push(again.waitMs)
  assert.deepEqual(waits, [100, 200, 300, 300])
  assert.equal(times.count, 4)
})

test('all waits of a call are bounded, whatever the settings', () => {
  assert.equal(waitsOf(retrySettings({ retries: 5 })), 300 + 600 + 1_200 + 2_400 + 4_800)
  assert.equal(waitsOf(retrySettings({ retries: 0 })), 0)
  assert.equal(waitsOf(retrySettings({ retries: 3, initialRetryTime: 0 })), 0)
  assert.equal(waitsOf(retrySettings({ retries: 1_000, initialRetryTime: 1, multiplier: 1 })), 1_000)
  assert.ok(waitsOf(retrySettings({ retries: Number.MAX_SAFE_INTEGER })) >= 2 ** 31)
})

test('mistakes of a program and errors that say so are not tried again', () => {
  assert.equal(isRetriable(new Error('any')), true)
  assert.equal(isRetriable(new TypeError('of undefined')), false)
  assert.equal(isRetriable(new KafkaJSNonRetriableError('no')), false)
  const times = new RetryTimes(retrySettings(), random)
  assert.equal(exhausted(new KafkaJSError('again'), times).name, 'KafkaJSNumberOfRetriesExceeded')
  assert.equal(exhausted(new TypeError('of undefined'), times).name, 'KafkaJSNonRetriableError')
})

test('a group that has gone on is joined again, whatever its coordinator calls that', () => {
  for (const code of [22, 25, 27]) {
    const refused = new GroupError('COMMIT_FAILED', 'gone', { cause: new BrokerError(code, 'committing') })
    const error = toKafkaJSError(refused)
    assert.ok(error instanceof KafkaJSProtocolError)
    assert.equal(error.code, code)
    assert.ok(isOfGroup(error))
  }
  assert.ok(isOfGroup(toKafkaJSError(new GroupError('COMMIT_FAILED', 'gone'))))
  assert.ok(!isOfGroup(toKafkaJSError(new GroupError('FENCED', 'another'))))
})
