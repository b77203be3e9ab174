// Lines that strangers can cause at will: bounded, and the others counted.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { MetadataApi, SaslAuthenticateApi, SaslHandshakeApi } from '@millrace/protocol'
import { standardAuthorizerClass } from '../src/authorizer/open-authorizer.ts'
import { BurstFilter } from '../src/burst-filter.ts'
import { burstLinesPerEvent, burstLinesPerSource, burstSourcesMax, burstSourcesTold } from '../src/limits.ts'
import { plainToken, saslConfig } from './authentication/sasl-fixture.ts'
import { connect, LineCollector, startBroker } from './broker-fixture.ts'
import { ManualClock } from '@millrace/testkit/clocks'
import { TestClient } from './test-client.ts'

function setUp() {
  const logger = new LineCollector()
  const clock = new ManualClock()
  const filter = new BurstFilter(logger, clock)
  let made = 0
  const say = (event: string, remote: string, times = 1) => {
    for (let index = 0; index < times; index++)
      filter.log('warn', event, { remote }, () => ({ number: ++made }))
  }
  return { logger, clock, filter, say, made: () => made }
}

const untoldOf = ({ lines }: LineCollector) =>
  lines.filter(({ fields }) => 'untold' in fields).map(({ event, fields }) => ({ event, ...fields }))

test('of one source so many lines a second are written, and at its end how many were not', async () => {
  const { logger, clock, say, made } = setUp()
  say('connection.refused', '10.0.0.1', 100_000)
  assert.equal(logger.lines.length, burstLinesPerSource)
  assert.deepEqual(logger.lines[0], {
    level: 'warn',
    event: 'connection.refused',
    fields: { remote: '10.0.0.1', number: 1 },
  })
  // Fields of what is not written are not even made.
  assert.equal(made(), burstLinesPerSource)
  await clock.pass(1_000)
  assert.deepEqual(untoldOf(logger), [
    { event: 'connection.refused', remote: '10.0.0.1', untold: 100_000 - burstLinesPerSource },
  ])
  say('connection.refused', '10.0.0.1')
  assert.equal(logger.lines.at(-1)!.fields['number'], burstLinesPerSource + 1)
})

test('while nothing is left out, nothing is added, and no timer runs on', async () => {
  const { logger, clock, say } = setUp()
  for (let second = 0; second < 3; second++) {
    say('connection.refused', '10.0.0.1', burstLinesPerSource)
    await clock.pass(1_000)
  }
  assert.equal(logger.lines.length, 3 * burstLinesPerSource)
  assert.deepEqual([untoldOf(logger), clock.timerCount], [[], 0])
})

test('a client that is loud does not push out what is said of others, or of other events', () => {
  const { logger, say } = setUp()
  say('connection.refused', '10.0.0.1', 1_000)
  say('connection.refused', '10.0.0.2')
  say('authentication.failed', '10.0.0.1')
  assert.deepEqual(
    logger.lines.slice(burstLinesPerSource).map(({ event, fields }) => [event, fields['remote']]),
    [
      ['connection.refused', '10.0.0.2'],
      ['authentication.failed', '10.0.0.1'],
    ],
  )
})

test('a crowd is bounded as a whole: the loudest are told one by one, the others as a sum', async () => {
  const { logger, clock, say } = setUp()
  const crowd = 3 * burstSourcesMax
  for (let source = 0; source < crowd; source++) say('connection.refused', `source ${source}`)
  say('connection.refused', 'source 999', 6)
  assert.equal(logger.lines.length, burstLinesPerEvent)
  await clock.pass(1_000)
  const untold = untoldOf(logger)
  assert.equal(untold.length, burstSourcesTold + 1)
  assert.deepEqual(untold[0], { event: 'connection.refused', remote: 'source 999', untold: 7 })
  assert.deepEqual(Object.keys(untold.at(-1)!), ['event', 'untold'])
  const sum = untold.reduce((total, line) => total + (line as { untold?: number }).untold!, 0)
  assert.equal(sum + burstLinesPerEvent, crowd + 6)
})

test('what was left out is told when the broker closes', () => {
  const { logger, clock, filter, say } = setUp()
  say('connection.refused', '10.0.0.1', burstLinesPerSource + 3)
  filter.close()
  assert.deepEqual(untoldOf(logger), [{ event: 'connection.refused', remote: '10.0.0.1', untold: 3 }])
  assert.equal(clock.timerCount, 0)
})

/** The lines of an event that say something, and how many others there were; all of them once the broker is closed. */
function toldAndUntold({ lines }: LineCollector, event: string): readonly [number, number] {
  const found = lines.filter(line => line.event === event)
  const untold = found.map(({ fields }) => Number(fields['untold'] ?? 0))
  return [untold.filter(count => count === 0).length, untold.reduce((sum, count) => sum + count, 0)]
}

test('a request that is denied very often has a bounded audit that counts every denial', async t => {
  const logger = new LineCollector()
  const broker = await startBroker(t, {
    logger,
    config: { 'authorizer.class.name': standardAuthorizerClass },
  })
  const client = await connect(t, broker, 'curious')
  const names = 20_000
  const reply = await client.send(MetadataApi, 9, {
    topics: Array.from({ length: names }, (_, index) => ({ name: `topic-${index}` })),
    allowAutoTopicCreation: false,
  })
  assert.equal(reply.topics.length, names)
  await broker.close()
  const [told, untold] = toldAndUntold(logger, 'authorizer.audit')
  assert.equal(told + untold, names)
  // The request may lie in two seconds, hardly in more.
  assert.ok(told >= burstLinesPerSource && told <= 10 * burstLinesPerSource, `${told} lines`)
})

async function failLogin(t: TestContext, port: number): Promise<void> {
  const client = await TestClient.connect(port)
  t.after(() => client.close())
  await client.send(SaslHandshakeApi, 1, { mechanism: 'PLAIN' })
  const { errorCode } = await client.send(SaslAuthenticateApi, 2, { authBytes: plainToken('alice', 'wrong') })
  assert.notEqual(errorCode, 0)
}

test('logins that fail without end do not fill the log, and each is counted', async t => {
  const logger = new LineCollector()
  const broker = await startBroker(t, { logger, config: saslConfig() })
  const attempts = 3 * burstLinesPerSource
  for (let begun = 0; begun < attempts; begun += 25)
    await Promise.all(Array.from({ length: 25 }, () => failLogin(t, broker.port)))
  await broker.close()
  const [told, untold] = toldAndUntold(logger, 'authentication.failed')
  assert.equal(told + untold, attempts)
})
