// SASL by Kafka's property names: user and password as librdkafka has them, or JAAS as Java does.
import { type JaasEntry, JaasError, parseJaas } from '@millrace/protocol/security'
import type { Clock } from '@millrace/runtime'
import { ConfigError } from '../errors/index.ts'
import { readTokenFile } from './node-key-files.ts'
import { oidcFromProperties } from './oidc-properties.ts'
import { readMechanism, readSasl, type SaslOptions } from './sasl-options.ts'
import type { SecurityProperties } from './security-table.ts'

const claimPrefix = 'unsecuredLoginStringClaim_'
const extensionPrefixes = ['extension_', 'unsecuredLoginExtension_']
const unsignedLifetimeSeconds = 3_600

/** The login that the properties stand for. Throws ConfigError, which repeats no secret. */
export function saslFromProperties(given: SecurityProperties, clock: Clock): SaslOptions {
  const mechanism = readMechanism(given['sasl.mechanism'])
  const jaas = readJaas(given['sasl.jaas.config'] as string | undefined)
  if (mechanism === 'oauthbearer') return bearerFromProperties(given, jaas, clock)
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

function bearerFromProperties(
  given: SecurityProperties,
  jaas: JaasEntry | undefined,
  clock: Clock,
): SaslOptions {
  const mechanism = 'oauthbearer'
  const extensions = extensionsOf(given, jaas)
  const endpoint = given['sasl.oauthbearer.token.endpoint.url'] as string | undefined
  if (endpoint === undefined)
    return readSasl({ mechanism, token: unsignedTokens(jaas?.options ?? new Map(), clock), extensions })
  if (!URL.canParse(endpoint)) throw new ConfigError('sasl.oauthbearer.token.endpoint.url is no URL')
  const url = new URL(endpoint)
  return url.protocol === 'file:'
    ? readSasl({ mechanism, token: () => readTokenFile(url), extensions })
    : readSasl({ mechanism, oidc: oidcFromProperties(endpoint, given, jaas), extensions })
}

/** As librdkafka writes them, `name=value,name=value`, and as Java does, among the options of JAAS. */
function extensionsOf(
  given: SecurityProperties,
  jaas: JaasEntry | undefined,
): Record<string, string> | undefined {
  const extensions: Record<string, string> = {}
  for (const [name, value] of jaas?.options ?? []) {
    const prefix = extensionPrefixes.find(each => name.startsWith(each))
    if (prefix !== undefined) extensions[name.slice(prefix.length)] = value
  }
  for (const pair of ((given['sasl.oauthbearer.extensions'] as string | undefined) ?? '').split(',')) {
    if (pair.trim() === '') continue
    const [name = '', ...value] = pair.split('=')
    if (value.length === 0) throw new ConfigError('sasl.oauthbearer.extensions: write name=value,name=value')
    extensions[name.trim()] = value.join('=').trim()
  }
  return Object.keys(extensions).length > 0 ? extensions : undefined
}

/** What makes tokens as Kafka's clients do for development: nothing proves who it is. */
function unsignedTokens(options: ReadonlyMap<string, string>, clock: Clock): () => string {
  const claims = Object.fromEntries(
    [...options]
      .filter(([name]) => name.startsWith(claimPrefix))
      .map(([name, value]) => [name.slice(claimPrefix.length), value] as const),
  )
  if (Object.keys(claims).length === 0)
    throw new ConfigError(
      `sasl.mechanism oauthbearer needs "sasl.oauthbearer.token.endpoint.url" (https:// or file://), or for development ${claimPrefix}sub="user" in "sasl.jaas.config"`,
    )
  const lifetime = Number(options.get('unsecuredLoginLifetimeSeconds') ?? unsignedLifetimeSeconds)
  if (!(lifetime > 0)) throw new ConfigError('sasl.jaas.config: unsecuredLoginLifetimeSeconds is no number')
  return () => {
    const seconds = clock.now() / 1000
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${part({ alg: 'none' })}.${part({ iat: seconds, exp: seconds + lifetime, ...claims })}.`
  }
}
