// Tokens of an identity provider for all connections of a client: asked for until there is one, kept until it is to be renewed.
import { type Clock, type Random, sleep } from '@millrace/runtime'
import { isRetriable } from '../errors/index.ts'
import { backoffMs } from '../network/backoff.ts'
import type { TokenAnswer } from './node-token-endpoint.ts'
import type { OidcOptions } from './oidc-options.ts'
import { textOf } from './text-source.ts'
import { type IssuedToken, TokenCache } from './token-cache.ts'

interface World {
  readonly clock: Clock
  readonly random: Random
}

export function oidcTokens(options: OidcOptions, world: World): TokenCache {
  return new TokenCache({
    ...world,
    fetch: signal => fetchToken(options, world, signal),
    refresh: options.refresh ?? {},
  })
}

/** Throws AuthenticationError as soon as the provider refuses; ConnectionError when it cannot be reached, after `retryBackoffMaxMs`. */
async function fetchToken(options: OidcOptions, world: World, signal: AbortSignal): Promise<IssuedToken> {
  const { clock, random } = world
  const { retryBackoffMs = 100, retryBackoffMaxMs = 10_000 } = options
  const endsAt = clock.monotonic() + retryBackoffMaxMs
  for (let failures = 0; ; failures++) {
    const askedAtMs = clock.now()
    try {
      return issued(await ask(options, signal), askedAtMs)
    } catch (error) {
      const leftMs = endsAt - clock.monotonic()
      if (signal.aborted || !isRetriable(error) || leftMs <= 0) throw error
      const waitMs = backoffMs(failures, retryBackoffMs, retryBackoffMaxMs, random)
      await sleep(clock, Math.min(waitMs, leftMs), signal)
    }
  }
}

async function ask(options: OidcOptions, signal: AbortSignal): Promise<TokenAnswer> {
  const { tokenEndpoint, clientId, scope, ca, parameters = {}, encodeCredentials = true } = options
  const { timeoutMs = 20_000 } = options
  const clientSecret = await textOf(options.clientSecret, 'sasl.oidc.clientSecret')
  const { requestToken } = await import('./node-token-endpoint.ts')
  const url = new URL(tokenEndpoint)
  const request = { url, clientId, clientSecret, scope, parameters, encodeCredentials, ca, timeoutMs }
  return requestToken(request, signal)
}

/** A token ends when the provider says so, or the token itself: whichever is sooner. */
function issued({ token, expiresInSeconds }: TokenAnswer, askedAtMs: number): IssuedToken {
  const { iat, exp } = claimsOf(token)
  const ends = [
    ...(expiresInSeconds === undefined ? [] : [askedAtMs + expiresInSeconds * 1000]),
    ...(typeof exp === 'number' ? [exp * 1000] : []),
  ]
  return {
    token,
    issuedAtMs: typeof iat === 'number' ? Math.min(iat * 1000, askedAtMs) : askedAtMs,
    expiresAtMs: ends.length > 0 ? Math.min(...ends) : undefined,
  }
}

/** What a JWT says of itself; nothing of a token of another form. It is not checked: brokers do. */
function claimsOf(token: string): { readonly iat?: unknown; readonly exp?: unknown } {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
    return Object(JSON.parse(payload)) as object
  } catch {
    return {}
  }
}
