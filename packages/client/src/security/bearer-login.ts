// SASL OAUTHBEARER (RFC 7628, KIP-255): a token of an identity provider, with extensions (KIP-342).
import { encodeOAuthBearerMessage, oauthBearerErrorAnswer } from '@millrace/protocol/security'
import type { Clock, Random } from '@millrace/runtime'
import { AuthenticationError, ConfigError } from '../errors/index.ts'
import { tokenKept } from '../events/client-event.ts'
import { oidcTokens } from './oidc-tokens.ts'
import type { Proof, SaslConversation } from './sasl-conversation.ts'
import {
  type BearerToken,
  checkExtensions,
  type OidcLogin,
  type SaslExtensions,
  type TokenLogin,
} from './sasl-options.ts'
import { attempt } from './text-source.ts'

/** A token that the application gives. */
export function bearerProof({ token, extensions = {} }: TokenLogin): Proof {
  return async conversation => {
    const given = await tokenOf(token)
    await sendToken(conversation, given.token, given.extensions ?? extensions)
  }
}

/** What the application gives now. Throws ConfigError for what is no token, and what {@link attempt} throws. */
export async function tokenOf(source: TokenLogin['token']): Promise<BearerToken> {
  if (typeof source === 'string') return { token: source }
  const given: unknown = await attempt<unknown>(source, 'sasl.token')
  const { token, extensions } =
    typeof given === 'object' && given !== null
      ? (given as Partial<BearerToken>)
      : { token: given, extensions: undefined }
  if (typeof token !== 'string' || token === '')
    throw new ConfigError('sasl.token: the function gave no text, and no object with a "token"')
  if (extensions !== undefined) checkExtensions(extensions)
  return { token, extensions }
}

/** A token that the client gets from an identity provider. */
export function oidcProof({ oidc, extensions = {} }: OidcLogin, clock: Clock, random: Random): Proof {
  const tokens = oidcTokens(oidc, { clock, random })
  return async (conversation, { signal, events }) => {
    const token = await tokens.get(signal, (error, leftMs) => {
      if (events?.active) events.emit(tokenKept(new URL(oidc.tokenEndpoint).host, leftMs, error))
    })
    try {
      await sendToken(conversation, token, extensions)
    } catch (error) {
      if (error instanceof AuthenticationError) tokens.drop(token)
      throw error
    }
  }
}

async function sendToken(
  conversation: SaslConversation,
  token: string,
  extensions: SaslExtensions,
): Promise<void> {
  conversation.who = 'the token'
  const message = { authorizationId: '', token, extensions: new Map(Object.entries(extensions)) }
  const answer = await conversation.send(encodeOAuthBearerMessage(message))
  // An error comes as an answer, and ends the exchange once it was answered to.
  if (answer.length > 0) await conversation.send(oauthBearerErrorAnswer)
}
