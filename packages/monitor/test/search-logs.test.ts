// Searching log topics: what is found by level, time, service, piece of work and text, in which order, and following.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Producer } from '@millrace/client'
import { type LogLine, searchLogs, type SearchLogsOptions } from '@millrace/monitor'
import { createLogger, logContext } from '@millrace/pino'
import { eventually, withCluster } from '@millrace/testkit'
import { readLogLine } from '../src/logs/log-line.ts'
import { Pages } from '../src/logs/pages.ts'

const timeout = 60_000

async function search(options: SearchLogsOptions): Promise<string[]> {
  const found: string[] = []
  for await (const line of searchLogs(options)) found.push(line.message)
  return found
}

const t0 = Date.UTC(2026, 0, 1)

test(
  'lines of three partitions are one sequence, filtered by all there is, with the newest or the oldest first',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic }) => {
      const topic = await createTopic({ partitions: 3 })
      await using producer = new Producer({ brokers })
      const levels = ['debug', 'info', 'warn', 'error']
      const count = 3_000
      await producer.send(
        Array.from({ length: count }, (_, n) => ({
          topic,
          partition: n % 3,
          timestamp: t0 + n * 1_000,
          value: JSON.stringify({
            level: levels[n % 4],
            time: t0 + n * 1_000,
            service: n % 2 === 0 ? 'shop' : 'billing',
            correlationId: `c-${n % 50}`,
            msg: `line ${n}`,
          }),
        })),
      )
      const on = { brokers, topic }
      const names = (numbers: number[]) => numbers.map(n => `line ${n}`)
      const all = Array.from({ length: count }, (_, n) => n)
      assert.deepEqual(await search({ ...on, order: 'oldest' }), names(all))
      assert.deepEqual(await search(on), names(all.toReversed()))
      assert.deepEqual(await search({ ...on, limit: 4 }), names([2_999, 2_998, 2_997, 2_996]))
      assert.deepEqual(await search({ ...on, limit: 0 }), [])
      assert.deepEqual(await search({ ...on, level: 'error', limit: 2 }), names([2_999, 2_995]))
      const range = { from: t0 + 1_000_000, to: t0 + 1_006_000, order: 'oldest' as const }
      assert.deepEqual(await search({ ...on, ...range }), names([1_000, 1_001, 1_002, 1_003, 1_004, 1_005]))
      assert.deepEqual(await search({ ...on, ...range, service: 'billing' }), names([1_001, 1_003, 1_005]))
      assert.deepEqual(
        await search({ ...on, correlationId: 'c-7', level: 'error', limit: 2 }),
        names([2_907, 2_807]),
      )
      assert.deepEqual(
        await search({ ...on, text: 'LINE 299', level: 'warn' }),
        names([2_999, 2_998, 2_995, 2_994, 2_991, 2_990, 299].filter(n => n % 4 > 1)),
      )
      assert.deepEqual(
        await search({ ...on, text: /line 1\d"/, order: 'oldest' }),
        names([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]),
      )
      assert.deepEqual(
        await search({ ...on, service: ['shop', 'none'], where: ({ fields }) => fields['msg'] === 'line 8' }),
        ['line 8'],
      )
      assert.deepEqual(await search({ ...on, from: t0 + 9_999_999_000 }), [])
      assert.deepEqual(await search({ ...on, to: t0 }), [])
    }),
)

test('what a logger ships is found by the piece of work, and new lines are followed', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ partitions: 2 })
    for (const format of ['json', 'ecs'] as const) {
      await using logger = createLogger({
        service: `shop-${format}`,
        format,
        stdout: false,
        topic: { brokers, topic },
      })
      logContext.run({ correlationId: 'c-1' }, () =>
        logger.warn({ err: new Error('no') }, `${format} inside`),
      )
      logger.info(`${format} outside`)
    }
    const found: LogLine[] = []
    for await (const line of searchLogs({ brokers, topic, correlationId: 'c-1' })) found.push(line)
    assert.deepEqual(found.map(({ level, service, message }) => [level, service, message].join(' ')).sort(), [
      'warn shop-ecs ecs inside',
      'warn shop-json json inside',
    ])
    const end = new AbortController()
    const heard: string[] = []
    const following = (async () => {
      for await (const line of searchLogs({
        brokers,
        topic,
        follow: true,
        limit: 1,
        text: 'outside',
        signal: end.signal,
      }))
        heard.push(line.message)
    })()
    await eventually('the newest line is shown', () => heard.length === 1)
    {
      await using logger = createLogger({ stdout: false, topic: { brokers, topic } })
      logger.info('another outside')
      logger.info('not that')
    }
    await eventually('the new line is shown', () => heard.length === 2)
    end.abort()
    await following
    assert.match(heard[0]!, /outside$/)
    assert.equal(heard[1], 'another outside')
  }),
)

test('what is no JSON of a logger is a line all the same', () => {
  const place = { time: 5, partition: 1, offset: 7 }
  assert.deepEqual(readLogLine('plain text', place), {
    ...place,
    level: '',
    service: undefined,
    message: 'plain text',
    correlationId: undefined,
    fields: {},
    text: 'plain text',
  })
  const cases: readonly [text: string, expected: Partial<LogLine>][] = [
    ['{"level":40,"time":1000000000000,"msg":"x"}', { level: 'warn', time: 1e12, message: 'x' }],
    ['{"level":"WARN","time":1000000000,"msg":"x"}', { level: 'warn', time: 1e12 }],
    [
      '{"log":{"level":"error"},"@timestamp":"2026-01-01T00:00:00Z","message":"y","service":{"name":"s"},"trace":{"id":"t"}}',
      { level: 'error', time: t0, message: 'y', service: 's', correlationId: 't' },
    ],
    ['{"labels":{"correlation_id":"c"},"msg":3}', { correlationId: 'c', message: '', time: 5, level: '' }],
    ['{"torn', { message: '{"torn' }],
  ]
  for (const [text, expected] of cases) {
    const line = readLogLine(text, place)
    for (const [name, value] of Object.entries(expected))
      assert.equal(line[name as keyof LogLine], value, text)
  }
})

test('pages grow while little is found, and are read once each', () => {
  const pages = new Pages([{ partition: 0, from: 0, to: 10_000 }], 'newest')
  const read: [number, number][] = []
  for (let missing = pages.missing(); missing.length > 0; missing = pages.missing()) {
    read.push(...missing.map(({ from, to }): [number, number] => [from, to]))
    pages.add([], missing)
  }
  assert.equal(pages.next(), undefined)
  assert.deepEqual(read, [
    [9_500, 10_000],
    [8_500, 9_500],
    [6_500, 8_500],
    [2_500, 6_500],
    [0, 2_500],
  ])
})

test('options that cannot be are refused', async () => {
  const on = { brokers: ['127.0.0.1:1'], topic: 'logs', apiTimeoutMs: 200 }
  const cases: readonly [options: object, message: RegExp][] = [
    [{ ...on, levels: 'warn' }, /searchLogs: there is no option "levels"; did you mean "level"\?/],
    [{ ...on, level: 'loud' }, /level is "loud"/],
    [{ ...on, order: 'random' }, /order is "random"; it is newest or oldest/],
    [{ ...on, limit: -1 }, /limit is -1/],
    [{ brokers: on.brokers }, /topic is missing/],
  ]
  for (const [options, message] of cases)
    await assert.rejects(search(options as SearchLogsOptions), { name: 'ConfigError', message })
})
