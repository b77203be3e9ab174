// Settings of one listener: what stands behind `listener.name.NAME.` goes before what holds for all.
import type { BrokerConfig, BrokerConfigValue } from '../config/broker-config.ts'
import type { BrokerConfigName } from '../config/broker-table.ts'

export class ListenerSettings {
  /** Upper case, as clients are told. */
  readonly listener: string
  /** The mechanism of SASL whose settings go before those of the listener. */
  readonly mechanism: string | undefined
  /** SASL says who a client is. */
  readonly saysWho: boolean
  readonly #config: BrokerConfig

  constructor(config: BrokerConfig, listener: string, saysWho: boolean, mechanism?: string) {
    this.#config = config
    this.listener = listener
    this.saysWho = saysWho
    this.mechanism = mechanism
  }

  /** Grows at each change of a setting while the broker runs. */
  get version(): number {
    return this.#config.version
  }

  get<N extends BrokerConfigName>(name: N): BrokerConfigValue<N> {
    return this.#config.getFor(name, this.listener, this.mechanism)
  }

  /** Whether the setting stands behind the name of the listener. */
  isOwn(name: BrokerConfigName): boolean {
    return this.#config.levels(`listener.name.${this.listener.toLowerCase()}.${name}`).length > 0
  }

  of(mechanism: string): ListenerSettings {
    return new ListenerSettings(this.#config, this.listener, this.saysWho, mechanism)
  }

  /** The name by which a message speaks of a setting: as it would be set for this listener. */
  nameOf(name: BrokerConfigName): string {
    const mechanism = this.mechanism === undefined ? '' : `${this.mechanism.toLowerCase()}.`
    return `listener.name.${this.listener.toLowerCase()}.${mechanism}${name}`
  }
}
