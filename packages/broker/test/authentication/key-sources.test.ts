// Where OAUTHBEARER takes the keys of tokens from: what is wrong there is said at the start, by the name of the property.
import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import {
  ErrorCode,
  IncrementalAlterConfigsApi,
  SaslAuthenticateApi,
  SaslHandshakeApi,
} from '@millrace/protocol'
import { ConfigError } from '../../src/config/definition.ts'
import { connect, LineCollector, startBroker, temporaryDirectory } from '../broker-fixture.ts'

const property = 'listener.name.sasl.oauthbearer.sasl.oauthbearer.jwks.endpoint.url'
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const keys = JSON.stringify({ keys: [{ kid: 'one', use: 'sig', ...publicKey.export({ format: 'jwk' }) }] })

function start(t: TestContext, url: string, logger = new LineCollector()) {
  return startBroker(t, {
    logger,
    config: {
      listeners: 'SASL://127.0.0.1:0',
      'listener.security.protocol.map': 'SASL:SASL_PLAINTEXT',
      'sasl.enabled.mechanisms': 'OAUTHBEARER',
      'sasl.oauthbearer.jwks.endpoint.url': url,
    },
  })
}

/** A message of a client with a token that the key signs. */
function loginOf(subject: string): Buffer {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    sub: subject,
    iat: Math.floor(Date.now() / 1000),
    exp: Math.floor(Date.now() / 1000) + 600,
  }
  const signed = `${part({ alg: 'RS256', kid: 'one' })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(signed), privateKey).toString('base64url')
  return Buffer.from(`n,,\x01auth=Bearer ${signed}.${signature}\x01\x01`)
}

test('a file of keys that is not there, or is none, keeps the broker from starting', async t => {
  const directory = temporaryDirectory(t)
  const garbage = join(directory, 'garbage.json')
  writeFileSync(garbage, 'no keys')
  const listless = join(directory, 'listless.json')
  writeFileSync(listless, '{"key":1}')
  const folder = join(directory, 'folder')
  mkdirSync(folder)
  const huge = join(directory, 'huge.json')
  writeFileSync(huge, '')
  truncateSync(huge, 2 ** 40)
  const cases: readonly (readonly [string, RegExp])[] = [
    [join(directory, 'missing.json'), /: there is no file file:.*missing\.json$/],
    [garbage, /: file:.*garbage\.json cannot be read: it is no JSON$/],
    [listless, /: file:.*listless\.json cannot be read: the JWKS has no list "keys"$/],
    [folder, /: file:.*folder cannot be read: it is no file$/],
    [huge, /: file:.*huge\.json cannot be read: it has more than 1048576 bytes$/],
  ]
  for (const [path, message] of cases) {
    await assert.rejects(start(t, pathToFileURL(path).href), (error: Error) => {
      assert.ok(error instanceof ConfigError, String(error))
      assert.equal(error.message.slice(0, property.length), property)
      assert.match(error.message, message)
      return true
    })
  }
})

test('a token that a key of the file has signed logs in', async t => {
  const file = join(temporaryDirectory(t), 'keys.json')
  writeFileSync(file, keys)
  const client = await connect(t, await start(t, pathToFileURL(file).href))
  await client.send(SaslHandshakeApi, 1, { mechanism: 'OAUTHBEARER' })
  const reply = await client.send(SaslAuthenticateApi, 2, { authBytes: loginOf('dora') })
  assert.equal(reply.errorCode, ErrorCode.NONE, reply.errorMessage ?? '')
})

test('keys that were read stay when another setting changes while their file is gone', async t => {
  const file = join(temporaryDirectory(t), 'keys.json')
  writeFileSync(file, keys)
  const broker = await start(t, pathToFileURL(file).href)
  rmSync(file)
  for (let login = 0; login < 2; login++) {
    const client = await connect(t, broker)
    await client.send(SaslHandshakeApi, 1, { mechanism: 'OAUTHBEARER' })
    const reply = await client.send(SaslAuthenticateApi, 2, { authBytes: loginOf('dora') })
    assert.equal(reply.authBytes.toString(), '')
    const altered = await client.send(IncrementalAlterConfigsApi, 1, {
      resources: [
        {
          resourceType: 4,
          resourceName: '',
          configs: [{ name: 'log.retention.ms', configOperation: 0, value: '1000' }],
        },
      ],
      validateOnly: false,
    })
    assert.equal(altered.responses[0]!.errorCode, ErrorCode.NONE)
  }
})

test('a server of keys that is down is told at the start, which goes on', async t => {
  const logger = new LineCollector()
  await start(t, 'http://127.0.0.1:1/keys', logger)
  while (!logger.events().includes('jwks.load_failed')) await new Promise(resolve => setImmediate(resolve))
  const { fields } = logger.lines.find(({ event }) => event === 'jwks.load_failed')!
  assert.match(String(fields['error']), /^http:\/\/127\.0\.0\.1:1\/keys cannot be read/)
})
