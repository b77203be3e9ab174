// Ids of a piece of work go from record to record, through handlers, retries and dead letters, and into each line that is logged on the way.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { json, Producer, string, topic } from '@millrace/client'
import { createLogger, logContext } from '@millrace/pino'
import { events, type HandlerContext, Service } from '@millrace/service'
import { eventually, readTopic, withCluster } from '@millrace/testkit'

const timeout = 60_000
const folder = mkdtempSync(join(tmpdir(), 'millrace-hops-'))
after(() => rmSync(folder, { recursive: true }))

interface Line {
  readonly msg: string
  readonly correlationId?: string
  readonly eventId?: string
  readonly topic?: string
  readonly offset?: number
  readonly attempt?: number
}

function headersOf(record: { readonly headers: readonly { key: string; value: Buffer | null }[] }) {
  return Object.fromEntries(record.headers.map(({ key, value }) => [key, String(value)]))
}

/** Topics of a path: events, events in structured mode, and plain values. */
async function pathOf(createTopic: () => Promise<string>) {
  return {
    orders: events(await createTopic(), { 'order.created': json<{ n: number }>() }, { key: string() }),
    invoices: events(
      await createTopic(),
      { 'invoice.issued': json<{ n: number }>() },
      { mode: 'structured' },
    ),
    plain: topic(await createTopic(), { value: json<{ n: number }>() }),
  }
}

type Path = Awaited<ReturnType<typeof pathOf>>

/** Three handlers in a row, of which the last one fails. `below`: what the first one calls. Returns what was seen of correlation ids. */
async function startHops(
  service: Service,
  { orders, invoices, plain }: Path,
  guarantee: 'at-least-once' | 'exactly-once',
  below: () => Promise<void>,
): Promise<string[]> {
  const options = { guarantee, deadLetter: true, retry: { attempts: 1, topicDelaysMs: [10] } }
  const seen: string[] = []
  const note = (what: string, context: HandlerContext) => {
    seen.push(`${what} ${context.correlationId}`)
    context.logger.info({}, `at ${what}`)
  }
  service.handle(
    orders,
    {
      'order.created': async ({ data }, context) => {
        note('order', context)
        context.publish(invoices, { type: 'invoice.issued', data })
        await below()
      },
    },
    options,
  )
  service.handle(
    invoices,
    {
      'invoice.issued': ({ data }, context) => {
        note('invoice', context)
        context.publish(plain, { value: data })
      },
    },
    options,
  )
  service.handle(
    plain,
    (_value, context) => {
      note('plain', context)
      throw new Error('it fails')
    },
    options,
  )
  await service.start()
  return seen
}

function linesOf(file: string): Line[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map(line => JSON.parse(line) as Line)
}

for (const guarantee of ['at-least-once', 'exactly-once'] as const) {
  test(`a correlation id is the same at every hop, ${guarantee}`, { timeout }, () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const file = join(folder, `${guarantee}.log`)
      const logger = createLogger({ file, level: 'info' })
      const path = await pathOf(() => createTopic())
      const { orders, invoices, plain } = path
      const sent = await createTopic()
      await using producer = new Producer({ brokers, hooks: [logContext] })
      const name = uniqueName('hops')
      await using service = new Service({
        name,
        brokers,
        logger,
        hooks: [logContext],
        transactionIntervalMs: 20,
        consumer: { heartbeatIntervalMs: 100, isolationLevel: 'read_committed' },
      })
      // What is below a handler knows nothing of it.
      const seen = await startHops(service, path, guarantee, async () => {
        await Promise.resolve()
        logger.info('deep below')
        await producer.send({ topic: sent, value: 'from below' })
      })
      const metadata = { correlationid: 'c-1' }
      await service.publish(orders, { key: 'a', type: 'order.created', data: { n: 1 }, metadata })
      const hops = ['order c-1', 'invoice c-1', 'plain c-1', 'plain c-1']
      await eventually('all hops are made', () => seen.length >= hops.length)
      assert.deepEqual(seen, hops)
      await eventually('the dead letter is written', async () => {
        const letters = await readTopic(brokers, `${plain.name}-${name}-dlt`, 1, 'read_committed')
        return letters.length === 1 && headersOf(letters[0]!)['correlation-id'] === 'c-1'
      })
      await service.stop()
      await logger.close()
      const [own] = await readTopic(brokers, sent)
      assert.equal(headersOf(own!)['correlation-id'], 'c-1')
      const lines = linesOf(file)
      const below = lines.find(({ msg }) => msg === 'deep below')!
      assert.deepEqual([below.correlationId, below.topic, below.offset], ['c-1', orders.name, 0])
      const at = (what: string) => lines.filter(({ msg }) => msg === `at ${what}`)
      const attempts = at('plain').map(({ attempt, correlationId }) => `${attempt} ${correlationId}`)
      assert.deepEqual(attempts, ['1 c-1', '2 c-1'])
      assert.equal(at('invoice')[0]!.topic, invoices.name)
      const [invoice] = await readTopic(brokers, invoices.name, 1, 'read_committed')
      const document = JSON.parse(String(invoice!.value)) as { correlationid: string; causationid: string }
      assert.deepEqual([document.correlationid, document.causationid], ['c-1', at('order')[0]!.eventId])
    }),
  )
}

test(
  'a record that says nothing begins a piece of work of its own, and senders who say something are heard',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const plain = topic(await createTopic(), { value: string() })
      const next = topic(await createTopic(), { value: string() })
      await using service = new Service({ name: uniqueName('begins'), brokers })
      const seen: string[] = []
      service.handle(plain, (value, context) => {
        seen.push(context.correlationId)
        context.publish(next, {
          value,
          ...(value === 'own' && { headers: { 'correlation-id': 'mine', other: 'x' } }),
        })
      })
      await service.start()
      await service.publish(plain, { value: 'none' })
      await service.publish(plain, {
        value: 'theirs',
        headers: [{ key: 'x-correlation-id', value: 'theirs' }],
      })
      await service.publish(plain, { value: 'own' })
      await eventually('all are handled', () => seen.length === 3)
      await service.stop()
      assert.deepEqual(seen, [`${plain.name}-0-0`, 'theirs', `${plain.name}-0-2`])
      const ids = (await readTopic(brokers, next.name)).map(record => headersOf(record))
      assert.deepEqual(ids, [
        { 'correlation-id': `${plain.name}-0-0` },
        { 'correlation-id': 'theirs' },
        { 'correlation-id': 'mine', other: 'x' },
      ])
    }),
)
