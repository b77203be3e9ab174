// Where tokens come from: an identity provider, asked with a client's own id and secret.
import { nearestName } from '@millrace/runtime'
import { ConfigError } from '../errors/index.ts'
import type { TextSource } from './text-source.ts'
import { checkPem } from './tls-options.ts'
import type { RefreshOptions } from './token-refresh.ts'

/**
 * An identity provider that gives tokens for a client's own id and secret (OAuth 2.0 client credentials, RFC 6749 section 4.4; KIP-768). All
 * connections of a client share a token, which is renewed before it ends.
 */
export interface OidcOptions {
  /** URL of the token endpoint: `https://idp.example/oauth2/token`. With `http://` the secret goes there unencrypted. */
  readonly tokenEndpoint: string
  /** The client’s id with the provider. */
  readonly clientId: string
  /** Or what gives it, asked for each token. */
  readonly clientSecret: TextSource
  /** What the token is for, as the provider names it. Default: left out. */
  readonly scope?: string
  /** More fields of the request, as some providers want them: `{ audience: 'kafka' }`. Default: none. */
  readonly parameters?: Readonly<Record<string, string>>
  /** Whether id and secret are URL-encoded in the header, as RFC 6749 section 2.3.1 says (`sasl.oauthbearer.header.urlencode`). Default true. */
  readonly encodeCredentials?: boolean
  /** Authorities whose certificates the provider may show: the text of a PEM file (`https.ca.pem`). Default: those of Node. */
  readonly ca?: string | Buffer
  /** Time for one attempt, in ms. Default 20,000. */
  readonly timeoutMs?: number
  /** First wait before another attempt, in ms (`sasl.login.retry.backoff.ms`); doubles each time. Default 100. */
  readonly retryBackoffMs?: number
  /** How long to try for a token before the login fails, in ms (`sasl.login.retry.backoff.max.ms`). Default 10,000. */
  readonly retryBackoffMaxMs?: number
  /** When a token is renewed. Default: as Java’s clients do, at 80 % of its time. */
  readonly refresh?: RefreshOptions
}

const names: Readonly<Record<keyof OidcOptions, true>> = {
  tokenEndpoint: true,
  clientId: true,
  clientSecret: true,
  scope: true,
  parameters: true,
  encodeCredentials: true,
  ca: true,
  timeoutMs: true,
  retryBackoffMs: true,
  retryBackoffMaxMs: true,
  refresh: true,
}

const refreshNames: Readonly<Record<keyof RefreshOptions, readonly [min: number, max: number]>> = {
  windowFactor: [0.5, 1],
  windowJitter: [0, 0.25],
  minPeriodMs: [0, 900_000],
  bufferMs: [0, 3_600_000],
}

const durationMaxMs = 2 ** 31 - 1

/** Throws ConfigError, which repeats no secret. */
export function readOidc(value: unknown): OidcOptions {
  const given = fieldsOf('sasl.oidc', value, Object.keys(names))
  checkUrl(given['tokenEndpoint'])
  checkText('clientId', given['clientId'])
  if (typeof given['clientSecret'] !== 'function') checkText('clientSecret', given['clientSecret'])
  if (given['scope'] !== undefined) checkText('scope', given['scope'])
  const { encodeCredentials, parameters, refresh } = given
  if (encodeCredentials !== undefined && typeof encodeCredentials !== 'boolean')
    throw new ConfigError('sasl.oidc.encodeCredentials is not true or false')
  for (const [name, text] of Object.entries(fieldsOf('sasl.oidc.parameters', parameters ?? {}))) {
    if (typeof text !== 'string') throw new ConfigError(`sasl.oidc.parameters.${name} is no text`)
  }
  checkPem('sasl.oidc.ca', 'certificate', given['ca'])
  checkNumber('timeoutMs', given['timeoutMs'], 1)
  checkNumber('retryBackoffMs', given['retryBackoffMs'], 1)
  checkNumber('retryBackoffMaxMs', given['retryBackoffMaxMs'], 0)
  const window = fieldsOf('sasl.oidc.refresh', refresh ?? {}, Object.keys(refreshNames))
  for (const [name, [min, max]] of Object.entries(refreshNames))
    checkNumber(`refresh.${name}`, window[name], min, max)
  return value as OidcOptions
}

function fieldsOf(
  what: string,
  value: unknown,
  known?: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigError(`${what}: give an object${known ? ` with ${known.join(', ')}` : ''}`)
  const stranger = known && Object.keys(value).find(name => !known.includes(name))
  if (stranger === undefined) return value as Readonly<Record<string, unknown>>
  const near = nearestName(stranger, known!)
  throw new ConfigError(
    `${what}: there is no "${stranger}"; ${near ? `did you mean "${near}"?` : `there are ${known!.join(', ')}`}`,
  )
}

function checkUrl(value: unknown): void {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  if (!url || !['https:', 'http:'].includes(url.protocol))
    throw new ConfigError('sasl.oidc.tokenEndpoint: give the URL of the provider, https://…')
  if (url.username !== '' || url.password !== '')
    throw new ConfigError('sasl.oidc.tokenEndpoint: give id and secret as "clientId" and "clientSecret"')
}

function checkText(name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') throw new ConfigError(`sasl.oidc.${name} is missing`)
}

function checkNumber(name: string, value: unknown, min: number, max = durationMaxMs): void {
  if (value === undefined || (typeof value === 'number' && value >= min && value <= max)) return
  throw new ConfigError(`sasl.oidc.${name} is no number between ${min} and ${max}`)
}
