// Where nobody listens, a client that cannot do its work says so by warnings of the process: soon, once, and not for what passes.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test, type TestContext } from 'node:test'
import { ManualClock } from '@millrace/testkit/clocks'
import { Consumer, Producer } from '../../src/index.ts'
import { connectionFailed, connectionRestored, topicUnknown } from '../../src/events/client-event.ts'
import { DefaultWarnings, topicWarnings } from '../../src/events/default-warnings.ts'
import { EventDoor } from '../../src/events/event-door.ts'

interface Warned {
  readonly code: string
  readonly message: string
}

/** Hears warnings of the process in place of standard error. */
function hear(context: TestContext): Warned[] {
  const heard: Warned[] = []
  context.mock.method(process, 'emitWarning', (message: string, { code }: { code: string }) => {
    heard.push({ code, message })
  })
  return heard
}

function setUp(context: TestContext, { isConnected = false, reads = false } = {}) {
  const clock = new ManualClock()
  const warnings = new DefaultWarnings({
    clock,
    clientId: 'shop',
    isConnected: () => isConnected,
    except: reads ? topicWarnings : new Set(),
    toldByAny: new Map(),
  })
  return { clock, door: new EventDoor({ clock, onEvent: undefined, logger: warnings }), heard: hear(context) }
}

const refused = (attempts: number) => connectionFailed('b:1', attempts, new Error('refused'))

test('that no broker can be reached is told after two seconds, once, and again when it was reached in between', async context => {
  const { clock, door, heard } = setUp(context)
  const warning = { code: 'connection.failed', message: 'cannot connect to b:1 (refused), trying again' }
  door.emit(refused(1))
  await clock.pass(1_900)
  assert.deepEqual(heard, [])
  await clock.pass(200)
  assert.deepEqual(heard, [warning])
  for (let attempts = 2; attempts < 10; attempts++) {
    await clock.pass(11_000)
    door.emit(refused(attempts))
  }
  assert.deepEqual(heard, [warning])
  door.emit(connectionRestored('b:1'))
  door.forget('connection.failed', 'b:1')
  door.emit(refused(1))
  await clock.pass(3_000)
  assert.deepEqual(heard, [warning, warning])
  door.emit(connectionRestored('b:1'))
  assert.equal(heard.length, 2)
})

test('a broker that is back within two seconds is not worth a word', async context => {
  const { clock, door, heard } = setUp(context)
  door.emit(refused(1))
  await clock.pass(1_000)
  door.emit(connectionRestored('b:1'))
  await clock.pass(60_000)
  assert.deepEqual(heard, [])
})

test('one broker of several is told of when it stays away', async context => {
  const { clock, door, heard } = setUp(context, { isConnected: true })
  door.emit(refused(1))
  await clock.pass(11_000)
  assert.deepEqual(heard, [])
  door.emit(refused(9))
  assert.equal(heard.length, 1)
})

test('a topic that is waited for is told, where no onWarning does', context => {
  const { door, heard } = setUp(context)
  door.emit(topicUnknown('orders'))
  assert.deepEqual(heard, [
    { code: 'topic.unknown', message: 'topic "orders" does not exist, waiting for it' },
  ])
})

test('readers tell of topics by onWarning alone', context => {
  const { door, heard } = setUp(context, { reads: true })
  door.emit(topicUnknown('orders'))
  assert.deepEqual(heard, [])
})

/** An address at which nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return `127.0.0.1:${port}`
}

test('clients of one process that wait for the same say it once', async context => {
  const { clock, heard } = setUp(context)
  const toldByAny = new Map<string, number>()
  const doors = [1, 2].map(() => {
    const logger = new DefaultWarnings({
      clock,
      clientId: 'shop',
      isConnected: () => false,
      except: new Set(),
      toldByAny,
    })
    return new EventDoor({ clock, onEvent: undefined, logger })
  })
  for (const door of doors) door.emit(topicUnknown('orders'))
  assert.equal(heard.length, 1)
  await clock.pass(60_000)
  const late = new DefaultWarnings({
    clock,
    clientId: 'late',
    isConnected: () => false,
    except: new Set(),
    toldByAny,
  })
  new EventDoor({ clock, onEvent: undefined, logger: late }).emit(topicUnknown('orders'))
  assert.equal(heard.length, 2)
})

test('a producer and a consumer that reach nobody say what they wait for', async context => {
  const heard = hear(context)
  const [first, second] = [await nobody(), await nobody()]
  const producer = new Producer({ brokers: [first] })
  const consumer = new Consumer({ brokers: [second], groupId: 'g' })
  consumer.subscribe(['orders'])
  const sent = producer.send({ topic: 'orders', value: 'v' }).catch(() => {})
  const polled = consumer.poll({ timeoutMs: 60_000 })
  while (heard.length < 2) await new Promise(resolve => setTimeout(resolve, 20))
  await Promise.all([producer.close({ timeoutMs: 0 }), consumer.close(), sent, polled])
  const messages = [first, second].map(address => `cannot connect to ${address} (ECONNREFUSED), trying again`)
  assert.deepEqual(heard.map(({ message }) => message).sort(), messages.sort())
})

test('whoever wants to hear nothing hears nothing, and nothing is paid for it', () => {
  const quiet = new Producer({ brokers: ['127.0.0.1:1'], logger: null })
  const unheard = new Producer({ brokers: ['127.0.0.1:1'] })
  assert.deepEqual(
    [quiet, unheard].map(({ cluster }) => cluster.events.active),
    [false, true],
  )
  quiet.cluster.close()
  unheard.cluster.close()
})
