// Logging in to Amazon MSK as the example does it: signatures are those of AWS's own test vectors, and a broker that checks them is content.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslAuthenticateApi, SaslHandshakeApi } from '@millrace/protocol'
import { parseOAuthBearerMessage } from '@millrace/protocol/security'
import { type AwsCredentials, presign, queryOf } from '../../../../examples/msk-iam/presign.ts'
import { mskBearer, mskIam, type MskOptions } from '../../../../examples/msk-iam/msk-iam.ts'
import { Admin, AuthenticationError, type SaslOptions } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

const example = {
  host: 'example.amazonaws.com',
  region: 'us-east-1',
  service: 'service',
  expiresInSeconds: 3600,
}
const exampleKey = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
const exampleTime = new Date('2015-08-30T12:36:00Z')

/** Of the suite "aws-signing-test-suite", signed in the query. */
const vectors: [
  name: string,
  query: Record<string, string>,
  credentials: AwsCredentials,
  signature: string,
][] = [
  [
    'get-vanilla-query-order-key-case',
    { Param2: 'value2', Param1: 'value1' },
    exampleKey,
    '86012e2c9ad4d77369f5d81c11f75158aae4f895a085212cc6d3f923d300bed5',
  ],
  [
    'get-vanilla-with-session-token',
    {},
    {
      ...exampleKey,
      sessionToken: '6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267',
    },
    '7ff2b50b376cb4d151970630573d6291dc128cc5c2a12ffb237f73cc53f67b6c',
  ],
]

for (const [name, query, credentials, signature] of vectors) {
  test(`the signature of ${name} is that of AWS`, () => {
    const signed = presign({ ...example, query }, credentials, exampleTime)
    assert.equal(signed['X-Amz-Signature'], signature)
  })
}

test('names and values are encoded as AWS wants them, in the order of their bytes', () => {
  assert.equal(
    queryOf({ b: "a b!'()*", a: 'x/y=z&', B: '~-_.é' }),
    'B=~-_.%C3%A9&a=x%2Fy%3Dz%26&b=a%20b%21%27%28%29%2A',
  )
})

const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'a-secret', sessionToken: 'a-session' }
const now = new Date('2026-03-04T05:06:07Z')
const options: MskOptions = {
  region: 'eu-central-1',
  credentials: () => Promise.resolve(credentials),
  now: () => now,
}

/** Whether the parameters, names in lower case, were signed for the host by who has the secret. */
function isSigned(host: string, given: Readonly<Record<string, string>>): boolean {
  const service = 'kafka-cluster'
  const query = { Action: 'kafka-cluster:Connect' }
  const request = { host, region: 'eu-central-1', service, query, expiresInSeconds: 900 }
  const wanted = presign(request, credentials, now)
  return Object.entries(wanted).every(([name, value]) => given[name.toLowerCase()] === value)
}

/** A broker of MSK that lets in who has signed, and says what came. */
function mskCluster(mechanism: string, check: (token: Buffer) => boolean): FakeCluster {
  const cluster = new FakeCluster()
  cluster.on(SaslHandshakeApi, ({ request }) => ({
    errorCode: request.mechanism === mechanism ? 0 : 33,
    mechanisms: [mechanism],
  }))
  cluster.on(SaslAuthenticateApi, ({ request }) => {
    const isGood = check(request.authBytes)
    return {
      errorCode: isGood ? 0 : 58,
      errorMessage: isGood ? null : 'Access denied',
      authBytes: Buffer.from(isGood && mechanism === 'AWS_MSK_IAM' ? '{"version":"2020_10_22"}' : ''),
      sessionLifetimeMs: 0,
    }
  })
  return cluster
}

async function listTopics(cluster: FakeCluster, sasl: SaslOptions): Promise<void> {
  const admin = new Admin({ brokers: cluster.bootstrap, network: cluster.network, sasl })
  try {
    await admin.listTopics()
  } finally {
    admin.close()
  }
}

function signedForBroker(token: Buffer): boolean {
  const {
    version,
    host,
    'user-agent': agent,
    ...given
  } = JSON.parse(token.toString()) as Record<string, string>
  assert.deepEqual([version, host, agent], ['2020_10_22', 'fake', 'millrace'])
  return isSigned('fake', given)
}

function signedForRegion(token: Buffer): boolean {
  const url = new URL(Buffer.from(parseOAuthBearerMessage(token).token, 'base64url').toString())
  assert.equal(url.host, 'kafka.eu-central-1.amazonaws.com')
  const given = [...url.searchParams].map(([name, value]) => [name.toLowerCase(), value])
  return isSigned(url.host, Object.fromEntries(given) as Record<string, string>)
}

const ways: [name: string, login: (options: MskOptions) => SaslOptions, check: (token: Buffer) => boolean][] =
  [
    ['AWS_MSK_IAM', mskIam, signedForBroker],
    ['OAUTHBEARER', mskBearer, signedForRegion],
  ]

for (const [mechanism, login, check] of ways) {
  test(`a broker that has ${mechanism} lets in who signs, and nobody else`, async () => {
    const cluster = mskCluster(mechanism, check)
    await listTopics(cluster, login(options))
    assert.equal(cluster.count('SaslAuthenticate'), 1)
    const wrong = { ...credentials, secretAccessKey: 'another' }
    const denied = login({ ...options, credentials: () => Promise.resolve(wrong) })
    await assert.rejects(listTopics(cluster, denied), (error: Error) => {
      assert.ok(error instanceof AuthenticationError)
      assert.match(error.message, new RegExp(`\\(${mechanism}\\): Access denied`))
      assert.doesNotMatch(error.message, /a-secret|another|a-session/)
      return true
    })
  })
}
