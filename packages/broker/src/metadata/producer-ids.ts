// Producer ids, unique for the life of the data directory.
import type { BrokerCore, Service, ServiceDefinition } from '../core.ts'
import { producerIdBlock } from '../limits.ts'

/** Hands out ids from a block that the metadata log has marked as taken; takes the next block when it is used up. */
class ProducerIds implements Service {
  readonly #core: BrokerCore
  #next = 0
  #end = 0
  /** The block being taken: everybody who finds the old one empty waits for the same. */
  #taking: Promise<void> | undefined

  constructor(core: BrokerCore) {
    this.#core = core
  }

  async next(): Promise<number> {
    while (this.#next === this.#end) {
      this.#taking ??= this.#take().finally(() => {
        this.#taking = undefined
      })
      await this.#taking
    }
    return this.#next++
  }

  async #take(): Promise<void> {
    const first = await this.#core.metadata.change(image => ({
      records: [{ type: 'producerIds', nextProducerId: image.nextProducerId + producerIdBlock }],
      result: image.nextProducerId,
    }))
    this.#next = first
    this.#end = first + producerIdBlock
  }

  close(): void {}
}

export const producerIds: ServiceDefinition<ProducerIds> = {
  name: 'producer-ids',
  open: core => new ProducerIds(core),
}
