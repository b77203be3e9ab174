// One `run` of a consumer: in the group, with handlers at work, through failures that are tried again, crashes and restarts, until it is stopped.
import { sleep, type Timer } from '@millrace/runtime'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { Consumer as MillraceConsumer } from '../consumer/consumer.ts'
import { KafkaError } from '../errors/index.ts'
import type { RebalanceFacts } from '../events/facts.ts'
import { isOfApplication } from './application-errors.ts'
import { BatchHandler, type HandlingHost } from './batch-handler.ts'
import type { SourceBatch } from './batch.ts'
import { isKafkaJSError, type KafkaJSNumberOfRetriesExceeded } from './errors.ts'
import { consumerEvents, type Emitter } from './events.ts'
import { isOfGroup, toKafkaJSError } from './protocol-errors.ts'
import { exhausted, isRetriable, RetryTimes, type RetrySettings } from './retry.ts'
import type { Settings } from './settings.ts'
import type { Logger } from './types/config.ts'
import type { ConsumerRunConfig } from './types/consumer.ts'

const handlersTimeoutMs = 30_000

export interface RunHost extends Omit<HandlingHost, 'running' | 'logger'> {
  readonly groupId: string
  readonly topics: readonly string[]
  readonly settings: Settings
  readonly emitter: Emitter
  readonly rootLogger: Logger
  readonly logger: Logger
  readonly retry: RetrySettings
  readonly restartOnFailure: ((error: Error) => Promise<boolean>) | undefined
  /** The consumer, connected. */
  open(): Promise<MillraceConsumer>
  assigned(partitions: readonly TopicPartition[]): void
  revoked(partitions: readonly TopicPartition[]): void
  /** What `disconnect` of the consumer does, but for this run, which has ended. */
  disconnect(): Promise<void>
}

/** Until the first share of the group is there. */
interface Joining {
  readonly joined: () => void
}

export class ConsumerRun {
  readonly #host: RunHost
  readonly #config: ConsumerRunConfig
  readonly #stop = new AbortController()
  #loop: Promise<void> | undefined
  #joining: Joining | undefined
  #times: RetryTimes
  #restart: Timer | undefined
  /** False outside of a group: while it waits to start again, and when it has ended. */
  active = false

  constructor(host: RunHost, config: ConsumerRunConfig) {
    this.#host = host
    this.#config = config
    this.#times = new RetryTimes(host.retry, host.settings.random)
  }

  /** Whether handlers go on. */
  get running(): boolean {
    return this.active && !this.#stop.signal.aborted
  }

  /** Joins the group. Resolves when this member has its share, or when that has failed: a crash is told by an event, as KafkaJS does. */
  async start(): Promise<void> {
    const { groupId, logger, emitter, topics } = this.#host
    logger.info('Starting', { groupId })
    this.active = true
    this.#times = new RetryTimes(this.#host.retry, this.#host.settings.random)
    try {
      const client = await this.#host.open()
      emitter.emit(consumerEvents.CONNECT)
      const joined = new Promise<void>(resolve => {
        this.#joining = { joined: resolve }
      })
      client.subscribe([...topics], {
        onAssigned: partitions => this.#host.assigned(partitions),
        onRevoked: partitions => this.#host.revoked(partitions),
      })
      this.#loop = this.#consume(client)
      await Promise.race([joined, this.#loop])
    } catch (error) {
      await this.#crash(toKafkaJSError(error))
    }
  }

  /** A rebalance has come to something. */
  noteRebalance({ what }: RebalanceFacts): void {
    if (what !== 'completed') return
    this.#joining?.joined()
    // As in KafkaJS, whose retries begin anew with each generation.
    this.#times = new RetryTimes(this.#host.retry, this.#host.settings.random)
  }

  /** Ends it: no more messages to handlers, which are waited for by who closes the consumer. */
  stop(): void {
    this.#restart?.cancel()
    this.#stop.abort()
  }

  /** Resolves when handlers have returned, or had half a minute for it: one that waits for the consumer to stop waits for itself. */
  async ended(): Promise<void> {
    const { clock } = this.#host.settings
    const waited = new AbortController()
    await Promise.race([this.#loop, sleep(clock, handlersTimeoutMs, waited.signal).catch(() => {})])
    waited.abort()
  }

  /** Has records handled until the consumer is closed; what fails goes again, from what is not done. Never rejects. */
  async #consume(client: MillraceConsumer): Promise<void> {
    const { settings, rootLogger } = this.#host
    const logger = rootLogger.namespace('Runner')
    const handler = new BatchHandler(this.#handling(logger), this.#config)
    const options = {
      partitionConcurrency: this.#config.partitionsConsumedConcurrently ?? 1,
      eachBatch: (batch: unknown) => handler.handle(batch as SourceBatch),
      signal: this.#stop.signal,
    }
    while (this.running) {
      try {
        await client.run(options)
        return
      } catch (caught) {
        if (!this.running) return
        const error = toKafkaJSError(caught)
        // An assigner's, which KafkaJS does not try again.
        if (isOfApplication(error)) return this.#crash(error)
        if (isOfGroup(error)) continue
        const again = isRetriable(error) ? this.#times.advance() : undefined
        if (!again) return this.#crash(exhausted(error, this.#times))
        const { message, stack } = error
        const { count: retryCount } = this.#times
        logger.debug('Error while scheduling fetch manager, trying again...', {
          groupId: this.#host.groupId,
          memberId: client.memberId,
          error: message,
          stack,
          retryCount,
          retryTime: again.waitMs,
        })
        await sleep(settings.clock, again.waitMs, this.#stop.signal).catch(() => {})
        if (this.running) client.keepAlive()
      }
    }
  }

  #handling(logger: Logger): HandlingHost {
    const host = this.#host
    const isRunning = () => this.running
    return {
      settings: host.settings,
      emitter: host.emitter,
      book: host.book,
      logger,
      get running() {
        return isRunning()
      },
      isPaused: (topic, partition) => host.isPaused(topic, partition),
      pause: (topic, partition) => host.pause(topic, partition),
      commit: offsets => host.commit(offsets),
      keepAlive: () => host.keepAlive(),
      markDone: (topic, partition, next) => host.markDone(topic, partition, next),
      goOnAt: (topic, partition, next) => host.goOnAt(topic, partition, next),
    }
  }

  /** Leaves the group and disconnects; starts again later, where that may help and the application does not mind. */
  async #crash(error: Error): Promise<void> {
    const { groupId, logger, settings, emitter, retry } = this.#host
    const { retryCount, retryTime: lastWait } = error as KafkaJSNumberOfRetriesExceeded
    logger.error(`Crash: ${error.name}: ${error.message}`, { groupId, retryCount, stack: error.stack })
    this.active = false
    await this.#host.disconnect()
    const mayHelp =
      error.name === 'KafkaJSNumberOfRetriesExceeded' ||
      (originOf(error) as { readonly retriable?: boolean }).retriable === true
    const restart = mayHelp && (await this.#wantsRestart(error))
    emitter.emit(consumerEvents.CRASH, { error, groupId, restart })
    if (!restart || this.#stop.signal.aborted) return
    const retryTime = lastWait || retry.initialRetryTime
    logger.error(`Restarting the consumer in ${retryTime}ms`, { retryCount, retryTime, groupId })
    this.#restart = settings.clock.setTimer(retryTime, () => void this.start())
  }

  async #wantsRestart(error: Error): Promise<boolean> {
    const { restartOnFailure, logger, groupId } = this.#host
    if (!restartOnFailure) return true
    try {
      return await restartOnFailure(error)
    } catch (failed) {
      logger.error(
        'Caught error when invoking user-provided "restartOnFailure" callback. Defaulting to restarting.',
        { error: (failed as Error).message ?? failed, cause: error.message, groupId },
      )
      return true
    }
  }
}

/** What an error is about in the end, short of what our client had to say of it. */
function originOf(error: Error): Error {
  const { cause } = error
  if (!(cause instanceof Error) || (isKafkaJSError(error) && cause instanceof KafkaError)) return error
  return originOf(cause)
}
