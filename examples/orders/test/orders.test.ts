// The whole application as a user runs it: orders by HTTP, stock and payment that fail as they are told, dead letters, and totals that are exact.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Consumer } from '@millrace/client'
import { type Ask, askAt, patienceMs, temporaryDir, testBrokers, until } from '@millrace/example-kit/testing'
import { Application } from '../application.ts'
import type { OrderState, OrderView, Written } from '../order-desk.ts'
import type { Status } from '../status.ts'
import type { Switches } from '../switches.ts'

const timeout = 2 * patienceMs

let application: Application
let ask: Ask
let close: () => Promise<void>

before(async () => {
  const [dataDir, remove] = temporaryDir('orders')
  application = await Application.start({
    brokers: testBrokers(),
    databaseUrl: process.env['DATABASE_URL'],
    dataDir,
    prefix: `test-${process.pid}-${Date.now().toString(36)}-`,
    port: 0,
    instances: 2,
    rate: 0,
    plan: { attempts: 2, topicDelaysMs: [200], openMs: 300 },
    isQuiet: true,
  })
  ask = askAt(application.address)
  close = async () => {
    await application.stop()
    remove()
  }
})
after(() => close())

let serial = 0

/** Somebody who has ordered nothing so far. */
function somebody(): string {
  return `user-${process.pid}-${++serial}`
}

async function place(body: object = {}): Promise<string> {
  const answer = await ask<Written>('POST', '/orders', {
    user: somebody(),
    sku: 'lamp',
    quantity: 1,
    ...body,
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.order
}

async function stateOf(order: string): Promise<OrderState> {
  return (await ask<OrderView>('GET', `/orders/${order}`)).body.state
}

/** Waits until all of these orders are in a state. */
function reaches(orders: readonly string[], state: OrderState): Promise<true> {
  return until(`all orders are ${state}`, async () => {
    const states = await Promise.all(orders.map(stateOf))
    return states.every(each => each === state) ? true : undefined
  })
}

async function status(): Promise<Status> {
  return (await ask<Status>('GET', '/status')).body
}

async function switchTo(switches: Partial<Switches>): Promise<void> {
  assert.equal((await ask('PUT', '/switches', switches)).status, 200)
}

/** Waits until every total is the sum of its orders. What is told may be of a moment ago: `isNow` knows what has to be in it. */
function areExact(isNow: (found: Status) => boolean = () => true): Promise<Status> {
  return until('the totals are exact', async () => {
    const found = await status()
    return found.differences === 0 && found.lag.totals === 0 && isNow(found) ? found : undefined
  })
}

/** What orders in a state are worth, in cents. */
const worth = ({ totals }: Status, wanted: string): number =>
  totals.find(({ status: of }) => of === wanted)?.cents ?? 0

test('an order is reserved, paid and counted, and so is a change of it, and its cancellation', {
  timeout,
}, async () => {
  const order = await place({ quantity: 2 })
  await reaches([order], 'completed')
  const before = await areExact(found => worth(found, 'completed') >= 2 * 4_900)
  await ask('PUT', `/orders/${order}`, { quantity: 5 })
  await until('the change is paid', async () => {
    const { body } = await ask<OrderView>('GET', `/orders/${order}`)
    return body.version === 2 && body.state === 'completed' ? true : undefined
  })
  const changed = await areExact(found => worth(found, 'completed') > worth(before, 'completed'))
  assert.equal(worth(changed, 'completed') - worth(before, 'completed'), 3 * 4_900)
  assert.equal((await ask('DELETE', `/orders/${order}`)).status, 200)
  await reaches([order], 'cancelled')
  const cancelled = await areExact(found => worth(found, 'cancelled') > worth(changed, 'cancelled'))
  assert.equal(worth(before, 'completed') - worth(cancelled, 'completed'), 2 * 4_900)
  assert.equal(worth(cancelled, 'cancelled') - worth(changed, 'cancelled'), 5 * 4_900)
  const { body } = await ask<OrderView>('GET', `/orders/${order}`)
  assert.deepEqual(
    body.events.map(({ type }) => type),
    ['order.created', 'order.updated', 'order.cancelled'],
  )
})

test('what is not in stock is rejected, and takes nothing', { timeout }, async () => {
  const order = await place({ sku: 'chair', quantity: 61 })
  await reaches([order], 'rejected')
  const { stock } = await status()
  assert.equal(stock.find(({ sku }) => sku === 'chair')?.available, 60)
})

test('urgent orders have the first partition to themselves', { timeout }, async () => {
  const orders = await Promise.all(
    Array.from({ length: 12 }, (_, number) => place({ priority: number % 3 === 0 ? 'high' : 'normal' })),
  )
  await reaches(orders, 'completed')
  const { orders: topic } = application.names
  await using consumer = new Consumer({ brokers: application.brokers, topics: [topic] })
  consumer.assign(
    Array.from({ length: 6 }, (_, partition) => ({
      topic: topic.name,
      partition,
      offset: 'earliest' as const,
    })),
  )
  const partitions = new Map<string, number>()
  for await (const { value, partition } of consumer.records({ signal: AbortSignal.timeout(patienceMs) })) {
    if (orders.includes(value.data.order)) partitions.set(value.data.order, partition)
    if (partitions.size === orders.length) break
  }
  for (const [number, order] of orders.entries())
    assert.equal(partitions.get(order) === 0, number % 3 === 0, `order ${number}`)
})

test('while the payment provider is down its breaker is open: nothing is given up, and all goes on when it is back', {
  timeout,
}, async () => {
  const { deadLettered } = await status()
  await switchTo({ providerDown: true })
  const orders = await Promise.all(Array.from({ length: 30 }, () => place()))
  await until('the breaker is open', async () => {
    const { breakers } = await status()
    return breakers.some(({ name, state }) => name === 'payment' && state !== 'closed') ? true : undefined
  })
  await reaches(orders, 'reserved')
  await switchTo({ providerDown: false })
  await reaches(orders, 'completed')
  await until('the breaker is closed', async () =>
    (await status()).breakers.every(({ state }) => state === 'closed') ? true : undefined,
  )
  assert.equal((await areExact()).deadLettered, deadLettered)
})

test('while the database refuses, orders are refused, and none that was taken is lost', {
  timeout,
}, async () => {
  const taken = await Promise.all(Array.from({ length: 10 }, () => place()))
  await switchTo({ databaseAway: true })
  const refused = await ask<{ error: string }>('POST', '/orders', { user: 'anna', sku: 'lamp', quantity: 1 })
  assert.deepEqual(refused, { status: 503, body: { error: 'the database refuses connections' } })
  await switchTo({ databaseAway: false })
  await until('all are through, given up or not', async () => {
    await ask('POST', '/dead-letters/redrive')
    const states = await Promise.all(taken.map(stateOf))
    return states.every(state => state === 'completed') ? true : undefined
  })
  await areExact()
})

test('what cannot succeed is a dead letter that says why; mended and sent back it is through', {
  timeout,
}, async () => {
  await switchTo({ badCards: 0.5, poison: 0.5, flaky: 0.2 })
  const orders = await Promise.all(Array.from({ length: 24 }, () => place()))
  await switchTo({ poison: 0 })
  const given = await until('each is completed or given up', async () => {
    const found = await status()
    const states = await Promise.all(orders.map(stateOf))
    const open = states.filter(state => state !== 'completed').length
    return found.deadLetters === open && found.retrying === 0 ? found : undefined
  })
  const reasons = new Map(given.reasons.map(({ stage, reason }) => [reason, stage]))
  assert.equal(reasons.get('poison'), 'stock')
  assert.equal(reasons.get('fatal'), 'payment')
  assert.ok(given.letters.some(({ error }) => /does not know the card of order/.test(error)))
  await switchTo({ badCards: 0, flaky: 0 })
  const poisoned = given.reasons.find(({ reason }) => reason === 'poison')!.count
  assert.deepEqual((await ask('POST', '/dead-letters/mend')).body, { mended: poisoned })
  assert.deepEqual((await ask('POST', '/dead-letters/mend')).body, { mended: 0 }, 'once is enough')
  const { body } = await ask<{ sent: number }>('POST', '/dead-letters/redrive')
  assert.equal(body.sent, given.deadLetters)
  await reaches(orders, 'completed')
  const last = await areExact()
  assert.equal(last.deadLetters, 0)
})

test('a process that is killed is back, and no order counts twice', { timeout }, async () => {
  const orders: string[] = []
  const victim = application.workers.get('orders-1')!
  for (let number = 0; number < 60; number++) {
    if (number === 30) victim.kill('SIGKILL')
    orders.push(await place())
  }
  await reaches(orders, 'completed')
  await until('the process is back', async () =>
    application.workers.get('orders-1') === victim ? undefined : true,
  )
  await areExact()
})

test('the live page hears of orders as they are settled, and of how it goes', { timeout }, async () => {
  const leaving = new AbortController()
  const response = await fetch(`${application.address}/live`, { signal: leaving.signal })
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  const order = await place()
  let heard = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    heard += chunk
    if (heard.includes(`"order":"${order}"`) && heard.includes('event: status')) break
  }
  leaving.abort()
  assert.match(heard, /event: settled\ndata: \{"user":"user-/)
})

test('bad requests are told what is wrong with them, and harm nobody', { timeout }, async () => {
  const order = { user: 'anna', sku: 'lamp', quantity: 1 }
  const nobody = '/orders/00000000-0000-4000-8000-000000000000'
  const refused: readonly (readonly [string, string, object | undefined, number, RegExp])[] = [
    ['POST', '/orders', { ...order, user: 'not a name' }, 400, /user must be a name/],
    ['POST', '/orders', { ...order, sku: 'car' }, 400, /sku must be one of chair, kettle/],
    ['POST', '/orders', { ...order, quantity: 0 }, 400, /quantity must be a whole number from 1 to 100/],
    ['POST', '/orders', { ...order, quantity: '3' }, 400, /quantity must be a whole number/],
    ['POST', '/orders', { ...order, priority: 'higher' }, 400, /priority must be "normal", "high"/],
    ['POST', '/orders', undefined, 400, /no JSON object/],
    ['POST', '/orders', { ...order, user: 'x'.repeat(70_000) }, 413, /65536 bytes/],
    ['PUT', nobody, { quantity: 2 }, 404, /there is no order 0{8}-/],
    ['DELETE', '/orders/abc', undefined, 404, /there is no order abc/],
    ['PUT', '/switches', { gravity: true }, 400, /there is no switch "gravity"; there are providerDown/],
    ['PUT', '/switches', { flaky: 0.3 }, 400, /flaky must be 0, 0\.01/],
    ['PUT', '/switches', { providerDown: 1 }, 400, /providerDown must be true, false/],
    ['PUT', '/generator', { rate: -1 }, 400, /rate must be a whole number from 0 to 1000/],
    ['GET', '/nowhere', undefined, 404, /no GET \/nowhere/],
  ]
  for (const [method, path, body, wanted, message] of refused) {
    const answer = await ask<{ error: string }>(method, path, body)
    assert.equal(answer.status, wanted, `${method} ${path}`)
    assert.match(answer.body.error, message)
  }
  const cancelled = await place()
  await ask('DELETE', `/orders/${cancelled}`)
  assert.equal((await ask('PUT', `/orders/${cancelled}`, { quantity: 2 })).status, 409)
})

test('the application makes orders by itself, as many as it is told', { timeout }, async () => {
  const before = Object.values((await status()).orders).reduce((sum, count) => sum + count, 0)
  assert.equal((await ask('PUT', '/generator', { rate: 100 })).status, 200)
  await until('there are more orders', async () => {
    const now = Object.values((await status()).orders).reduce((sum, count) => sum + count, 0)
    return now >= before + 50 ? true : undefined
  })
  await ask('PUT', '/generator', { rate: 0 })
  await until('all of them are through', async () => {
    const { orders } = await status()
    return orders.placed + orders.reserved === 0 ? true : undefined
  })
  await areExact()
})
