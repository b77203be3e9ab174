// The topics that dead letters go back to: whether they are there, asked once each. A producer would wait for one that is not.
import type { Admin } from '@millrace/client'

/** What says that there is no such topic, and can be none. */
const missing: ReadonlySet<string> = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'INVALID_TOPIC_EXCEPTION'])

export class TargetTopics {
  readonly #admin: Admin
  readonly #signal: AbortSignal | undefined
  readonly #counts = new Map<string, number | undefined>()

  constructor(admin: Admin, signal: AbortSignal | undefined) {
    this.#admin = admin
    this.#signal = signal
  }

  /** How many partitions a topic has; undefined where there is no such topic. Throws what else brokers answer. */
  async partitionsOf(topic: string): Promise<number | undefined> {
    if (!this.#counts.has(topic)) this.#counts.set(topic, await this.#ask(topic))
    return this.#counts.get(topic)
  }

  async #ask(topic: string): Promise<number | undefined> {
    const [described] = await this.#admin.describeTopics(
      [topic],
      this.#signal ? { signal: this.#signal } : {},
    )
    const { error, partitions } = described!
    if (error && !missing.has(error.code)) throw error
    return error ? undefined : partitions.length
  }
}
