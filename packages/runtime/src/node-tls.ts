// TLS of a Node process: an accepted or outgoing socket becomes an encrypted one. Loaded when the first is wanted.
import type { Socket } from 'node:net'
import tls, {
  connect as connectTls,
  createSecureContext,
  type ConnectionOptions,
  type SecureContext,
  TLSSocket,
} from 'node:tls'
import { tryEveryAddress } from './node-addresses.ts'
import { TlsError, type TlsOptions, type TlsPeer, type TlsServer, type TlsServerOptions } from './network.ts'

/** Node's option `onread`: where a socket reads to. */
export interface Reading {
  buffer(): Uint8Array
  callback(bytes: number, memory: Uint8Array): boolean
}

/** What an encrypted socket has beside what all sockets have. */
export interface Encryption {
  /** Undefined while the handshake goes on. */
  peer(): TlsPeer | undefined
  /** What the socket ended with: a TlsError in words that say what it mostly means, unless the handshake was over. */
  explain(error: Error | undefined): Error | undefined
  /** Makes the socket read into memory that it is given. False where this Node cannot: it has memory of its own then. */
  readInto(reading: Reading): boolean
}

export interface Secured {
  readonly socket: TLSSocket
  readonly encryption: Encryption
}

/** Sessions are resumed within one listener only; Node wants a name where clients show certificates. */
const sessionIdContext = 'millrace'

/** By the options they were made of, which are the same object as long as nothing has changed. */
const contexts = new WeakMap<TlsServerOptions, SecureContext>()

function contextOf(options: TlsServerOptions): SecureContext {
  const known = contexts.get(options)
  if (known) return known
  const { clientAuth: _, ...rest } = options
  const made = createSecureContext({ ...rest, sessionIdContext })
  contexts.set(options, made)
  return made
}

/** What OpenSSL says against the options; undefined when connections can be secured with them. */
function tlsFault(options: TlsServerOptions): Error | undefined {
  try {
    contextOf(options)
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** Throws what `tls` does when it is not complete. */
export function checkTls(tls: TlsServer): void {
  tls(tlsFault)
}

/** Begins the handshake of a listener. When `tls` throws, or what it gives cannot be used, the connection ends with that. */
export function secure(accepted: Socket, tls: TlsServer): Secured {
  let given: TlsServerOptions = { clientAuth: 'none' }
  let fault: Error | undefined
  let secureContext: SecureContext | undefined
  try {
    given = tls(tlsFault)
    secureContext = contextOf(given)
  } catch (error) {
    fault = error as Error
  }
  const { clientAuth } = given
  const socket = new TLSSocket(accepted, {
    isServer: true,
    ...(secureContext && { secureContext }),
    requestCert: clientAuth !== 'none',
    rejectUnauthorized: clientAuth === 'required',
    minVersion: given.minVersion,
    maxVersion: given.maxVersion,
  } as ConnectionOptions & { isServer: true })
  const encryption = new TlsEncryption(socket, 'client')
  socket.once('secure', () => encryption.onSecure(clientAuth))
  if (fault) socket.destroy(fault)
  // The handshake reads as soon as it can; what comes behind it waits for who takes the connection.
  else accepted.resume()
  return { socket, encryption }
}

/** Begins to connect; `secureConnect` is emitted when the handshake is over and the certificate was found good. */
export function secureTo(host: string, port: number, options: TlsOptions): Secured {
  const { servername = nameFor(host), ca } = options
  const socket = connectTls({
    ...(options as ConnectionOptions),
    ...(ca !== undefined && { ca: authorities(ca) }),
    ...tryEveryAddress,
    host,
    port,
    // The address of a machine is no name to ask for, and is compared with the certificate all the same.
    ...(servername !== undefined && { servername }),
  })
  const encryption = new TlsEncryption(socket, 'server', host)
  socket.once('secureConnect', () => encryption.onSecure('required'))
  return { socket, encryption }
}

/** `system` stands for what the operating system trusts. Throws where this runtime cannot say what that is. */
function authorities(ca: NonNullable<TlsOptions['ca']>): (string | Buffer)[] {
  return (Array.isArray(ca) ? (ca as readonly (string | Buffer)[]) : [ca as string | Buffer]).flatMap(
    each => {
      if (each !== 'system') return [each]
      // Not every runtime that runs this has it: Node 22.15 brought it.
      const { getCACertificates } = tls as Partial<typeof tls>
      if (!getCACertificates)
        throw new Error('this runtime does not tell which authorities the system trusts')
      return getCACertificates('system')
    },
  )
}

function nameFor(host: string): string | undefined {
  return /^[\d.]+$|:/.test(host) ? undefined : host
}

class TlsEncryption implements Encryption {
  readonly #socket: TLSSocket
  readonly #side: 'client' | 'server'
  readonly #host: string | undefined
  #peer: TlsPeer | undefined
  /** Why the peer was refused although TLS itself was content. */
  #refused: TlsError | undefined

  /** `side`: who the other side is. */
  constructor(socket: TLSSocket, side: 'client' | 'server', host?: string) {
    this.#socket = socket
    this.#side = side
    this.#host = host
  }

  peer(): TlsPeer | undefined {
    return this.#peer
  }

  onSecure(clientAuth: TlsServerOptions['clientAuth']): void {
    const socket = this.#socket
    const certificate = socket.getPeerX509Certificate()?.raw
    if (this.#side === 'client' && certificate && clientAuth !== 'none') {
      const fault = verifyError(socket)
      if (fault) {
        this.#refused = new TlsError(`the certificate of the client is refused: ${explainVerify(fault)}`)
        socket.destroy()
        return
      }
    }
    this.#peer = {
      protocol: socket.getProtocol() ?? '',
      cipher: socket.getCipher().name,
      certificate,
    }
  }

  explain(error: Error | undefined): Error | undefined {
    if (this.#refused) return this.#refused
    if (this.#peer) return error && this.#side === 'server' ? explainLate(error, this.#host) : error
    const { code } = (error ?? {}) as { code?: string }
    if (!error || code === 'ECONNRESET' || code === 'EPIPE') {
      const hint = this.#side === 'server' ? '; a listener without TLS does that' : ''
      return new Error(`the ${this.#side} ended the connection before the TLS handshake was over${hint}`)
    }
    return isTlsFault(error)
      ? new TlsError(explainHandshake(error, this.#side, this.#host), { cause: error })
      : error
  }

  /** By fields of Node's sockets that only an option for outgoing ones sets. Measured at 1 KiB records: a third less time to receive. */
  readInto(reading: Reading): boolean {
    const socket = this.#socket as unknown as Record<symbol, unknown> & {
      _handle?: { useUserBuffer?: (memory: Uint8Array) => void }
    }
    const symbols = Object.getOwnPropertySymbols(socket)
    const fields = ['kBuffer', 'kBufferCb', 'kBufferGen'].map(name =>
      symbols.find(symbol => symbol.description === name),
    )
    const [buffer, callback, next] = fields
    const handle = socket._handle
    if (!buffer || !callback || !next || typeof handle?.useUserBuffer !== 'function') return false
    const memory = reading.buffer()
    socket[buffer] = memory
    socket[callback] = (bytes: number, at: Uint8Array) => reading.callback(bytes, at)
    socket[next] = () => reading.buffer()
    handle.useUserBuffer(memory)
    return true
  }
}

/** What OpenSSL found wrong with the peer's certificate. */
function verifyError(socket: TLSSocket): (Error & { code?: string }) | undefined {
  const handle = (socket as unknown as { _handle?: { verifyError?: () => Error | null } | null })._handle
  return (handle?.verifyError?.() ?? undefined) as (Error & { code?: string }) | undefined
}

/** With TLS 1.3 a server says only after the handshake what it thinks of the client's certificate. */
function explainLate(error: Error & { code?: string }, host: string | undefined): Error {
  return isTlsFault(error) && /alert/i.test(error.message)
    ? new TlsError(explainHandshake(error, 'server', host), { cause: error })
    : error
}

function isTlsFault({ code }: Error & { code?: string }): boolean {
  return (
    code !== undefined &&
    (/^(ERR_SSL|ERR_TLS|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|HOSTNAME_|INVALID_|CRL_)/.test(code) ||
      code === 'EPROTO')
  )
}

const verifyWords: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet; compare the clocks',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed and not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends at an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'no trusted authority has signed it, or the chain lacks one between',
  UNABLE_TO_GET_ISSUER_CERT: 'no trusted authority has signed it, or the chain lacks one between',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'no trusted authority has signed it, or the chain lacks one between',
  CERT_SIGNATURE_FAILURE: 'its signature is not of the authority that it names',
  CERT_REVOKED: 'it is revoked',
}

function explainVerify(error: Error & { code?: string }): string {
  const { code = '' } = error
  return verifyWords[code] ?? `${error.message || code}`
}

/** By the reason in OpenSSL's message, which is all that there is. */
const handshakeWords: readonly (readonly [RegExp, client: string, server: string])[] = [
  [
    /wrong.version.number|packet.length.too.long|http.request|record.layer.failure|bad.record.type/i,
    'what came is no TLS: the client speaks plain text, or an old version of SSL',
    'what came is no TLS: the listener is plain text (leave "tls" out), or is of something else',
  ],
  [
    /peer.did.not.return.a.certificate|certificate.required/i,
    'the client has shown no certificate, and ssl.client.auth=required',
    'the server wants a certificate of the client; give "cert" and "key"',
  ],
  [
    /unknown.ca/i,
    'the client does not trust this certificate: it needs the authority that signed it',
    'the server does not trust the certificate of this client',
  ],
  [
    /bad.certificate|certificate.unknown|certificate.expired/i,
    'the client refused this certificate: it does not trust who signed it, another host name stands in it, or it has expired',
    'the server refused the certificate of this client',
  ],
  [
    /unsupported.protocol|protocol.version|version.too.low|no.shared.cipher|handshake.failure|no.protocols/i,
    'the two have no version of TLS, or no cipher, in common (ssl.enabled.protocols, ssl.cipher.suites)',
    'the two have no version of TLS, or no cipher, in common',
  ],
]

function explainHandshake(
  error: Error & { code?: string },
  side: 'client' | 'server',
  host?: string,
): string {
  const { code = '', message } = error
  const verify = verifyWords[code]
  if (verify) return `the certificate of ${host ?? 'the server'} is refused: ${verify}`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `the certificate is not one of ${host}: ${(error as { reason?: string }).reason ?? message}`
  const known = handshakeWords.find(([pattern]) => pattern.test(message) || pattern.test(code))
  const reason = known?.[side === 'client' ? 1 : 2]
  const detail = /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1] ?? code
  return reason === undefined ? `the TLS handshake failed: ${detail || message}` : `${reason} (${detail})`
}
