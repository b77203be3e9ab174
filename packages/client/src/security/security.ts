// What of a client's options secures its connections: our own names and Kafka's, put together.
import type { Clock, Random, TlsOptions } from '@millrace/runtime'
import { ConfigError } from '../errors/index.ts'
import type { Authenticator } from '../network/handshake.ts'
import { readSasl, type SaslOptions } from './sasl-options.ts'
import { saslFromProperties } from './sasl-properties.ts'
import type { SecurityProperties } from './security-table.ts'
import { readTls } from './tls-options.ts'
import { tlsFromProperties } from './tls-properties.ts'

export interface SecurityOptions {
  readonly tls?: TlsOptions | boolean
  readonly sasl?: SaslOptions
  readonly authenticator?: Authenticator
}

export interface Security {
  readonly tls: TlsOptions | undefined
  readonly authenticator: Authenticator | undefined
}

/** Throws ConfigError for settings that contradict each other or are not complete. */
export function resolveSecurity(options: SecurityOptions, clock: Clock, random: Random): Security {
  const given = options as SecurityProperties
  const protocol = given['security.protocol'] as string | undefined
  const named = (prefix: string) =>
    Object.keys(given).find(name => name.startsWith(`${prefix}.`) && given[name as 'a.b'] !== undefined)
  if (protocol === undefined) {
    const stray = named('ssl') ?? named('sasl') ?? named('enable.ssl')
    if (stray !== undefined)
      throw new ConfigError(`"${stray}" needs "security.protocol": SSL, SASL_SSL or SASL_PLAINTEXT`)
  }
  return {
    tls: tlsOf(options, given, protocol),
    authenticator: authenticatorOf(options, given, { protocol, clock, random }),
  }
}

function tlsOf(
  { tls }: SecurityOptions,
  given: SecurityProperties,
  protocol: string | undefined,
): TlsOptions | undefined {
  const own = readTls(tls)
  if (protocol === undefined) return own
  if (!protocol.endsWith('SSL')) {
    if (own) throw new ConfigError(`"tls" and "security.protocol" ${protocol} contradict each other`)
    return undefined
  }
  return { ...tlsFromProperties(given), ...own }
}

interface World {
  readonly protocol: string | undefined
  readonly clock: Clock
  readonly random: Random
}

function authenticatorOf(
  { sasl, authenticator }: SecurityOptions,
  given: SecurityProperties,
  { protocol, clock, random }: World,
): Authenticator | undefined {
  if (sasl && authenticator) throw new ConfigError('"sasl" and "authenticator" exclude each other')
  const isSasl = protocol?.startsWith('SASL') ?? sasl !== undefined
  if (!isSasl) {
    if (sasl) throw new ConfigError(`"sasl" and "security.protocol" ${protocol} contradict each other`)
    return authenticator
  }
  if (authenticator) return authenticator
  const login = sasl ? readSasl(sasl) : saslFromProperties(given, clock)
  return async exchange => (await import('./login.ts')).logIn(login, random, exchange)
}
