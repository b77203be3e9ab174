// When a client may ask and push, and what it is told: the rules of Kafka's ClientMetricsManager.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import { ClientInstance, type Push } from '../../src/client-metrics/client-instance.ts'

const attributes = {
  client_instance_id: 'AAAAAAAAAAAAAAAAAAAB7w',
  client_id: 'shop',
  client_software_name: 'test',
  client_software_version: '1',
  client_source_address: '127.0.0.1',
  client_source_port: '50000',
}
const subscription = { id: 17, metrics: ['*'], pushIntervalMs: 1_000 }
const push: Push = { subscriptionId: 17, terminating: false, compressionType: 4, bytes: 100 }
const maxBytes = 1_000

type Step = ['ask' | Partial<Push>, at: number, code: number]
const { NONE, THROTTLING_QUOTA_EXCEEDED, INVALID_REQUEST, UNKNOWN_SUBSCRIPTION_ID } = ErrorCode
const { UNSUPPORTED_COMPRESSION_TYPE, TELEMETRY_TOO_LARGE } = ErrorCode

const courses: [name: string, steps: Step[]][] = [
  [
    'a client asks once, pushes when it likes the first time, and then once an interval',
    [
      ['ask', 0, NONE],
      [{}, 1, NONE],
      [{}, 1_000, THROTTLING_QUOTA_EXCEEDED],
      [{}, 1_001, NONE],
      [{}, 2_001, NONE],
    ],
  ],
  [
    'who asks again before the interval is over is throttled',
    [
      ['ask', 0, NONE],
      ['ask', 999, THROTTLING_QUOTA_EXCEEDED],
      ['ask', 1_000, NONE],
    ],
  ],
  [
    'a push counts against a question, too',
    [
      ['ask', 0, NONE],
      [{}, 900, NONE],
      ['ask', 1_500, THROTTLING_QUOTA_EXCEEDED],
      ['ask', 1_900, NONE],
    ],
  ],
  [
    'whose subscription is another one by now may ask at once',
    [
      ['ask', 0, NONE],
      [{ subscriptionId: 18 }, 10, UNKNOWN_SUBSCRIPTION_ID],
      ['ask', 20, NONE],
      ['ask', 30, THROTTLING_QUOTA_EXCEEDED],
    ],
  ],
  [
    'so may who has compressed in a way that there is not',
    [
      ['ask', 0, NONE],
      [{ compressionType: 5 }, 10, UNSUPPORTED_COMPRESSION_TYPE],
      ['ask', 20, NONE],
    ],
  ],
  [
    'what is too large is refused, and the next is taken in its time',
    [
      ['ask', 0, NONE],
      [{ bytes: 1_001 }, 10, TELEMETRY_TOO_LARGE],
      [{}, 20, THROTTLING_QUOTA_EXCEEDED],
      [{ bytes: 1_000 }, 1_010, NONE],
    ],
  ],
  [
    'the last push comes at any time, and nothing after it',
    [
      ['ask', 0, NONE],
      [{}, 10, NONE],
      [{ terminating: true }, 20, NONE],
      [{ terminating: true }, 5_000, INVALID_REQUEST],
      [{}, 6_000, INVALID_REQUEST],
    ],
  ],
  [
    'who never asked may push under the subscription that it would be given',
    [
      [{}, 0, NONE],
      [{}, 500, THROTTLING_QUOTA_EXCEEDED],
    ],
  ],
]

for (const [name, steps] of courses) {
  test(name, () => {
    const instance = new ClientInstance(attributes.client_instance_id, attributes, subscription, 0, 1)
    for (const [step, at, code] of steps) {
      const answer = step === 'ask' ? instance.asks(at) : instance.pushes({ ...push, ...step }, maxBytes, at)
      assert.equal(answer, code, `${JSON.stringify(step)} at ${at}`)
    }
  })
}

test('after a change of resources a client is as if it was new', () => {
  const instance = new ClientInstance(attributes.client_instance_id, attributes, subscription, 0, 1)
  assert.equal(instance.asks(0), NONE)
  instance.subscribe({ id: 18, metrics: [], pushIntervalMs: 300_000 }, 1)
  assert.equal(instance.pushes(push, maxBytes, 10), UNKNOWN_SUBSCRIPTION_ID)
  assert.equal(instance.asks(20), NONE)
})

test('a client is forgotten after three intervals of silence, and no sooner than a minute', () => {
  const instance = new ClientInstance(attributes.client_instance_id, attributes, subscription, 0, 1)
  instance.heard(5_000)
  assert.equal(instance.expiresAtMs, 65_000)
  instance.subscribe({ id: 18, metrics: [], pushIntervalMs: 300_000 }, 1)
  assert.equal(instance.expiresAtMs, 905_000)
})
