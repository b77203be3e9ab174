// Byte streams between processes, as an interface: Node's TCP and TLS in production, memory in simulation.

/** What happens on a connection. Handlers are called from the event loop, never from within a call on the connection. */
export interface ConnectionHandlers {
  /**
   * Says where the next bytes go: memory of at least one byte, which is the network's until it asks again or the connection is closed.
   * Asked as soon as it is known that there will be a next read: when the connection starts, and after each `onReceived`.
   */
  space(): Buffer
  /** `bytes` bytes arrived and stand at the start of what `space` gave last. */
  onReceived(bytes: number): void
  /** The send buffer drained after `write` returned false. */
  onDrain(): void
  /** Called exactly once, as the last call. `error` is undefined after an orderly end from either side. */
  onClose(error: Error | undefined): void
}

/**
 * Hands over bytes that are in memory already, for networks that do not read into the receiver's memory. Stops where `open` says that the
 * receiver has destroyed the connection.
 */
export function deliver(bytes: Uint8Array, handlers: ConnectionHandlers, open: () => boolean): void {
  for (let at = 0; at < bytes.length && open(); ) {
    const space = handlers.space()
    const taken = Math.min(space.length, bytes.length - at)
    space.set(bytes.subarray(at, at + taken))
    at += taken
    handlers.onReceived(taken)
  }
}

/** What TLS has found out about the other side; there once the handshake is over. */
export interface TlsPeer {
  /** `TLSv1.3` or `TLSv1.2`. */
  readonly protocol: string
  /** What OpenSSL calls the cipher. */
  readonly cipher: string
  /** The certificate that the peer has proved to own, as DER; undefined when it showed none. It was checked against the trusted authorities. */
  readonly certificate: Uint8Array | undefined
}

/** One established byte stream. */
export interface Connection {
  /** IP address of the other side. */
  readonly remoteAddress: string
  /** TCP port of the other side. */
  readonly remotePort: number
  /** TCP port of this side. */
  readonly localPort: number
  /** The other side of an encrypted connection, from its first byte on. */
  readonly tls?: TlsPeer | undefined
  /** Installs the handlers; data does not flow before. Called once. */
  start(handlers: ConnectionHandlers): void
  /**
   * Sends the chunks in order, as one system call where possible. The chunks must not change until `onWritten` is called
   * (after they left the process or the connection died). Returns false when the send buffer is over its limit:
   * stop writing until `onDrain`.
   */
  write(chunks: readonly Uint8Array[], onWritten?: () => void): boolean
  /** Bytes handed to `write` that have not left the process. */
  readonly pendingBytes: number
  /**
   * Stops / restarts the flow of `onReceived`, after one more at most, or the few that what was decrypted already makes: backpressure on
   * the peer.
   */
  pause(): void
  /** Lets `onReceived` be called again. */
  resume(): void
  /** Sends what is pending, then closes. */
  end(): void
  /** Closes at once and drops what is pending. */
  destroy(error?: Error): void
}

/** A socket that listens. */
export interface Listener {
  /** Address that it is bound to. */
  readonly host: string
  /** The bound port: the real one where port 0 was asked for. */
  readonly port: number
  /** Stops accepting. Established connections stay. */
  close(): Promise<void>
}

/** Where to listen, and how. */
export interface ListenOptions {
  /** Name or address to bind. */
  readonly host: string
  /** 0 lets the system choose a free port. */
  readonly port: number
  /** How many connections may wait to be taken. Default: the system’s. */
  readonly backlog?: number
  /** TLS on every connection when present. Default: plain TCP. */
  readonly tls?: TlsServer
}

/**
 * Says what a connection is secured with; asked for each one, and when the listener opens: a new certificate holds from the next on.
 * `fault` tells what TLS itself finds wrong with options. What it throws ends the connection, or the opening.
 */
export type TlsServer = (fault: (options: TlsServerOptions) => Error | undefined) => TlsServerOptions

/**
 * How a listener proves what it is, and what it asks of clients. A connection whose handshake fails ends with a `TlsError`. The object that
 * is given again is not looked into again.
 */
export interface TlsServerOptions {
  /** PEM: the certificate with its chain. Default: that of `pfx`. */
  readonly cert?: string | Buffer
  /** PEM: the private key of `cert`. Default: that of `pfx`. */
  readonly key?: string | Buffer
  /** Certificate and key as PKCS12. Default: `cert` and `key`. */
  readonly pfx?: Buffer
  /** Opens `key` or `pfx`. Default: they are not locked. */
  readonly passphrase?: string
  /** PEM: authorities whose certificates clients may show. Default: those that Node trusts. */
  readonly ca?: string
  /** Whether clients show a certificate; `requested` lets those in that have none. */
  readonly clientAuth: 'none' | 'requested' | 'required'
  /** Oldest version that is spoken, as of `node:tls`. Default: Node’s. */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3'
  /** Newest version that is spoken. Default: Node’s. */
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3'
  /** Names of OpenSSL, separated by colons. Default: Node’s. */
  readonly ciphers?: string
}

/** A handshake failed. The message says what that mostly means; nothing of a key is in it. */
export class TlsError extends Error {
  override readonly name = 'TlsError'
}

/** Where to connect to, and how. */
export interface ConnectOptions {
  /** Name or address of the server. */
  readonly host: string
  /** Its TCP port. */
  readonly port: number
  /** Gives up with a `TimeoutError` after this many milliseconds. */
  readonly timeoutMs: number
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal
  /** TLS when present: options as of `node:tls` `connect`. Default: plain TCP. */
  readonly tls?: TlsOptions
}

/** The part of `node:tls` options that clients of Kafka set. */
export interface TlsOptions {
  /**
   * Authorities that are trusted in place of Node's own: the text of a PEM file, not its name; `'system'` for those that the operating system
   * trusts. In a list both can stand. Default: Node’s own.
   */
  readonly ca?: string | Buffer | readonly (string | Buffer)[]
  /** The certificate to show, with those between it and its authority: the text of a PEM file. Goes with `key`. Default: none. */
  readonly cert?: string | Buffer
  /** The private key of `cert`: the text of a PEM file. Default: none. */
  readonly key?: string | Buffer
  /** Certificate and key in one: the content of a PKCS12 file. Default: none. */
  readonly pfx?: Buffer
  /** Opens `key` or `pfx`. Default: they are not locked. */
  readonly passphrase?: string
  /** Name to ask the server for (SNI). Default: the host, unless it is an address. */
  readonly servername?: string
  /** False takes any certificate: whoever is in between can read along. Default true. */
  readonly rejectUnauthorized?: boolean
  /** Oldest version that is spoken. Default: Node’s. */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3'
  /** Newest version that is spoken. Default: Node’s. */
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3'
  /** Names of OpenSSL, separated by colons. Default: Node's. */
  readonly ciphers?: string
  /** Names the certificate is looked up by. Default: the host. Return an error to refuse the server. */
  readonly checkServerIdentity?: (host: string, certificate: never) => Error | undefined
}

/** The network as the product sees it. */
export interface Network {
  /** Throws the system's error (`EADDRINUSE`, `EACCES`, …) when the address cannot be bound. */
  listen(options: ListenOptions, onConnection: (connection: Connection) => void): Promise<Listener>
  /** Opens a connection. Throws TimeoutError, TlsError, the signal’s reason, or the system’s error (`ECONNREFUSED`, `ENOTFOUND`, …). */
  connect(options: ConnectOptions): Promise<Connection>
}
