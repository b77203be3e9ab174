// Failure, the pure parts: classes of errors, waits, verdicts, names, and what headers say.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BrokerError, ConfigError, DeserializationError, StateError, ValidationError } from '@millrace/client'
import {
  type Backoff,
  exponential,
  FatalError,
  fixed,
  HandlerTimeoutError,
  PoisonError,
  readDeadLetter,
  redriveRecord,
  RetriableError,
} from '@millrace/service'
import fc from 'fast-check'
import { classOf, kindOf } from '../../src/failure/classify.ts'
import { historyOf } from '../../src/failure/failure-headers.ts'
import { deadLetterRecord, parkedRecord } from '../../src/failure/set-aside.ts'
import { deadLetterTopic, defaultNaming, retryTopics } from '../../src/failure/topic-names.ts'
import { type Failure, type FailurePlan, judge } from '../../src/failure/verdict.ts'

const random = { float: () => 0.5, bytes: (length: number) => Buffer.alloc(length) }

test('the class of an error is what it calls itself, else its class; "Error" says nothing', () => {
  class Named extends Error {
    override readonly name = 'Shortage'
  }
  class Unnamed extends RangeError {}
  const table: readonly [unknown, string][] = [
    [new Error('x'), 'Error'],
    [new Named('x'), 'Shortage'],
    [new (class Plain extends Error {})('x'), 'Plain'],
    [new (class extends Error {})('x'), 'Error'],
    [new Unnamed('x'), 'RangeError'],
    ['text', 'string'],
    [null, 'null'],
  ]
  for (const [error, name] of table) assert.equal(classOf(error), name)
})

test('what an error means: its class, its own word, and first of all what the user says', () => {
  const place = { topic: 't', partition: 0, offset: 1, part: 'value' } as const
  const table: readonly [unknown, string][] = [
    [new Error('x'), 'retriable'],
    ['text', 'retriable'],
    [undefined, 'retriable'],
    [new RetriableError('x'), 'retriable'],
    [new HandlerTimeoutError(5), 'retriable'],
    [new FatalError('x'), 'fatal'],
    [new PoisonError('x'), 'poison'],
    [new DeserializationError(place, new Error('x')), 'poison'],
    [new DeserializationError(place, { retriable: true }), 'retriable'],
    [new ValidationError([{ message: 'x' }]), 'fatal'],
    [new BrokerError(7, 'x'), 'retriable'],
    [new BrokerError(29, 'x'), 'fatal'],
    [new StateError('x'), 'fatal'],
    [Object.assign(new Error('x'), { retriable: false }), 'fatal'],
    [new AggregateError([new Error('a'), new FatalError('b')]), 'fatal'],
    [new AggregateError([new Error('a'), new Error('b')]), 'retriable'],
  ]
  for (const [error, kind] of table) assert.equal(kindOf(error), kind, String(error))
  assert.equal(
    kindOf(new Error('x'), () => 'fatal'),
    'fatal',
  )
  assert.equal(
    kindOf(new FatalError('x'), () => 'retriable'),
    'retriable',
  )
  assert.equal(
    kindOf(new FatalError('x'), () => undefined),
    'fatal',
  )
  assert.equal(
    kindOf(new FatalError('x'), () => {
      throw new Error('a classify that throws')
    }),
    'fatal',
  )
  assert.equal(
    kindOf(new FatalError('x'), () => 'nonsense' as never),
    'fatal',
  )
})

test('waits double up to a limit; full jitter is anything up to that', () => {
  const plain = exponential({ initialMs: 100, maxMs: 1_000, jitter: 'none' })
  assert.deepEqual(
    [1, 2, 3, 4, 5, 60].map(failures => plain(failures, random)),
    [100, 200, 400, 800, 1_000, 1_000],
  )
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (failures, float) => {
        const waitMs = exponential({ initialMs: 7, maxMs: 900 })(failures, { ...random, float: () => float })
        assert.ok(waitMs >= 0 && waitMs <= plainOf(failures))
      },
    ),
  )
  function plainOf(failures: number): number {
    return exponential({ initialMs: 7, maxMs: 900, jitter: 'none' })(failures, random)
  }
  assert.equal(fixed(30)(9, random), 30)
  assert.throws(() => exponential({ initial: 1 } as never), /no option "initial"/)
  assert.throws(() => exponential({ maxMs: -1 }), ConfigError)
  assert.throws(() => exponential({ factor: 0.5 }), /factor is 0.5/)
})

const plan = (fields: Partial<FailurePlan> = {}): FailurePlan => ({
  attempts: 3,
  backoff: fixed(10),
  tierDelaysMs: [],
  deadLetter: true,
  giveUpAfterMs: Number.POSITIVE_INFINITY,
  ...fields,
})
const failure = (fields: Partial<Failure> = {}): Failure => ({
  kind: 'retriable',
  attemptsHere: 1,
  tier: 0,
  firstFailedAt: 1_000,
  afterMs: undefined,
  ...fields,
})

test('attempts in place, then one in each retry topic, then the dead letter topic', () => {
  const tiers = plan({ tierDelaysMs: [100, 200] })
  const at = (fields: Partial<Failure>, given = tiers) => judge(given, failure(fields), 1_000, random)
  assert.deepEqual(at({ attemptsHere: 1 }), { do: 'retry', afterMs: 10 })
  assert.deepEqual(at({ attemptsHere: 2 }), { do: 'retry', afterMs: 10 })
  assert.deepEqual(at({ attemptsHere: 3 }), { do: 'park', tier: 1, delayMs: 100 })
  assert.deepEqual(at({ tier: 1 }), { do: 'park', tier: 2, delayMs: 200 })
  assert.deepEqual(at({ tier: 2 }), { do: 'deadLetter', reason: 'attempts-exhausted' })
  assert.deepEqual(at({ afterMs: 500 }), { do: 'retry', afterMs: 500 }, 'the error knows better when')
  assert.deepEqual(at({ kind: 'fatal' }), { do: 'deadLetter', reason: 'fatal' })
  assert.deepEqual(at({ kind: 'poison', tier: 1 }), { do: 'deadLetter', reason: 'poison' })
  assert.deepEqual(at({ attemptsHere: 3 }, plan({ deadLetter: false })), {
    do: 'fail',
    reason: 'attempts-exhausted',
  })
  assert.deepEqual(at({ firstFailedAt: 0 }, plan({ giveUpAfterMs: 1_000 })), {
    do: 'deadLetter',
    reason: 'too-old',
  })
})

test('every way of failures ends: after so many attempts there is no other', () => {
  fc.assert(
    fc.property(
      fc.record({
        attempts: fc.integer({ min: 1, max: 5 }),
        tiers: fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 4 }),
        deadLetter: fc.boolean(),
      }),
      ({ attempts, tiers, deadLetter }) => {
        const given = plan({ attempts, tierDelaysMs: tiers, deadLetter })
        let here = 0
        let tier = 0
        let total = 0
        for (;;) {
          here++
          total++
          const verdict = judge(given, failure({ attemptsHere: here, tier }), 1_000, random)
          if (verdict.do === 'retry') continue
          if (verdict.do !== 'park') {
            assert.equal(verdict.do, deadLetter ? 'deadLetter' : 'fail')
            break
          }
          assert.equal(verdict.tier, tier + 1)
          tier = verdict.tier
          here = 0
        }
        assert.equal(total, attempts + tiers.length)
      },
    ),
  )
})

test('topics for what failed belong to a topic and a group; equal waits share one', () => {
  assert.deepEqual(
    [...retryTopics(defaultNaming, 'orders', 'billing', [1_000, 5_000, 5_000])],
    [
      [1_000, 'orders-billing-retry-1000'],
      [5_000, 'orders-billing-retry-5000'],
    ],
  )
  assert.equal(deadLetterTopic(defaultNaming, 'orders', 'billing'), 'orders-billing-dlt')
  assert.throws(() => deadLetterTopic(defaultNaming, 'orders', 'my group'), /no name of a topic.*Set naming/)
})

const record = {
  keyBytes: Buffer.from('user-7'),
  valueBytes: Buffer.from('{"total":12}'),
  headers: [
    { key: 'traceparent', value: Buffer.from('00-1') },
    { key: 'empty', value: null },
  ],
}
const error = Object.assign(new RangeError('no such customer'), { cause: new TypeError('inner') })
const facts = {
  origin: {
    topic: 'orders',
    partition: 3,
    offset: 4_711,
    timestamp: 1_700_000_000_000,
    timestampType: 'CreateTime',
  },
  group: 'billing',
  attempts: 5,
  error,
  firstFailedAt: 1_700_000_001_000,
  failedAt: 1_700_000_002_000,
  redrives: 0,
}

/** As it is received. */
function received({
  headers,
}: {
  readonly headers: readonly { key: string; value: string | Buffer | null }[]
}) {
  return headers.map(({ key, value }) => ({ key, value: value === null ? null : Buffer.from(value) }))
}

test('a parked record says where it was first, how often it failed, and when its time comes', () => {
  const parked = parkedRecord(record, facts, {
    topic: 'orders-billing-retry-1000',
    partition: 3,
    tier: 1,
    dueAt: 1_700_000_003_000.4,
  })
  assert.deepEqual([parked.key, parked.value], [record.keyBytes, record.valueBytes], 'key and value survive')
  assert.equal(parked.headers[0]?.key, 'traceparent')
  assert.deepEqual(historyOf(received(parked)), {
    origin: facts.origin,
    group: 'billing',
    attempts: 5,
    tier: 1,
    dueAt: 1_700_000_003_001,
    firstFailedAt: 1_700_000_001_000,
    redrives: 0,
  })
  const again = parkedRecord(
    { ...record, headers: received(parked) },
    { ...facts, attempts: 6 },
    { topic: 't', tier: 2, dueAt: 9 },
  )
  assert.equal(again.headers.length, parked.headers.length, 'headers are replaced, not gathered')
  assert.equal(historyOf(received(again))?.attempts, 6)
})

test('a dead letter says why, in our words and in those of Spring', () => {
  const to = {
    topic: 'orders-billing-dlt',
    partition: 3,
    reason: 'attempts-exhausted',
    stackChars: 50,
  } as const
  for (const style of ['millrace', 'spring', 'both'] as const) {
    const letter = readDeadLetter(received(deadLetterRecord(record, facts, { ...to, style })))!
    assert.equal(letter.family, style === 'spring' ? 'spring' : 'millrace')
    assert.equal(letter.topic, 'orders')
    assert.equal(letter.partition, 3)
    assert.equal(letter.offset, 4_711)
    assert.equal(letter.timestamp, 1_700_000_000_000)
    assert.equal(letter.group, 'billing')
    assert.equal(letter.errorMessage, 'no such customer')
    assert.equal(letter.errorClass, style === 'spring' ? 'TypeError' : 'RangeError')
    assert.ok(letter.errorStack!.length <= 50)
    assert.deepEqual(
      letter.headers.map(({ key }) => key),
      ['traceparent', 'empty'],
    )
  }
  const ours = readDeadLetter(received(deadLetterRecord(record, facts, { ...to, style: 'millrace' })))!
  assert.deepEqual([ours.attempts, ours.reason, ours.failedAt], [5, 'attempts-exhausted', 1_700_000_002_000])
})

test('Spring’s numbers are big-endian bytes of its lengths', () => {
  const to = { topic: 'd', reason: 'fatal', stackChars: 0, style: 'spring' } as const
  const headers = new Map(deadLetterRecord(record, facts, to).headers.map(({ key, value }) => [key, value]))
  assert.equal((headers.get('kafka_dlt-original-partition') as Buffer).toString('hex'), '00000003')
  assert.equal((headers.get('kafka_dlt-original-offset') as Buffer).toString('hex'), '0000000000001267')
  assert.equal((headers.get('kafka_dlt-original-timestamp') as Buffer).toString('hex'), '0000018bcfe56800')
  assert.equal(headers.get('kafka_dlt-original-timestamp-type'), 'CreateTime')
})

const text = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields).map(([key, value]) => ({ key, value: Buffer.from(value) }))

test('dead letters of Connect, Streams and share groups are read, too', () => {
  const own = { key: 'mine', value: Buffer.from('1') }
  const connect = readDeadLetter([
    own,
    ...text({
      '__connect.errors.topic': 'orders',
      '__connect.errors.partition': '2',
      '__connect.errors.offset': '9',
      '__connect.errors.connector.name': 'sink',
      '__connect.errors.task.id': '0',
      '__connect.errors.stage': 'VALUE_CONVERTER',
      '__connect.errors.class.name': 'org.apache.kafka.connect.json.JsonConverter',
      '__connect.errors.exception.class.name': 'DataException',
      '__connect.errors.exception.message': 'bad',
      '__connect.errors.exception.stacktrace': 'at x',
    }),
  ])!
  assert.deepEqual(
    [
      connect.family,
      connect.topic,
      connect.partition,
      connect.offset,
      connect.group,
      connect.errorClass,
      connect.reason,
    ],
    ['connect', 'orders', 2, 9, 'sink', 'DataException', 'VALUE_CONVERTER'],
  )
  assert.deepEqual(connect.headers, [own])
  const streams = readDeadLetter(
    text({
      '__streams.errors.exception': 'java.lang.RuntimeException',
      '__streams.errors.message': 'bad',
      '__streams.errors.stacktrace': 'at x',
      '__streams.errors.topic': 'orders',
      '__streams.errors.partition': '0',
      '__streams.errors.offset': '5',
    }),
  )!
  assert.deepEqual(
    [streams.family, streams.offset, streams.errorClass, streams.errorMessage],
    ['streams', 5, 'java.lang.RuntimeException', 'bad'],
  )
  const share = readDeadLetter(
    text({
      '__dlq.errors.topic': 'orders',
      '__dlq.errors.partition': '0',
      '__dlq.errors.offset': '5',
      '__dlq.errors.group': 'workers',
      '__dlq.errors.delivery.count': '5',
      '__dlq.errors.message': 'Offset delivery count exceeded the threshold.',
    }),
  )!
  assert.deepEqual(
    [share.family, share.group, share.attempts, share.errorMessage],
    ['share-group', 'workers', 5, 'Offset delivery count exceeded the threshold.'],
  )
  assert.equal(readDeadLetter([own]), undefined)
})

test('a dead letter is sent back as it was, for its group, and counts how often', () => {
  const written = deadLetterRecord(record, facts, {
    topic: 'd',
    reason: 'fatal',
    style: 'both',
    stackChars: 10,
  })
  const bytes = { keyBytes: written.key, valueBytes: written.value }
  const back = redriveRecord(bytes, readDeadLetter(received(written))!)!
  assert.deepEqual([back.topic, back.key, back.value], ['orders', record.keyBytes, record.valueBytes])
  assert.deepEqual(
    back.headers.map(({ key, value }) => [key, value === null ? null : String(value)]),
    [
      ['traceparent', '00-1'],
      ['empty', null],
      ['__millrace.errors.redrives', '1'],
      ['__millrace.redrive.group', 'billing'],
    ],
  )
  assert.equal(historyOf(received(back)), undefined, 'it begins with a clean history')
  const everybody = redriveRecord(bytes, readDeadLetter(received(written))!, {
    topic: 'elsewhere',
    group: null,
  })!
  assert.equal(everybody.topic, 'elsewhere')
  assert.ok(!everybody.headers.some(({ key }) => key === '__millrace.redrive.group'))
})

test('damaged failure headers are not believed and harm nothing', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom('topic', 'partition', 'offset', 'tier', 'due.at', 'attempts'),
          fc.uint8Array({ maxLength: 12 }),
        ),
      ),
      pairs => {
        const headers = pairs.map(([name, value]) => ({
          key: `__millrace.errors.${name}`,
          value: Buffer.from(value),
        }))
        const history = historyOf(headers)
        if (history)
          assert.ok(history.tier >= 0 && history.attempts >= 0 && Number.isSafeInteger(history.dueAt))
        readDeadLetter(headers)
      },
    ),
  )
})

test('a backoff of one’s own is a function', () => {
  const own: Backoff = failures => failures * 7
  assert.equal(judge(plan({ backoff: own }), failure({ attemptsHere: 2 }), 0, random).do, 'retry')
})
