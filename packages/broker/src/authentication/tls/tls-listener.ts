// TLS of one listener: what its connections are secured with now. It follows its settings and its files without a restart.
import type { Disk } from '@millrace/log'
import type { Clock, TlsServerOptions } from '@millrace/runtime'
import { ConfigError } from '../../config/definition.ts'
import type { Logger } from '../../logger.ts'
import type { ListenerSettings } from '../listener-settings.ts'
import { conversion, tlsServerOptions } from './key-material.ts'

export interface TlsListenerOptions {
  readonly settings: ListenerSettings
  readonly disk: Disk
  readonly clock: Clock
  readonly logger: Logger
}

/** Says what is wrong with options that TLS itself does not take. */
export type TlsFault = (options: TlsServerOptions) => Error | undefined

interface Known {
  readonly options: TlsServerOptions
  readonly state: string
}

export class TlsListener {
  readonly #options: TlsListenerOptions
  #known: Known | undefined
  /** What the last attempt, good or bad, was made of. */
  #triedState = ''
  #lookedAtMs = Number.NEGATIVE_INFINITY
  #fault: TlsFault = () => undefined

  constructor(options: TlsListenerOptions) {
    this.#options = options
  }

  /** What a connection that comes now is secured with. Throws ConfigError as long as it never was complete; later, the last good one stays. */
  current(fault: TlsFault): TlsServerOptions {
    this.#fault = fault
    const { clock, settings, logger } = this.#options
    const nowMs = clock.monotonic()
    // Files are looked at once a second at most.
    if (
      this.#known &&
      nowMs - this.#lookedAtMs < lookAgainMs &&
      this.#known.state.startsWith(`${settings.version} `)
    )
      return this.#known.options
    this.#lookedAtMs = nowMs
    const state = this.#state(settings)
    if (this.#known && state === this.#triedState) return this.#known.options
    this.#triedState = state
    try {
      const options = checked(settings, this.#options.disk, fault)
      if (this.#known) logger.log('info', 'tls.reloaded', { listener: settings.listener })
      this.#known = { options, state }
      return options
    } catch (error) {
      if (!this.#known) throw error
      this.#known = { options: this.#known.options, state }
      logger.log('error', 'tls.reload_failed', {
        listener: settings.listener,
        error: (error as Error).message,
        meaning: 'the certificate of before stays in use',
      })
      return this.#known.options
    }
  }

  /** Throws ConfigError when a connection could not be secured with these settings. */
  check(settings: ListenerSettings): void {
    checked(settings, this.#options.disk, this.#fault)
  }

  /** Changes when the settings or a file does. */
  #state(settings: ListenerSettings): string {
    const { disk } = this.#options
    const paths = [settings.get('ssl.keystore.location'), settings.get('ssl.truststore.location')]
    const files = paths.map(path => {
      const found = path === null ? undefined : disk.stat(path)
      return found ? `${found.modifiedAtMs}:${found.sizeInBytes}` : '-'
    })
    return `${settings.version} ${files.join(' ')}`
  }
}

const lookAgainMs = 1_000

function checked(settings: ListenerSettings, disk: Disk, fault: TlsFault): TlsServerOptions {
  const options = tlsServerOptions(settings, disk)
  const error = fault(options)
  if (!error) return options
  const property = settings.nameOf('ssl.keystore.location')
  throw new ConfigError(
    property,
    `listener ${settings.listener}: its certificate or key cannot be used: ${
      (options.pfx && explainStore(error, settings.get('ssl.keystore.location') ?? '')) ?? explain(error)
    }`,
  )
}

/** What is wrong with a PKCS12 store; undefined when it is the password, as far as OpenSSL says. */
function explainStore({ message }: Error, location: string): string | undefined {
  if (passwordFault.test(message)) return undefined
  if (/unsupported/i.test(message))
    return `${location} is encrypted as old versions of keytool do, which is not read. ${conversion(location)}`
  if (/private key/i.test(message)) return `${location} has no private key`
  return `${location} is no PKCS12 store (${message})`
}

const passwordFault =
  /bad decrypt|mac verify failure|bad password|empty password|interrupted or cancelled|maybe wrong password/i

/** OpenSSL speaks of its own functions. */
function explain({ message }: Error): string {
  if (passwordFault.test(message))
    return 'the password is wrong or missing (ssl.key.password; ssl.keystore.password of PKCS12)'
  if (/key values mismatch/i.test(message)) return 'the private key is not the one of the certificate'
  if (/no cipher match|no ciphers? available/i.test(message))
    return 'ssl.cipher.suites names no cipher that there is'
  return message
}
