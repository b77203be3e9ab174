// Delegation tokens of a broker with `delegation.token.secret.key`: their HMACs, what they log in with, and their end.
import { type ScramMechanism, scramCredential } from '@millrace/protocol/security'
import type { Timer } from '@millrace/runtime'
import type { TokenCredential } from '../authentication/sasl/scram-credentials.ts'
import type { BrokerCore, DelegationTokens } from '../core.ts'
import type { DelegationToken } from '../metadata/delegation-token.ts'
import { tokenRecords } from './token-changes.ts'

/** Tokens that end with one change of metadata. */
const sweepMax = 1_000
const saltBytes = 16

export class SecretTokens implements DelegationTokens {
  readonly #core: BrokerCore
  readonly #secretKey: string
  /** By token and mechanism: a password of 4,096 iterations takes milliseconds. */
  readonly #credentials = new Map<string, TokenCredential['credential']>()
  /** By token. Who renews one with an HMAC that there is not must not have those of all made again. */
  readonly #hmacs = new Map<string, Buffer>()
  #timer: Timer | undefined
  #closed = false

  constructor(core: BrokerCore, secretKey: string) {
    this.#core = core
    this.#secretKey = secretKey
    this.#scheduleSweep()
  }

  hmacOf(tokenId: string): Buffer {
    let hmac = this.#hmacs.get(tokenId)
    if (hmac) return hmac
    const { createHmac } = process.getBuiltinModule('node:crypto')
    hmac = createHmac('sha512', this.#secretKey).update(tokenId).digest()
    this.#hmacs.set(tokenId, hmac)
    return hmac
  }

  withHmac(hmac: Uint8Array): DelegationToken | undefined {
    const { timingSafeEqual } = process.getBuiltinModule('node:crypto')
    for (const token of this.#core.metadata.image.delegationTokens.values()) {
      const own = this.hmacOf(token.tokenId)
      if (own.length === hmac.length && timingSafeEqual(own, hmac)) return token
    }
    return undefined
  }

  find(tokenId: string, mechanism: ScramMechanism): TokenCredential | undefined {
    const token = this.#core.metadata.image.delegationTokens.get(tokenId)
    if (!token || token.expiryTimestampMs <= this.#core.clock.now()) return undefined
    return {
      credential: this.#credentialOf(tokenId, mechanism),
      owner: token.owner.slice(token.owner.indexOf(':') + 1),
      expiresAtMs: token.expiryTimestampMs,
    }
  }

  #credentialOf(tokenId: string, mechanism: ScramMechanism): TokenCredential['credential'] {
    const key = `${mechanism.name} ${tokenId}`
    const known = this.#credentials.get(key)
    if (known) return known
    const salt = this.#core.random.bytes(saltBytes)
    const { hash, hashBytes, iterationsMin } = mechanism
    const salted = process
      .getBuiltinModule('node:crypto')
      .pbkdf2Sync(this.hmacOf(tokenId).toString('base64'), salt, iterationsMin, hashBytes, hash)
    const credential = scramCredential(mechanism, salted, salt, iterationsMin)
    this.#credentials.set(key, credential)
    return credential
  }

  close(): void {
    this.#closed = true
    this.#timer?.cancel()
  }

  #scheduleSweep(): void {
    const { clock, config } = this.#core
    const periodMs = config.get('delegation.token.expiry.check.interval.ms')
    this.#timer = clock.setTimer(periodMs, () => void this.#sweep(), { unref: true })
  }

  /** Removes the tokens that have ended, so that the metadata does not grow with them. */
  async #sweep(): Promise<void> {
    const { clock, logger, metadata } = this.#core
    try {
      const ended = await metadata.change(({ delegationTokens }) => {
        const nowMs = clock.now()
        const result = [...delegationTokens.values()]
          .filter(({ expiryTimestampMs }) => expiryTimestampMs < nowMs)
          .slice(0, sweepMax)
        return { records: result.flatMap(({ tokenId }) => tokenRecords.remove(tokenId)), result }
      })
      for (const { tokenId, owner } of ended) {
        logger.log('info', 'delegation_token.expired', { tokenId, owner })
      }
    } catch (error) {
      logger.log('error', 'delegation_token.sweep_failed', { error: String(error) })
    }
    this.#forgetSecrets()
    if (!this.#closed) this.#scheduleSweep()
  }

  #forgetSecrets(): void {
    const { delegationTokens } = this.#core.metadata.image
    for (const tokenId of this.#hmacs.keys()) {
      if (!delegationTokens.has(tokenId)) this.#hmacs.delete(tokenId)
    }
    for (const key of this.#credentials.keys()) {
      if (!delegationTokens.has(key.slice(key.indexOf(' ') + 1))) this.#credentials.delete(key)
    }
  }
}
