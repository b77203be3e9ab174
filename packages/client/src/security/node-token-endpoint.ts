// Asks an identity provider for a token: one request with a client's own id and secret (OAuth 2.0, RFC 6749 section 4.4).
import { request as requestPlain } from 'node:http'
import { request as requestSecure, type RequestOptions } from 'node:https'
import { AuthenticationError, ConnectionError, type KafkaError } from '../errors/index.ts'

export interface TokenRequest {
  readonly url: URL
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string | undefined
  readonly parameters: Readonly<Record<string, string>>
  readonly encodeCredentials: boolean
  readonly ca: string | Buffer | undefined
  /** For the whole of it, in ms. */
  readonly timeoutMs: number
}

/** What the provider says of a token it gives. */
export interface TokenAnswer {
  readonly token: string
  /** Seconds that it is good for; undefined where it does not say. */
  readonly expiresInSeconds: number | undefined
}

/** As Java's clients: a token is never near it. */
const answerMaxBytes = 1 << 20
/** What the provider will not say otherwise when it is asked again, by HTTP's status: as Java's clients. */
const finalStatuses: ReadonlySet<number> = new Set([
  400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 412, 413, 414, 415, 501, 505,
])
const certificateFault = /^(CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/
const shownMax = 200

interface HttpAnswer {
  readonly status: number
  readonly body: string
}

/** The part of a URL that an error may repeat: secrets may stand in the rest. */
export function shownUrl({ protocol, host, pathname }: URL): string {
  return protocol === 'file:' ? pathname : `${protocol}//${host}${pathname}`
}

/** Throws AuthenticationError where the provider refuses, ConnectionError where it may answer later. No secret stands in them. */
export async function requestToken(asked: TokenRequest, signal: AbortSignal): Promise<TokenAnswer> {
  const what = `no token from ${shownUrl(asked.url)}`
  let answer: HttpAnswer
  try {
    answer = await post(asked, signal)
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    const { message, code = '' } = cause as Error & { code?: string }
    // A certificate that is not good will not be better at the next attempt.
    if (certificateFault.test(code))
      throw new AuthenticationError(`${what}: ${message}; "ca" says whom to trust`, { cause })
    throw new ConnectionError('CONNECT_FAILED', `${what}: ${message || code}`, { cause })
  }
  if (answer.status !== 200 && answer.status !== 201) throw refusal(what, answer, asked.clientSecret)
  return readAnswer(what, answer.body)
}

function refusal(what: string, { status, body }: HttpAnswer, secret: string): KafkaError {
  const message = `${what}: status ${status}${reasonIn(body, secret)}`
  return finalStatuses.has(status) || (status >= 300 && status < 400)
    ? new AuthenticationError(message)
    : new ConnectionError('CONNECT_FAILED', message)
}

/** The error of OAuth 2.0 (section 5.2) where the answer is one, and repeats no secret. */
function reasonIn(body: string, secret: string): string {
  const { error, error_description: description } = fieldsOf(body)
  if (typeof error !== 'string') return ''
  const text = typeof description === 'string' ? `${error}: ${description}` : error
  const isSafe = !text.includes(secret) && !text.includes(encodeURIComponent(secret))
  return isSafe ? ` (${text.slice(0, shownMax).replace(/[^\x20-\x7e]/g, ' ')})` : ''
}

/** The error of the parser would repeat what was sent, which may be a token. */
function readAnswer(what: string, body: string): TokenAnswer {
  const { access_token: token, expires_in: seconds } = fieldsOf(body)
  if (typeof token !== 'string' || token === '')
    throw new AuthenticationError(`${what}: the answer has no access_token`)
  const expiresIn = Number(seconds)
  return { token, expiresInSeconds: seconds !== null && expiresIn > 0 ? expiresIn : undefined }
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body)) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}

function post(asked: TokenRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const { url, ca, timeoutMs } = asked
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(asked.scope !== undefined && { scope: asked.scope }),
    ...asked.parameters,
  }).toString()
  const options: RequestOptions = {
    method: 'POST',
    headers: {
      authorization: authorizationOf(asked),
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-cache',
    },
    // One of its own, which is closed behind the answer: the next token is wanted in minutes.
    agent: false,
    signal,
    ...(ca !== undefined && { ca }),
  }
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options)
    const patience = setTimeout(
      () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)),
      timeoutMs,
    )
    request.on('error', reject)
    request.on('close', () => clearTimeout(patience))
    request.on('response', response => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes <= answerMaxBytes) chunks.push(chunk)
        else request.destroy(new Error(`the answer is longer than ${answerMaxBytes} bytes`))
      })
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      )
      response.on('close', () => reject(new Error('the answer has no end')))
    })
    request.end(body)
  })
}

function authorizationOf({ clientId, clientSecret, encodeCredentials }: TokenRequest): string {
  const of = encodeCredentials ? encodeURIComponent : String
  return `Basic ${Buffer.from(`${of(clientId)}:${of(clientSecret)}`).toString('base64')}`
}
