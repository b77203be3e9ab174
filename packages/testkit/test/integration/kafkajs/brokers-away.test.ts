// Programs of KafkaJS's API whose broker goes and comes back: calls give up as often as `retry` says and by the same errors, and consumers find back. On brokers of their own.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Broker } from '@millrace/broker'
import * as ours from '@millrace/client/kafkajs'
import { eventually } from '@millrace/testkit'
import { failure, type Library, until } from './both.ts'

const theirs = createRequire(import.meta.url)('kafkajs') as Library
const timeout = 60_000

interface Stage {
  readonly kafka: ours.Kafka
  readonly down: () => Promise<void>
  readonly up: () => Promise<void>
}

/** The same program with both libraries, each with a broker that it takes down and up. */
function same<T>(name: string, program: (stage: Stage) => Promise<T>): void {
  test(name, { timeout }, async () => assert.deepEqual(await run(ours, program), await run(theirs, program)))
}

async function run<T>(library: Library, program: (stage: Stage) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'millrace-away-'))
  const start = (port: number) => Broker.start({ dataDir, port, config: { 'log.fsync': 'never' } })
  let broker = await start(0)
  const { address } = broker
  const kafka = new library.Kafka({
    brokers: [address],
    retry: { retries: 2, initialRetryTime: 20 },
    logLevel: library.logLevel.NOTHING,
  })
  try {
    return await program({
      kafka,
      down: () => broker.close(),
      up: async () => {
        broker = await start(Number(address.split(':')[1]))
      },
    })
  } finally {
    await broker.close()
    rmSync(dataDir, { recursive: true })
  }
}

/** Without what differs by the moment: KafkaJS's retries are in each other. */
const cause = async (work: Promise<unknown>) => ((await failure(work)) as { cause?: string }).cause

same('calls of an admin client are given up when their retries are', async ({ kafka, down }) => {
  const admin = kafka.admin()
  await admin.connect()
  await admin.listTopics()
  await down()
  const failed = [
    await failure(admin.listTopics()),
    await failure(admin.fetchTopicOffsets('t')),
    await failure(admin.describeGroups(['g'])),
  ]
  await admin.disconnect()
  return failed
})

test('a send is given up when its retries are', { timeout }, () =>
  run(ours, async ({ kafka, down }) => {
    const producer = kafka.producer()
    await producer.connect()
    const send = () => producer.send({ topic: 't', messages: [{ value: 'v' }] })
    await send()
    await down()
    assert.equal(await cause(send()), 'KafkaJSConnectionError')
    await producer.disconnect()
  }),
)

same('a consumer that cannot start crashes, and starts again by itself', async ({ kafka, down, up }) => {
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({ topic: 't', messages: [{ value: 'v' }] })
  await producer.disconnect()
  const consumer = kafka.consumer({
    groupId: 'g',
    maxWaitTimeInMs: 100,
    retry: { retries: 1, initialRetryTime: 20 },
  })
  const told: string[] = []
  for (const name of ['CRASH', 'STOP', 'DISCONNECT'] as const)
    consumer.on(consumer.events[name] as 'consumer.crash', ({ type, payload }) => {
      told.push(`${type} ${payload?.error.name} ${payload?.restart}`)
    })
  await consumer.connect()
  await consumer.subscribe({ topic: 't', fromBeginning: true })
  await down()
  const got: string[] = []
  await consumer.run({ eachMessage: async ({ message }) => void got.push(String(message.value)) })
  const first = told.slice(0, 3)
  await up()
  await until('the message', () => got.length > 0)
  await consumer.disconnect()
  return { first, got }
})

test('a consumer at work waits for its broker, and goes on', { timeout }, () =>
  run(ours, async ({ kafka, down, up }) => {
    const producer = kafka.producer()
    await producer.connect()
    const send = (value: string) => producer.send({ topic: 't', messages: [{ value }] })
    await send('before')
    const consumer = kafka.consumer({ groupId: 'g', maxWaitTimeInMs: 100 })
    let crashes = 0
    consumer.on(consumer.events.CRASH, () => void crashes++)
    await consumer.connect()
    await consumer.subscribe({ topic: 't', fromBeginning: true })
    const got: string[] = []
    await consumer.run({ eachMessage: async ({ message }) => void got.push(String(message.value)) })
    await until('what was before', () => got.length === 1)
    await down()
    await assert.rejects(send('lost'))
    await up()
    await eventually('the producer is back', () =>
      send('after').then(
        () => true,
        () => false,
      ),
    )
    await until('what comes after', () => got.includes('after'))
    await consumer.disconnect()
    await producer.disconnect()
    // What was not committed when the broker went comes again.
    assert.deepEqual([[...new Set(got)], crashes], [['before', 'after'], 0])
  }),
)
