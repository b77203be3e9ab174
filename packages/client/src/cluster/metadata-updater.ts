// Keeps the metadata fresh: one Metadata request at a time, for the topics that are in use.
import { ErrorCode, type MetadataRequestInit, type MetadataResponse } from '@millrace/protocol'
import type { Clock } from '@millrace/runtime'
import { checkPartitionNumbers, type Metadata } from './metadata.ts'
import type { TopicNews } from './topic-news.ts'

/** Topics of one wish; `all` means every topic there is. */
export type TopicWish = readonly string[] | 'all' | 'used'

export interface UpdaterHost {
  readonly metadata: Metadata
  readonly news: TopicNews
  readonly clock: Clock
  readonly allowAutoTopicCreation: boolean
  readonly metadataMaxAgeMs: number
  /** A topic that nobody has used or asked for in this time is no longer part of a refresh, and forgotten. */
  readonly metadataMaxIdleMs: number
  /** How long look-ups may fail before the client starts over from its bootstrap list; `Infinity` for ever (KIP-1102). */
  readonly rebootstrapTriggerMs: number
  /** Sends to any broker that answers. */
  send(body: MetadataRequestInit): Promise<MetadataResponse>
  /** Starts over from the bootstrap list. */
  rebootstrap(): void
}

export class MetadataUpdater {
  readonly #host: UpdaterHost
  /** When topics were last said to be in use, on the monotonic clock. */
  readonly #usedAt = new Map<string, number>()
  /** Who says which topics are needed for as long as it does. */
  readonly #needs: (() => Iterable<string>)[] = []
  /** When topics were last told of. */
  readonly #toldAt = new Map<string, number>()
  readonly #wished = new Set<string>()
  #wishAll = false
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined
  #updatedAt = Number.NEGATIVE_INFINITY
  #stale = true
  /** Since when no look-up succeeds, on the monotonic clock; undefined while they do. */
  #failingSince: number | undefined

  constructor(host: UpdaterHost) {
    this.#host = host
  }

  /** Says that a topic is in use, so that refreshes include it. */
  use(topic: string): void {
    this.#usedAt.set(topic, this.#host.clock.monotonic())
  }

  /** Topics that are in use whenever they are asked for: those of partitions that are read, of records that wait. */
  need(topics: () => Iterable<string>): void {
    this.#needs.push(topics)
  }

  /** Something contradicted the metadata: the next look at {@link due} asks for a refresh. */
  invalidate(): void {
    this.#stale = true
  }

  /** Whether the topics in use should be looked up again. */
  get due(): boolean {
    return this.#stale || this.#host.clock.monotonic() - this.#updatedAt > this.#host.metadataMaxAgeMs
  }

  /** Looks topics up. Wishes that come while a request is under way share the next one. */
  refresh(wish: TopicWish): Promise<void> {
    if (wish === 'all') this.#wishAll = true
    else for (const topic of wish === 'used' ? this.#topicsInUse() : wish) this.#wished.add(topic)
    if (!this.#running) return this.#start()
    this.#next ??= this.#running.then(
      () => this.#start(),
      () => this.#start(),
    )
    return this.#next
  }

  #start(): Promise<void> {
    this.#next = undefined
    this.#running = this.#fetch().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #fetch(): Promise<void> {
    const { metadata, news, allowAutoTopicCreation, clock } = this.#host
    const all = this.#wishAll
    const topics = [...this.#wished]
    this.#wished.clear()
    this.#wishAll = false
    const full = all || this.#topicsInUse().every(topic => topics.includes(topic))
    const response = await this.#ask({
      topics: all ? null : topics.map(name => ({ name })),
      allowAutoTopicCreation,
    })
    news.tell(response, metadata, all ? this.#topicsInUse() : [])
    metadata.update(response, all)
    this.#forgetIdle(response)
    if (!full) return
    this.#updatedAt = clock.monotonic()
    this.#stale = false
  }

  /** Throws what `send` throws, and BrokerError when the broker wants the client to start over. */
  async #ask(body: MetadataRequestInit): Promise<MetadataResponse> {
    const { clock, rebootstrapTriggerMs } = this.#host
    try {
      const response = await this.#host.send(body)
      if (response.errorCode === ErrorCode.REBOOTSTRAP_REQUIRED) this.#host.rebootstrap()
      checkPartitionNumbers(response)
      this.#failingSince = undefined
      return response
    } catch (error) {
      const now = clock.monotonic()
      this.#failingSince ??= now
      if (now - this.#failingSince >= rebootstrapTriggerMs) {
        // Brokers that are known answer, if at all, as if they were of another cluster.
        this.#failingSince = now
        this.#host.rebootstrap()
      }
      throw error
    }
  }

  /** Who meets ever new topics would otherwise carry all of them. */
  #forgetIdle({ topics }: MetadataResponse): void {
    const { metadata, clock, metadataMaxIdleMs } = this.#host
    const now = clock.monotonic()
    for (const { name } of topics) if (name !== null) this.#toldAt.set(name, now)
    const oldest = now - metadataMaxIdleMs
    for (const [name, toldAt] of this.#toldAt) {
      if (Math.max(toldAt, this.#usedAt.get(name) ?? toldAt) >= oldest) continue
      this.#toldAt.delete(name)
      metadata.drop(name)
    }
  }

  #topicsInUse(): string[] {
    for (const needed of this.#needs) for (const topic of needed()) this.use(topic)
    const oldest = this.#host.clock.monotonic() - this.#host.metadataMaxIdleMs
    for (const [topic, at] of this.#usedAt) if (at < oldest) this.#usedAt.delete(topic)
    return [...this.#usedAt.keys()]
  }
}

/** The oldest version with `allowAutoTopicCreation`: from Apache Kafka 0.11 on, as record batches v2. */
export const metadataVersionMin = 4
