// Whether TLS can be done with what a client was given: told when the client is made, and not by every attempt to connect.
import type { ConnectionOptions } from 'node:tls'
import type { TlsOptions } from '@millrace/runtime'

/** Loaded when the first client has TLS. */
const loadTls = () => process.getBuiltinModule('node:tls')

const words: readonly (readonly [RegExp, string])[] = [
  [/key values mismatch/i, 'certificate and private key do not belong together'],
  [/mac verify failure|bad decrypt|bad password/i, 'the password does not open the key'],
  [/interrupted or cancelled|bad password read|need a password/i, 'the key needs a password'],
  [/no start line|bad end line|asn1|decoder routines|not enough data/i, 'certificate or key cannot be read'],
  [/no cipher match/i, 'there is none of the ciphers'],
]

/** What is wrong with the options, without a secret; undefined when nothing is. */
export function tlsFault({ ca, ...options }: TlsOptions): string | undefined {
  const authorities = [ca ?? []].flat().filter(each => each !== 'system')
  try {
    loadTls().createSecureContext({
      ...(options as ConnectionOptions),
      ...(authorities.length > 0 && { ca: authorities }),
    })
    return undefined
  } catch (error) {
    const { message } = error as Error
    return words.find(([pattern]) => pattern.test(message))?.[1] ?? message
  }
}
