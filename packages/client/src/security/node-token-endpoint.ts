// Gets tokens as Kafka's clients do: from a file, or from an identity provider for a client's own id and secret (OAuth 2, RFC 6749 section 4.4).
import { readFile } from 'node:fs/promises'
import { AuthenticationError } from '../errors/index.ts'

export interface TokenEndpoint {
  /** file:// of a token; https:// or http:// of a provider. */
  readonly url: string
  readonly clientId: string | undefined
  readonly clientSecret: string | undefined
  readonly scope: string | undefined
}

const timeoutMs = 10_000

/** Throws AuthenticationError, in which no secret stands. */
export async function fetchToken(endpoint: TokenEndpoint): Promise<string> {
  const url = new URL(endpoint.url)
  const shown = url.protocol === 'file:' ? url.pathname : `${url.protocol}//${url.host}${url.pathname}`
  try {
    if (url.protocol === 'file:') return (await readFile(url, 'utf8')).trim()
    return await ask(url, endpoint)
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error }
    throw new AuthenticationError(`no token from ${shown}: ${cause?.message ?? message}`)
  }
}

async function ask(url: URL, { clientId = '', clientSecret = '', scope }: TokenEndpoint): Promise<string> {
  const credentials = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials.toString('base64')}`, accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) throw new Error(`status ${response.status}`)
  // The error of the parser would repeat what was sent, which may be a token.
  const answer: unknown = await response.json().catch(() => undefined)
  const { access_token: token } = (answer ?? {}) as { access_token?: unknown }
  if (typeof token !== 'string') throw new Error('the answer has no access_token')
  return token
}
