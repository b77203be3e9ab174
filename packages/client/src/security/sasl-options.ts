// How a client says who it is: the option `sasl`.
import { ConfigError } from '../errors/index.ts'

/** A user name and a password: `plain` sends it, so that it belongs on TLS; SCRAM proves it to the broker and the broker to the client. */
export interface PasswordLogin {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
  readonly username: string
  /** Or what gives it, asked at each login. */
  readonly password: string | (() => string | Promise<string>)
  /** SCRAM: the user name is the id of a delegation token, the password its HMAC (KIP-48). Default false. */
  readonly delegationToken?: boolean
}

/** A token of an identity provider. */
export interface TokenLogin {
  readonly mechanism: 'oauthbearer'
  /** Or what gives it, asked at each login: brokers want another one before it ends. */
  readonly token: string | (() => string | Promise<string>)
  /** Sent beside the token (KIP-342). */
  readonly extensions?: Readonly<Record<string, string>>
}

/** Proves to brokers who the client is. Mechanisms may be written in upper case, too, as Kafka does. */
export type SaslOptions = PasswordLogin | TokenLogin

const passwordMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const
const mechanisms = [...passwordMechanisms, 'oauthbearer'] as const

const fields = {
  password: ['mechanism', 'username', 'password', 'delegationToken'],
  token: ['mechanism', 'token', 'extensions'],
} as const

const isSource = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || typeof value === 'function'

/** Checks the option. Throws ConfigError, which repeats no value: passwords may stand anywhere. */
export function readSasl(value: unknown): SaslOptions {
  if (typeof value !== 'object' || value === null)
    throw new ConfigError('sasl: give an object with "mechanism", "username" and "password"')
  const given = value as Readonly<Record<string, unknown>>
  const mechanism = readMechanism(given['mechanism'])
  const known: readonly string[] = mechanism === 'oauthbearer' ? fields.token : fields.password
  const stranger = Object.keys(given).find(name => !known.includes(name))
  if (stranger !== undefined)
    throw new ConfigError(`sasl: there is no "${stranger}" with ${mechanism}; there are ${known.join(', ')}`)
  if (mechanism === 'oauthbearer') {
    if (!isSource(given['token']))
      throw new ConfigError('sasl.token is missing: give a token, or a function that does')
  } else {
    if (typeof given['username'] !== 'string' || given['username'] === '')
      throw new ConfigError('sasl.username is missing')
    if (!isSource(given['password']))
      throw new ConfigError('sasl.password is missing: give it, or a function that does')
  }
  return { ...(value as SaslOptions), mechanism } as SaslOptions
}

/** The name of a mechanism in any case. Throws ConfigError for one that there is not. */
export function readMechanism(value: unknown): SaslOptions['mechanism'] {
  const name = typeof value === 'string' ? value.toLowerCase() : undefined
  const mechanism = mechanisms.find(known => known === name)
  if (mechanism) return mechanism
  const choice = `there are ${mechanisms.join(', ')}`
  throw new ConfigError(
    typeof value === 'string'
      ? `sasl.mechanism: there is no ${value.slice(0, 40)}; ${choice}`
      : `sasl.mechanism is missing; ${choice}`,
  )
}
