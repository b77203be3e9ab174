// Patterns that are regular expressions: which topics they mean is asked when the server begins to listen, as KafkaJS does.
import { Admin, type ClusterOptions } from '@millrace/client'
import { defaultNaming, type TopicNaming } from '@millrace/service'
import type { MessageHandler } from '@nestjs/microservices'

/** What is named like the topics for what failed, of any group: a pattern for orders does not mean the dead letters of orders. */
const failed = /-(?:dlt|retry(?:-\d+)?)$/

export class TopicPatterns {
  readonly #handlers = new Map<string, { readonly pattern: RegExp; readonly handler: MessageHandler }>()

  /** Whether there is any. */
  get any(): boolean {
    return this.#handlers.size > 0
  }

  /** Several handlers of events of one pattern are all called, as those of a name are. */
  add(pattern: RegExp, handler: MessageHandler): void {
    const key = String(pattern)
    const known = this.#handlers.get(key)
    if (!known || handler.isEventHandler !== true) this.#handlers.set(key, { pattern, handler })
    else endOf(known.handler).next = handler
  }

  /** Handlers by name: `named`, and those of the topics that patterns mean and that have no handler of their own. Rejects with what keeps brokers from telling their topics. */
  async resolve(
    named: ReadonlyMap<string, MessageHandler>,
    cluster: ClusterOptions,
    group: string,
    naming: TopicNaming = defaultNaming,
  ): Promise<ReadonlyMap<string, MessageHandler>> {
    if (!this.any) return named
    const topics = await topicNames(cluster)
    const own = new Set(topics.map(topic => naming.deadLetter(topic, group)))
    const resolved = new Map(named)
    for (const topic of topics) {
      if (named.has(topic) || own.has(topic) || failed.test(topic)) continue
      const handler = this.find(topic)
      if (handler) resolved.set(topic, handler)
    }
    return resolved
  }

  /** The handler of the first pattern that means a topic. */
  find(topic: string): MessageHandler | undefined {
    for (const { pattern, handler } of this.#handlers.values()) {
      // One with the flag "g" goes on from where it was.
      pattern.lastIndex = 0
      if (pattern.test(topic)) return handler
    }
    return undefined
  }
}

async function topicNames(cluster: ClusterOptions): Promise<string[]> {
  const admin = new Admin(cluster)
  try {
    return (await admin.listTopics()).filter(({ isInternal }) => !isInternal).map(({ name }) => name)
  } finally {
    admin.close()
  }
}

function endOf(handler: MessageHandler): MessageHandler {
  return handler.next ? endOf(handler.next as MessageHandler) : handler
}
