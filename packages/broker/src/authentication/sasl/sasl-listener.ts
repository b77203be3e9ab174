// SASL of one listener: which mechanisms it has, each made of the listener's settings when these have changed.
import { scramMechanism } from '@millrace/protocol/security'
import type { Clock, Random } from '@millrace/runtime'
import { type BrokerConfigName, brokerTable } from '../../config/broker-table.ts'
import { ConfigError } from '../../config/definition.ts'
import type { Logger } from '../../logger.ts'
import type { ListenerSettings } from '../listener-settings.ts'
import { plainMechanism } from './plain.ts'
import type { SaslMechanism, SaslServer } from './sasl-server.ts'
import { scramMechanismOf } from './scram.ts'
import type { ScramCredentials } from './scram-credentials.ts'

export interface SaslListenerOptions {
  readonly settings: ListenerSettings
  readonly credentials: ScramCredentials
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
}

const known = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER']

/** Throws ConfigError for mechanisms that there are not, or whose users are not named. */
export function checkSaslSettings(settings: ListenerSettings): void {
  const property = settings.nameOf('sasl.enabled.mechanisms')
  const mechanisms = settings.get('sasl.enabled.mechanisms')
  const choice = `listener ${settings.listener} can have ${known.join(', ')}`
  if (mechanisms.length === 0) throw new ConfigError(property, `${property} names none; ${choice}`)
  for (const mechanism of mechanisms) {
    if (mechanism === 'GSSAPI')
      throw new ConfigError(
        property,
        `${property}: GSSAPI (Kerberos), which is the default, is not available; ${choice}`,
      )
    if (!known.includes(mechanism))
      throw new ConfigError(property, `${property}: there is no mechanism ${mechanism}; ${choice}`)
  }
  if (mechanisms.includes('PLAIN')) plainMechanism(settings.of('PLAIN'))
}

interface Made {
  /** As of which change of the settings it is up to date. */
  version: number
  /** What it is made of. */
  readonly from: string
  readonly mechanism: Promise<SaslMechanism>
}

/** A mechanism depends on no other settings. */
const properties = Object.keys(brokerTable).filter(name => name.startsWith('sasl.')) as BrokerConfigName[]

export class SaslListener {
  readonly #options: SaslListenerOptions
  readonly #made = new Map<string, Made>()

  constructor(options: SaslListenerOptions) {
    this.#options = options
  }

  get mechanisms(): readonly string[] {
    return this.#options.settings.get('sasl.enabled.mechanisms')
  }

  /** `connections.max.reauth.ms` of a mechanism; 0 for never. */
  reauthMaxMs(mechanism: string): number {
    return this.#options.settings.of(mechanism).get('connections.max.reauth.ms')
  }

  /** Makes all mechanisms that the settings name. Throws ConfigError for one that there is not, or whose settings cannot be gone by. */
  async check(): Promise<void> {
    checkSaslSettings(this.#options.settings)
    for (const name of this.mechanisms) {
      const mechanism = await this.#mechanism(name)
      await mechanism.check?.()
    }
  }

  /** Begins an exchange of an enabled mechanism. */
  async begin(mechanism: string): Promise<SaslServer> {
    return (await this.#mechanism(mechanism)).begin()
  }

  close(): void {
    for (const { mechanism } of this.#made.values())
      mechanism.then(
        made => made.close?.(),
        () => {},
      )
    this.#made.clear()
  }

  #mechanism(name: string): Promise<SaslMechanism> {
    const { settings } = this.#options
    const { version } = settings
    const made = this.#made.get(name)
    if (made?.version === version) return made.mechanism
    const own = settings.of(name)
    const from = JSON.stringify(properties.map(property => own.get(property)))
    // What changed is something else: the keys that it has read, which may not be there just now, are kept.
    if (made?.from === from) {
      made.version = version
      return made.mechanism
    }
    made?.mechanism.then(
      old => old.close?.(),
      () => {},
    )
    const mechanism = this.#make(name)
    this.#made.set(name, { version, from, mechanism })
    return mechanism
  }

  async #make(name: string): Promise<SaslMechanism> {
    const { settings, credentials, random, clock, logger } = this.#options
    const own = settings.of(name)
    if (name === 'PLAIN') return plainMechanism(own)
    const scram = scramMechanism(name)
    if (scram) return scramMechanismOf(scram, credentials, random)
    const { oauthBearerMechanism } = await import('./oauth-bearer.ts')
    return oauthBearerMechanism(own, clock, logger)
  }
}
