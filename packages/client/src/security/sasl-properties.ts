// SASL by Kafka's property names: user and password as librdkafka has them, or JAAS as Java does.
import { type JaasEntry, JaasError, parseJaas } from '@millrace/protocol/security'
import type { Clock } from '@millrace/runtime'
import { ConfigError } from '../errors/index.ts'
import { fetchToken } from './node-token-endpoint.ts'
import { readMechanism, readSasl, type SaslOptions } from './sasl-options.ts'
import type { SecurityProperties } from './security-table.ts'

const claimPrefix = 'unsecuredLoginStringClaim_'
const unsignedLifetimeMs = 3_600_000

/** The login that the properties stand for. Throws ConfigError, which repeats no secret. */
export function saslFromProperties(given: SecurityProperties, clock: Clock): SaslOptions {
  const mechanism = readMechanism(given['sasl.mechanism'])
  const jaas = readJaas(given['sasl.jaas.config'] as string | undefined)
  if (mechanism === 'oauthbearer') return readSasl({ mechanism, token: tokenSource(given, jaas, clock) })
  const username = given['sasl.username'] ?? jaas?.options.get('username')
  const password = given['sasl.password'] ?? jaas?.options.get('password')
  if (username === undefined || password === undefined)
    throw new ConfigError(
      `sasl.mechanism ${mechanism} needs "sasl.username" and "sasl.password", or both in "sasl.jaas.config"`,
    )
  const delegationToken = jaas?.options.get('tokenauth')?.toLowerCase() === 'true'
  return readSasl({ mechanism, username, password, ...(delegationToken && { delegationToken }) })
}

function readJaas(text: string | undefined): JaasEntry | undefined {
  if (text === undefined) return undefined
  try {
    return parseJaas(text)
  } catch (error) {
    if (!(error instanceof JaasError)) throw error
    throw new ConfigError(`sasl.jaas.config: ${error.message}`)
  }
}

function tokenSource(
  given: SecurityProperties,
  jaas: JaasEntry | undefined,
  clock: Clock,
): () => string | Promise<string> {
  const url = given['sasl.oauthbearer.token.endpoint.url'] as string | undefined
  if (url !== undefined) {
    if (!URL.canParse(url)) throw new ConfigError('sasl.oauthbearer.token.endpoint.url is no URL')
    const of = (name: string, option: string) =>
      (given[`sasl.oauthbearer.${name}`] as string | undefined) ?? jaas?.options.get(option)
    const endpoint = {
      url,
      clientId: of('client.credentials.client.id', 'clientId'),
      clientSecret: of('client.credentials.client.secret', 'clientSecret'),
      scope: of('scope', 'scope'),
    }
    return () => fetchToken(endpoint)
  }
  const claims = [...(jaas?.options ?? [])]
    .filter(([name]) => name.startsWith(claimPrefix))
    .map(([name, value]) => [name.slice(claimPrefix.length), value] as const)
  if (claims.length === 0)
    throw new ConfigError(
      `sasl.mechanism oauthbearer needs "sasl.oauthbearer.token.endpoint.url" (https:// or file://), or for development ${claimPrefix}sub="user" in "sasl.jaas.config"`,
    )
  return () => unsignedToken(Object.fromEntries(claims), clock.now())
}

/** As Kafka's clients make them for development: nothing proves who it is. */
function unsignedToken(claims: Readonly<Record<string, string>>, nowMs: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const times = { iat: nowMs / 1000, exp: (nowMs + unsignedLifetimeMs) / 1000 }
  return `${part({ alg: 'none' })}.${part({ ...times, ...claims })}.`
}
