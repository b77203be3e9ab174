// The one message of SASL PLAIN (RFC 4616): who is it, in the clear, so that it belongs on an encrypted connection.
//
//   | authorization id, mostly empty | 0 | user name | 0 | password |          UTF-8
import { SaslMessageError } from './sasl-message-error.ts'

export interface PlainMessage {
  /** On whose behalf the user acts; empty for the user's own. */
  readonly authorizationId: string
  readonly username: string
  readonly password: string
}

const partsOf = 3

export function encodePlainMessage({ authorizationId, username, password }: PlainMessage): Buffer {
  return Buffer.from(`${authorizationId}\0${username}\0${password}`, 'utf8')
}

/** Throws SaslMessageError. */
export function parsePlainMessage(bytes: Buffer): PlainMessage {
  const parts = bytes.toString('utf8').split('\0')
  if (parts.length !== partsOf)
    throw new SaslMessageError(`Invalid SASL/PLAIN response: expected 3 tokens, got ${parts.length}`)
  const [authorizationId = '', username = '', password = ''] = parts
  return { authorizationId, username, password }
}
