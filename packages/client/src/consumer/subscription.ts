// Which topics a consumer wants: by name, by pattern, or both.
import { show } from '../config/show.ts'
import { StateError } from '../errors/index.ts'
import type { Metadata } from '../cluster/metadata.ts'

export class Subscription {
  readonly names: readonly string[]
  readonly patterns: readonly RegExp[]

  /** One topic or several. Throws StateError for what is neither a name nor a pattern. */
  constructor(given: string | RegExp | readonly (string | RegExp)[]) {
    const topics = typeof given === 'string' || given instanceof RegExp ? [given] : given
    // KafkaJS puts them into an object: subscribe({ topics: ['orders'] }).
    if (!Array.isArray(topics))
      throw new StateError(
        `subscribe: topics is ${show(given)}: write names and regular expressions, subscribe(['orders'])`,
      )
    for (const topic of topics as readonly (string | RegExp)[]) {
      if (topic instanceof RegExp || (typeof topic === 'string' && topic.trim() !== '')) continue
      throw new StateError(
        `"${String(topic)}" is no topic to subscribe to; give names and regular expressions`,
      )
    }
    this.names = [...new Set(topics.filter(topic => typeof topic === 'string'))]
    this.patterns = topics
      .filter(topic => topic instanceof RegExp)
      // A pattern with the flags g or y would remember where it stood.
      .map(({ source, flags }) => new RegExp(source, flags.replace(/[gy]/g, '')))
  }

  get hasPatterns(): boolean {
    return this.patterns.length > 0
  }

  /** The topics that it comes to at present, sorted. Patterns do not match Kafka's internal topics. */
  topics(metadata: Metadata): string[] {
    const topics = new Set(this.names)
    for (const { name, isInternal } of metadata.topics.values()) {
      if (!isInternal && this.patterns.some(pattern => pattern.test(name))) topics.add(name)
    }
    return [...topics].sort()
  }
}
