// Lines on their way to a topic: whatever brokers do, the application goes on, memory keeps to its bounds, and what is missing is said.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Broker } from '@millrace/broker'
import { createLogger, TopicStream } from '@millrace/pino'
import { eventually, readTopic, withCluster } from '@millrace/testkit'
import { pino } from 'pino'

const timeout = 60_000

interface Line {
  readonly msg: string
  readonly n?: number
  readonly droppedLines?: number
}

async function linesIn(brokers: readonly string[], topic: string): Promise<Line[]> {
  const records = await readTopic(brokers, topic)
  return records.map(({ value }) => JSON.parse(String(value)) as Line)
}

test(
  'lines are shipped with the time that they say, in order, and all of them before closing',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic }) => {
      const topic = await createTopic()
      const logger = createLogger({ stdout: false, topic: { brokers, topic } })
      for (let n = 0; n < 5_000; n++) logger.info({ n }, 'line')
      await logger.close()
      const records = await readTopic(brokers, topic)
      const lines = records.map(({ value }) => JSON.parse(String(value)) as { n: number; time: number })
      assert.deepEqual(
        lines.map(({ n }) => n),
        Array.from({ length: 5_000 }, (_, n) => n),
      )
      assert.ok(records.every(({ timestamp }, index) => timestamp === lines[index]!.time))
      assert.equal(logger.droppedLines, 0)
    }),
)

test('while brokers are away nobody waits, the oldest lines go, and how many stands in the topic', {
  timeout,
}, async () => {
  const first = await Broker.start({ port: 0, config: { 'log.fsync': 'never' } })
  const { port } = first
  await first.close()
  const notices: string[] = []
  const stream = new TopicStream({
    brokers: [`127.0.0.1:${port}`],
    topic: 'logs',
    bufferMaxBytes: 20_000,
    reconnectBackoffMaxMs: 50,
    // Whoever hands on the options of all clients must not have a logger that feeds itself.
    ...({ logger: { warn: () => stream.write('a loop') } } as object),
    onNotice: notice => notices.push(notice),
  })
  const logger = pino(stream)
  const startedAt = performance.now()
  for (let n = 0; n < 2_000; n++) logger.info({ n }, 'line')
  assert.ok(performance.now() - startedAt < 5_000)
  assert.ok(stream.waiting < 200)
  assert.ok(stream.dropped > 1_800)
  assert.match(
    notices[0]!,
    /^\d+ log lines were dropped, the oldest first: they could not be shipped to "logs"$/,
  )

  await using broker = await Broker.start({ port, config: { 'log.fsync': 'never' } })
  await eventually('all that was left is shipped', () => stream.waiting === 0)
  logger.info({ n: 2_000 }, 'line')
  assert.deepEqual(await stream.end(), { unsent: 0 })
  const lines = await linesIn([broker.address], 'logs')
  const dropped = lines.filter(({ droppedLines }) => droppedLines !== undefined)
  const shipped = lines.filter(({ n }) => n !== undefined)
  assert.equal(
    dropped.reduce((sum, { droppedLines }) => sum + droppedLines!, 0),
    stream.dropped,
  )
  assert.match(dropped[0]!.msg, /^\d+ log lines before this one were dropped/)
  assert.equal(shipped.length + stream.dropped, 2_001)
  assert.equal(shipped.at(-1)!.n, 2_000)
})

test('closing keeps to its time while brokers are away, and says what is left', { timeout }, async () => {
  const notices: string[] = []
  const stream = new TopicStream({
    brokers: ['127.0.0.1:1'],
    topic: 'logs',
    onNotice: notice => notices.push(notice),
  })
  for (let n = 0; n < 10; n++) stream.write(`{"n":${n}}\n`)
  const startedAt = performance.now()
  assert.deepEqual(await stream.end(300), { unsent: 10 })
  assert.ok(performance.now() - startedAt < 5_000)
  assert.match(notices.at(-1)!, /^10 log lines were not shipped to "logs" before closing$/)
  stream.write('{"n":11}\n')
  assert.match(notices.at(-1)!, /^1 log lines were dropped/)
  assert.deepEqual([stream.waiting > 0, stream.dropped], [true, 1])
})

test('a line that is too long, for us or for the topic, is told of and holds nothing up', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ configs: { 'max.message.bytes': '20000' } })
    const notices: string[] = []
    const stream = new TopicStream({
      brokers,
      topic,
      lineMaxBytes: 100_000,
      compression: 'none',
      onNotice: notice => notices.push(notice),
    })
    const line = (msg: string, length = 0) =>
      stream.write(`${JSON.stringify({ msg, pad: 'x'.repeat(length) })}\n`)
    line('before')
    line('too long for us', 200_000)
    line('too long for the topic', 50_000)
    line('behind')
    assert.deepEqual(await stream.end(), { unsent: 0 })
    const lines = await linesIn(brokers, topic)
    assert.deepEqual(
      lines.map(({ msg }) => msg.slice(0, 16)),
      ['before', 'a log line of 20', 'behind', '1 log lines befo'],
    )
    assert.equal(stream.dropped, 1)
    assert.ok(notices.some(notice => notice.startsWith(`a log line was refused by "${topic}"`)))
  }),
)

test('as a transport in a thread of its own it ships all lines before the process ends', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    const program = fileURLToPath(new URL('programs/transport.ts', import.meta.url))
    const child = spawn(
      process.execPath,
      ['--conditions=@millrace/source', program, brokers.join(), topic, '100'],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    )
    const [code] = (await once(child, 'exit')) as [number | null]
    assert.equal(code, 0)
    const lines = await linesIn(brokers, topic)
    assert.deepEqual(
      lines.map(({ n }) => n),
      Array.from({ length: 100 }, (_, n) => n),
    )
  }),
)
