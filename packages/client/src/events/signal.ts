// One kind of fact on its way to whoever listens: hooks of this client, and subscribers of a diagnostics channel of the process.
import { type Channel, channel } from 'node:diagnostics_channel'
import type { ClientIdentity } from './facts.ts'
import { tell } from './tell.ts'

export type Listener<T> = (facts: T, client: ClientIdentity) => unknown

/**
 * Look at `active` before facts are put together: where nobody listens, that look is all that is paid. Listeners of a client are called
 * first, in the order in which they came. What one of them throws is a warning of the process, and hinders nobody.
 */
export class Signal<T extends object> {
  readonly #client: ClientIdentity
  readonly #channel: Channel
  #listeners: readonly Listener<T>[] = []
  /** A field of its own: the channel is asked only where no hook listens. */
  #heard = false

  /** `name`: what stands behind `millrace.client.` in the name of the channel. */
  constructor(client: ClientIdentity, name: string) {
    this.#client = client
    this.#channel = channel(`millrace.client.${name}`)
  }

  /** Whether anybody listens at present. */
  get active(): boolean {
    return this.#heard || this.#channel.hasSubscribers
  }

  /** Tells everybody. Never throws. */
  emit(facts: T): void {
    for (const listener of this.#listeners) tell(listener, facts, this.#client)
    // What a subscriber throws becomes an uncaught exception of the process: that is how Node has it for every channel.
    if (this.#channel.hasSubscribers) this.#channel.publish({ client: this.#client, ...facts })
  }

  /** Listens until the function that is returned is called. */
  listen(listener: Listener<T>): () => void {
    const own: Listener<T> = (facts, client) => listener(facts, client)
    this.#listeners = [...this.#listeners, own]
    this.#heard = true
    return () => {
      this.#listeners = this.#listeners.filter(other => other !== own)
      this.#heard = this.#listeners.length > 0
    }
  }
}
