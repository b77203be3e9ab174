// Logs in by SASL (KIP-43, KIP-152): each mechanism proves who the client is by tokens, whoever wrote it.
import type { Clock, Random } from '@millrace/runtime'
import type { OwnAuthenticator } from '../network/handshake.ts'
import { bearerProof, oidcProof } from './bearer-login.ts'
import { plainProof } from './plain-login.ts'
import type { SaslOptions } from './sasl-options.ts'
import { scramProofOf } from './scram-login.ts'
import { type Proof, SaslConversation } from './sasl-conversation.ts'
import { attempt } from './text-source.ts'

/** Throws AuthenticationError: what the broker says, and who it was. */
export function makeAuthenticator(login: SaslOptions, clock: Clock, random: Random): OwnAuthenticator {
  const mechanism = login.mechanism.toUpperCase()
  const prove = proofOf(login, clock, random)
  return async exchange => {
    const conversation = new SaslConversation(mechanism, exchange)
    await prove(conversation, exchange)
    return conversation.end()
  }
}

function proofOf(login: SaslOptions, clock: Clock, random: Random): Proof {
  if ('authenticate' in login)
    return conversation => attempt(() => login.authenticate(conversation.forMechanism()), 'sasl.authenticate')
  if ('oidc' in login) return oidcProof(login, clock, random)
  if ('token' in login) return bearerProof(login)
  return login.mechanism === 'plain' ? plainProof(login) : scramProofOf(login, random)
}
