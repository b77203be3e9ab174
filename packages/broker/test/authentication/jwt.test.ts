// Tokens of OAUTHBEARER: signatures of each algorithm, claims, and keys that come, change and are missing.
import assert from 'node:assert/strict'
import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import {
  checkClaims,
  type ClaimChecks,
  checkSignature,
  JwtError,
  parseJwt,
} from '../../src/authentication/sasl/jwt.ts'
import { KeySet } from '../../src/authentication/sasl/key-set.ts'
import { LineCollector } from '../broker-fixture.ts'
import { ManualClock } from '@millrace/testkit/clocks'

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function token(claims: object, header: object, signature: (text: string) => Buffer): string {
  const text = `${part(header)}.${part(claims)}`
  return `${text}.${signature(text).toString('base64url')}`
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')

const signers: Readonly<Record<string, { publicKey: KeyObject; sign: (text: string) => Buffer }>> = {
  RS256: { publicKey: rsa.publicKey, sign: text => sign('sha256', Buffer.from(text), rsa.privateKey) },
  PS512: {
    publicKey: rsa.publicKey,
    sign: text =>
      sign('sha512', Buffer.from(text), {
        key: rsa.privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }),
  },
  ES256: {
    publicKey: ec.publicKey,
    sign: text => sign('sha256', Buffer.from(text), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }),
  },
  EdDSA: { publicKey: ed.publicKey, sign: text => sign(null, Buffer.from(text), ed.privateKey) },
}

test('a signature of each kind is checked, and a changed token is none', () => {
  for (const [alg, signer] of Object.entries(signers)) {
    const text = token({ sub: 'a' }, { alg }, signer.sign)
    checkSignature(parseJwt(text), signer.publicKey)
    const [head, , signature] = text.split('.')
    const forged = `${head}.${part({ sub: 'b' })}.${signature}`
    assert.throws(() => checkSignature(parseJwt(forged), signer.publicKey), JwtError, alg)
  }
})

test('a token cannot choose how it is checked', () => {
  const secret = rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string
  for (const alg of ['none', 'HS256', 'ES256', 'constructor', 'RS257']) {
    const text = token({ sub: 'a' }, { alg }, () => Buffer.from(secret))
    assert.throws(() => checkSignature(parseJwt(text), rsa.publicKey), /not accepted/, alg)
  }
})

test('a token is read as it was signed, or not at all', () => {
  const signed = token({ sub: 'alice' }, { alg: 'RS256' }, signers['RS256']!.sign)
  // For the signature U+0165 was as good as e, and for who read the claims it was not there.
  const [head = '', body = '', signature = ''] = signed.split('.')
  assert.throws(() => parseJwt(`${head}.\u0165${body.slice(1)}.${signature}`), /not in base64url/)
  assert.throws(() => parseJwt(`${signed}=`), /not in base64url/)
  const extended = token(
    { sub: 'alice' },
    { alg: 'RS256', crit: ['b64'], b64: false },
    signers['RS256']!.sign,
  )
  assert.throws(() => parseJwt(extended), /"crit"/)
})

const now = 1_700_000_000_000
const seconds = now / 1000
const checks: ClaimChecks = {
  issuer: 'https://issuer',
  audiences: ['kafka', 'other'],
  clockSkewMs: 30_000,
  issuedAtRequired: true,
  subjectClaim: 'sub',
  scopeClaim: 'scope',
  requiredScopes: ['write'],
}
const good = {
  sub: ' alice ',
  exp: seconds + 60,
  iat: seconds,
  iss: 'https://issuer',
  aud: ['x', 'kafka'],
  scope: 'read write',
}

test('claims are checked, each by itself', () => {
  const check = (claims: object) =>
    checkClaims(parseJwt(token(claims, { alg: 'none' }, () => Buffer.alloc(0))), checks, now)
  assert.deepEqual(check(good), { subject: 'alice', expiresAtMs: now + 60_000 })
  assert.equal(check({ ...good, exp: seconds - 29, iat: seconds - 100 }).expiresAtMs, now - 29_000)
  for (const [claims, message] of [
    [{ sub: undefined }, /no claim "sub"/],
    [{ sub: 5 }, /no claim "sub"/],
    [{ exp: undefined }, /no claim "exp"/],
    [{ exp: '5' }, /"exp" of the token is no number/],
    [{ exp: seconds - 31 }, /expired/],
    [{ nbf: seconds + 31 }, /not valid yet/],
    [{ iat: seconds + 31 }, /future/],
    [{ iat: undefined }, /no claim "iat"/],
    [{ iss: 'https://evil' }, /issuer/],
    [{ aud: 'nobody' }, /audience/],
    [{ aud: undefined }, /audience/],
    [{ scope: ['read'] }, /scope/],
  ] as const) {
    assert.throws(() => check({ ...good, ...claims }), message, JSON.stringify(claims))
  }
})

test('what is no token is refused without being repeated', () => {
  for (const text of [
    '',
    'secret',
    'secret.secret',
    'secret.secret.secret',
    `${part([])}.${part({})}.`,
    `${part({})}.${part({})}.x`,
  ]) {
    assert.throws(
      () => parseJwt(text),
      (error: Error) => error instanceof JwtError && !error.message.includes('secret'),
    )
  }
})

function jwks(keys: Readonly<Record<string, KeyObject>>): string {
  return JSON.stringify({
    keys: Object.entries(keys).map(([kid, key]) => ({ kid, use: 'sig', ...key.export({ format: 'jwk' }) })),
  })
}

interface Keys {
  readonly keys: KeySet
  readonly clock: ManualClock
  readonly logger: LineCollector
  readonly loads: () => number
}

/** A set of keys whose document is what `document` gives, and whose file has the time that `stamp` gives. */
function keySet(document: () => string | Promise<string>, stamp?: () => string): Keys {
  const clock = new ManualClock()
  const logger = new LineCollector()
  let loads = 0
  const keys = new KeySet({
    url: 'https://issuer/keys',
    clock,
    logger,
    load: async () => {
      loads++
      return document()
    },
    ...(stamp && { stamp }),
    refreshMs: 60_000,
    backoffMs: 100,
    backoffMaxMs: 10_000,
  })
  return { keys, clock, logger, loads: () => loads }
}

const signedBy = (kid: string) => parseJwt(token({}, { alg: 'RS256', kid }, signers['RS256']!.sign))

test('a file of keys that has changed counts after a second; one that is gone, or half written, leaves the keys of before', async () => {
  let document: string | undefined = jwks({ one: rsa.publicKey })
  let stamp = '1'
  const { keys, clock, logger, loads } = keySet(
    () => document ?? Promise.reject(new Error('there is no such file')),
    () => stamp,
  )
  await keys.read()
  document = jwks({ two: rsa.publicKey })
  stamp = '2'
  await clock.pass(1_000)
  await assert.rejects(keys.keysFor(signedBy('one')), /not known/, 'a key that was taken out')
  assert.equal((await keys.keysFor(signedBy('two'))).length, 1)
  for (const [index, broken] of [undefined, '{"keys":[{"kty":"oct","k":"c2VjcmV0', '[]', '7'].entries()) {
    document = broken
    stamp = `broken ${index}`
    await clock.pass(10_000)
    const before = loads()
    assert.equal((await keys.keysFor(signedBy('two'))).length, 1, broken ?? 'gone')
    assert.equal((await keys.keysFor(signedBy('two'))).length, 1)
    assert.equal(loads() - before, 1, 'it is read once')
  }
  const told = JSON.stringify(logger.lines)
  assert.ok(logger.events().includes('jwks.load_failed'))
  assert.ok(!told.includes('c2Vj'), 'nothing of the file is told')
  document = jwks({ three: rsa.publicKey })
  stamp = 'good'
  await clock.pass(1_000)
  assert.equal((await keys.keysFor(signedBy('three'))).length, 1)
})

test('tokens with keys that nobody knows, however many, have the keys read seldom', async () => {
  const { keys, clock, loads } = keySet(() => jwks({ one: rsa.publicKey }))
  for (let each = 0; each < 600; each++) {
    const madeUp = parseJwt(token({}, { alg: 'RS256', kid: `${each}` }, () => Buffer.alloc(1)))
    await assert.rejects(keys.keysFor(madeUp), /not known/)
    await clock.pass(100)
  }
  assert.ok(loads() <= 16, `${loads()} times in a minute`)
})

test('whose key is known waits a second for keys that are old, and not as long as their server wants', async () => {
  let document: string | Promise<string> = jwks({ one: rsa.publicKey })
  const { keys, clock } = keySet(() => document)
  await keys.read()
  document = new Promise<string>(() => {})
  await clock.pass(60_000)
  const found = keys.keysFor(signedBy('one'))
  await clock.pass(1_000)
  assert.equal((await found).length, 1)
})

test('RSA keys that are too short to be safe, and what is no key, are passed over', async () => {
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const document = JSON.parse(jwks({ short: short.publicKey, one: rsa.publicKey })) as { keys: unknown[] }
  const { keys, logger } = keySet(() => JSON.stringify({ keys: [null, 7, 'key', {}, ...document.keys] }))
  assert.equal((await keys.keysFor(signedBy('one'))).length, 1)
  const weak = token({}, { alg: 'RS256', kid: 'short' }, text =>
    sign('sha256', Buffer.from(text), short.privateKey),
  )
  await assert.rejects(keys.keysFor(parseJwt(weak)), /not known/)
  const { fields } = logger.lines.find(({ event }) => event === 'jwks.weak_key')!
  assert.deepEqual(fields, { keyId: 'short', bits: 1024, bitsMin: 2048 })
})

test('keys are read when they are missing or old, not oftener than the backoff allows, and kept when they cannot be read', async () => {
  const clock = new ManualClock()
  const logger = new LineCollector()
  let document: string | undefined = jwks({ one: rsa.publicKey })
  let loads = 0
  const keys = new KeySet({
    url: 'https://issuer/keys',
    clock,
    logger,
    load: () => {
      loads++
      return document === undefined ? Promise.reject(new Error('down')) : Promise.resolve(document)
    },
    refreshMs: 60_000,
    backoffMs: 100,
    backoffMaxMs: 1_000,
  })
  const signedBy = (kid: string) => parseJwt(token({}, { alg: 'RS256', kid }, signers['RS256']!.sign))
  const [first, second] = await Promise.all([keys.keysFor(signedBy('one')), keys.keysFor(signedBy('one'))])
  assert.equal(first.length + second.length, 2)
  assert.equal(loads, 1)
  await assert.rejects(keys.keysFor(signedBy('two')), /not known/)
  assert.equal(loads, 1, 'within the backoff nothing is asked')
  document = jwks({ one: rsa.publicKey, two: rsa.publicKey })
  await clock.pass(100)
  assert.equal((await keys.keysFor(signedBy('two'))).length, 1)
  assert.equal(loads, 2)
  document = undefined
  await clock.pass(61_000)
  assert.equal((await keys.keysFor(signedBy('one'))).length, 1, 'the keys of before still hold')
  assert.ok(logger.events().includes('jwks.load_failed'))
  await assert.rejects(
    keys.keysFor(parseJwt(token({}, { alg: 'ES256', kid: 'one' }, signers['ES256']!.sign))),
    /not known/,
  )
})
