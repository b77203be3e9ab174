// How listeners are written, and which address clients are told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BrokerConfig } from '../src/config/broker-config.ts'
import { ConfigError } from '../src/config/definition.ts'
import { advertise, parseListeners, readAddresses, securityProtocols } from '../src/server/listeners.ts'

test('listeners are NAME://host:port', () => {
  assert.deepEqual(
    parseListeners('listeners', ['plaintext://0.0.0.0:9092', 'INTERNAL://[::1]:0', 'X://:1']),
    [
      { name: 'PLAINTEXT', host: '0.0.0.0', port: 9092 },
      { name: 'INTERNAL', host: '::1', port: 0 },
      { name: 'X', host: '', port: 1 },
    ],
  )
})

test('what is no listener is refused with the item in the message', () => {
  for (const item of ['localhost:9092', 'PLAINTEXT://h', 'PLAINTEXT://h:70000', 'A B://h:1', 'P://a:b:1']) {
    assert.throws(
      () => parseListeners('listeners', [item]),
      (error: Error) => error instanceof ConfigError && error.message.includes(item),
    )
  }
})

test('two listeners need two names and two addresses', () => {
  assert.throws(() => parseListeners('listeners', ['A://h:1', 'A://h:2']), ConfigError)
  assert.throws(() => parseListeners('listeners', ['A://h:1', 'B://h:1']), ConfigError)
  assert.equal(parseListeners('listeners', ['A://h:0', 'B://h:0']).length, 2)
})

test('a client is told the advertised address, else the bound one, and never a wildcard', () => {
  const bound = { name: 'PLAINTEXT', host: '0.0.0.0', port: 40_001 }
  assert.deepEqual(advertise(bound, undefined), {
    name: 'PLAINTEXT',
    host: 'localhost',
    port: 40_001,
    securityProtocol: 'PLAINTEXT',
  })
  const outside = { name: 'PLAINTEXT', host: 'kafka.example', port: 19_092 }
  assert.equal(advertise(bound, outside).host, 'kafka.example')
  assert.equal(advertise(bound, outside).port, 19_092)
  assert.equal(advertise(bound, { ...outside, port: 0 }).port, 40_001)
  assert.throws(() => advertise(bound, { ...outside, host: '0.0.0.0' }), ConfigError)
})

test('the protocol of each listener stands in the map, by any spelling', () => {
  const map = 'plaintext:plaintext, INTERNAL:SASL_SSL,OTHER:SSL'
  assert.deepEqual(
    [...securityProtocols(['PLAINTEXT', 'INTERNAL'], map)],
    [
      ['PLAINTEXT', 'PLAINTEXT'],
      ['INTERNAL', 'SASL_SSL'],
    ],
  )
  for (const [names, bad] of [
    [['EXTERNAL'], map],
    [['PLAINTEXT'], 'PLAINTEXT:TLS'],
    [['PLAINTEXT'], 'PLAINTEXT'],
    [['PLAINTEXT'], ''],
  ] as const) {
    assert.throws(() => securityProtocols(names, bad), ConfigError, bad)
  }
})

test('listeners of the controller are not opened: one node is its own', () => {
  const config = new BrokerConfig({
    listeners: 'PLAINTEXT://:9092,CONTROLLER://:9093',
    'controller.listener.names': 'CONTROLLER',
    'process.roles': 'broker,controller',
  })
  const { listeners, protocols } = readAddresses(config)
  assert.deepEqual(
    listeners.map(({ name }) => name),
    ['PLAINTEXT'],
  )
  assert.deepEqual([...protocols], [['PLAINTEXT', 'PLAINTEXT']])
})
