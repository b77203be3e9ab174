// Certificates of a client that change while it lives: from a function, from files, and what cannot be used of them.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Broker } from '@millrace/broker'
import { Admin, type ClientEvent, type ClusterOptions, ConfigError, ConnectionError } from '@millrace/client'
import { TestAuthority } from '@millrace/testkit/certificates'

const authority = new TestAuthority()
const server = authority.issue({ subject: [['CN', 'server']] })
const alice = authority.issue({ subject: [['CN', 'alice']] })
const bob = authority.issue({ subject: [['CN', 'bob']] })

let directory: string
let broker: Broker
let config: Record<string, string>
const path = (name: string) => join(directory, name)

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-renewed-'))
  writeFileSync(path('ca.pem'), authority.cert)
  writeFileSync(path('server.pem'), server.key + server.cert)
  config = {
    'log.fsync': 'never',
    listeners: 'MUTUAL://127.0.0.1:0',
    'listener.security.protocol.map': 'MUTUAL:SSL',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': path('server.pem'),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': path('ca.pem'),
    'ssl.client.auth': 'required',
    'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:bob',
  }
  broker = await Broker.start({ config })
  config['listeners'] = `MUTUAL://${broker.address}`
})

after(async () => {
  await broker.close()
  rmSync(directory, { recursive: true })
})

/** What only bob may: so that it shows who a client is. */
async function mayDescribeAcls(admin: Admin): Promise<boolean> {
  return admin.describeAcls({}).then(
    () => true,
    (error: { code?: string }) => {
      assert.equal(error.code, 'CLUSTER_AUTHORIZATION_FAILED')
      return false
    },
  )
}

/** Ends all connections by starting the broker anew at the same address. */
async function restart(): Promise<void> {
  await broker.close()
  broker = await Broker.start({ config })
}

test('a function gives what is shown on each connection', async () => {
  let shown = alice
  let asked = 0
  await using admin = new Admin({
    brokers: [broker.address],
    reconnectBackoffMs: 1,
    tls: async () => {
      asked++
      return { ca: authority.cert, cert: shown.cert, key: shown.key }
    },
  })
  assert.equal(await mayDescribeAcls(admin), false)
  shown = bob
  assert.equal(await mayDescribeAcls(admin), false)
  assert.equal(asked, 1)
  await restart()
  assert.equal(await mayDescribeAcls(admin), true)
})

test('files are read for each connection; what is no certificate leaves the one before', async () => {
  writeFileSync(path('client.pem'), alice.key + alice.cert)
  const events: ClientEvent[] = []
  await using admin = new Admin({
    'bootstrap.servers': broker.address,
    'security.protocol': 'SSL',
    'ssl.ca.location': path('ca.pem'),
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': path('client.pem'),
    reconnectBackoffMs: 1,
    onEvent: (event: ClientEvent) => events.push(event),
  } as unknown as ClusterOptions)
  assert.equal(await mayDescribeAcls(admin), false)
  writeFileSync(path('client.pem'), 'half of a certif')
  await restart()
  assert.equal(await mayDescribeAcls(admin), false)
  const kept = events.find(({ type }) => type === 'certificate.kept')
  assert.match(kept?.message ?? '', /client\.pem has no private key; connecting to .* with what was there/)
  writeFileSync(path('client.pem'), bob.key + alice.cert)
  await restart()
  assert.equal(await mayDescribeAcls(admin), false)
  writeFileSync(path('client.pem'), bob.key + bob.cert)
  await restart()
  assert.equal(await mayDescribeAcls(admin), true)
})

test('a function that fails is asked again, and what it gives is checked', async () => {
  let times = 0
  await using admin = new Admin({
    brokers: [broker.address],
    reconnectBackoffMs: 1,
    tls: () => {
      if (++times < 3) throw new Error('the vault is sealed')
      return { ca: authority.cert, cert: bob.cert, key: bob.key }
    },
  })
  assert.equal(await mayDescribeAcls(admin), true)
  assert.equal(times, 3)
  await using wrong = new Admin({
    brokers: [broker.address],
    apiTimeoutMs: 300,
    tls: () => ({ cert: bob.cert, key: alice.key }),
  })
  await assert.rejects(wrong.listTopics(), (error: Error) => {
    assert.ok(error instanceof ConfigError, String(error))
    assert.match(error.message, /tls: certificate and private key do not belong together/)
    return true
  })
  await using slow = new Admin({
    brokers: [broker.address],
    connectTimeoutMs: 20,
    apiTimeoutMs: 100,
    tls: () => new Promise(() => {}),
  })
  await assert.rejects(slow.listTopics(), (error: Error) => {
    assert.ok(error.cause instanceof ConnectionError)
    assert.match(error.message, /the function "tls" took longer than 20 ms/)
    return true
  })
})
