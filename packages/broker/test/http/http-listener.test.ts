// The HTTP port: what it answers, and what it does with those who speak otherwise.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { MetadataApi } from '@millrace/protocol'
import { nodeDisk } from '@millrace/log'
import { parseHttpAddress } from '../../src/http/http-address.ts'
import { httpConnectionsMax, httpHeadMaxBytes } from '../../src/limits.ts'
import { connect as connectClient, startBroker, temporaryDirectory } from '../broker-fixture.ts'

const config = { 'http.listener': '127.0.0.1:0' }

/** Sends bytes and resolves with all that comes back until the connection ends. */
async function talk(url: string, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  await once(socket, 'connect')
  let received = ''
  socket.on('data', (data: Buffer) => (received += data.toString('latin1')))
  socket.on('error', () => {})
  for (const part of parts) {
    socket.write(part)
    await new Promise(resolve => setImmediate(resolve))
  }
  await once(socket, 'close')
  return received
}

const statusOf = (reply: string) => Number(/^HTTP\/1\.1 (\d+) /.exec(reply)?.[1])

test('probes and people find what there is, and what is not there is said', async t => {
  const url = (await startBroker(t, { config })).httpUrl!
  const get = async (path: string, init?: RequestInit) => {
    const reply = await fetch(`${url}${path}`, init)
    return [reply.status, await reply.text()]
  }
  assert.deepEqual(await get('/healthz'), [200, 'alive\n'])
  assert.deepEqual(await get('/readyz'), [200, 'ready\n'])
  assert.match(String((await get('/'))[1]), /\/metrics/)
  assert.deepEqual(await get('/metric'), [
    404,
    'there is no /metric here; there are /metrics, /healthz and /readyz\n',
  ])
  assert.deepEqual(await get('/metrics', { method: 'HEAD' }), [200, ''])
  assert.equal((await get('/metrics', { method: 'DELETE' }))[0], 405)
  assert.equal((await get('/metrics', { method: 'POST', body: 'x' }))[0], 413)
})

test('who speaks something else is told, and harms nobody', async t => {
  const broker = await startBroker(t, { config })
  const url = broker.httpUrl!
  assert.equal(statusOf(await talk(url, 'hello\r\n\r\n')), 400)
  assert.equal(statusOf(await talk(url, 'GET /metrics SPDY/3\r\n\r\n')), 400)
  assert.equal(statusOf(await talk(url, `GET / HTTP/1.1\r\nX: ${'x'.repeat(httpHeadMaxBytes)}`)), 431)
  assert.equal(statusOf(await talk(url, 'GET /read', 'yz HTTP/1.1\r\nHost', ': x\r\n', '\r\n')), 200)
  const old = await talk(url, 'GET /readyz HTTP/1.0\r\n\r\n')
  assert.ok(old.endsWith('\r\n\r\nready\n'), old)
  const kafka = await connectClient(t, broker)
  const reply = await kafka.send(MetadataApi, 9, { topics: [], allowAutoTopicCreation: false })
  assert.equal(reply.brokers.length, 1)
})

test('connections are bounded, and a place that is left can be had again', async t => {
  const url = (await startBroker(t, { config })).httpUrl!
  const port = Number(new URL(url).port)
  const sockets = Array.from({ length: httpConnectionsMax }, () => connect(port, '127.0.0.1'))
  await Promise.all(sockets.map(socket => once(socket, 'connect')))
  const another = connect(port, '127.0.0.1')
  another.on('error', () => {})
  await once(another, 'close')
  for (const socket of sockets) socket.destroy()
  let status = 0
  while (status !== 200) status = (await fetch(`${url}/readyz`).catch(() => ({ status: 0 }))).status
})

test('a broker whose disk has failed is neither ready nor alive', async t => {
  let broken = false
  const disk = Object.assign(Object.create(nodeDisk) as typeof nodeDisk, {
    open: (...args: Parameters<typeof nodeDisk.open>) => {
      const file = nodeDisk.open(...args)
      const datasync = file.datasync.bind(file)
      const failure = () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }))
      file.datasync = () => (broken ? failure() : datasync())
      return file
    },
  })
  const broker = await startBroker(t, {
    disk,
    dataDir: temporaryDirectory(t),
    config: { ...config, 'log.fsync': 'group' },
  })
  const client = await connectClient(t, broker)
  broken = true
  await client.send(MetadataApi, 9, { topics: [{ name: 'orders' }], allowAutoTopicCreation: true })
  for (const path of ['/readyz', '/healthz']) {
    const reply = await fetch(`${broker.httpUrl}${path}`)
    assert.equal(reply.status, 503)
    assert.match(await reply.text(), /the disk has failed/)
  }
})

test('an address that cannot be bound keeps the broker from starting, and says what to do', async t => {
  const taken = (await startBroker(t, { config })).httpUrl!
  await assert.rejects(startBroker(t, { config: { 'http.listener': new URL(taken).host } }), {
    name: 'ListenError',
    message: /^http:\/\/127\.0\.0\.1:\d+: the port is taken .*"http\.listener"/,
  })
  await assert.rejects(startBroker(t, { config: { 'http.listener': '9404' } }), {
    name: 'ConfigError',
    message: 'http.listener: "9404" is not HOST:PORT, as in 127.0.0.1:9404',
  })
})

test('addresses are read as people write them', () => {
  assert.deepEqual(parseHttpAddress('127.0.0.1:9404'), { host: '127.0.0.1', port: 9404 })
  assert.deepEqual(parseHttpAddress('http://localhost:1/'), { host: 'localhost', port: 1 })
  assert.deepEqual(parseHttpAddress('HTTP://[::1]:0'), { host: '::1', port: 0 })
  assert.deepEqual(parseHttpAddress(':9404'), { host: '0.0.0.0', port: 9404 })
  for (const bad of ['', '9404', 'a:b', '127.0.0.1:70000', 'https://x:1', 'x:1/metrics'])
    assert.throws(() => parseHttpAddress(bad), { name: 'ConfigError' })
})
