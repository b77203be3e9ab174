// A listener with SASL for tests, and a client's part of SCRAM.
import {
  parseScramServerFirst,
  parseScramServerFinal,
  scramAuthMessage,
  scramClientFinalWithoutProof,
  scramClientFirstBare,
  scramClientKey,
  scramMechanism,
  scramProof,
  scramSaltedPassword,
} from '@millrace/protocol/security'

const plainModule = 'org.apache.kafka.common.security.plain.PlainLoginModule'
const oauthModule = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule'

export const allMechanisms = 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER'

/** Settings of a listener `SASL` with every mechanism and user alice. */
export function saslConfig(protocol: 'SASL_PLAINTEXT' | 'SASL_SSL' = 'SASL_PLAINTEXT') {
  return {
    listeners: 'SASL://127.0.0.1:0',
    'listener.security.protocol.map': `SASL:${protocol}`,
    'sasl.enabled.mechanisms': allMechanisms,
    'listener.name.sasl.plain.sasl.jaas.config': `${plainModule} required user_alice="alice-secret" user_carol="carol-secret";`,
    'listener.name.sasl.oauthbearer.sasl.jaas.config': `${oauthModule} required;`,
    'connection.failed.authentication.delay.ms': 0,
  }
}

export function plainToken(username: string, password: string): Buffer {
  return Buffer.from(`\0${username}\0${password}`)
}

/** An unsigned token that ends at `expiresAtMs`. */
export function unsignedToken(subject: string, expiresAtMs: number): Buffer {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { sub: subject, exp: Math.floor(expiresAtMs / 1000) }
  return Buffer.from(`n,,\x01auth=Bearer ${part({ alg: 'none' })}.${part(claims)}.\x01\x01`)
}

type Send = (token: Buffer) => Promise<Buffer>

/** Logs in by SCRAM; `send` brings a token to the server and its answer back. Throws when the server does not prove itself. */
export async function scramLogin(
  name: 'SCRAM-SHA-256' | 'SCRAM-SHA-512',
  user: string,
  password: string,
  send: Send,
  extensions: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const mechanism = scramMechanism(name)!
  const bare = scramClientFirstBare(user, 'clientNonce', extensions)
  const answer = await send(Buffer.from(`n,,${bare}`))
  const { nonce, salt, iterations } = parseScramServerFirst(answer)
  const salted = await scramSaltedPassword(mechanism, password, salt, iterations)
  const final = scramClientFinalWithoutProof(nonce)
  const authMessage = scramAuthMessage(bare, answer.toString(), final)
  const proof = scramProof(mechanism, scramClientKey(mechanism, salted), authMessage)
  const last = await send(Buffer.from(`${final},p=${proof.toString('base64')}`))
  if (parseScramServerFinal(last).error !== undefined) throw new Error('the server refused')
}
