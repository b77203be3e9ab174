// Chooses a broker for what any of them can answer: one that is connected and speaks, before one that has fallen silent.
import type { Random } from '@millrace/runtime'
import { ConnectionError, KafkaError, UnsupportedVersionError } from '../errors/index.ts'
import type { BrokerConnection } from '../network/broker-connection.ts'
import type { Address } from './address.ts'
import type { ConnectionPool, Purpose } from './connection-pool.ts'
import type { Metadata } from './metadata.ts'

export interface AnyBrokerOptions {
  readonly pool: ConnectionPool
  readonly metadata: Metadata
  readonly bootstrap: readonly Address[]
  /** Whether the bootstrap list is asked, too, once brokers are known (KIP-899). */
  readonly rebootstraps: boolean
  readonly random: Random
}

export class AnyBroker {
  readonly #options: AnyBrokerOptions

  constructor(options: AnyBrokerOptions) {
    this.#options = options
  }

  /**
   * The least busy open connection, or a new one to any broker that can be reached: known ones first, then the bootstrap list. A broker that
   * let a request run out of time comes last, whichever connection that was on: the others would only cost as much time again.
   */
  async connection(purpose: Purpose, signal: AbortSignal | undefined): Promise<BrokerConnection> {
    const { pool } = this.#options
    const candidates = this.#candidates()
    const silent = candidates.filter(address => pool.isSilent(address))
    const speaking = candidates.filter(address => !silent.includes(address))
    const open = this.#leastBusy(speaking, purpose)
    if (open) return open
    const ready = speaking.filter(address => !pool.backingOff(address, purpose))
    const order = ready.length > 0 ? [...ready, ...silent] : candidates
    let failure: unknown
    for (const address of order) {
      try {
        return await pool.acquire(address, purpose, signal)
      } catch (error) {
        if (!(error instanceof ConnectionError) && !isLostHandshake(error)) throw error
        failure = error
      }
    }
    throw failure
  }

  #leastBusy(addresses: readonly Address[], purpose: Purpose): BrokerConnection | undefined {
    let best: BrokerConnection | undefined
    for (const address of addresses) {
      const open = this.#options.pool.peek(address, purpose)
      if (open && (!best || open.inFlight < best.inFlight)) best = open
    }
    return best
  }

  /** Known brokers in random order, then the bootstrap addresses that are not among them: all that are known may be gone. */
  #candidates(): Address[] {
    const { metadata, bootstrap, rebootstraps, random } = this.#options
    const known: Address[] = [...metadata.nodes.values()]
    for (let index = known.length - 1; index > 0; index--) {
      const other = Math.floor(random.float() * (index + 1))
      const swapped = known[index]!
      known[index] = known[other]!
      known[other] = swapped
    }
    if (known.length > 0 && !rebootstraps) return known
    const fresh = bootstrap.filter(
      ({ host, port }) => !known.some(node => node.host === host && node.port === port),
    )
    return [...known, ...fresh]
  }
}

/** A broker that was reached but did not get through the handshake: another one may. */
function isLostHandshake(error: unknown): boolean {
  return error instanceof KafkaError && error.retriable && !(error instanceof UnsupportedVersionError)
}
