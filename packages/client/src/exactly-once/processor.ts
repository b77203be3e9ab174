// Reads records, transforms them, and writes what comes of it, exactly once: outputs and offsets in the same transactions.
import { nodeRandom } from '@millrace/runtime'
import { atMost } from '../cluster/at-most.ts'
import { abortSignal, entry, optional, patience } from '../config/arguments.ts'
import { Consumer } from '../consumer/consumer.ts'
import type { AnyTopic, PlainTopic } from '../topic/topic.ts'
import type { RebalanceHooks } from '../consumer/group-side.ts'
import { ClosedError, StateError } from '../errors/index.ts'
import {
  type GivenOptions,
  type GivenSettings,
  type NamedSources,
  type Transformed,
  readExactlyOnceOptions,
  type ResolvedExactlyOnceOptions,
  type TypedSources,
} from './options.ts'
import type { AnyConsumer, ExactlyOnceStatistics } from './transactor.ts'
import { TransformLoop } from './transform-loop.ts'

/** Options of `run`. */
export interface ExactlyOnceRunOptions {
  /** Ends the run after the record or batch in hand: it resolves when what was transformed is committed. Default: `close` ends it. */
  readonly signal?: AbortSignal
}

/** Options of `close`. */
export interface ExactlyOnceCloseOptions {
  /** How long to wait for what is in hand, in ms. Default 30,000. After that the open transaction is aborted: its records come again. */
  readonly timeoutMs?: number
}

const checkRun = entry({ signal: optional(abortSignal) })
const checkClose = entry({ timeoutMs: optional(patience) })
const closeTimeoutMs = 30_000

/**
 * Consume, transform, produce: what is written for a record and that it is read stand in the same transaction (KIP-98, KIP-447), so that readers
 * with `isolationLevel: 'read_committed'` see the outputs of each record once, whatever fails. It gathers records for `transactionIntervalMs`, goes
 * on after rebalances, restarts of brokers and fencing, and has the records of what was aborted come again.
 *
 * @example
 * await using processor = new ExactlyOnceProcessor({
 *   brokers: ['localhost:9092'],
 *   groupId: 'pricing',
 *   topics: 'orders',
 *   eachRecord: order => ({ topic: 'prices', key: order.key, value: priceOf(order.value) }),
 * })
 * await processor.run()
 */
export class ExactlyOnceProcessor<
  K = Buffer,
  V = Buffer,
  PK = string | Uint8Array,
  PV = string | Uint8Array,
  T extends AnyTopic = PlainTopic<K, V>,
  A extends Transformed<PK, PV> = Transformed<PK, PV>,
  P extends Transformed<PK, PV> = Transformed<PK, PV>,
> implements AsyncDisposable
{
  readonly #options: ResolvedExactlyOnceOptions<PK, PV>
  readonly #consumer: AnyConsumer
  readonly #loop: TransformLoop<PK, PV>
  #running: Promise<void> | undefined
  #isSubscribed = false
  #closing: Promise<void> | undefined

  /** Checks the options; connects when it is run. Throws ConfigError. */
  constructor(given: GivenSettings<K, V, PK, PV, T, A, P> & NamedSources)
  /** The same for topics with types. */
  constructor(given: GivenSettings<K, V, PK, PV, T, A, P> & TypedSources<T>)
  /** The same for topics of either kind. */
  constructor(given: GivenOptions<K, V, PK, PV, T, A, P>)
  constructor(given: GivenOptions<K, V, PK, PV, T, A, P>) {
    this.#options = readExactlyOnceOptions<PK, PV>(given, given.random ?? nodeRandom)
    const { consumer, onPoison } = this.#options
    this.#consumer = new Consumer<unknown, unknown, AnyTopic>(
      onPoison ? { ...consumer, onPoison: record => this.#loop.poisoned(record) } : consumer,
    )
    this.#loop = new TransformLoop(this.#options, this.#consumer)
  }

  /** What was counted since the processor was made. */
  get statistics(): ExactlyOnceStatistics {
    return { ...this.#loop.transactor.statistics }
  }

  /**
   * Joins the group and works, until `signal` aborts or the processor is closed: then it resolves, and what was transformed is committed. Rejects with
   * what a transformation throws (`onTransformError`), and with what no other attempt can make good: an output that cannot be written, a topic or an
   * id that is not allowed, a record that cannot be read. What was transformed before is committed then, and another `run` starts with what was
   * not. Rejects with StateError while another one is under way, ClosedError.
   */
  async run(options: ExactlyOnceRunOptions = {}): Promise<void> {
    if (this.#closing) throw new ClosedError('the processor')
    checkRun('run: options', options)
    if (this.#running)
      throw new StateError('run: this processor is running; make another one to run beside it')
    const { signal } = options
    const stop = () => this.#loop.stop()
    this.#running = this.#run(signal)
    signal?.addEventListener('abort', stop, { once: true })
    try {
      await this.#running
    } finally {
      signal?.removeEventListener('abort', stop)
      this.#running = undefined
    }
  }

  /**
   * Ends the run after the record or batch in hand, commits, leaves the group, closes all connections. Rejects for wrong options only. Another
   * call waits for the first.
   */
  async close(options: ExactlyOnceCloseOptions = {}): Promise<void> {
    checkClose('close: options', options)
    this.#closing ??= this.#close(options.timeoutMs ?? closeTimeoutMs)
    return this.#closing
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #run(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return
    if (!this.#isSubscribed) {
      this.#consumer.subscribe(this.#options.topics, this.#hooks())
      this.#isSubscribed = true
    }
    await this.#loop.run()
  }

  async #close(timeoutMs: number): Promise<void> {
    this.#loop.stop()
    const { clock } = this.#consumer.cluster
    const giveUpAt = clock.monotonic() + timeoutMs
    const run = this.#running?.catch(() => {})
    if (run) await atMost(clock, timeoutMs, run)
    await this.#loop.transactor.close(new ClosedError('the processor'))
    // Its hooks have the time that is left.
    await this.#consumer.close({ timeoutMs: Math.max(0, giveUpAt - clock.monotonic()) })
  }

  /** What goes is committed first, and what is gone without a word is not. */
  #hooks(): RebalanceHooks {
    const { rebalanceHooks: hooks } = this.#options
    const { transactor } = this.#loop
    return {
      ...(hooks?.onAssigned && { onAssigned: hooks.onAssigned }),
      onRevoked: async partitions => {
        await this.#loop.settled()
        await hooks?.onRevoked?.(partitions)
      },
      onLost: async partitions => {
        transactor.doom(partitions)
        await this.#loop.settled()
        await (hooks?.onLost ?? hooks?.onRevoked)?.(partitions)
      },
    }
  }
}
