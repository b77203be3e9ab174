// The four messages of SCRAM (RFC 5802, section 7), in Kafka's subset: no channel binding, extensions in the first one (KIP-48).
//
//   client first:  n,[a=authorization id],n=user,r=client nonce[,tokenauth=true]
//   server first:  r=client nonce + server nonce,s=salt in base64,i=iterations
//   client final:  c=biws,r=both nonces,p=proof in base64              c: "n,," in base64
//   server final:  v=signature in base64, or e=error
import { escapeSaslName, unescapeSaslName } from './oauth-bearer-message.ts'
import { SaslMessageError } from './sasl-message-error.ts'

export interface ScramClientFirst {
  /** On whose behalf the user acts; empty for the user's own. */
  readonly authorizationId: string
  readonly username: string
  readonly nonce: string
  /** `tokenauth=true`: the user name is the id of a delegation token, the password its HMAC. */
  readonly extensions: ReadonlyMap<string, string>
  /** The part of the message that is proved later. */
  readonly bare: string
}

export interface ScramServerFirst {
  /** The client's, with the server's behind it. */
  readonly nonce: string
  readonly salt: Buffer
  readonly iterations: number
}

export interface ScramClientFinal {
  readonly nonce: string
  readonly proof: Buffer
  readonly withoutProof: string
}

const printable = '[\\x21-\\x2B\\x2D-\\x7E]+'
const saslName = '(?:[^=,\\0]|=2C|=3D)+'
const base64 = '(?:[A-Za-z0-9/+]{4})*(?:[A-Za-z0-9/+]{3}=|[A-Za-z0-9/+]{2}==)?'
const extensions = '(?:,[A-Za-z]+=[^,\\0]+)*'

const clientFirstPattern = new RegExp(
  `^n,(?:a=(${saslName}))?,((?:m=[^,\\0]+,)?n=(${saslName}),r=(${printable})(${extensions}))$`,
)
const serverFirstPattern = new RegExp(
  `^(?:m=[^,\\0]+,)?r=(${printable}),s=(${base64}),i=([1-9][0-9]{0,9})${extensions}$`,
)
const clientFinalPattern = new RegExp(`^(c=(${base64}),r=(${printable})${extensions}),p=(${base64})$`)
const serverFinalPattern = new RegExp(`^(?:e=([^,\\0]+)|v=(${base64}))${extensions}$`)

/** `n,,` in base64: no channel binding, nobody else's behalf. */
const noChannelBinding = 'biws'

function matched(pattern: RegExp, bytes: Buffer, which: string): RegExpExecArray {
  const match = pattern.exec(bytes.toString('utf8'))
  if (!match) throw new SaslMessageError(`Invalid SCRAM ${which} message format`)
  return match
}

/** The bare message; with `n,,` before it, it is what is sent. */
export function scramClientFirstBare(
  username: string,
  nonce: string,
  given: ReadonlyMap<string, string> = new Map(),
): string {
  const pairs = [...given].map(([key, value]) => `,${key}=${value}`).join('')
  return `n=${escapeSaslName(username)},r=${nonce}${pairs}`
}

/** Throws SaslMessageError. */
export function parseScramClientFirst(bytes: Buffer): ScramClientFirst {
  const match = matched(clientFirstPattern, bytes, 'client first')
  const [, authorizationId = '', bare = '', username = '', nonce = '', pairs = ''] = match
  return {
    authorizationId: unescapeSaslName(authorizationId),
    username: unescapeSaslName(username),
    nonce,
    bare,
    extensions: new Map(
      pairs
        .split(',')
        .filter(pair => pair !== '')
        .map(pair => {
          const at = pair.indexOf('=')
          return [pair.slice(0, at), pair.slice(at + 1)] as const
        }),
    ),
  }
}

export function scramServerFirst({ nonce, salt, iterations }: ScramServerFirst): string {
  return `r=${nonce},s=${salt.toString('base64')},i=${iterations}`
}

/** Throws SaslMessageError. */
export function parseScramServerFirst(bytes: Buffer): ScramServerFirst {
  const [, nonce = '', salt = '', iterations = ''] = matched(serverFirstPattern, bytes, 'server first')
  return { nonce, salt: Buffer.from(salt, 'base64'), iterations: Number(iterations) }
}

export function scramClientFinalWithoutProof(nonce: string): string {
  return `c=${noChannelBinding},r=${nonce}`
}

/** Throws SaslMessageError. */
export function parseScramClientFinal(bytes: Buffer): ScramClientFinal {
  const [, withoutProof = '', , nonce = '', proof = ''] = matched(clientFinalPattern, bytes, 'client final')
  return { nonce, withoutProof, proof: Buffer.from(proof, 'base64') }
}

/** What both sides sign. */
export function scramAuthMessage(clientFirstBare: string, serverFirst: string, clientFinal: string): string {
  return `${clientFirstBare},${serverFirst},${clientFinal}`
}

/** The server's signature, or the error with which it ends the exchange. Throws SaslMessageError. */
export function parseScramServerFinal(bytes: Buffer): {
  readonly error?: string
  readonly signature: Buffer
} {
  const [, error, signature = ''] = matched(serverFinalPattern, bytes, 'server final')
  return { ...(error !== undefined && { error }), signature: Buffer.from(signature, 'base64') }
}
