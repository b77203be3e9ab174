// Puts the same courses of SASL to Millrace (OURS) and to Apache Kafka (THEIRS), good ones and bad ones, and compares what comes back:
// error codes, messages, mechanisms, whether the connection ends. Prints a PASS or FAIL line for each.
import { isDeepStrictEqual } from 'node:util'
import {
  AlterUserScramCredentialsApi,
  ApiVersionsApi,
  DescribeUserScramCredentialsApi,
  MetadataApi,
  SaslAuthenticateApi,
  SaslHandshakeApi,
} from '@millrace/protocol'
import {
  scramLogin,
  unsignedToken,
  plainToken,
} from '../../packages/broker/test/authentication/sasl-fixture.ts'
import { TestClient } from '../../packages/broker/test/test-client.ts'

/** One connection, and what it was answered. */
class Talk {
  readonly answers: unknown[] = []
  readonly client: TestClient

  constructor(client: TestClient) {
    this.client = client
  }

  /** Notes the answer, or that the connection was closed instead. */
  async note(answer: Promise<unknown>): Promise<void> {
    this.answers.push(await answer.catch((error: Error) => error.message))
  }

  versions = (version = 3) =>
    this.note(
      this.client
        .send(ApiVersionsApi, version, { clientSoftwareName: 'test', clientSoftwareVersion: '1' })
        .then(({ errorCode }) => ({ errorCode })),
    )

  handshake = (mechanism: string, version = 1) =>
    this.note(
      this.client
        .send(SaslHandshakeApi, version, { mechanism })
        // Apache Kafka's are in the order of a hash table.
        .then(({ errorCode, mechanisms }) => ({ errorCode, mechanisms: [...mechanisms].sort() })),
    )

  token = async (bytes: Buffer, version = 2): Promise<Buffer> => {
    let answered: Buffer = Buffer.alloc(0)
    await this.note(
      this.client.send(SaslAuthenticateApi, version, { authBytes: bytes }).then(reply => {
        const { errorCode, errorMessage, authBytes, sessionLifetimeMs } = reply
        answered = authBytes
        // What a server adds of its own (nonce, salt, signature) differs by nature; how long a login holds, by milliseconds.
        const text = authBytes.toString().replace(/=.*/s, '=')
        return { errorCode, errorMessage, text, seconds: Math.round(sessionLifetimeMs / 1000) }
      }),
    )
    return answered
  }

  metadata = () =>
    this.note(this.client.send(MetadataApi, 9, { topics: [] }).then(({ brokers }) => brokers.length))

  async scram(name: 'SCRAM-SHA-256' | 'SCRAM-SHA-512', user: string, password: string): Promise<void> {
    await scramLogin(name, user, password, token => this.token(token)).catch(() => {})
  }
}

const alice = plainToken('alice', 'alice-secret')
const soon = () => Date.now() + 30_000

const courses: readonly (readonly [name: string, run: (talk: Talk) => Promise<unknown>])[] = [
  [
    'PLAIN',
    async t => (await t.versions(), await t.handshake('PLAIN'), await t.token(alice), await t.metadata()),
  ],
  [
    'PLAIN without ApiVersions',
    async t => (await t.handshake('PLAIN'), await t.token(alice), await t.metadata()),
  ],
  [
    'version 0 of SaslAuthenticate',
    async t => (await t.handshake('PLAIN'), await t.token(alice, 0), await t.metadata()),
  ],
  [
    'a wrong password',
    async t => (await t.handshake('PLAIN'), await t.token(plainToken('alice', 'x')), await t.metadata()),
  ],
  [
    'a user that there is not',
    async t => (await t.handshake('PLAIN'), await t.token(plainToken('x', 'x')), await t.metadata()),
  ],
  [
    'no user',
    async t => (await t.handshake('PLAIN'), await t.token(plainToken('', 'x')), await t.metadata()),
  ],
  [
    'no password',
    async t => (await t.handshake('PLAIN'), await t.token(plainToken('alice', '')), await t.metadata()),
  ],
  ['nothing', async t => (await t.handshake('PLAIN'), await t.token(Buffer.alloc(0)), await t.metadata())],
  [
    'four parts',
    async t => (await t.handshake('PLAIN'), await t.token(Buffer.from('a\0b\0c\0d')), await t.metadata()),
  ],
  [
    'another name to act for',
    async t => (await t.handshake('PLAIN'), await t.token(Buffer.from('bob\0alice\0alice-secret'))),
  ],
  [
    'its own name to act for',
    async t => (await t.handshake('PLAIN'), await t.token(Buffer.from('alice\0alice\0alice-secret'))),
  ],
  ['a mechanism that there is not', async t => (await t.handshake('GSSAPI'), await t.metadata())],
  ['a mechanism in lower case', async t => (await t.handshake('plain'), await t.metadata())],
  ['two mechanisms', async t => (await t.handshake('PLAIN'), await t.handshake('PLAIN'), await t.metadata())],
  ['a token first', async t => (await t.token(alice), await t.metadata())],
  ['a request first', async t => t.metadata()],
  ['ApiVersions two times', async t => (await t.versions(), await t.versions(), await t.handshake('PLAIN'))],
  [
    'ApiVersions behind the handshake',
    async t => (await t.handshake('PLAIN'), await t.versions(), await t.token(alice)),
  ],
  // Other requests between tokens Apache Kafka answers with an error of their own kind before it ends the connection; Millrace just ends it.
  [
    'a handshake behind the login',
    async t => (
      await t.handshake('PLAIN'), await t.token(alice), await t.handshake('PLAIN'), await t.metadata()
    ),
  ],
  [
    'a token behind the login',
    async t => (await t.handshake('PLAIN'), await t.token(alice), await t.token(alice), await t.metadata()),
  ],
  [
    'a token that is too large',
    async t => (await t.handshake('PLAIN'), await t.token(Buffer.alloc(600_000)), await t.metadata()),
  ],
  [
    'SCRAM-SHA-256',
    async t => (
      await t.handshake('SCRAM-SHA-256'),
      await t.scram('SCRAM-SHA-256', 'bob', 'bob-secret'),
      await t.metadata()
    ),
  ],
  [
    'SCRAM-SHA-512',
    async t => (
      await t.handshake('SCRAM-SHA-512'),
      await t.scram('SCRAM-SHA-512', 'bob', 'bob-secret'),
      await t.metadata()
    ),
  ],
  [
    'a wrong password of SCRAM',
    async t => (
      await t.handshake('SCRAM-SHA-512'), await t.scram('SCRAM-SHA-512', 'bob', 'x'), await t.metadata()
    ),
  ],
  [
    'a user of SCRAM that there is not',
    async t => (
      await t.handshake('SCRAM-SHA-512'), await t.scram('SCRAM-SHA-512', 'x', 'x'), await t.metadata()
    ),
  ],
  [
    'garbage for SCRAM',
    async t => (
      await t.handshake('SCRAM-SHA-512'), await t.token(Buffer.from('garbage')), await t.metadata()
    ),
  ],
  [
    'another name to act for by SCRAM',
    async t => (await t.handshake('SCRAM-SHA-512'), await t.token(Buffer.from('n,a=alice,n=bob,r=x'))),
  ],
  [
    'channel binding',
    async t => (await t.handshake('SCRAM-SHA-512'), await t.token(Buffer.from('p=tls-unique,,n=bob,r=x'))),
  ],
  [
    'an extension that there is not',
    async t => (await t.handshake('SCRAM-SHA-512'), await t.token(Buffer.from('n,,n=bob,r=x,other=1'))),
  ],
  [
    'a delegation token that there is not',
    async t => (await t.handshake('SCRAM-SHA-512'), await t.token(Buffer.from('n,,n=id,r=x,tokenauth=true'))),
  ],
  [
    'a final message of another nonce',
    async t => (
      await t.handshake('SCRAM-SHA-256'),
      await t.token(Buffer.from('n,,n=bob,r=x')),
      await t.token(Buffer.from(`c=biws,r=y,p=${Buffer.alloc(32).toString('base64')}`))
    ),
  ],
  [
    'garbage for a final message',
    async t => (
      await t.handshake('SCRAM-SHA-256'),
      await t.token(Buffer.from('n,,n=bob,r=x')),
      await t.token(Buffer.from('x'))
    ),
  ],
  [
    'OAUTHBEARER',
    async t => (
      await t.handshake('OAUTHBEARER'), await t.token(unsignedToken('dora', soon())), await t.metadata()
    ),
  ],
  [
    'a token that has ended',
    async t => (
      await t.handshake('OAUTHBEARER'),
      await t.token(unsignedToken('dora', Date.now() - 60_000)),
      await t.token(Buffer.from([1])),
      await t.metadata()
    ),
  ],
  [
    'garbage for OAUTHBEARER',
    async t => (await t.handshake('OAUTHBEARER'), await t.token(Buffer.from('garbage')), await t.metadata()),
  ],
  [
    'a token that is none',
    async t => (
      await t.handshake('OAUTHBEARER'),
      await t.token(Buffer.from('n,,\x01auth=Bearer x\x01\x01')),
      await t.token(Buffer.from([1]))
    ),
  ],
  [
    'a handshake of version 0',
    async t => (await t.handshake('PLAIN', 0), await raw(t, alice), await t.metadata()),
  ],
  [
    'a wrong password behind it',
    async t => (await t.handshake('PLAIN', 0), await raw(t, plainToken('alice', 'x'))),
  ],
  ['HTTP', async t => t.note(t.client.raw(Buffer.from('GET / HTTP/1.1\r\n\r\n'), 1))],
]

/** A token without a request around it: the answer is a size of 0. */
async function raw({ client, answers }: Talk, token: Buffer): Promise<void> {
  const size = Buffer.alloc(4)
  size.writeInt32BE(token.length)
  const listeners = client.socket.listeners('data') as ((chunk: Buffer) => void)[]
  client.socket.removeAllListeners('data')
  const answer = new Promise<string>(resolve => {
    client.socket.once('data', chunk => resolve(chunk.toString('hex')))
    client.socket.once('close', () => resolve('closed'))
  })
  client.socket.write(Buffer.concat([size, token]))
  answers.push(await answer)
  for (const listener of listeners) client.socket.on('data', listener)
}

type Alter = Parameters<typeof AlterUserScramCredentialsApi.encodeRequest>[1]

const upsert = (name: string, mechanism: number, iterations: number) => ({
  name,
  mechanism,
  iterations,
  salt: Buffer.from('salt'),
  saltedPassword: Buffer.alloc(32, 1),
})

const changes: readonly (readonly [name: string, request: Alter])[] = [
  ['one user', { deletions: [], upsertions: [upsert('erin', 1, 4096)] }],
  ['too few iterations', { deletions: [], upsertions: [upsert('frank', 1, 4095)] }],
  ['too many iterations', { deletions: [], upsertions: [upsert('frank', 1, 16_385)] }],
  ['the most iterations', { deletions: [], upsertions: [upsert('frank', 1, 16_384)] }],
  ['no name', { deletions: [], upsertions: [upsert('', 1, 4096)] }],
  ['a mechanism that there is not', { deletions: [], upsertions: [upsert('grace', 3, 4096)] }],
  ['mechanism 0', { deletions: [{ name: 'grace', mechanism: 0 }], upsertions: [] }],
  [
    'one of two that cannot be',
    { deletions: [], upsertions: [upsert('heidi', 1, 4096), upsert('heidi', 2, 1)] },
  ],
  [
    'two users, one of which cannot be',
    { deletions: [], upsertions: [upsert('ivan', 1, 4096), upsert('judy', 2, 1)] },
  ],
  ['the same two times', { deletions: [], upsertions: [upsert('ken', 1, 4096), upsert('ken', 1, 4097)] }],
  [
    'made and deleted at once',
    { deletions: [{ name: 'erin', mechanism: 1 }], upsertions: [upsert('erin', 1, 4096)] },
  ],
  [
    'deleted, and made for the other',
    { deletions: [{ name: 'erin', mechanism: 1 }], upsertions: [upsert('erin', 2, 4096)] },
  ],
  ['deleted that was not there', { deletions: [{ name: 'nobody', mechanism: 1 }], upsertions: [] }],
  ['deleted without a name', { deletions: [{ name: '', mechanism: 1 }], upsertions: [] }],
  ['nothing', { deletions: [], upsertions: [] }],
]

const looks: readonly (readonly [name: string, users: readonly string[] | null])[] = [
  ['all', null],
  ['all, by an empty list', []],
  ['some', ['erin', 'ivan', 'nobody']],
  ['one two times', ['erin', 'erin', 'ivan']],
  ['one without a name', ['']],
]

const byUser = (a: { readonly user: string }, b: { readonly user: string }) => (a.user < b.user ? -1 : 1)

async function logins(port: number, run: (talk: Talk) => Promise<unknown>): Promise<unknown[]> {
  const client = await TestClient.connect(port)
  const talk = new Talk(client)
  await run(talk)
  await client.close()
  return talk.answers
}

async function altered(port: number, request: Alter): Promise<unknown> {
  const client = await TestClient.connect(port)
  const { results } = await client.send(AlterUserScramCredentialsApi, 0, request)
  await client.close()
  return [...results].sort(byUser)
}

async function described(port: number, users: readonly string[] | null): Promise<unknown> {
  const client = await TestClient.connect(port)
  const reply = await client.send(DescribeUserScramCredentialsApi, 0, {
    users: users?.map(name => ({ name })) ?? null,
  })
  await client.close()
  const results = [...reply.results].sort(byUser).map(({ credentialInfos, ...rest }) => ({
    ...rest,
    credentialInfos: [...credentialInfos].sort((a, b) => a.mechanism - b.mechanism),
  }))
  return { ...reply, throttleTimeMs: 0, results }
}

let count = 0
async function compare(name: string, ask: (side: 'OURS' | 'THEIRS') => Promise<unknown>): Promise<void> {
  count++
  const began = Date.now()
  const [ours, theirs] = await Promise.all([ask('OURS'), ask('THEIRS')])
  const ms = Date.now() - began
  if (isDeepStrictEqual(ours, theirs)) console.log(`PASS\t${ms}\t${name}`)
  else console.log(`FAIL\t${ms}\t${name}\t${JSON.stringify(ours)}\\nApache Kafka: ${JSON.stringify(theirs)}`)
}

/** `OURS_LOGIN`, `THEIRS_OPEN`, …: ports of a listener with SASL and of one without. */
const portOf = (side: string, listener: 'LOGIN' | 'OPEN') => Number(process.env[`${side}_${listener}`])

for (const [name, run] of courses) await compare(`login: ${name}`, side => logins(portOf(side, 'LOGIN'), run))
await compare('login where there is none', side =>
  logins(
    portOf(side, 'OPEN'),
    async t => (await t.handshake('PLAIN'), await t.token(alice), await t.metadata()),
  ),
)
for (const [name, request] of changes)
  await compare(`users: ${name}`, side => altered(portOf(side, 'OPEN'), request))
for (const [name, users] of looks)
  await compare(`users described: ${name}`, side => described(portOf(side, 'OPEN'), users))
console.log(`DONE\t${count}`)
process.exit(0)
