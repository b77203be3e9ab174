// SASL PLAIN (RFC 4616): a user name and a password, compared with those of `sasl.jaas.config`.
import { parsePlainMessage, type PlainMessage, SaslMessageError } from '@millrace/protocol/security'
import { ConfigError } from '../../config/definition.ts'
import type { ListenerSettings } from '../listener-settings.ts'
import { readJaas } from './jaas-property.ts'
import { SaslFailure, type SaslMechanism, type SaslStep } from './sasl-server.ts'

const loginModule = 'org.apache.kafka.common.security.plain.PlainLoginModule'
const userPrefix = 'user_'

/** Throws ConfigError when the listener names no users. */
export function plainMechanism(settings: ListenerSettings): SaslMechanism {
  const users = usersOf(settings)
  return { begin: () => ({ evaluate: token => login(users, token) }) }
}

function usersOf(settings: ListenerSettings): ReadonlyMap<string, string> {
  const property = settings.nameOf('sasl.jaas.config')
  const text = settings.get('sasl.jaas.config')
  const example = `${property}=${loginModule} required user_alice="alice-secret";`
  if (text === null)
    throw new ConfigError(
      property,
      `${property} is missing: PLAIN takes its users from there, as in ${example}`,
    )
  const { module, options } = readJaas(property, text)
  if (module !== loginModule)
    throw new ConfigError(property, `${property}: PLAIN wants ${loginModule}, not ${module}`)
  const users = [...options].filter(([name]) => name.startsWith(userPrefix))
  if (users.length === 0) throw new ConfigError(property, `${property} names no user: write ${example}`)
  return new Map(users.map(([name, password]) => [name.slice(userPrefix.length), password]))
}

/** As `PlainSaslServer`, with its words, all of which the client is told. */
function login(users: ReadonlyMap<string, string>, token: Buffer): SaslStep {
  const { authorizationId, username, password } = parsed(token)
  if (username === '') throw refusal('Authentication failed: username not specified')
  if (password === '') throw refusal('Authentication failed: password not specified', username)
  if (!isSame(password, users.get(username)))
    throw refusal('Authentication failed: Invalid username or password', username)
  if (authorizationId !== '' && authorizationId !== username) {
    throw refusal(
      'Authentication failed: Client requested an authorization id that is different from username',
      username,
    )
  }
  return { answer: Buffer.alloc(0), identity: { name: username } }
}

function parsed(token: Buffer): PlainMessage {
  try {
    return parsePlainMessage(token)
  } catch (error) {
    throw error instanceof SaslMessageError ? refusal(error.message) : error
  }
}

function refusal(told: string, user?: string): SaslFailure {
  return new SaslFailure(told, { told, ...(user !== undefined && { user }) })
}

/** Takes the same time for every wrong password, of a user that there is or not. */
function isSame(given: string, wanted: string | undefined): boolean {
  const { createHash, timingSafeEqual } = process.getBuiltinModule('node:crypto')
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted ?? '')) && wanted !== undefined
}
