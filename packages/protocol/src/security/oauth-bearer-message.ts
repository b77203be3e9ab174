// The messages of SASL OAUTHBEARER (RFC 7628, KIP-255): a bearer token, with extensions (KIP-342).
//
//   client: | n,[a=authorization id], | 0x01 | auth=Bearer <token> | 0x01 | key=value | 0x01 | … | 0x01 |
//   server: nothing, or an error as JSON, to which the client answers with a single 0x01
import { SaslMessageError } from './sasl-message-error.ts'

export interface OAuthBearerMessage {
  /** On whose behalf the bearer acts; empty for its own. */
  readonly authorizationId: string
  readonly token: string
  readonly extensions: ReadonlyMap<string, string>
}

/** What a client answers to an error, so that the server can end the exchange. */
export const oauthBearerErrorAnswer = Buffer.from([1])

const separator = '\x01'
const headerPattern = /^n,(?:a=([^,]*))?,$/
const pairPattern = /^([A-Za-z]+)=([\x21-\x7e \t\r\n]*)$/
const tokenPattern = /^Bearer +([-_~+/.a-zA-Z0-9]+=*)$/i
const extensionKeyPattern = /^[A-Za-z]+$/
const extensionValuePattern = /^[\x21-\x7e \t\r\n]+$/

export function encodeOAuthBearerMessage({ authorizationId, token, extensions }: OAuthBearerMessage): Buffer {
  const who = authorizationId === '' ? '' : `a=${escapeSaslName(authorizationId)}`
  const pairs = [...extensions].map(([key, value]) => `${key}=${value}\x01`).join('')
  return Buffer.from(`n,${who},\x01auth=Bearer ${token}\x01${pairs}\x01`, 'utf8')
}

/** Throws SaslMessageError. */
export function parseOAuthBearerMessage(bytes: Buffer): OAuthBearerMessage {
  const invalid = 'Invalid OAUTHBEARER client first message'
  const pieces = bytes.toString('utf8').split(separator)
  const header = headerPattern.exec(pieces[0]!)
  // The last pair has a separator behind it, and so has the message.
  if (!header || pieces.length < 3 || pieces.at(-1) !== '' || pieces.at(-2) !== '')
    throw new SaslMessageError(invalid)
  const extensions = new Map<string, string>()
  for (const piece of pieces.slice(1, -2)) {
    const pair = pairPattern.exec(piece)
    if (!pair) throw new SaslMessageError(invalid)
    extensions.set(pair[1]!, pair[2]!)
  }
  const token = tokenPattern.exec(extensions.get('auth') ?? '')?.[1]
  if (token === undefined) throw new SaslMessageError(`${invalid}: no bearer token`)
  extensions.delete('auth')
  return { authorizationId: unescapeSaslName(header[1] ?? ''), token, extensions }
}

/** Why an extension cannot be sent; undefined when it can. */
export function oauthBearerExtensionFault(key: string, value: string): string | undefined {
  if (key === 'auth') return 'the extension "auth" is the token itself'
  if (!extensionKeyPattern.test(key)) return `the extension "${key}" may have letters only in its name`
  return extensionValuePattern.test(value)
    ? undefined
    : `the extension "${key}" has a value with other than printable characters`
}

/** `=` and `,` mean something in the messages of SASL (RFC 5801, RFC 5802). */
export function escapeSaslName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C')
}

/** Throws SaslMessageError for an escape that there is not. */
export function unescapeSaslName(name: string): string {
  return name.replace(/=(2C|3D)?/g, (_, code?: string) => {
    if (code === undefined) throw new SaslMessageError('Invalid name: "=" stands for itself only as "=3D"')
    return code === '2C' ? ',' : '='
  })
}
