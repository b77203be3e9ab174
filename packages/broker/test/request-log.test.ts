// The request log, and levels of the log that are changed while the broker runs.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  DescribeConfigsApi,
  ErrorCode,
  IncrementalAlterConfigsApi,
  MetadataApi,
  SaslAuthenticateApi,
} from '@millrace/protocol'
import type { Clock } from '@millrace/runtime'
import { HeldClock } from '@millrace/testkit/clocks'
import { logAreas } from '../src/config/broker-loggers.ts'
import { fetchService } from '../src/fetch/service.ts'
import { LeveledLogger } from '../src/logger.ts'
import { resourceTypes } from '../src/metadata/record.ts'
import { createLineLogger } from '../src/node-logger.ts'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  LineCollector,
  produce,
  startBroker,
} from './broker-fixture.ts'
import { StallableDisk } from './stallable-disk.ts'
import type { TestClient } from './test-client.ts'

const operations = { SET: 0, DELETE: 1, APPEND: 2 } as const

async function alter(
  client: TestClient,
  name: string,
  value: string | null,
  configOperation: number = operations.SET,
  { resourceType = resourceTypes.BROKER_LOGGER as number, resourceName = '1', validateOnly = false } = {},
): Promise<string> {
  const reply = await client.send(IncrementalAlterConfigsApi, 1, {
    resources: [{ resourceType, resourceName, configs: [{ name, configOperation, value }] }],
    validateOnly,
  })
  const { errorCode, errorMessage } = reply.responses[0]!
  return errorCode === ErrorCode.NONE ? '' : `${errorCode} ${errorMessage}`
}

async function levels(
  client: TestClient,
  names: string[] | null = null,
): Promise<Map<string, string | null>> {
  const reply = await client.send(DescribeConfigsApi, 4, {
    resources: [{ resourceType: resourceTypes.BROKER_LOGGER, resourceName: '1', configurationKeys: names }],
    includeSynonyms: false,
    includeDocumentation: false,
  })
  assert.equal(reply.results[0]!.errorCode, ErrorCode.NONE)
  return new Map(reply.results[0]!.configs.map(({ name, value }) => [name, value]))
}

const ask = (client: TestClient) => client.send(MetadataApi, 9, { topics: [], allowAutoTopicCreation: false })

/** Lines of an event, once there are that many. */
async function linesOf(logger: LineCollector, event: string, count: number) {
  for (;;) {
    const found = logger.lines.filter(line => line.event === event)
    if (found.length >= count) return found
    await new Promise(resolve => setImmediate(resolve))
  }
}

async function brokerWithLog(
  t: TestContext,
  config: Readonly<Record<string, string | number>> = {},
  clock?: Clock,
) {
  const logger = new LineCollector()
  const disk = new StallableDisk()
  const broker = await startBroker(t, {
    logger,
    disk: disk.asDisk(),
    ...(clock && { clock }),
    config: { 'log.fsync': 'group', ...config },
  })
  return { broker, disk, logger, client: await connect(t, broker, 'asker') }
}

test('every request is told while the request logger is at DEBUG, with the time of each phase and nothing of what is in it', async t => {
  const { broker, client, logger } = await brokerWithLog(t)
  await ask(client)
  assert.equal(broker.observer, undefined)
  assert.equal(await alter(client, 'kafka.request.logger', 'DEBUG'), '')
  while (!broker.observer) await new Promise(resolve => setImmediate(resolve))
  await ask(client)
  const secret = 'wrong-but-secret'
  await client
    .send(SaslAuthenticateApi, 2, { authBytes: Buffer.from(`\0alice\0${secret}`) })
    .catch(() => undefined)
  const other = await connect(t, broker, 'asker')
  await createTopic(other, 'quiet')
  await fetchFrom(other, 'quiet', 0, { maxWaitMs: 60, minBytes: 1 })
  await produce(other, 'quiet', batchOf([secret]))
  const lines = await linesOf(logger, 'request.completed', 4)
  const [metadata] = lines.filter(({ fields }) => fields['api'] === 'Metadata')
  const { api, version, clientId, principal, remote, listener } = metadata!.fields
  assert.deepEqual(
    { api, version, clientId, principal, remote, listener },
    {
      api: 'Metadata',
      version: 9,
      clientId: 'asker',
      principal: 'User:ANONYMOUS',
      remote: '127.0.0.1',
      listener: 'PLAINTEXT',
    },
  )
  const fetched = lines.find(line => line.fields['api'] === 'Fetch')!.fields as Record<string, number>
  assert.ok(fetched['remoteMs']! >= 50 && fetched['diskMs'] === 0, JSON.stringify(fetched))
  const phases = ['queueMs', 'localMs', 'diskMs', 'remoteMs', 'replyQueueMs', 'sendMs']
  const sum = phases.reduce((total, phase) => total + fetched[phase]!, 0)
  assert.ok(Math.abs(sum - fetched['totalMs']!) < 0.01)
  assert.ok(lines.every(line => line.level === 'debug' && Number(line.fields['requestBytes']) > 0))
  assert.doesNotMatch(JSON.stringify(logger.lines), new RegExp(secret))
  assert.equal(await alter(other, 'kafka.request.logger', null, operations.DELETE), '')
  while (broker.observer) await new Promise(resolve => setImmediate(resolve))
})

test('slow requests are told, and why: waiting for the disk is slow, waiting for data is what a client wants', async t => {
  const clock = new HeldClock()
  const { broker, client, disk, logger } = await brokerWithLog(t, { 'request.log.slow.ms': 100 }, clock)
  await createTopic(client, 'orders')
  const reader = await connect(t, broker, 'reader')
  const fetched = fetchFrom(reader, 'orders', 0, { maxWaitMs: 60_000, minBytes: 1 })
  const { purgatory } = broker.service(fetchService)
  while (purgatory.size === 0) await new Promise(resolve => setImmediate(resolve))
  clock.pass(150)
  disk.stall()
  const produced = produce(client, 'orders', batchOf(['v']))
  while (broker.partition('orders', 0)!.logEndOffset === 0)
    await new Promise(resolve => setImmediate(resolve))
  clock.pass(200)
  disk.resume()
  await Promise.all([produced, fetched])
  const [line, ...others] = await linesOf(logger, 'request.slow', 1)
  assert.deepEqual([line!.level, line!.fields['api'], others], ['warn', 'Produce', []])
  const { diskMs, totalMs, remoteMs } = line!.fields as Record<string, number>
  assert.deepEqual({ diskMs, totalMs, remoteMs }, { diskMs: 200, totalMs: 200, remoteMs: 0 })
})

test('the threshold changes while the broker runs, and where everything is slow the log is bounded', async t => {
  const { broker, client, logger } = await brokerWithLog(t)
  const brokerResource = { resourceType: resourceTypes.BROKER, resourceName: '' }
  assert.equal(await alter(client, 'request.log.slow.ms', '0', operations.SET, brokerResource), '')
  while (!broker.observer) await new Promise(resolve => setImmediate(resolve))
  await Promise.all(Array.from({ length: 400 }, () => ask(client)))
  const told = await linesOf(logger, 'request.slow', 1)
  assert.ok(told.length <= 150, `${told.length} lines`)
  assert.equal(await alter(client, 'request.log.slow.ms', null, operations.DELETE, brokerResource), '')
  while (broker.observer) await new Promise(resolve => setImmediate(resolve))
})

test('levels are described and changed as those of Apache Kafka, all of a request or none', async t => {
  const { client, logger } = await brokerWithLog(t)
  const before = await levels(client)
  assert.deepEqual([before.get('root'), before.get('connection')], ['INFO', 'INFO'])
  assert.equal(await alter(client, 'connection', 'ERROR', operations.SET, { validateOnly: true }), '')
  assert.equal((await levels(client)).get('connection'), 'INFO')
  assert.equal(await alter(client, 'connection', 'ERROR'), '')
  assert.equal(await alter(client, 'root', 'WARN'), '')
  const after = await levels(client, ['root', 'connection', 'group'])
  assert.deepEqual(Object.fromEntries(after), { root: 'WARN', connection: 'ERROR', group: 'WARN' })
  const refused: readonly (readonly [string, string | null, number, string])[] = [
    ['no.such', 'INFO', operations.SET, '40 Logger no.such does not exist!'],
    [
      'connection',
      'LOUD',
      operations.SET,
      '40 Cannot set the log level of connection to LOUD as it is not a supported log level. Valid log levels are TRACE, DEBUG, INFO, WARN, ERROR, FATAL',
    ],
    ['root', null, operations.DELETE, '42 Removing the log level of the root logger is not allowed'],
    [
      'connection',
      'INFO',
      operations.APPEND,
      '42 APPEND operation is not allowed for the BROKER_LOGGER resource',
    ],
  ]
  for (const [name, value, operation, message] of refused)
    assert.equal(await alter(client, name, value, operation), message)
  assert.equal(
    await alter(client, 'connection', 'INFO', operations.SET, { resourceName: '7' }),
    '42 Unexpected broker id, expected 1, but received 7',
  )
  assert.ok(logger.events().includes('config.log_level_changed'))
})

test('a level lets through what the logger would drop, and drops what it would let through', () => {
  const lines: string[] = []
  const logger = new LeveledLogger(createLineLogger({ level: 'warn', write: line => lines.push(line) }))
  const say = () => {
    logger.log('debug', 'connection.opened')
    logger.log('warn', 'connection.refused')
    logger.log('info', 'group.loaded')
    return lines.splice(0).map(line => (JSON.parse(line) as { event: string }).event)
  }
  assert.deepEqual(say(), ['connection.refused'])
  logger.setLevel('connection', 'debug')
  assert.deepEqual(say(), ['connection.opened', 'connection.refused'])
  logger.setLevel('connection', 'error')
  logger.setLevel(undefined, 'info')
  assert.deepEqual(say(), ['group.loaded'])
  logger.setLevel('connection', undefined)
  assert.deepEqual(say(), ['connection.refused', 'group.loaded'])
})

test('every event is of an area that has a logger', () => {
  const source = fileURLToPath(new URL('../src', import.meta.url))
  const found = new Set<string>()
  for (const file of globSync(`${source}/**/*.ts`)) {
    for (const call of readFileSync(file, 'utf8').matchAll(/\.log\(([^{)]*)|\bevent: ('[^']*')/g)) {
      for (const [, area] of (call[1] ?? call[2]!).matchAll(/'([a-z_]+)\.[a-z_.]+'/g)) found.add(area!)
    }
  }
  assert.ok(found.size > 10)
  assert.deepEqual(
    [...found].filter(area => !(logAreas as readonly string[]).includes(area)),
    [],
  )
})

test('what strangers call themselves does not steer the terminal that a line is shown on', () => {
  const lines: string[] = []
  const logger = createLineLogger({ format: 'pretty', write: line => lines.push(line) })
  logger.log('warn', 'authentication.failed', { user: '\u001b[2J\u009b1mroot\u202e', reason: 'wrong' })
  assert.match(lines[0]!, /user="\\u001b\[2J\\u\{9b\}1mroot\\u\{202e\}" reason=wrong\n$/)
})
