// What may be wrong with an address where nobody speaks as a broker does, for error messages.
import { FrameError } from '@millrace/protocol'

/** What a client brings to its connections. */
interface Credentials {
  readonly tls?: object
  readonly authenticator?: unknown
}

/** Why what came cannot be read: another protocol, where it is known. */
export function whyForeign(cause: unknown, { tls }: Credentials): string {
  if (!(cause instanceof FrameError) || cause.foreignProtocol === undefined) return ''
  return cause.foreignProtocol === 'TLS' && !tls
    ? ': set tls to connect to this port, or name one without TLS'
    : ': is this the port of a broker?'
}

/**
 * Why a connection ended without a word, by what was heard on it: nothing, only which versions there are, or all that was asked for. A
 * listener that wants something else of its clients says nothing.
 */
export function whyUnheard(
  heard: 'nothing' | 'versions' | 'all',
  { tls, authenticator }: Credentials,
): string {
  if (heard === 'nothing')
    return tls ? '' : ' before it answered anything; it may want TLS ("tls", "security.protocol")'
  return heard === 'all' || authenticator
    ? ''
    : ' before it answered a request; it may want a login ("sasl", "security.protocol")'
}
