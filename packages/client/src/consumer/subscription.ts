// Which topics a consumer wants: by name, by pattern, or both.
import { isRegExp } from '../config/kinds.ts'
import { show } from '../config/show.ts'
import { StateError } from '../errors/index.ts'
import type { Metadata } from '../cluster/metadata.ts'

/**
 * A regular expression that the broker matches against the names of topics, in RE2 syntax (`SubscriptionPattern` in Java): `groupProtocol: 'consumer'`, from
 * Apache Kafka 4.0 on. The whole name has to match. Unlike with a RegExp, members need not know which topics there are.
 */
export class SubscriptionPattern {
  /** The expression, as the broker gets it. */
  readonly pattern: string

  /** Throws StateError for what is no text or empty; a syntax error is told by the broker. */
  constructor(pattern: string) {
    if (typeof pattern !== 'string' || pattern === '')
      throw new StateError(`SubscriptionPattern: ${show(pattern)} is no pattern: write text in RE2 syntax`)
    this.pattern = pattern
  }
}

/** What a consumer can subscribe to: a topic, or those that match. */
export type TopicChoice = string | RegExp | SubscriptionPattern

export class Subscription {
  readonly names: readonly string[]
  readonly patterns: readonly RegExp[]
  /** What the broker matches. */
  readonly pattern: string | undefined
  readonly #excludeInternalTopics: boolean

  /** One topic or several. Throws StateError for what is neither a name nor a pattern. */
  constructor(given: TopicChoice | readonly TopicChoice[], excludeInternalTopics = true) {
    this.#excludeInternalTopics = excludeInternalTopics
    const isOne = typeof given === 'string' || isRegExp(given) || given instanceof SubscriptionPattern
    const topics = isOne ? [given] : given
    // KafkaJS puts them into an object: subscribe({ topics: ['orders'] }).
    if (!Array.isArray(topics))
      throw new StateError(
        `subscribe: topics is ${show(given)}: write names and regular expressions, subscribe(['orders'])`,
      )
    for (const topic of topics as readonly TopicChoice[]) {
      if (
        isRegExp(topic) ||
        topic instanceof SubscriptionPattern ||
        (typeof topic === 'string' && topic.trim() !== '')
      )
        continue
      throw new StateError(
        `"${String(topic)}" is no topic to subscribe to; give names and regular expressions`,
      )
    }
    this.names = [...new Set(topics.filter(topic => typeof topic === 'string'))]
    this.patterns = topics
      .filter(topic => isRegExp(topic))
      // A pattern with the flags g or y would remember where it stood.
      .map(({ source, flags }) => new RegExp(source, flags.replace(/[gy]/g, '')))
    const forBroker = topics.filter(topic => topic instanceof SubscriptionPattern)
    if (forBroker.length > 1)
      throw new StateError('subscribe: the broker takes one SubscriptionPattern: join them with "|"')
    this.pattern = forBroker[0]?.pattern
  }

  /** Whether topics are matched here. */
  get hasPatterns(): boolean {
    return this.patterns.length > 0
  }

  /** The topics that it comes to at present, sorted. Patterns do not match Kafka's internal topics, unless they are asked for. */
  topics(metadata: Metadata): string[] {
    const topics = new Set(this.names)
    for (const { name, isInternal } of metadata.topics.values()) {
      if ((!isInternal || !this.#excludeInternalTopics) && this.patterns.some(pattern => pattern.test(name)))
        topics.add(name)
    }
    return [...topics].sort()
  }
}
