// The harness: a day of retries in a moment, and fakes for handlers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json, string } from '@millrace/client'
import { events, exponential, type HandlerContext, RetriableError } from '@millrace/service'
import { fakeContext, fakeEvent, ServiceHarness, TestClock } from '@millrace/service/testing'
import { nodeClock } from '@millrace/runtime'

const timeout = 60_000
const orders = events(
  'orders',
  { 'order.created': json<{ total: number }>() },
  { key: string(), partitions: 2 },
)
const invoices = events('invoices', { 'invoice.issued': json<{ total: number }>() }, { key: string() })

test('hours of retries pass in a moment, and everything that came of them can be looked at', {
  timeout,
}, async () => {
  await using harness = await ServiceHarness.start()
  const attempts: { total: number; at: number }[] = []
  harness.service({ name: 'billing' }).handle(
    orders,
    {
      'order.created': async ({ data: { total } }, context) => {
        attempts.push({ total, at: harness.clock.now() })
        if (total === 13) throw new Error('unlucky')
        if (total === 7 && context.attempt < 5) throw new RetriableError('not yet')
        context.publish(invoices, { key: context.key, type: 'invoice.issued', data: { total } })
      },
    },
    {
      retry: {
        attempts: 3,
        backoff: exponential({ initialMs: 1_000, jitter: 'none' }),
        topicDelaysMs: [60_000, 3_600_000],
      },
      deadLetter: true,
    },
  )
  await harness.feed(
    orders,
    ...[1, 7, 13].map(total => ({ key: `user-${total}`, type: 'order.created' as const, data: { total } })),
  )
  await harness.begin()
  const startedAt = performance.now()
  await harness.settle()
  assert.ok(performance.now() - startedAt < 20_000)
  const written = await harness.records(invoices)
  assert.deepEqual(
    new Map(written.map(({ key, value }) => [key, value.data.total])),
    new Map([
      ['user-1', 1],
      ['user-7', 7],
    ]),
  )
  const [found, ...others] = await harness.deadLetters(orders, 'billing')
  assert.equal(others.length, 0)
  assert.deepEqual(
    [found!.letter.reason, found!.letter.attempts, String(found!.record.key)],
    ['attempts-exhausted', 5, 'user-13'],
  )
  const sevens = attempts.filter(({ total }) => total === 7).map(({ at }) => at)
  assert.equal(sevens.length, 5)
  assert.ok(sevens[3]! - sevens[2]! >= 60_000 && sevens[4]! - sevens[3]! >= 3_600_000)
  const committed = await harness.committed(orders, 'billing')
  assert.equal(
    committed.reduce((sum, each) => sum + (each?.offset ?? 0), 0),
    3,
  )
})

test('time does not pass by itself', { timeout }, async () => {
  await using harness = await ServiceHarness.start()
  let calls = 0
  harness.service({ name: 'shipping' }).handle(
    orders,
    {
      'order.created': () => {
        if (calls++ === 0) throw new Error('at first')
      },
    },
    { retry: { backoff: () => 5_000 } },
  )
  await harness.begin()
  await harness.feed(orders, { key: 'a', type: 'order.created', data: { total: 1 } })
  await harness.settle({ skipTime: false })
  assert.equal(calls, 1)
  harness.advance(4_999)
  await harness.settle({ skipTime: false })
  assert.equal(calls, 1)
  harness.advance(1)
  await harness.settle({ skipTime: false })
  assert.equal(calls, 2)
})

test('a service that fails is told by settle', { timeout }, async () => {
  await using harness = await ServiceHarness.start()
  harness.service({ name: 'failing' }).handle(
    orders,
    {
      'order.created': () => {
        throw new Error('hopeless')
      },
    },
    { retry: false },
  )
  await harness.begin()
  await harness.feed(orders, { key: 'a', type: 'order.created', data: { total: 1 } })
  await assert.rejects(harness.settle(), /hopeless; the service stops before it/)
})

test('a handler is tested alone with a fake event and a fake context', async () => {
  const handler = async (
    event: { readonly data: { readonly total: number } },
    context: HandlerContext<string>,
  ) => {
    context.publish(invoices, { key: context.key, type: 'invoice.issued', data: { total: event.data.total } })
  }
  const fake = fakeContext({ key: 'user-7', attempt: 2, headers: { tenant: 'a' } })
  const { context, published } = fake
  await handler(fakeEvent('order.created', { total: 12 }), context)
  assert.deepEqual(published, [
    { topic: invoices, message: { key: 'user-7', type: 'invoice.issued', data: { total: 12 } } },
  ])
  assert.equal(context.attempt, 2)
  fake.abort()
  assert.ok(context.signal.aborted)
})

test('a test clock runs timers in their order, and none before its time', () => {
  const clock = new TestClock(nodeClock)
  const ran: string[] = []
  clock.setTimer(20, () => ran.push('b'))
  clock.setTimer(10, () => {
    ran.push('a')
    clock.setTimer(5, () => ran.push('a+5'))
  })
  const cancelled = clock.setTimer(1, () => ran.push('never'))
  cancelled.cancel()
  const startedAt = clock.now()
  clock.advance(19)
  assert.deepEqual(ran, ['a', 'a+5'])
  assert.equal(clock.nextInMs, 1)
  clock.advance(1)
  assert.deepEqual(ran, ['a', 'a+5', 'b'])
  assert.equal(clock.now() - startedAt, 20)
})
