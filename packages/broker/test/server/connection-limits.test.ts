// Limits of connections: how many at a time, and how fast they come in.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { AlterClientQuotasApi, ErrorCode, IncrementalAlterConfigsApi } from '@millrace/protocol'
import { BrokerConfig } from '../../src/config/broker-config.ts'
import { isIpAddress, plainAddress } from '../../src/config/ip-address.ts'
import { resourceTypes } from '../../src/metadata/record.ts'
import { ConnectionLimits } from '../../src/server/connection-limits.ts'
import { Server } from '../../src/server/server.ts'
import { connect, LineCollector, startBroker } from '../broker-fixture.ts'
import { ManualClock } from '@millrace/testkit/clocks'
import type { TestClient } from '../test-client.ts'
import { FakeNetwork } from './fake-socket.ts'
import { plainText, withClock } from './manual-server.ts'

test('addresses are told from what is none, and have one spelling', () => {
  for (const good of ['127.0.0.1', '255.255.255.255', '::1', '2001:db8::1', '::ffff:10.0.0.1'])
    assert.ok(isIpAddress(good), good)
  for (const bad of ['', 'localhost', '300.1.2.3', '1.2.3', '1.2.3.4.', '1.2.3.4.5', ':', '::g', '[::1]'])
    assert.ok(!isIpAddress(bad), bad)
  assert.equal(plainAddress('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(plainAddress('2001:0DB8:0:0:0:0:0:1'), '2001:db8::1')
  assert.equal(plainAddress('192.0.2.1'), '192.0.2.1')
})

test('connections are counted in all, by listener and by address', () => {
  const limits = new ConnectionLimits(
    new BrokerConfig({
      'max.connections': '4',
      'listener.name.internal.max.connections': '2',
      'max.connections.per.ip': '2',
      'max.connections.per.ip.overrides': '192.0.2.9:0, 2001:db8:0::1:1',
    }),
  )
  const from = (address: string, listener = 'PLAINTEXT') => ({ listener, address })
  const take = (origin: { listener: string; address: string }) => {
    const refusal = limits.refusal(origin)
    if (refusal === undefined) limits.add(origin)
    return refusal
  }
  const [a, b] = [from('192.0.2.1'), from('192.0.2.2', 'INTERNAL')]
  assert.deepEqual([take(a), take(a), take(a)], [undefined, undefined, 'max.connections.per.ip'])
  assert.equal(take(from('192.0.2.9')), 'max.connections.per.ip')
  assert.deepEqual([take(b), take(from('192.0.2.3', 'INTERNAL'))], [undefined, undefined])
  assert.equal(take(from('192.0.2.4', 'INTERNAL')), 'max.connections')
  limits.remove(a)
  assert.equal(take(from('192.0.2.4', 'INTERNAL')), 'listener.name.internal.max.connections')
  const six = from('2001:db8::1')
  assert.equal(take(six), undefined)
  limits.remove(a)
  assert.equal(take(six), 'max.connections.per.ip')
  limits.remove(six)
  assert.equal(take(six), undefined)
})

test('a limit of an address that cannot be read is refused, since it would be none', () => {
  for (const [text, reason] of [
    ['garbage', /"garbage" does not begin with an address/],
    ['localhost:5', /"localhost:5" does not begin with an address.*not looked up/],
    ['::1', /does not begin with an address/],
    ['127.0.0.1:1,127.0.0.2:x', /"127\.0\.0\.2:x" does not end with a number/],
    ['127.0.0.1:-1', /does not end with a number/],
    ['127.0.0.1:', /does not end with a number/],
  ] as const) {
    assert.throws(() => new BrokerConfig({ 'max.connections.per.ip.overrides': text }), reason, text)
  }
})

interface Setup {
  readonly config?: Readonly<Record<string, string | number>>
}

async function setUp(t: TestContext, { config = {} }: Setup = {}) {
  const logger = new LineCollector()
  const broker = await startBroker(t, { config: { 'quota.window.num': 2, ...config }, logger })
  const clock = new ManualClock()
  const server = new Server(withClock(broker, clock))
  const network = new FakeNetwork()
  await server.listen(network, plainText, undefined)
  t.after(async () => {
    server.drain()
    await server.closed()
  })
  const refusals = () =>
    logger.lines
      .filter(({ event }) => event === 'connection.refused')
      .map(({ fields }) => String(fields['reason']))
  return { broker, clock, server, network, refusals }
}

const crowd = (network: FakeNetwork, count: number, address?: string) =>
  Array.from({ length: count }, () => network.arrive(address))
const startedOf = (sockets: readonly { readonly started: boolean }[]) =>
  sockets.filter(({ started }) => started).length

test('connections that come faster than they may wait their turn, and all come in', async t => {
  const { clock, network, server } = await setUp(t, { config: { 'max.connection.creation.rate': 4 } })
  const sockets = crowd(network, 12)
  // One second of history: four at once.
  assert.equal(startedOf(sockets), 4)
  let seconds = 0
  while (startedOf(sockets) < 12) {
    const before = startedOf(sockets)
    await clock.pass(1_000)
    seconds++
    assert.ok(startedOf(sockets) - before <= 5, `${startedOf(sockets) - before} in a second`)
    assert.deepEqual(
      sockets.map(({ started }) => started),
      sockets.map((_, index) => index < startedOf(sockets)),
    )
  }
  assert.ok(seconds >= 2, `${seconds} s`)
  assert.equal(server.connectionCount, 12)
})

test('a listener has a pace of its own, and so many wait for it as there may', async t => {
  const { clock, network, refusals } = await setUp(t, {
    config: { 'listener.name.plaintext.max.connection.creation.rate': 1, 'socket.listen.backlog.size': 3 },
  })
  const sockets = crowd(network, 8)
  assert.equal(startedOf(sockets), 1)
  assert.deepEqual(
    sockets.map(({ destroyed }) => destroyed),
    [false, false, false, false, true, true, true, true].map((_, index) => index > 3),
  )
  assert.match(refusals()[0]!, /^max\.connection\.creation\.rate: socket\.listen\.backlog\.size wait already/)
  for (let i = 0; i < 10; i++) await clock.pass(1_000)
  assert.equal(startedOf(sockets), 4)
})

async function setIpQuota(
  client: TestClient,
  entityName: string | null,
  value: number | null,
): Promise<void> {
  const reply = await client.send(AlterClientQuotasApi, 1, {
    entries: [
      {
        entity: [{ entityType: 'ip', entityName }],
        ops: [{ key: 'connection_creation_rate', value: value ?? 0, remove: value === null }],
      },
    ],
    validateOnly: false,
  })
  assert.equal(reply.entries[0]!.errorCode, ErrorCode.NONE, reply.entries[0]!.errorMessage ?? '')
}

test('an address that connects too often is closed after a while, and others come in', async t => {
  const { broker, clock, network, server, refusals } = await setUp(t)
  const admin = await connect(t, broker)
  await setIpQuota(admin, '192.0.2.7', 2)
  const often = crowd(network, 5, '::ffff:192.0.2.7')
  const others = crowd(network, 20, '192.0.2.8')
  assert.deepEqual([startedOf(often), startedOf(others)], [2, 20])
  assert.ok(often.every(({ destroyed }) => !destroyed))
  await clock.pass(1_000)
  assert.deepEqual(
    often.map(({ destroyed }) => destroyed),
    [false, false, true, true, true],
  )
  assert.equal(refusals()[0], 'the quota connection_creation_rate of its address')
  // What was refused did not count.
  await clock.pass(2_000)
  assert.equal(startedOf(crowd(network, 3, '192.0.2.7')), 2)
  await setIpQuota(admin, null, 1)
  assert.equal(startedOf(crowd(network, 3, '192.0.2.8')), 1)
  await setIpQuota(admin, '192.0.2.7', null)
  await setIpQuota(admin, null, null)
  assert.equal(startedOf(crowd(network, 9, '192.0.2.7')), 9)
  assert.ok(server.connectionCount > 30)
})

test('a pace that is set while the broker runs holds from then on, and who waits when it closes is closed', async t => {
  const { broker, network, server } = await setUp(t)
  const admin = await connect(t, broker)
  const reply = await admin.send(IncrementalAlterConfigsApi, 1, {
    resources: [
      {
        resourceType: resourceTypes.BROKER,
        resourceName: '',
        configs: [{ name: 'max.connection.creation.rate', configOperation: 0, value: '2' }],
      },
    ],
    validateOnly: false,
  })
  assert.equal(reply.responses[0]!.errorCode, ErrorCode.NONE)
  // The code for it is loaded now.
  await new Promise(resolve => setTimeout(resolve, 50))
  const sockets = crowd(network, 5)
  assert.equal(startedOf(sockets), 2)
  server.drain()
  assert.ok(sockets.slice(2).every(({ destroyed }) => destroyed))
})
