// Logins by SASL that go wrong at some step: each mechanism, in both ways of sending tokens, damaged, cut off and out of order.
import {
  type Api,
  ApiVersionsApi,
  encodeRequestHeader,
  requestHeaderVersion,
  SaslAuthenticateApi,
  SaslHandshakeApi,
  Writer,
} from '@millrace/protocol'
import { damaged, nextFrame, withSize } from './frame.ts'
import type { SeededRandom } from './random.ts'

/** The one user of every mechanism. */
export const user = { name: 'alice', password: 'alice-secret' } as const
export const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const

const strangeMechanisms = ['GSSAPI', '', 'plain', 'x'.repeat(300), 'SCRAM-SHA-256,PLAIN']
/** More than the broker takes of who has not logged in (`sasl.server.max.receive.size`). */
const hugeBytes = 600_000

/** What a connection sends that tries to log in, again and again, with other requests in between. */
export function* malformedLogins(random: SeededRandom): Generator<Buffer, void, Buffer> {
  for (;;) {
    if (random.chance(0.1)) yield frame(ApiVersionsApi, 0, {})
    const version = random.below(2)
    const mechanism = random.pick(random.chance(0.9) ? mechanisms : strangeMechanisms)
    yield maybeDamaged(frame(SaslHandshakeApi, version, { mechanism }), random)
    const tokens = tokensOf(mechanism, random)
    let answer: Buffer = Buffer.alloc(0)
    for (let next = tokens.next(answer); !next.done; next = tokens.next(answer)) {
      const authBytes = random.chance(0.3) ? damagedToken(next.value, random) : next.value
      // Version 0 of the handshake wants tokens without requests around them.
      const isBare = (version === 0) !== random.chance(0.05)
      const sent = isBare ? withSize(authBytes) : frame(SaslAuthenticateApi, random.below(3), { authBytes })
      answer = yield random.chance(0.1) ? damaged(sent, random) : sent
    }
    for (let requests = random.below(3); requests > 0; requests--) yield nextFrame(random, requests)
  }
}

function maybeDamaged(sent: Buffer, random: SeededRandom): Buffer {
  return random.chance(0.1) ? damaged(sent, random) : sent
}

function frame<Q, QI, R, RI>(api: Api<Q, QI, R, RI>, version: number, request: QI): Buffer {
  const writer = new Writer()
  const header = { requestApiKey: api.key, requestApiVersion: version, correlationId: 1, clientId: 'fuzz' }
  encodeRequestHeader(writer, header, requestHeaderVersion(api as unknown as Api, version))
  api.encodeRequest(writer, request, version)
  return withSize(writer.finishBuffer())
}

/** A client's tokens of a mechanism, each after the answer to the one before. */
function* tokensOf(mechanism: string, random: SeededRandom): Generator<Buffer, void, Buffer> {
  const name = random.chance(0.8) ? user.name : random.pick(['', 'bob', '=2C', 'ä', 'x'.repeat(2_000)])
  if (mechanism.startsWith('SCRAM')) {
    const answer = yield Buffer.from(`n,,n=${name},r=nonce${random.below(1000)}`)
    const [, nonce = 'none'] = /(?:^|[^a-z])r=([^,]+),s=/.exec(answer.toString('latin1')) ?? []
    const proof = random.bytes(mechanism.endsWith('512') ? 64 : 32).toString('base64')
    yield Buffer.from(`c=biws,r=${nonce},p=${proof}`)
  } else if (mechanism === 'OAUTHBEARER') yield oauthToken(name, random)
  else yield Buffer.from(`${random.pick(['', name])}\0${name}\0${random.pick([user.password, 'wrong', ''])}`)
}

function oauthToken(subject: string, random: SeededRandom): Buffer {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const exp = random.pick([4_000_000_000, 0, -1, 1e300, '1', null])
  const claims = random.pick([{ sub: subject, exp }, { exp }, [], 1, { sub: [subject], exp }])
  const header = random.pick([{ alg: 'none' }, { alg: 'RS256', kid: 'x' }, {}])
  return Buffer.from(`n,,\x01auth=Bearer ${part(header)}.${part(claims)}.\x01\x01`)
}

function damagedToken(token: Buffer, random: SeededRandom): Buffer {
  const at = random.below(token.length + 1)
  return random.pick([
    () => Buffer.alloc(0),
    () => token.subarray(0, at),
    () => Buffer.concat([token.subarray(0, at), random.bytes(1 + random.below(20)), token.subarray(at)]),
    () => Buffer.concat([token, token]),
    () => Buffer.alloc(random.chance(0.05) ? hugeBytes : 5_000, random.pick([',', '=', '\0', 'n=', '\x01'])),
    () => Buffer.from(token.toString('latin1').replaceAll(/[=,]/g, random.pick([',', '=', '', ',,']))),
  ])()
}
