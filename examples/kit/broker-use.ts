// The brokers of an application: those that it is told, or one of its own in this process.
import { Admin, type AnyTopic, BrokerError, type NewTopic } from '@millrace/client'
import { Broker } from 'millrace'

/** For one node with a handful of members: nobody is waited for, and what a dead process left open is ended soon. */
const config = {
  'group.initial.rebalance.delay.ms': 0,
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500,
}

export class BrokerUse {
  readonly brokers: readonly string[]
  readonly #own: Broker | undefined

  /** `brokers`: addresses; undefined for a broker of its own, with its data in `dataDir`. Rejects as `Broker.start` does. */
  static async open(brokers: readonly string[] | undefined, dataDir: string): Promise<BrokerUse> {
    if (brokers) return new BrokerUse(brokers, undefined)
    const own = await Broker.start({ dataDir, port: 0, config })
    return new BrokerUse([own.address], own)
  }

  private constructor(brokers: readonly string[], own: Broker | undefined) {
    this.brokers = brokers
    this.#own = own
  }

  /** Makes topics that are not there. Rejects with what the cluster refuses. */
  async ensure(topics: readonly (AnyTopic | NewTopic)[]): Promise<void> {
    await using admin = new Admin({ brokers: this.brokers })
    for (const { error } of await admin.createTopics(topics)) {
      if (error && !(error instanceof BrokerError && error.code === 'TOPIC_ALREADY_EXISTS')) throw error
    }
  }

  async close(): Promise<void> {
    await this.#own?.close()
  }
}
