// Appends to the streams of one partition: as many as wait in one transaction, each if its stream is at the version that it expects.
//
// What is checked is true when it is committed: `FencedProducer` is the lock of the partition, the index has everything that was committed before the lock was taken, and whoever takes the lock later makes our
// commit fail. What we committed ourselves is waited for before the next check.
import { type EncodedRecord, KafkaError, type ProducerRecord } from '@millrace/client'
import { type Clock, sleep, type Timer } from '@millrace/runtime'
import { exponential } from '@millrace/service'
import type { Lock } from '../partitions/fenced-producer.ts'
import { mayPass } from '../partitions/transaction-errors.ts'
import { AppendTimeoutError, ConcurrencyError, type ExpectedVersion, StoreBusyError } from './errors.ts'
import { streamHeaders } from './stream-headers.ts'

/** Events that are appended together. */
export interface Append {
  readonly id: string
  readonly stream: string
  readonly events: readonly EncodedRecord[]
  readonly expectedVersion: ExpectedVersion
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

/** Where an append stands in the log. */
export interface Appended {
  /** Version of the stream behind it. */
  readonly version: number
  readonly partition: number
  /** Of its last event. */
  readonly offset: number
}

export interface PartitionWriterHost {
  /** The topic, its partition. */
  readonly topic: string
  readonly partition: number
  readonly clock: Clock
  readonly random: Parameters<ReturnType<typeof exponential>>[1]
  readonly maxWaiting: number
  readonly maxBatch: number
  versionOf(stream: string): PromiseLike<number> | number
  /** Resolves when the index has all that is committed now. */
  caughtUp(signal: AbortSignal): Promise<void>
  /** Resolves when the index has all before an offset. */
  reached(offset: number, signal: AbortSignal): Promise<void>
  onConflict(): void
  onTakeover(): void
}

const backoff = exponential({ initialMs: 20, maxMs: 2_000 })

/** An append that has no outcome yet. */
class Waiting {
  readonly append: Append
  readonly outcome: Promise<Appended>
  /** May be in the log, as far as is known. */
  isInDoubt = false
  /** Was found there. */
  found: Appended | undefined
  lastError: unknown
  readonly #timer: Timer
  #settle: { resolve(done: Appended): void; reject(error: unknown): void } | undefined

  constructor(append: Append, clock: Clock) {
    this.append = append
    this.outcome = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.#timer = clock.setTimer(append.timeoutMs, () =>
      this.reject(new AppendTimeoutError(append.stream, append.timeoutMs, this.isInDoubt, this.lastError)),
    )
    append.signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  get isOver(): boolean {
    return this.#settle === undefined
  }

  resolve(done: Appended): void {
    this.#end(ends => ends.resolve(done))
  }

  reject(error: unknown): void {
    this.#end(ends => ends.reject(error))
  }

  readonly #onAbort = () => this.reject(this.append.signal!.reason)

  #end(settle: (ends: { resolve(done: Appended): void; reject(error: unknown): void }) => void): void {
    const ends = this.#settle
    if (!ends) return
    this.#settle = undefined
    this.#timer.cancel()
    this.append.signal?.removeEventListener('abort', this.#onAbort)
    settle(ends)
  }
}

/** An append that gets into a transaction, and the version of its stream before it. */
interface Winner {
  readonly waiting: Waiting
  readonly before: number
}

export class PartitionWriter {
  readonly #lock: Lock
  readonly #host: PartitionWriterHost
  #line: Waiting[] = []
  /** In a transaction whose outcome is not known: by the id of the append. */
  readonly #doubtful = new Map<string, Waiting>()
  readonly #stop = new AbortController()
  #running: Promise<void> | undefined
  #failures = 0

  constructor(lock: Lock, host: PartitionWriterHost) {
    this.#lock = lock
    this.#host = host
  }

  /** Whether the outcome of an append hangs on what the log has. */
  get wantsAppends(): boolean {
    return this.#doubtful.size > 0
  }

  /** An append whose outcome is not known is in the log: `done` says where its last event is, of those that were read. */
  onAppended(id: string, done: Appended): void {
    const waiting = this.#doubtful.get(id)
    if (waiting) waiting.found = done
  }

  /** Throws StoreBusyError, or rejects with ConcurrencyError, AppendTimeoutError, the signal's reason, and what no other attempt would mend. */
  append(append: Append): Promise<Appended> {
    append.signal?.throwIfAborted()
    this.#stop.signal.throwIfAborted()
    const { maxWaiting, topic, partition, clock } = this.#host
    if (this.#line.length >= maxWaiting)
      throw new StoreBusyError(`${maxWaiting} appends to ${topic}-${partition} wait (maxWaiting)`)
    const waiting = new Waiting(append, clock)
    this.#line.push(waiting)
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
    return waiting.outcome
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    while (this.#line.length > 0 && !signal.aborted) {
      try {
        if (await this.#lock.hold(signal)) {
          this.#host.onTakeover()
          await this.#host.caughtUp(signal)
          this.#settleDoubts()
        }
        await this.#step(signal)
        this.#failures = 0
      } catch (error) {
        if (!signal.aborted) await this.#makeGood(error, signal)
      }
      this.#line = this.#line.filter(({ isOver }) => !isOver)
    }
  }

  /** One transaction of appends that may be; others have their verdict, or wait for the next. */
  async #step(signal: AbortSignal): Promise<void> {
    const winners = await this.#winners(signal)
    if (winners.length === 0) return
    for (const { waiting } of winners) {
      waiting.isInDoubt = true
      this.#doubtful.set(waiting.append.id, waiting)
    }
    const records = winners.flatMap(winner => this.#recordsOf(winner))
    const written = await this.#lock.transact(
      transaction => Promise.all(records.map(record => transaction.send(record))),
      signal,
    )
    await this.#host.reached(written.at(-1)!.offset + 1, signal)
    let at = 0
    for (const { waiting, before } of winners) {
      const { length } = waiting.append.events
      at += length
      const { partition, offset } = written[at - 1]!
      this.#doubtful.delete(waiting.append.id)
      waiting.resolve({ version: before + length, partition, offset })
    }
    this.#isolated = Math.max(0, this.#isolated - 1)
  }

  /** Who gets into the next transaction. Who cannot get into any has its verdict; who conflicts with one of these waits for it. */
  async #winners(signal: AbortSignal): Promise<Winner[]> {
    const winners: Winner[] = []
    const versions = new Map<string, number>()
    let [count, isFresh] = [0, false]
    for (const waiting of this.#line) {
      if (waiting.isOver) continue
      const { stream, events, expectedVersion } = waiting.append
      if (winners.length > 0 && (this.#isolated > 0 || count + events.length > this.#host.maxBatch)) break
      const ahead = versions.get(stream)
      let version = ahead ?? (await this.#host.versionOf(stream))
      if (ahead === undefined && !isFresh && mayBeBehind(expectedVersion, version)) {
        // Somebody may have taken the lock without our knowing.
        await this.#host.caughtUp(signal)
        isFresh = true
        version = await this.#host.versionOf(stream)
      }
      if (fits(expectedVersion, version)) {
        winners.push({ waiting, before: version })
        versions.set(stream, version + events.length)
        count += events.length
      } else if (ahead === undefined) {
        this.#host.onConflict()
        waiting.reject(new ConcurrencyError(stream, expectedVersion, version))
      }
    }
    return winners
  }

  #recordsOf({ waiting, before }: Winner): ProducerRecord[] {
    const { topic, partition } = this.#host
    const { id, events } = waiting.append
    return events.map(({ key, value, headers = [], timestamp }, index) => ({
      topic,
      partition,
      key: key ?? null,
      value,
      ...(timestamp !== undefined && { timestamp }),
      headers: [...headers, ...streamHeaders(before + index + 1, id)],
    }))
  }

  /** The lock was taken anew, and the index has all that was committed before: what is not there will never be. */
  #settleDoubts(): void {
    for (const waiting of this.#doubtful.values()) {
      waiting.isInDoubt = false
      if (waiting.found) waiting.resolve(waiting.found)
    }
    this.#doubtful.clear()
  }

  async #makeGood(error: unknown, signal: AbortSignal): Promise<void> {
    const tried = [...this.#doubtful.values()]
    for (const waiting of this.#line) waiting.lastError = error
    if (this.#lock.isHeld) {
      // It was aborted.
      this.#settleDoubts()
      if (isOfRecord(error)) {
        // Each by itself: only who is at fault is refused.
        if (tried.length === 1) tried[0]!.reject(causeOf(error))
        this.#isolated = tried.length
        return
      }
    }
    if (!mayPass(error)) {
      for (const waiting of this.#line) waiting.reject(error)
      return
    }
    await sleep(this.#host.clock, backoff(++this.#failures, this.#host.random), signal).catch(() => {})
  }

  /** Appends that go one by one. */
  #isolated = 0

  async close(error: Error): Promise<void> {
    this.#stop.abort(error)
    for (const waiting of this.#line) waiting.reject(error)
    await this.#running
    await this.#lock.close()
  }
}

function fits(expected: ExpectedVersion, version: number): boolean {
  return expected === 'any' || (expected === 'existing' ? version > 0 : version === expected)
}

/** Whether it would fit if others had appended meanwhile. */
function mayBeBehind(expected: ExpectedVersion, version: number): boolean {
  return expected === 'existing' ? version === 0 : expected !== 'any' && version < expected
}

function causeOf(error: unknown): unknown {
  return (error as { readonly cause?: unknown } | null | undefined)?.cause ?? error
}

/** What brokers find fault with in a record, whoever sends it. */
const ofRecord: ReadonlySet<string> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'RECORD_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
])

function isOfRecord(error: unknown): boolean {
  const cause = causeOf(error)
  return cause instanceof KafkaError && ofRecord.has(cause.code)
}
