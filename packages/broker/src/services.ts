// Parts of a broker that live as long as it does and are opened on first use: coordinators, background work.
import type { BrokerCore, Service, ServiceDefinition } from './core.ts'

/** The services that one broker has opened. */
export class ServiceRegistry {
  readonly #core: BrokerCore
  readonly #opened = new Map<ServiceDefinition<Service>, Service>()
  #closed = false

  constructor(core: BrokerCore) {
    this.#core = core
  }

  get<S extends Service>(definition: ServiceDefinition<S>): S {
    const known = this.#opened.get(definition)
    if (known) return known as S
    if (this.#closed) throw new Error(`the broker is closing: ${definition.name} cannot be opened`)
    const service = definition.open(this.#core)
    this.#opened.set(definition, service)
    return service
  }

  /** Closes in the reverse order of opening. */
  async close(): Promise<void> {
    this.#closed = true
    for (const service of [...this.#opened.values()].reverse()) await service.close()
  }
}
