// What fetches of one broker share: incremental sessions, those who wait for data, and memory for replies.
import type { BrokerCore, Service, ServiceDefinition } from '../core.ts'
import { fetchSessionEvictionMs, fetchSessionsMaxBytes } from '../limits.ts'
import { FetchPurgatory } from './purgatory.ts'
import { ReplyBudget } from './reply-budget.ts'
import { FetchSessionCache } from './session.ts'

const sessionIdMax = 2 ** 31 - 1

class FetchService implements Service {
  readonly sessions: FetchSessionCache
  readonly purgatory: FetchPurgatory
  readonly replies = new ReplyBudget()
  readonly #unlisten: (() => void)[]

  constructor(core: BrokerCore) {
    const { clock, config, random, metadata } = core
    const limits = {
      slots: config.get('max.incremental.fetch.session.cache.slots'),
      maxBytes: fetchSessionsMaxBytes,
      evictionMs: fetchSessionEvictionMs,
    }
    this.sessions = new FetchSessionCache(limits, () => Math.floor(random.float() * sessionIdMax) + 1)
    this.purgatory = new FetchPurgatory(clock)
    this.#unlisten = [
      metadata.listen({ onTopicDeleted: topic => this.purgatory.topicDeleted(topic.name) }),
      core.listenToHighWatermarks(log => this.purgatory.moved(log)),
    ]
  }

  /** Those who wait are ended by their connections. */
  close(): void {
    for (const unlisten of this.#unlisten) unlisten()
  }
}

export const fetchService: ServiceDefinition<FetchService> = {
  name: 'fetch',
  open: core => new FetchService(core),
}
