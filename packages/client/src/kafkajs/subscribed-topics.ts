// The topics that a consumer has subscribed to, with where it starts in them. Patterns are looked up when they are given, as in KafkaJS.
import type { Cluster } from '../cluster/cluster.ts'
import { KafkaJSNonRetriableError } from './errors.ts'
import { rethrow } from './protocol-errors.ts'
import type { RetrySettings } from './retry.ts'
import type { Settings } from './settings.ts'
import { lookUpTopics } from './topic-lookup.ts'
import type { Logger } from './types/config.ts'
import type { ConsumerSubscribeTopic, ConsumerSubscribeTopics } from './types/consumer.ts'

interface SubscribedTopicsParts {
  readonly groupId: string
  readonly settings: Settings
  readonly logger: Logger
  readonly retry: RetrySettings
  /** Whether asking for a topic may create it. */
  readonly creates: boolean
}

export class SubscribedTopics {
  readonly #parts: SubscribedTopicsParts
  readonly #starts = new Map<string, 'earliest' | 'latest'>()

  constructor(parts: SubscribedTopicsParts) {
    this.#parts = parts
  }

  get names(): string[] {
    return [...this.#starts.keys()]
  }

  has(topic: string): boolean {
    return this.#starts.has(topic)
  }

  /** Where reading starts that nobody has committed for. */
  startOf(topic: string): 'earliest' | 'latest' {
    return this.#starts.get(topic) ?? 'latest'
  }

  /** Takes in a subscription. `connect`: the cluster to look it up in. Throws KafkaJSError. */
  async add(
    subscription: ConsumerSubscribeTopics | ConsumerSubscribeTopic,
    connect: () => Promise<Cluster>,
  ): Promise<void> {
    const { fromBeginning = false } = subscription
    const names = await this.#resolve(wantedOf(subscription), await connect())
    for (const name of names) this.#starts.set(name, fromBeginning ? 'earliest' : 'latest')
  }

  /** The topics that are meant; those that are named are there, or have been made by asking for them. Throws KafkaJSError. */
  async #resolve(wanted: readonly (string | RegExp)[], cluster: Cluster): Promise<string[]> {
    const names = wanted.filter(each => typeof each === 'string')
    const patterns = wanted.filter(each => each instanceof RegExp)
    if (patterns.length > 0) {
      await cluster.refreshMetadata('all').catch(rethrow)
      for (const pattern of patterns) {
        // One with the flags g or y would go on where it stood.
        const stateless = new RegExp(pattern, pattern.flags.replace(/[gy]/g, ''))
        const matchedTopics = [...cluster.metadata.topics.keys()].filter(name => stateless.test(name))
        this.#parts.logger.debug('Subscription based on RegExp', {
          groupId: this.#parts.groupId,
          topicRegExp: String(pattern),
          matchedTopics,
        })
        names.push(...matchedTopics)
      }
    }
    if (names.length > 0) await this.#lookUp(names, cluster)
    return names
  }

  async #lookUp(names: readonly string[], cluster: Cluster): Promise<void> {
    const { settings, retry, creates } = this.#parts
    const once = { ...retry, ...(!creates && { retries: 0 }) }
    await lookUpTopics(cluster, names, settings, once).catch((error: Error) => {
      throw error.cause instanceof Error && error.name === 'KafkaJSNumberOfRetriesExceeded'
        ? error.cause
        : error
    })
  }
}

/** What a subscription names. Throws KafkaJSNonRetriableError in KafkaJS's words. */
function wantedOf(
  subscription: ConsumerSubscribeTopics | ConsumerSubscribeTopic,
): readonly (string | RegExp)[] {
  const { topic, topics } = subscription as Partial<ConsumerSubscribeTopic & ConsumerSubscribeTopics>
  if (!topic && !topics) throw new KafkaJSNonRetriableError('Missing required argument "topics"')
  if (topics != null && !Array.isArray(topics))
    throw new KafkaJSNonRetriableError('Argument "topics" must be an array')
  const wanted: readonly (string | RegExp)[] = topics ?? [topic!]
  for (const each of wanted) {
    if (typeof each === 'string' || each instanceof RegExp) continue
    throw new KafkaJSNonRetriableError(
      `Invalid topic ${String(each)} (${typeof each}), the topic name has to be a String or a RegExp`,
    )
  }
  return wanted
}
