// Key stores that Java's keytool has made: PKCS12 is read, and of what is not read it is said what to do.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { MetadataApi } from '@millrace/protocol'
import { ConfigError } from '../../src/config/definition.ts'
import { startBroker, temporaryDirectory } from '../broker-fixture.ts'
import { TestClient } from '../test-client.ts'
import { keytoolStores, storeCertificate, storePassword } from './keytool-stores.ts'

type Changes = Readonly<Record<string, string>>

function start(t: TestContext, store: Buffer, changes: Changes = {}) {
  const location = join(temporaryDirectory(t), 'server.store')
  writeFileSync(location, store)
  return startBroker(t, {
    config: {
      listeners: 'SSL://127.0.0.1:0',
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': location,
      'ssl.keystore.password': storePassword,
      ...changes,
    },
  })
}

test('a PKCS12 store of keytool secures a listener; its type is also what Kafka takes it for by default', async t => {
  for (const type of ['PKCS12', 'JKS']) {
    const broker = await start(t, keytoolStores.pkcs12, { 'ssl.keystore.type': type })
    const socket = await new Promise<TLSSocket>((resolve, reject) => {
      const opened = connectTls(
        { port: broker.port, host: 'localhost', servername: 'localhost', ca: storeCertificate },
        () => resolve(opened),
      )
      opened.on('error', reject)
    })
    const client = TestClient.over(socket)
    t.after(() => client.close())
    assert.equal((await client.send(MetadataApi, 9, { topics: [] })).brokers.length, 1)
  }
})

const refused: readonly (readonly [what: string, store: Buffer, changes: Changes, message: RegExp])[] = [
  [
    'a wrong password',
    keytoolStores.pkcs12,
    { 'ssl.keystore.password': 'guessed' },
    /ssl\.keystore\.password.*wrong or missing|password is wrong or missing/,
  ],
  [
    'a store of an old keytool',
    keytoolStores.oldPkcs12,
    {},
    /encrypted as old versions of keytool do.*keytool -importkeystore -srckeystore .*server\.store -destkeystore .*\.p12 -deststoretype PKCS12/,
  ],
  [
    "Java's own format",
    keytoolStores.jks,
    { 'ssl.keystore.type': 'JKS' },
    /server\.store is a key store of Java \(JKS\), which is not read.*keytool -importkeystore .*-deststoretype PKCS12/,
  ],
  ['a store without a private key', keytoolStores.trustStore, {}, /has no private key/],
  ['what is no store', Buffer.from('nothing'), {}, /is no PKCS12 store/],
  [
    'a trust store in PKCS12',
    keytoolStores.pkcs12,
    {
      'ssl.client.auth': 'required',
      'ssl.truststore.type': 'PKCS12',
      'ssl.truststore.location': '/etc/trust.p12',
    },
    /truststore\.location: trust stores are read as PEM only.*keytool -list -rfc/,
  ],
]

for (const [what, store, changes, message] of refused) {
  test(`${what} is refused at the start with what to do about it, and no password`, async t => {
    await assert.rejects(start(t, store, changes), (error: Error) => {
      assert.ok(error instanceof ConfigError, String(error))
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /store-secret|guessed/)
      return true
    })
  })
}
