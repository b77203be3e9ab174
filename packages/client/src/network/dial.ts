// Opens the byte stream to a broker, and says in the client's own errors why that did not work.
import { type Clock, type Connection, type Network, TlsError, type TlsOptions } from '@millrace/runtime'
import { AuthenticationError, ConnectionError, KafkaError } from '../errors/index.ts'
import { certificateKept } from '../events/client-event.ts'
import type { EventDoor } from '../events/event-door.ts'
import { within } from './abort.ts'

/**
 * What a connection is secured with, or what says so for each one anew: certificates that were renewed hold from the next connection on.
 * It calls `kept` where it gives what it gave before, because what is there now cannot be used.
 */
export type TlsSource = TlsOptions | ((kept: (why: Error) => void) => TlsOptions | Promise<TlsOptions>)

interface DialOptions {
  readonly network: Network
  readonly clock: Clock
  readonly tls?: TlsSource
  readonly connectTimeoutMs: number
  readonly events?: EventDoor
}

/** Throws ConnectionError, AuthenticationError for a certificate that is not good, and the signal's reason. */
export async function dial(
  host: string,
  port: number,
  options: DialOptions,
  signal: AbortSignal | undefined,
): Promise<Connection> {
  const { network, connectTimeoutMs: timeoutMs } = options
  try {
    const tls = await encryptionOf(`${host}:${port}`, options, signal)
    return await network.connect({ host, port, timeoutMs, ...(tls && { tls }), ...(signal && { signal }) })
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    if (cause instanceof KafkaError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    // A certificate that is not good will not be better at the next attempt.
    if (cause instanceof TlsError) throw new AuthenticationError(`${host}:${port}: ${reason}`, { cause })
    throw new ConnectionError('CONNECT_FAILED', `cannot connect to ${host}:${port}: ${reason}`, {
      cause,
      broker: `${host}:${port}`,
    })
  }
}

/** Throws what the source throws, and the signal's reason. */
async function encryptionOf(
  address: string,
  { tls, events, clock, connectTimeoutMs: timeoutMs }: DialOptions,
  signal: AbortSignal | undefined,
): Promise<TlsOptions | undefined> {
  if (typeof tls !== 'function') return tls
  const kept = (why: Error) => {
    if (events?.active) events.emit(certificateKept(address, why))
  }
  const late = () => new Error(`the function "tls" took longer than ${timeoutMs} ms`)
  return within({ clock, timeoutMs, signal }, Promise.resolve(tls(kept)), late)
}
