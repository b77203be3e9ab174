// What a client takes from a server that it logs in to, and where its tokens come from.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import {
  parseScramClientFirst,
  scramAuthMessage,
  scramCredential,
  scramMechanism,
  scramSaltedPassword,
  scramServerFirst,
  scramServerSignature,
} from '@millrace/protocol/security'
import { nodeClock, nodeRandom } from '@millrace/runtime'
import { AuthenticationError } from '../../src/index.ts'
import { saslFromProperties } from '../../src/security/sasl-properties.ts'
import { scramLogin } from '../../src/security/scram-login.ts'
import type { TokenLogin } from '../../src/security/sasl-options.ts'

const login = { mechanism: 'scram-sha-256', username: 'bob', password: 'bob-secret' } as const
const salt = Buffer.from('some salt')

interface Server {
  readonly nonce?: (client: string) => string
  readonly iterations?: number
  /** The password that the server has a credential of. */
  readonly password?: string
  readonly final?: string
}

/** A server that does as it should but for what the test says. */
async function against({
  nonce = client => `${client}server`,
  iterations = 4096,
  password = 'bob-secret',
  final,
}: Server) {
  const mechanism = scramMechanism('SCRAM-SHA-256')!
  const salted = await scramSaltedPassword(mechanism, password, salt, 4096)
  const { serverKey } = scramCredential(mechanism, salted, salt, 4096)
  let bare = ''
  let first = ''
  await scramLogin(login, nodeRandom, 'broker:1', async token => {
    let answer: string
    if (first === '') {
      const message = parseScramClientFirst(token)
      bare = message.bare
      first = scramServerFirst({ nonce: nonce(message.nonce), salt, iterations })
      answer = first
    } else {
      const withoutProof = token.toString().replace(/,p=.*$/, '')
      const signature = scramServerSignature(
        mechanism,
        serverKey,
        scramAuthMessage(bare, first, withoutProof),
      )
      answer = final ?? `v=${signature.toString('base64')}`
    }
    return { bytes: Buffer.from(answer), sessionLifetimeMs: 0 }
  })
}

test('a server that proves itself is taken, and none that does not', async () => {
  await against({})
  for (const [server, message] of [
    [{ password: 'other' }, /not the server that it seems to be/],
    [{ nonce: () => 'another' }, /its nonce is another one/],
    [{ nonce: (client: string) => client }, /its nonce is another one/],
    [{ iterations: 1 }, /asks for 1 iterations/],
    [{ iterations: 999_999_999 }, /asks for 999999999 iterations/],
    [{ final: 'e=other-error' }, /refuses user "bob": other-error/],
    [{ final: 'garbage' }, /does not speak SCRAM as it should/],
  ] as const) {
    await assert.rejects(against(server), (error: unknown) => {
      assert.ok(error instanceof AuthenticationError)
      assert.match(error.message, message)
      return true
    })
  }
})

function tokenOf(properties: Readonly<Record<string, string>>): Promise<string> {
  const options = saslFromProperties(
    { 'sasl.mechanism': 'OAUTHBEARER', ...properties },
    nodeClock,
  ) as TokenLogin
  return Promise.resolve((options.token as () => Promise<string>)())
}

test('tokens come from a file, read at each login', async t => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-token-'))
  t.after(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'token')
  writeFileSync(path, 'first\n')
  const properties = { 'sasl.oauthbearer.token.endpoint.url': pathToFileURL(path).href }
  assert.equal(await tokenOf(properties), 'first')
  writeFileSync(path, 'second')
  assert.equal(await tokenOf(properties), 'second')
  rmSync(path)
  await assert.rejects(tokenOf(properties), AuthenticationError)
})

test('tokens come from a provider for an id and a secret, which no error repeats', async t => {
  const asked: string[] = []
  const provider = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => (body += String(chunk)))
    request.on('end', () => {
      asked.push(`${request.method} ${request.headers.authorization} ${body}`)
      if (body.includes('plain')) response.end('secret-token')
      else if (body.includes('bad')) response.writeHead(401).end('no, client-secret is wrong')
      else response.end(JSON.stringify({ access_token: 'a-token', expires_in: 60 }))
    })
  }).listen(0, '127.0.0.1')
  t.after(() => provider.close())
  await once(provider, 'listening')
  const { port } = provider.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/token`
  const jaas =
    'org.example.OAuthBearerLoginModule required clientId="me" clientSecret="client-secret" scope="read";'
  const properties = { 'sasl.oauthbearer.token.endpoint.url': url, 'sasl.jaas.config': jaas }
  assert.equal(await tokenOf(properties), 'a-token')
  const credentials = Buffer.from('me:client-secret').toString('base64')
  assert.deepEqual(asked, [`POST Basic ${credentials} grant_type=client_credentials&scope=read`])
  await assert.rejects(tokenOf({ ...properties, 'sasl.oauthbearer.scope': 'bad' }), (error: Error) => {
    assert.ok(error instanceof AuthenticationError)
    assert.equal(error.message, `no token from ${url}: status 401`)
    return true
  })
  await assert.rejects(tokenOf({ ...properties, 'sasl.oauthbearer.scope': 'plain' }), (error: Error) => {
    assert.equal(error.message, `no token from ${url}: the answer has no access_token`)
    return true
  })
})
