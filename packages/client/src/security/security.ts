// What of a client's options secures its connections: our own names and Kafka's, put together.
import type { Clock, Random } from '@millrace/runtime'
import { ConfigError } from '../errors/index.ts'
import type { TlsSource } from '../network/dial.ts'
import type { Authenticator, OwnAuthenticator } from '../network/handshake.ts'
import { readSasl, type SaslOptions } from './sasl-options.ts'
import { saslFromProperties } from './sasl-properties.ts'
import type { SecurityProperties } from './security-table.ts'
import { readTls, type TlsOption } from './tls-options.ts'
import { tlsFromProperties } from './tls-properties.ts'

export interface SecurityOptions {
  readonly tls?: TlsOption
  readonly sasl?: SaslOptions
  readonly authenticator?: Authenticator
}

export interface Security {
  readonly tls: TlsSource | undefined
  readonly authenticator: OwnAuthenticator | undefined
  /** The mechanism whose secret anybody can read who is between client and broker; undefined where there is none. */
  readonly exposes: string | undefined
}

/** They send what proves who the client is. */
const sendsSecret: ReadonlySet<string> = new Set(['plain', 'oauthbearer'])

/** Throws ConfigError for settings that contradict each other or are not complete. */
export function resolveSecurity(options: SecurityOptions, clock: Clock, random: Random): Security {
  const given = options as SecurityProperties
  const protocol = given['security.protocol'] as string | undefined
  const named = (prefix: string) =>
    Object.keys(given).find(name => name.startsWith(`${prefix}.`) && given[name as 'a.b'] !== undefined)
  if (protocol === undefined) {
    const stray = named('ssl') ?? named('sasl') ?? named('enable.ssl') ?? named('https')
    if (stray !== undefined)
      throw new ConfigError(`"${stray}" needs "security.protocol": SSL, SASL_SSL or SASL_PLAINTEXT`)
  }
  const tls = tlsOf(options, given, protocol)
  const login = loginOf(options, given, protocol, clock)
  return {
    tls,
    authenticator: login ? lazily(login, clock, random) : options.authenticator,
    exposes: !tls && login && sendsSecret.has(login.mechanism) ? login.mechanism.toUpperCase() : undefined,
  }
}

function tlsOf(
  { tls }: SecurityOptions,
  given: SecurityProperties,
  protocol: string | undefined,
): TlsSource | undefined {
  const own = readTls(tls)
  if (protocol === undefined) return own
  if (!protocol.endsWith('SSL')) {
    if (own) throw new ConfigError(`"tls" and "security.protocol" ${protocol} contradict each other`)
    return undefined
  }
  const named = tlsFromProperties(given)
  if (own === undefined) return named
  if (typeof own === 'function') throw new ConfigError('"tls" is a function: leave out "security.protocol"')
  return typeof named === 'function'
    ? async kept => ({ ...(await named(kept)), ...own })
    : { ...named, ...own }
}

/** Undefined where nobody logs in, or an authenticator does. */
function loginOf(
  { sasl, authenticator }: SecurityOptions,
  given: SecurityProperties,
  protocol: string | undefined,
  clock: Clock,
): SaslOptions | undefined {
  if (sasl && authenticator) throw new ConfigError('"sasl" and "authenticator" exclude each other')
  if (protocol !== undefined && !protocol.startsWith('SASL')) {
    if (sasl) throw new ConfigError(`"sasl" and "security.protocol" ${protocol} contradict each other`)
    return undefined
  }
  if (sasl) return readSasl(sasl)
  return protocol === undefined || authenticator ? undefined : saslFromProperties(given, clock)
}

/** Only who logs in loads what that takes. */
function lazily(login: SaslOptions, clock: Clock, random: Random): OwnAuthenticator {
  let loaded: Promise<OwnAuthenticator> | undefined
  return async exchange => {
    loaded ??= import('./login.ts').then(({ makeAuthenticator }) => makeAuthenticator(login, clock, random))
    return (await loaded)(exchange)
  }
}
