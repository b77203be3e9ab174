// How many connections there may be at a time: in all, on a listener, from an address.
import { type BrokerConfig, configSources } from '../config/broker-config.ts'
import { ipLimits } from '../config/ip-limits.ts'
import type { ClientQuotaTable } from '../metadata/client-quotas.ts'

/** Where a connection came in, and from where. */
export interface Origin {
  readonly listener: string
  /** As `plainAddress` spells it. */
  readonly address: string
}

export class ConnectionLimits {
  readonly #config: BrokerConfig
  readonly #byListener = new Map<string, number>()
  readonly #byAddress = new Map<string, number>()
  #total = 0
  /** `max.connections.per.ip.overrides` as of a version of the configuration. */
  #overrides = new Map<string, number>()
  #overridesVersion = -1

  constructor(config: BrokerConfig) {
    this.#config = config
  }

  /** The property that keeps a connection out; undefined when it may come in. */
  refusal({ listener, address }: Origin): string | undefined {
    if (this.#total >= this.#config.get('max.connections')) return 'max.connections'
    const listenerMax = this.#config.getFor('max.connections', listener)
    if ((this.#byListener.get(listener) ?? 0) >= listenerMax) {
      return `listener.name.${listener.toLowerCase()}.max.connections`
    }
    const addressMax = this.#addressMax(address)
    return (this.#byAddress.get(address) ?? 0) >= addressMax ? 'max.connections.per.ip' : undefined
  }

  add({ listener, address }: Origin): void {
    this.#total++
    this.#byListener.set(listener, (this.#byListener.get(listener) ?? 0) + 1)
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1)
  }

  remove({ listener, address }: Origin): void {
    this.#total--
    this.#byListener.set(listener, this.#byListener.get(listener)! - 1)
    const left = this.#byAddress.get(address)! - 1
    if (left === 0) this.#byAddress.delete(address)
    else this.#byAddress.set(address, left)
  }

  #addressMax(address: string): number {
    const { version } = this.#config
    if (version !== this.#overridesVersion) {
      this.#overridesVersion = version
      this.#overrides = ipLimits(this.#config.get('max.connections.per.ip.overrides'))
    }
    return this.#overrides.get(address) ?? this.#config.get('max.connections.per.ip')
  }
}

const rateProperty = 'max.connection.creation.rate'

/** Whether something limits how fast connections come in: the property, of a listener too, or a quota of an address. */
export function isPaceLimited(config: BrokerConfig, quotas: ClientQuotaTable): boolean {
  const isSet = (name: string) => config.levels(name).some(({ source }) => source !== configSources.DEFAULT)
  if ([rateProperty, ...config.customNames()].some(name => name.endsWith(rateProperty) && isSet(name)))
    return true
  for (const { values } of quotas.all()) if (values.has('connection_creation_rate')) return true
  return false
}
