// SASL SCRAM (RFC 5802, RFC 7677): both sides prove that they know of the password, and nobody on the way learns it.
import {
  isScramProof,
  parseScramClientFinal,
  parseScramClientFirst,
  scramAuthMessage,
  type ScramClientFirst,
  type ScramCredential,
  type ScramMechanism,
  scramServerFirst,
  scramServerSignature,
} from '@millrace/protocol/security'
import type { Random } from '@millrace/runtime'
import {
  type SaslIdentity,
  SaslFailure,
  type SaslMechanism,
  type SaslServer,
  type SaslStep,
} from './sasl-server.ts'
import type { ScramCredentials } from './scram-credentials.ts'

const nonceBytes = 16

export function scramMechanismOf(
  mechanism: ScramMechanism,
  credentials: ScramCredentials,
  random: Random,
): SaslMechanism {
  return {
    begin: () => new ScramServer(mechanism, credentials, random.bytes(nonceBytes).toString('base64url')),
  }
}

/** What was found for the client's first message. */
interface Claim {
  readonly first: ScramClientFirst
  readonly serverFirst: string
  /** Both nonces. */
  readonly nonce: string
  readonly credential: ScramCredential
  readonly identity: SaslIdentity
}

/** As `ScramSaslServer`. */
export class ScramServer implements SaslServer {
  readonly #mechanism: ScramMechanism
  readonly #credentials: ScramCredentials
  readonly #serverNonce: string
  #claim: Claim | undefined

  constructor(mechanism: ScramMechanism, credentials: ScramCredentials, serverNonce: string) {
    this.#mechanism = mechanism
    this.#credentials = credentials
    this.#serverNonce = serverNonce
  }

  evaluate(token: Buffer): SaslStep {
    return this.#claim ? this.#prove(this.#claim, token) : this.#claimed(token)
  }

  #claimed(token: Buffer): SaslStep {
    const first = parseScramClientFirst(token)
    const { username: user, authorizationId, nonce: clientNonce } = first
    const { credential, identity } = this.#find(first)
    if (authorizationId !== '' && authorizationId !== user) {
      const told =
        'Authentication failed: Client requested an authorization id that is different from username'
      throw new SaslFailure(told, { told, user })
    }
    const { salt, iterations } = credential
    const { iterationsMin, name } = this.#mechanism
    if (iterations < iterationsMin) {
      throw new SaslFailure(
        `Iterations ${iterations} is less than the minimum ${iterationsMin} for ${name}.`,
        { user },
      )
    }
    const nonce = clientNonce + this.#serverNonce
    const serverFirst = scramServerFirst({ nonce, salt, iterations })
    this.#claim = { first, serverFirst, nonce, credential, identity }
    return { answer: Buffer.from(serverFirst, 'utf8') }
  }

  #find({ username, extensions }: ScramClientFirst): Pick<Claim, 'credential' | 'identity'> {
    if (extensions.get('tokenauth')?.toLowerCase() === 'true') {
      const token = this.#credentials.ofToken(username, this.#mechanism)
      if (!token) throw new SaslFailure('there is no such delegation token', { user: username })
      const { credential, owner, expiresAtMs } = token
      return { credential, identity: { name: owner, expiresAtMs, byToken: true } }
    }
    const credential = this.#credentials.ofUser(username, this.#mechanism)
    if (!credential) {
      throw new SaslFailure(`there is no such user, or none with ${this.#mechanism.name}`, { user: username })
    }
    return { credential, identity: { name: username } }
  }

  #prove({ first, serverFirst, nonce, credential, identity }: Claim, token: Buffer): SaslStep {
    const { username: user, bare } = first
    const final = parseScramClientFinal(token)
    if (final.nonce !== nonce) {
      throw new SaslFailure(
        'Invalid client nonce in the final client message. librdkafka before 2.6.1 sends such; Apache Kafka 4 refuses it, too',
        { user },
      )
    }
    const authMessage = scramAuthMessage(bare, serverFirst, final.withoutProof)
    if (!isScramProof(this.#mechanism, credential, authMessage, final.proof)) {
      throw new SaslFailure('wrong password', { user })
    }
    const signature = scramServerSignature(this.#mechanism, credential.serverKey, authMessage)
    return { answer: Buffer.from(`v=${signature.toString('base64')}`, 'utf8'), identity }
  }
}
