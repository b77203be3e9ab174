// Logs in by SASL (KIP-43, KIP-152): chooses the mechanism, exchanges its tokens, and learns how long the login holds (KIP-368).
import { ErrorCode, SaslAuthenticateApi, SaslHandshakeApi } from '@millrace/protocol'
import {
  encodeOAuthBearerMessage,
  encodePlainMessage,
  oauthBearerErrorAnswer,
  oauthBearerExtensionFault,
} from '@millrace/protocol/security'
import type { Random } from '@millrace/runtime'
import { AuthenticationError, BrokerError, ConfigError } from '../errors/index.ts'
import type { AuthenticationExchange } from '../network/handshake.ts'
import type { PasswordLogin, SaslOptions, TokenLogin } from './sasl-options.ts'
import { scramLogin } from './scram-login.ts'
import type { SendToken, TokenAnswer } from './token-exchange.ts'

/** Throws AuthenticationError: what the broker says, and who it was. */
export async function logIn(
  login: SaslOptions,
  random: Random,
  exchange: AuthenticationExchange,
): Promise<{ readonly sessionLifetimeMs: number }> {
  const mechanism = login.mechanism.toUpperCase()
  const who = login.mechanism === 'oauthbearer' ? 'the token' : `user "${login.username}"`
  const { host, port, request } = exchange
  await choose(mechanism, exchange)
  const send: SendToken = async authBytes => {
    const {
      errorCode,
      errorMessage,
      authBytes: bytes,
      sessionLifetimeMs,
    } = await request(SaslAuthenticateApi, { authBytes })
    if (errorCode === ErrorCode.NONE) return { bytes, sessionLifetimeMs }
    const message = errorMessage ?? new BrokerError(errorCode, mechanism).message
    throw new AuthenticationError(`${host}:${port} refuses ${who} (${mechanism}): ${message}`)
  }
  if (login.mechanism === 'oauthbearer') return sendBearerToken(login, send)
  const password = await textOf(login.password, 'sasl.password')
  if (login.mechanism === 'plain') return sendPassword(login, password, send)
  return scramLogin({ ...login, mechanism: login.mechanism, password }, random, `${host}:${port}`, send)
}

async function choose(mechanism: string, { host, port, request }: AuthenticationExchange): Promise<void> {
  const { errorCode, mechanisms } = await request(SaslHandshakeApi, { mechanism }, { minVersion: 1 })
  if (errorCode === ErrorCode.NONE) return
  if (errorCode === ErrorCode.UNSUPPORTED_SASL_MECHANISM)
    throw new AuthenticationError(
      `${host}:${port} does not have ${mechanism}; it has ${mechanisms.join(', ') || 'no mechanism'}`,
    )
  if (errorCode === ErrorCode.ILLEGAL_SASL_STATE)
    throw new AuthenticationError(
      `${host}:${port} wants no login: that listener has no SASL; leave it out, or take the port of another one`,
    )
  throw new BrokerError(errorCode, `choosing ${mechanism} on ${host}:${port}`)
}

/** What a function of the user gives is checked here: an empty secret would only be refused. */
async function textOf(source: string | (() => string | Promise<string>), name: string): Promise<string> {
  const text: unknown = typeof source === 'function' ? await source() : source
  if (typeof text !== 'string' || text === '') throw new ConfigError(`${name}: the function gave no text`)
  return text
}

async function sendPassword(
  { username }: PasswordLogin,
  password: string,
  send: SendToken,
): Promise<TokenAnswer> {
  return send(encodePlainMessage({ authorizationId: '', username, password }))
}

async function sendBearerToken(
  { token, extensions = {} }: TokenLogin,
  send: SendToken,
): Promise<TokenAnswer> {
  for (const [key, value] of Object.entries(extensions)) {
    const fault = oauthBearerExtensionFault(key, value)
    if (fault !== undefined) throw new ConfigError(`sasl.extensions: ${fault}`)
  }
  const answer = await send(
    encodeOAuthBearerMessage({
      authorizationId: '',
      token: await textOf(token, 'sasl.token'),
      extensions: new Map(Object.entries(extensions)),
    }),
  )
  // An error comes as an answer, and ends the exchange once it was answered to.
  return answer.bytes.length === 0 ? answer : send(oauthBearerErrorAnswer)
}
