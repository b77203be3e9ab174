// Takes a batch through the application's handler: message by message or as a whole, with what is resolved, committed and told on the way.
import { EventLoopShare } from '../consumer/event-loop-share.ts'
import { type MessageBatch, MessageBatch as Messages, type SourceBatch } from './batch.ts'
import { isKafkaJSError, KafkaJSNonRetriableError } from './errors.ts'
import { consumerEvents, type Emitter } from './events.ts'
import { readOffset } from './consumer-arguments.ts'
import type { OffsetBook } from './offset-book.ts'
import { isOfGroup, protocolError } from './protocol-errors.ts'
import type { Settings } from './settings.ts'
import type { Offsets } from './types/cluster.ts'
import type { Logger } from './types/config.ts'
import type { ConsumerRunConfig, EachBatchPayload, KafkaMessage } from './types/consumer.ts'

const rebalanceInProgress = 27

/** What a handler of batches needs of the consumer. */
export interface HandlingHost {
  readonly settings: Settings
  readonly emitter: Emitter
  readonly logger: Logger
  readonly book: OffsetBook
  /** False once the consumer is stopping. */
  readonly running: boolean
  isPaused(topic: string, partition: number): boolean
  /** Pauses a partition; returns what ends that. */
  pause(topic: string, partition: number): () => void
  /** Commits offsets, or what is resolved. Throws KafkaJSError. */
  commit(offsets?: Offsets): Promise<void>
  /** Says that the handler is alive. */
  keepAlive(): void
  /** Everything before `next` is done, and what is behind comes again if the handler fails. */
  markDone(topic: string, partition: number, next: number): void
  /** The next batch of the partition begins here. */
  goOnAt(topic: string, partition: number, next: number): void
}

type Handlers = Pick<
  ConsumerRunConfig,
  | 'eachBatch'
  | 'eachMessage'
  | 'autoCommit'
  | 'autoCommitInterval'
  | 'autoCommitThreshold'
  | 'eachBatchAutoResolve'
>

export class BatchHandler {
  readonly #host: HandlingHost
  readonly #handlers: Handlers
  readonly #share: EventLoopShare
  /** When offsets were committed last, in ms since the epoch. */
  #committedAt: number

  constructor(host: HandlingHost, handlers: Handlers) {
    this.#host = host
    this.#handlers = handlers
    this.#share = new EventLoopShare(host.settings.clock)
    this.#committedAt = host.settings.clock.now()
  }

  /** Resolves when the batch is through, as far as it is wanted. Throws what the handler throws, and KafkaJSError. */
  async handle(source: SourceBatch): Promise<void> {
    const { topic, partition, firstOffset, endOffset } = source
    const { book, running, emitter, settings } = this.#host
    this.#share.noteTurn()
    if (!running) return this.#host.goOnAt(topic, partition, firstOffset)
    book.read(topic, partition, firstOffset)
    const batch = new Messages(source)
    const startedAt = settings.clock.now()
    const told =
      emitter.hears(consumerEvents.START_BATCH_PROCESS) || emitter.hears(consumerEvents.END_BATCH_PROCESS)
    const payload = told ? describe(batch) : undefined
    emitter.emit(consumerEvents.START_BATCH_PROCESS, payload)
    if (batch.isEmpty()) {
      // Markers of transactions and records of aborted ones: nobody else can say that they are done.
      book.resolve(topic, partition, endOffset)
      if (this.#commits) await this.#commitIfNecessary()
    } else {
      await this.#process(source, batch)
    }
    emitter.emit(consumerEvents.END_BATCH_PROCESS, {
      ...payload,
      duration: settings.clock.now() - startedAt,
    })
    const next = book.resolved(topic, partition) ?? firstOffset
    if (next !== endOffset && source.isCurrent) this.#host.goOnAt(topic, partition, next)
    if (!batch.isEmpty()) await this.#autoCommit()
  }

  async #process(source: SourceBatch, batch: MessageBatch): Promise<void> {
    const { topic, partition } = source
    const { book } = this.#host
    const isMessages = this.#handlers.eachMessage !== undefined && this.#handlers.eachMessage !== null
    try {
      await (isMessages ? this.#eachMessage(source, batch) : this.#eachBatch(source, batch))
    } catch (error) {
      const next = book.resolved(topic, partition)
      if (next !== undefined && source.isCurrent) this.#host.markDone(topic, partition, next)
      await this.#autoCommit()
      // A handler that gave up because the group rebalances has not failed.
      if (isOfGroup(error as Error)) return
      throw error
    }
    if (!isMessages && (this.#handlers.eachBatchAutoResolve ?? true)) this.#resolve(source, source.endOffset)
  }

  /** Nothing of a batch counts once its partition was sought in: who takes over begins where that was. */
  #resolve(source: SourceBatch, next: number): void {
    if (source.isCurrent) this.#host.book.resolve(source.topic, source.partition, next)
  }

  async #eachMessage(source: SourceBatch, batch: MessageBatch): Promise<void> {
    const { topic, partition } = source
    const host = this.#host
    const { eachMessage, autoCommitInterval, autoCommitThreshold } = this.#handlers
    const commits = this.#commits && (autoCommitInterval != null || autoCommitThreshold != null)
    const heartbeat = () => this.#heartbeat(source)
    const pause = () => host.pause(topic, partition)
    const last = batch.messages.at(-1)
    for (const message of batch.messages) {
      if (!host.running || source.isLeaving) return
      try {
        await eachMessage!({ topic, partition, message, heartbeat, pause })
      } catch (error) {
        this.#logFailure('eachMessage', message, source, error as Error)
        throw error
      }
      host.keepAlive()
      this.#resolve(source, message === last ? source.endOffset : Number(message.offset) + 1)
      if (commits) await this.#commitIfNecessary()
      if (host.isPaused(topic, partition)) return
      if (this.#share.isUsedUp) await this.#share.pause()
    }
  }

  async #eachBatch(source: SourceBatch, batch: MessageBatch): Promise<void> {
    const { topic, partition, endOffset } = source
    const host = this.#host
    const last = batch.messages.at(-1)!
    const payload: EachBatchPayload = {
      batch,
      resolveOffset: given => {
        const offset = readOffset(given)
        // Behind the last message there may be what is not for users: nobody else can say that it is done.
        const next = Number(offset) === Number(last.offset) ? endOffset : Number(offset) + 1
        this.#resolve(source, next)
      },
      heartbeat: () => this.#heartbeat(source),
      pause: () => host.pause(topic, partition),
      commitOffsetsIfNecessary: offsets => (offsets ? this.#commit(offsets) : this.#commitIfNecessary()),
      uncommittedOffsets: () => host.book.uncommitted(),
      isRunning: () => host.running,
      isStale: () => !source.isCurrent,
    }
    try {
      await this.#handlers.eachBatch!(payload)
    } catch (error) {
      this.#logFailure('eachBatch', batch.messages[0]!, source, error as Error)
      throw error
    }
  }

  #logFailure(name: string, { offset }: KafkaMessage, { topic, partition }: SourceBatch, error: Error): void {
    if (isKafkaJSError(error)) return
    const { stack } = error
    this.#host.logger.error(`Error when calling ${name}`, { topic, partition, offset, stack, error })
  }

  /** The client's heartbeats go by themselves: this one says that the handler is alive, and hears whether the group waits for it. */
  async #heartbeat(source: SourceBatch): Promise<void> {
    this.#host.keepAlive()
    if (this.#share.isUsedUp) await this.#share.pause()
    if (!source.isLeaving || !this.#host.running) return
    await this.#autoCommit()
    throw protocolError(rebalanceInProgress, 'The group is rebalancing, so a rejoin is needed')
  }

  get #commits(): boolean {
    return this.#handlers.autoCommit ?? true
  }

  async #autoCommit(): Promise<void> {
    if (this.#commits) await this.#commit()
  }

  async #commit(offsets?: Offsets): Promise<void> {
    await this.#host.commit(offsets)
    this.#committedAt = this.#host.settings.clock.now()
  }

  async #commitIfNecessary(): Promise<void> {
    const { autoCommitInterval, autoCommitThreshold } = this.#handlers
    const now = this.#host.settings.clock.now()
    const isLate = autoCommitInterval != null && now >= this.#committedAt + autoCommitInterval
    const isMuch = autoCommitThreshold != null && this.#host.book.uncommittedCount >= autoCommitThreshold
    if (isLate || isMuch) await this.#commit()
  }
}

/** What events say of a batch. */
function describe(batch: MessageBatch): object {
  const { topic, partition, highWatermark, messages } = batch
  return {
    topic,
    partition,
    highWatermark,
    offsetLag: batch.offsetLag(),
    offsetLagLow: batch.offsetLagLow(),
    batchSize: messages.length,
    firstOffset: batch.firstOffset(),
    lastOffset: batch.lastOffset(),
  }
}

/** Throws KafkaJSNonRetriableError where there is nothing to call, or too much. */
export function checkHandlers({ eachBatch, eachMessage }: ConsumerRunConfig): void {
  if (!eachBatch && !eachMessage)
    throw new KafkaJSNonRetriableError(
      'consumer.run needs eachMessage or eachBatch: there is nothing to do with messages',
    )
}
