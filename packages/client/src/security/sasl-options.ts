// How a client says who it is: the option `sasl`.
import { oauthBearerExtensionFault } from '@millrace/protocol/security'
import { ConfigError } from '../errors/index.ts'
import { type OidcOptions, readOidc } from './oidc-options.ts'
import type { TextSource } from './text-source.ts'

/** A user name and a password: `plain` sends it, so that it belongs on TLS; SCRAM proves it to the broker and the broker to the client. */
export interface PasswordLogin {
  /** How it is told to the broker. */
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
  /** Who logs in: text, or what gives it, asked at each login. */
  readonly username: TextSource
  /** Text, or what gives it, asked at each login. */
  readonly password: TextSource
  /** SCRAM: the user name is the id of a delegation token, the password its HMAC (KIP-48). Default false. */
  readonly delegationToken?: boolean
}

/** What is sent beside a token (KIP-342), by name. */
export type SaslExtensions = Readonly<Record<string, string>>

/** A token with what is sent beside it. */
export interface BearerToken {
  /** The token. */
  readonly token: string
  /** Sent with this one, in place of those of the option. Default: those of the option. */
  readonly extensions?: SaslExtensions | undefined
}

/** A token that the application has, or knows where to get. */
export interface TokenLogin {
  /** By OAuth. */
  readonly mechanism: 'oauthbearer'
  /** A function gives another one before it ends: brokers ask for it. It may give extensions with it. */
  readonly token: TextSource | (() => BearerToken | Promise<BearerToken>)
  /** Sent beside the token (KIP-342). */
  readonly extensions?: SaslExtensions
}

/** Tokens of an identity provider, got and renewed by the client. */
export interface OidcLogin {
  /** By OAuth. */
  readonly mechanism: 'oauthbearer'
  /** Where the tokens come from. */
  readonly oidc: OidcOptions
  /** Sent beside the token (KIP-342). */
  readonly extensions?: SaslExtensions
}

/** A mechanism that the client does not have: `AWS_MSK_IAM`, or one of your own. */
export interface MechanismLogin {
  /** As the broker has it in `sasl.enabled.mechanisms`. */
  readonly mechanism: string
  /** Proves who the client is: on each new connection, and again before a session ends. Returns when the broker is content. */
  readonly authenticate: (exchange: MechanismExchange) => Promise<void>
}

/** What a mechanism has to do with. */
export interface MechanismExchange {
  /** The broker, as the client connects to it. */
  readonly host: string
  /** TCP port. */
  readonly port: number
  /** Whether the connection is one of TLS. */
  readonly encrypted: boolean
  /** Aborts when nobody waits for the login any more. */
  readonly signal: AbortSignal
  /**
   * Sends a token (the bytes of SaslAuthenticate) and resolves with the broker's answer, which is empty where it has nothing to say. What takes time
   * belongs before the first one: on a connection that is in use, others wait from there on. Throws AuthenticationError when the broker refuses.
   */
  readonly send: (token: Uint8Array) => Promise<Buffer>
}

/** Proves to brokers who the client is. Mechanisms may be written in upper case, too, as Kafka does. */
export type SaslOptions = PasswordLogin | TokenLogin | OidcLogin | MechanismLogin

const passwordMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const
const mechanisms = [...passwordMechanisms, 'oauthbearer'] as const
type KnownMechanism = (typeof mechanisms)[number]
/** RFC 4422 section 3.1, and Kafka's names, which are longer. */
const mechanismName = /^[A-Z0-9_-]{1,40}$/

const fields = {
  password: ['mechanism', 'username', 'password', 'delegationToken'],
  bearer: ['mechanism', 'token', 'oidc', 'extensions'],
  own: ['mechanism', 'authenticate'],
} as const

const isSource = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || typeof value === 'function'

/** Checks the option. Throws ConfigError, which repeats no value: passwords may stand anywhere. */
export function readSasl(value: unknown): SaslOptions {
  if (typeof value !== 'object' || value === null)
    throw new ConfigError('sasl: give an object with "mechanism", "username" and "password"')
  const given = value as Readonly<Record<string, unknown>>
  if (given['authenticate'] !== undefined) return readOwn(given)
  const mechanism = readMechanism(given['mechanism'])
  if (mechanism === 'oauthbearer') return readBearer(given)
  refuseStrangers(given, mechanism, fields.password)
  if (!isSource(given['username']))
    throw new ConfigError('sasl.username is missing: give it, or a function that does')
  if (!isSource(given['password']))
    throw new ConfigError('sasl.password is missing: give it, or a function that does')
  return { ...(value as PasswordLogin), mechanism }
}

function readBearer(given: Readonly<Record<string, unknown>>): TokenLogin | OidcLogin {
  const mechanism = 'oauthbearer'
  refuseStrangers(given, mechanism, fields.bearer)
  const { token, oidc, extensions } = given
  if (extensions !== undefined) checkExtensions(extensions)
  const bearer = { ...(given as unknown as TokenLogin), mechanism } as const
  if (oidc === undefined) {
    if (isSource(token)) return bearer
    throw new ConfigError('sasl.token is missing: give a token, a function that does, or "oidc"')
  }
  if (token !== undefined) throw new ConfigError('sasl: "token" and "oidc" exclude each other')
  return { ...bearer, oidc: readOidc(oidc) }
}

/** Throws ConfigError. */
export function checkExtensions(extensions: unknown): void {
  if (typeof extensions !== 'object' || extensions === null)
    throw new ConfigError('sasl.extensions: give an object of texts')
  for (const [key, value] of Object.entries(extensions as Readonly<Record<string, unknown>>)) {
    const fault =
      typeof value === 'string'
        ? oauthBearerExtensionFault(key, value)
        : `the extension "${key}" has a value that is no text`
    if (fault !== undefined) throw new ConfigError(`sasl.extensions: ${fault}`)
  }
}

function readOwn(given: Readonly<Record<string, unknown>>): MechanismLogin {
  const { mechanism: name, authenticate } = given
  const mechanism = typeof name === 'string' ? name.toUpperCase() : ''
  if (!mechanismName.test(mechanism))
    throw new ConfigError('sasl.mechanism: give its name, as the broker has it in sasl.enabled.mechanisms')
  refuseStrangers(given, mechanism, fields.own)
  if (typeof authenticate !== 'function') throw new ConfigError('sasl.authenticate: give a function')
  return { mechanism, authenticate: authenticate as MechanismLogin['authenticate'] }
}

function refuseStrangers(given: object, mechanism: string, known: readonly string[]): void {
  const stranger = Object.keys(given).find(name => !known.includes(name))
  if (stranger !== undefined)
    throw new ConfigError(`sasl: there is no "${stranger}" with ${mechanism}; there are ${known.join(', ')}`)
}

/** The name of a mechanism in any case. Throws ConfigError for one that there is not. */
export function readMechanism(value: unknown): KnownMechanism {
  const name = typeof value === 'string' ? value.toLowerCase() : undefined
  const mechanism = mechanisms.find(known => known === name)
  if (mechanism) return mechanism
  const choice = `there are ${mechanisms.join(', ')}, and any other with "authenticate"`
  throw new ConfigError(
    typeof value === 'string'
      ? `sasl.mechanism: there is no ${value.slice(0, 40)}; ${choice}`
      : `sasl.mechanism is missing; ${choice}`,
  )
}
