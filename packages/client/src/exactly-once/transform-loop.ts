// The loop of a processor: takes batches, has them transformed, and lets transactions be committed wherever outputs and offsets are in step.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { ConsumerBatch } from '../consumer/batch.ts'
import type { PoisonRecord } from '../consumer/poison.ts'
import { DeserializationError } from '../errors/index.ts'
import { tell } from '../events/tell.ts'
import { isThenable } from '../serde/thenable.ts'
import { Bell } from './bell.ts'
import { concernsTransaction } from './failures.ts'
import type { Output, ResolvedExactlyOnceOptions, TransformOutputs } from './options.ts'
import { type Poison, PoisonQueue, postponed } from './poison-queue.ts'
import { type AnyConsumer, Transactor } from './transactor.ts'

type AnyBatch = ConsumerBatch<unknown, unknown>

/** Where a record or batch comes from: a batch, or a record that cannot be read. */
interface Place extends TopicPartition {
  readonly firstOffset: number
  /** False when it comes again, here or elsewhere. */
  readonly isCurrent: boolean
}

/** The clock is asked once for so many records that are transformed without waiting. */
const recordsPerLook = 32

/** What becomes of a record or batch: it is part of the transaction, or it comes again, here or elsewhere. */
type Outcome = 'written' | 'comes again'

export class TransformLoop<PK, PV> {
  readonly transactor: Transactor<PK, PV>
  readonly #options: ResolvedExactlyOnceOptions<PK, PV>
  readonly #consumer: AnyConsumer
  readonly #bell = new Bell()
  readonly #poisons = new PoisonQueue()
  #batches: AsyncIterator<AnyBatch> | undefined
  #coming: Promise<IteratorResult<AnyBatch>> | undefined
  /** Times in a row that records could not be had for a reason that may pass. */
  #setbacks = 0
  /** Who waits until nothing is open: partitions are about to go. */
  #waiting: (() => void)[] = []
  #running = false
  #stopping = false
  /** What is left of the batch in hand should go back: a rebalance may be waiting for it. */
  #handBack = false
  /** What has failed last, and how often in a row. */
  #failing = { key: '', attempts: 0 }
  /** What is passed over when it comes again. */
  readonly #skips = new Set<string>()

  constructor(options: ResolvedExactlyOnceOptions<PK, PV>, consumer: AnyConsumer) {
    this.#options = options
    this.#consumer = consumer
    this.transactor = new Transactor(options, consumer, {
      onDue: () => this.#bell.ring(),
      onRewound: partitions => this.#poisons.rewound(partitions),
    })
  }

  get isRunning(): boolean {
    return this.#running
  }

  /** Transforms until {@link stop}. Rejects with what nobody could make good; what was transformed before that is committed. */
  async run(): Promise<void> {
    this.#running = true
    this.#stopping = false
    let failure: { readonly error: unknown } | undefined
    this.transactor.takeOver()
    try {
      while (!this.#stopping) {
        const batch = await this.#next()
        if (batch) await (this.#options.eachBatch ? this.#processWhole(batch) : this.#processRecords(batch))
      }
    } catch (error) {
      failure = { error }
    }
    try {
      this.#leaveBatches()
      await this.transactor.commit()
    } catch (error) {
      failure ??= { error }
    } finally {
      this.#running = false
      this.#poisons.postponeAll()
      this.#serveWaiting()
    }
    if (failure) throw failure.error
  }

  /** A record that cannot be read: resolves when what is written in its place is part of a transaction. Everything before it is transformed by now. */
  poisoned(record: PoisonRecord): Promise<void> {
    const seenTo = this.#poisons.add(record)
    if (this.#running) this.#bell.ring()
    else this.#poisons.postponeAll()
    return seenTo
  }

  /** Ends {@link run} after the record or batch in hand. */
  stop(): void {
    this.#stopping = true
    this.#bell.ring()
  }

  /** Resolves when nothing is open: what was transformed is committed, or comes again. */
  async settled(): Promise<void> {
    if (!this.#running || !this.transactor.work) return
    await new Promise<void>(resolve => {
      this.#waiting.push(resolve)
      this.#bell.ring()
    })
  }

  /** The next batch; undefined when something else came first. */
  async #next(): Promise<AnyBatch | undefined> {
    const { next: rung } = this.#bell
    if (await this.#settleIfDue()) return undefined
    const poison = this.#poisons.next
    if (poison) {
      await this.#seeToPoison(poison)
      return undefined
    }
    this.#handBack = false
    this.#batches ??= (this.#consumer.batches() as AsyncIterable<AnyBatch>)[Symbol.asyncIterator]()
    this.#coming ??= this.#batches.next()
    try {
      const came = await Promise.race([this.#coming, rung])
      if (!came) return undefined
      this.#coming = undefined
      this.#setbacks = 0
      if (came.done) this.#stopping = true
      return came.done ? undefined : came.value
    } catch (error) {
      this.#leaveBatches()
      await this.#goOnAfter(error)
      return undefined
    }
  }

  /** What the consumer has thrown, and another attempt may do better with. Throws the rest. */
  async #goOnAfter(error: unknown): Promise<void> {
    if (error === postponed) return
    if (!isSetback(error)) throw error
    tell(this.#options.onWarning, error as Error)
    await this.#meanwhile(this.transactor.pause(this.#setbacks++))
  }

  /** Writes what comes of a record that cannot be read, as of any other. */
  async #seeToPoison(poison: Poison): Promise<void> {
    const { record, firstOffset } = poison
    try {
      while (poison.isCurrent && !this.#stopping) {
        const outcome = await this.#transform(poison, firstOffset, record, this.#options.onPoison!)
        if (outcome !== 'written') continue
        this.#pass(poison, firstOffset, firstOffset + 1, -1, 1)
        poison.settle()
        return
      }
    } finally {
      poison.postpone()
    }
  }

  /** Waits for the user's code, and goes on committing meanwhile: what is open must not grow old over it. */
  async #meanwhile<T>(work: PromiseLike<T>): Promise<T> {
    let done = false
    const end = () => {
      done = true
      this.#bell.ring()
    }
    const result = Promise.resolve(work)
    result.then(end, end)
    while (!done) {
      const { next: rung } = this.#bell
      if (!(await this.#settleIfDue()) && !done) await rung
    }
    return result
  }

  /** Commits what is open if it is time, or if somebody waits for it. Returns whether it was. */
  async #settleIfDue(): Promise<boolean> {
    const isAwaited = this.#waiting.length > 0
    if (!isAwaited && !this.transactor.isDue) return false
    if (isAwaited || !this.transactor.isFull) this.#handBack = true
    await this.transactor.commit()
    this.#serveWaiting()
    return true
  }

  #serveWaiting(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  async #processWhole(batch: AnyBatch): Promise<void> {
    const { firstOffset, endOffset } = batch
    const outcome = await this.#transform(batch, firstOffset, batch, this.#options.eachBatch!)
    if (outcome === 'written') this.#pass(batch, firstOffset, endOffset, -1, endOffset - firstOffset)
  }

  async #processRecords(batch: AnyBatch): Promise<void> {
    const { eachRecord } = this.#options
    let at = batch.firstOffset
    let untilLook = recordsPerLook
    for (;;) {
      let record: ReturnType<AnyBatch['next']>
      try {
        record = batch.next()
      } catch (error) {
        this.#handOver(batch, at)
        return this.#goOnAfter(error)
      }
      if (!record) break
      const { offset } = record
      const transformed = this.#transform(batch, offset, record, eachRecord!)
      const hasWaited = typeof transformed !== 'string'
      const outcome = hasWaited ? await transformed : transformed
      if (outcome !== 'written') return
      this.#pass(batch, offset, offset + 1, record.leaderEpoch, 1)
      at = offset + 1
      if (hasWaited || --untilLook === 0 || this.transactor.isFull || this.#waiting.length > 0) {
        untilLook = recordsPerLook
        await this.#settleIfDue()
        if (!batch.isCurrent) return
        if (this.#handBack || this.#stopping) return this.#handOver(batch, at)
      }
    }
    // Behind the last record there may be some that readers do not see: markers, and what was aborted.
    if (batch.endOffset === at) return
    const outcome = await this.#write(batch, at, undefined)
    if (outcome === 'written') this.#pass(batch, at, batch.endOffset, -1, 0)
  }

  /** Transforms a record or batch and writes what comes of it: at once, where nothing has to be waited for. */
  #transform<S>(
    batch: Place,
    offset: number,
    source: S,
    transform: (source: S) => TransformOutputs<PK, PV> | PromiseLike<TransformOutputs<PK, PV>>,
  ): Outcome | Promise<Outcome> {
    if (this.#skips.size > 0 && this.#skips.delete(keyOf(batch, offset)))
      return this.#write(batch, offset, undefined)
    let outputs: TransformOutputs<PK, PV> | PromiseLike<TransformOutputs<PK, PV>>
    try {
      outputs = transform(source)
    } catch (error) {
      return this.#failed(batch, offset, error)
    }
    return isThenable(outputs)
      ? this.#transformLater(batch, offset, outputs)
      : this.#write(batch, offset, outputs)
  }

  async #transformLater(
    batch: Place,
    offset: number,
    coming: PromiseLike<TransformOutputs<PK, PV>>,
  ): Promise<Outcome> {
    const [result] = await this.#meanwhile(Promise.allSettled([coming]))
    if (!batch.isCurrent) return 'comes again'
    return result.status === 'fulfilled'
      ? this.#write(batch, offset, result.value)
      : this.#failed(batch, offset, result.reason)
  }

  #write(batch: Place, offset: number, outputs: TransformOutputs<PK, PV>): Outcome | Promise<Outcome> {
    const { work } = this.transactor
    if (work === undefined) return this.#openAndWrite(batch, offset, outputs)
    work.at(batch, offset)
    try {
      const written = this.#writeAll(outputs)
      return written === undefined ? 'written' : this.#written(batch, offset, written)
    } catch (error) {
      return this.#refused(batch, offset, error)
    }
  }

  async #openAndWrite(batch: Place, offset: number, outputs: TransformOutputs<PK, PV>): Promise<Outcome> {
    await this.transactor.open()
    return batch.isCurrent ? this.#write(batch, offset, outputs) : 'comes again'
  }

  #writeAll(outputs: TransformOutputs<PK, PV>): Promise<void> | undefined {
    if (outputs === undefined || outputs === null) return undefined
    if (Array.isArray(outputs)) return this.transactor.writeAll(outputs as readonly Output<PK, PV>[])
    if (Symbol.iterator in outputs) return this.transactor.writeAll([...outputs])
    return this.transactor.write(outputs)
  }

  async #written(batch: Place, offset: number, written: Promise<void>): Promise<Outcome> {
    try {
      await written
      return 'written'
    } catch (error) {
      return this.#refused(batch, offset, error)
    }
  }

  /** The producer takes no more of the outputs, and may have some: the transaction cannot be committed. */
  async #refused(batch: Place, offset: number, error: unknown): Promise<Outcome> {
    await this.transactor.abort(error)
    if (concernsTransaction(error)) await this.transactor.goOnAfter(error)
    else if (await this.#mayPassOver(batch, offset, error)) this.#skips.add(keyOf(batch, offset))
    else await this.#meanwhile(this.transactor.pause(this.#failing.attempts - 1))
    return 'comes again'
  }

  /** Nothing of the record or batch is written. */
  async #failed(batch: Place, offset: number, error: unknown): Promise<Outcome> {
    if (error === postponed || isSetback(error)) {
      this.#handOver(batch, offset)
      await this.#goOnAfter(error)
      return 'comes again'
    }
    const passesOver = await this.#mayPassOver(batch, offset, error)
    if (passesOver && batch.isCurrent) return this.#write(batch, offset, undefined)
    if (passesOver) return 'comes again'
    this.#handOver(batch, offset)
    await this.#meanwhile(this.transactor.pause(this.#failing.attempts - 1))
    return 'comes again'
  }

  /** Whether what has failed is passed over; otherwise it comes again. Throws the error where that is wanted. */
  async #mayPassOver(batch: Place, offset: number, error: unknown): Promise<boolean> {
    const key = keyOf(batch, offset)
    const attempts = this.#failing.key === key ? this.#failing.attempts + 1 : 1
    this.#failing = { key, attempts }
    const { topic, partition } = batch
    const decided = this.#options.decide({ error, topic, partition, offset, attempts })
    const action = isThenable(decided) ? await this.#meanwhile(decided) : decided
    if (action === 'skip') {
      this.#failing = { key: '', attempts: 0 }
      this.transactor.statistics.skipped++
      return true
    }
    if (action === 'retry') return false
    this.#handOver(batch, offset)
    throw error
  }

  /** Everything of the partition up to `next` is part of the transaction. */
  #pass(batch: Place, from: number, next: number, leaderEpoch: number, records: number): void {
    const work = this.transactor.work!
    const progress = work.at(batch, from)
    progress.offset = next
    if (leaderEpoch !== -1) progress.leaderEpoch = leaderEpoch
    work.records += records
  }

  /** Lets go of a batch: what is behind `at` comes again, here or elsewhere. */
  #handOver(batch: Place, at: number): void {
    const { topic, partition, firstOffset } = batch
    if (batch.isCurrent && at > firstOffset)
      this.#consumer.markProcessed({ topic, partition, offset: at - 1 })
    this.#leaveBatches()
  }

  #leaveBatches(): void {
    this.#batches?.return?.().catch(() => {})
    this.#batches = undefined
    this.#coming?.catch(() => {})
    this.#coming = undefined
  }
}

/** Whether a record could not be read for a reason that may pass: a registry that is away. */
function isSetback(error: unknown): error is DeserializationError {
  return error instanceof DeserializationError && error.retriable
}

function keyOf({ topic, partition }: { topic: string; partition: number }, offset: number): string {
  return `${topic}-${partition}@${offset}`
}
