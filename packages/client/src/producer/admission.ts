// Lets records into the accumulator: their topic must be known, there must be room, and nobody may overtake.
import { invariant, violated } from '@millrace/runtime'
import type { Cluster } from '../cluster/cluster.ts'
import { DeliveryTimeoutError, StateError } from '../errors/index.ts'
import { Fifo } from '../network/fifo.ts'
import type { Accumulator } from './accumulator.ts'
import { TopicQueues } from './topic-queues.ts'

/** The length that Kafka allows. */
const topicNameMax = 249

/** Appends as far as there is room; returns whether it is done. */
type Step = () => boolean

interface Blocked {
  readonly step: Step
  /** When it began to wait, or last got a record in, on the monotonic clock. */
  since: number
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

interface Lookup {
  readonly name: string
  readonly promise: Promise<TopicQueues>
  /** Calls that continue when it is there. Until they have, nobody else may use the topic: they came first. */
  waiters: number
  topic: TopicQueues | undefined
}

export class Admission {
  readonly #cluster: Cluster
  readonly #accumulator: Accumulator
  readonly #deliveryTimeoutMs: number
  readonly #topics = new Map<string, TopicQueues>()
  readonly #lookups = new Map<string, Lookup>()
  readonly #blocked = new Fifo<Blocked>()
  #readyWaiters: { resolve: () => void; reject: (error: Error) => void }[] = []
  #lastTopic: TopicQueues | undefined
  #roomPending = false
  #closed: Error | undefined

  /** A lookup takes `deliveryTimeoutMs` at most, and so does the wait for room. */
  constructor(cluster: Cluster, accumulator: Accumulator, deliveryTimeoutMs: number) {
    this.#cluster = cluster
    this.#accumulator = accumulator
    this.#deliveryTimeoutMs = deliveryTimeoutMs
  }

  /** The topic's queues if a record may go in now. Otherwise undefined, and what is missing is under way. */
  admit(name: string): TopicQueues | undefined {
    const topic = this.known(name)
    if (topic === undefined) {
      this.#lookUp(name)
      return undefined
    }
    return this.#accumulator.isFull || this.#blocked.length > 0 ? undefined : topic
  }

  /** The topic's queues, when they are known. */
  known(name: string): TopicQueues | undefined {
    let topic = this.#lastTopic
    if (topic === undefined || topic.name !== name) {
      topic = this.#topics.get(name)
      if (topic === undefined) return undefined
      this.#lastTopic = topic
    }
    const isCurrent = topic.metadataVersion === this.#cluster.metadata.version
    return isCurrent || topic.update() ? topic : undefined
  }

  /** The topic's queues for a step, whose call has waited for them. */
  awaited(name: string): TopicQueues {
    // A topic may have been forgotten while the call waited for room.
    const topic = this.known(name) ?? this.#lookups.get(name)?.topic ?? this.#topics.get(name)
    if (!topic) violated(`a step asks for its topics before it uses them: "${name}"`)
    return topic
  }

  /** The same where there is room; undefined where there is none. */
  admitStep(name: string): TopicQueues | undefined {
    return this.#accumulator.isFull ? undefined : this.awaited(name)
  }

  /**
   * Runs `step` until it is done, behind the calls that came before: undefined where that was possible at once. `names` are the topics it needs.
   * Throws, or rejects with, what lookups and steps throw.
   */
  run(names: readonly string[], step: Step): Promise<void> | undefined {
    const unknown = names.filter(name => !this.known(name))
    return unknown.length > 0 ? this.#runLater(unknown, step) : this.#runNow(step)
  }

  async #runLater(unknown: readonly string[], step: Step): Promise<void> {
    const lookups = unknown.map(name => this.#lookUp(name))
    for (const lookup of lookups) lookup.waiters++
    const outcomes = await Promise.allSettled(lookups.map(({ promise }) => promise))
    for (const lookup of lookups) this.#leave(lookup)
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    await this.#runNow(step)
  }

  #runNow(step: Step): Promise<void> | undefined {
    if (this.#closed) throw this.#closed
    if (this.#blocked.length === 0 && step()) return undefined
    const since = this.#cluster.clock.monotonic()
    return new Promise((resolve, reject) => this.#blocked.push({ step, since, resolve, reject }))
  }

  /** Resolves when there is room and no lookup under way. Throws when a lookup fails. */
  async ready(): Promise<void> {
    const lookups = [...this.#lookups.values()]
    if (lookups.length > 0) await Promise.all(lookups.map(({ promise }) => promise))
    while (!this.#closed && (this.#accumulator.isFull || this.#blocked.length > 0)) {
      await new Promise<void>((resolve, reject) => this.#readyWaiters.push({ resolve, reject }))
    }
    if (this.#closed) throw this.#closed
  }

  /** Bytes became free. Who waits goes on when this turn's answers are dealt with. */
  onRoom(): void {
    if (this.#roomPending || (this.#blocked.length === 0 && this.#readyWaiters.length === 0)) return
    this.#roomPending = true
    queueMicrotask(() => {
      this.#roomPending = false
      this.#unblock()
    })
  }

  close(error: Error): void {
    this.#closed = error
    for (const { reject } of this.#blocked.drain()) reject(error)
    for (const { reject } of this.#readyWaiters.splice(0)) reject(error)
  }

  #unblock(): void {
    for (let head = this.#blocked.peek(); head; head = this.#blocked.peek()) {
      if (this.#accumulator.isFull) return
      try {
        this.#throwIfLate(head)
        if (!head.step()) {
          head.since = this.#cluster.clock.monotonic()
          return
        }
        head.resolve()
      } catch (error) {
        head.reject(error)
      }
      this.#blocked.shift()
    }
    if (this.#accumulator.isFull) return
    for (const { resolve } of this.#readyWaiters.splice(0)) resolve()
  }

  /**
   * The room that comes when the records before have run out of time is not for those who have waited as long: with the brokers away,
   * each bufferful would otherwise fail a whole `deliveryTimeoutMs` after the one before.
   */
  #throwIfLate({ since }: Blocked): void {
    const waitedMs = this.#cluster.clock.monotonic() - since
    if (waitedMs < this.#deliveryTimeoutMs) return
    throw new DeliveryTimeoutError(
      `no room for more records within deliveryTimeoutMs (${this.#deliveryTimeoutMs}): the brokers take none, or fewer than are sent; wait for earlier sends, or raise bufferMemory`,
    )
  }

  #lookUp(name: string): Lookup {
    const running = this.#lookups.get(name)
    if (running) return running
    checkTopicName(name)
    const timeoutMs = Math.min(this.#cluster.options.apiTimeoutMs, this.#deliveryTimeoutMs)
    const promise = this.#cluster.topic(name, { timeoutMs }).then(() => {
      const { metadata, random } = this.#cluster
      // Queues outlive what is known of the topic: their sequences go on.
      const topic = this.#topics.get(name) ?? new TopicQueues(name, metadata, random)
      topic.update()
      return topic
    })
    const lookup: Lookup = { name, promise, waiters: 1, topic: undefined }
    this.#lookups.set(name, lookup)
    promise.then(
      topic => {
        lookup.topic = topic
        this.#leave(lookup)
      },
      () => this.#leave(lookup),
    )
    return lookup
  }

  /** The last of those who waited for a lookup opens the topic to everyone. */
  #leave(lookup: Lookup): void {
    invariant(lookup.waiters > 0, 'who leaves a lookup has waited for it')
    if (--lookup.waiters > 0) return
    this.#lookups.delete(lookup.name)
    if (lookup.topic) this.#topics.set(lookup.name, lookup.topic)
  }
}

/** Throws StateError for what cannot be a topic's name. Which names are allowed is the broker's to say. */
function checkTopicName(name: unknown): void {
  if (typeof name !== 'string')
    throw new StateError(`the topic of a record is ${String(name)}; write its name`)
  if (name.length <= topicNameMax) return
  throw new StateError(`the topic of a record has ${name.length} characters; ${topicNameMax} are allowed`)
}
