// When a client asks for its subscription and when it pushes, whatever brokers answer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, type GetTelemetrySubscriptionsResponse, zeroUuid } from '@millrace/protocol'
import { TelemetryCourse } from '../../src/telemetry/course.ts'

const minute = 60_000
const id = 'AAAAAAAAAAAAAAAAAAAABA'

function subscription(
  changes: Partial<GetTelemetrySubscriptionsResponse> = {},
): GetTelemetrySubscriptionsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    clientInstanceId: id,
    subscriptionId: 7,
    acceptedCompressionTypes: [4, 3, 1, 2],
    pushIntervalMs: minute,
    telemetryMaxBytes: 1_000_000,
    deltaTemporality: true,
    requestedMetrics: ['*'],
    ...changes,
  }
}

function courseAt(float: number): TelemetryCourse {
  return new TelemetryCourse({ float: () => float, bytes: length => Buffer.alloc(length) })
}

test('the first push comes after half an interval to one and a half, the others after one', () => {
  for (const [float, at] of [
    [0, 0.5 * minute],
    [0.5, minute],
    [0.999_999, 1.499_999 * minute],
  ] as const) {
    const course = courseAt(float)
    assert.deepEqual(course.next, { what: 'subscribe', at: 0 })
    assert.equal(course.clientInstanceId, zeroUuid)
    course.subscribed(subscription(), 0)
    assert.equal(course.clientInstanceId, id)
    assert.equal(course.next.what, 'push')
    assert.ok(course.next.what === 'push' && Math.abs(course.next.at - at) < 1e-6)
    course.pushed(0, 5 * minute)
    assert.deepEqual(course.next, { what: 'push', at: 6 * minute })
  }
})

test('where nothing is wanted the subscription is asked for again, and without a sensible interval after five minutes', () => {
  const course = courseAt(0.5)
  course.subscribed(subscription({ requestedMetrics: [] }), 0)
  assert.deepEqual(course.next, { what: 'subscribe', at: minute })
  course.subscribed(subscription({ requestedMetrics: [], pushIntervalMs: 0 }), 0)
  assert.deepEqual(course.next, { what: 'subscribe', at: 5 * minute })
})

test('what a refused push leads to', () => {
  for (const [errorCode, next] of [
    [ErrorCode.UNKNOWN_SUBSCRIPTION_ID, { what: 'subscribe', at: 1_000 }],
    [ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, { what: 'subscribe', at: 1_000 }],
    [ErrorCode.TELEMETRY_TOO_LARGE, { what: 'subscribe', at: 1_000 + minute }],
    [ErrorCode.THROTTLING_QUOTA_EXCEEDED, { what: 'subscribe', at: 1_000 + minute }],
    [ErrorCode.INVALID_RECORD, { what: 'none' }],
    [ErrorCode.INVALID_REQUEST, { what: 'none' }],
    [ErrorCode.UNKNOWN_SERVER_ERROR, { what: 'none' }],
  ] as const) {
    const course = courseAt(0.5)
    course.subscribed(subscription(), 0)
    course.pushed(errorCode, 1_000)
    assert.deepEqual(course.next, next)
  }
})

test('a broker that refuses to say what it wants is not asked without a pause', () => {
  const course = courseAt(0.5)
  course.subscribed(subscription({ errorCode: ErrorCode.UNKNOWN_SUBSCRIPTION_ID }), 0)
  assert.deepEqual(course.next, { what: 'subscribe', at: 5 * minute })
  course.failed(0)
  assert.deepEqual(course.next, { what: 'subscribe', at: 5 * minute })
})

test('the codec is the broker’s favourite that there is, and another one once that was refused', () => {
  const course = courseAt(0.5)
  assert.equal(course.compressionId, 0)
  course.subscribed(subscription({ acceptedCompressionTypes: [9, 4, 3] }), 0)
  assert.equal(course.compressionId, 4)
  course.pushed(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, 0)
  course.subscribed(subscription({ acceptedCompressionTypes: [9, 4, 3] }), 0)
  assert.equal(course.compressionId, 3)
  course.subscribed(subscription({ acceptedCompressionTypes: [] }), 0)
  assert.equal(course.compressionId, 0)
})
