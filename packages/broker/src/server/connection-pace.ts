// How fast connections may come in: `max.connection.creation.rate` of the broker and of listeners, and the quota `connection_creation_rate` of addresses
// (KIP-612), over the windows of quotas, as Kafka's ConnectionQuotas.
import type { BrokerConfig } from '../config/broker-config.ts'
import { plainAddress } from '../config/ip-address.ts'
import { quotaAccountsMax } from '../limits.ts'
import type { ClientQuotaTable } from '../metadata/client-quotas.ts'
import { type RateWindow, WindowedRate } from '../quotas/windowed-rate.ts'

const rateProperty = 'max.connection.creation.rate'

export class ConnectionPace {
  readonly #config: BrokerConfig
  readonly #window: RateWindow
  readonly #broker: WindowedRate
  readonly #listeners = new Map<string, WindowedRate>()
  /** By address. Who was heard of last is last. */
  readonly #addresses = new Map<string, WindowedRate>()
  #limits = new Map<string | null, number>()

  constructor(config: BrokerConfig, table: ClientQuotaTable) {
    this.#config = config
    this.#window = {
      samples: config.get('quota.window.num'),
      sampleMs: config.get('quota.window.size.seconds') * 1000,
    }
    this.#broker = new WindowedRate(this.#window)
    this.update(table)
  }

  /** Goes by the quotas that are set now. */
  update(table: ClientQuotaTable): void {
    this.#limits = new Map()
    for (const { entity, values } of table.all()) {
      const ip = entity.find(({ entityType }) => entityType === 'ip')
      const limit = values.get('connection_creation_rate')
      if (!ip || limit === undefined) continue
      this.#limits.set(ip.entityName === null ? null : plainAddress(ip.entityName), limit)
    }
  }

  /** Counts a connection on a listener: the time that it has to wait before it is taken in, one sample at most. In milliseconds. */
  delayMs(listener: string, nowMs: number): number {
    let rate = this.#listeners.get(listener)
    if (!rate) this.#listeners.set(listener, (rate = new WindowedRate(this.#window)))
    this.#broker.record(1, nowMs)
    rate.record(1, nowMs)
    return Math.min(
      Math.max(
        this.#broker.throttleTimeMs(this.#config.get(rateProperty), nowMs),
        rate.throttleTimeMs(this.#config.getFor(rateProperty, listener), nowMs),
      ),
      this.#window.sampleMs,
    )
  }

  /** Counts a connection from an address: 0 when it may come in, else the time until it is closed. What is not let in does not count. */
  refusedMs(address: string, nowMs: number): number {
    const limit = this.#limits.get(address) ?? this.#limits.get(null)
    if (limit === undefined) return 0
    const rate = this.#rateOf(address)
    rate.record(1, nowMs)
    const timeMs = Math.min(rate.throttleTimeMs(limit, nowMs), this.#window.sampleMs)
    if (timeMs > 0) rate.record(-1, nowMs)
    return timeMs
  }

  #rateOf(address: string): WindowedRate {
    const rate = this.#addresses.get(address) ?? new WindowedRate(this.#window)
    this.#addresses.delete(address)
    this.#addresses.set(address, rate)
    if (this.#addresses.size > quotaAccountsMax) {
      const [oldest] = this.#addresses.keys()
      this.#addresses.delete(oldest!)
    }
    return rate
  }
}
