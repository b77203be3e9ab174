// Sends dead letters back: picks, paces and writes them in chunks, each with the progress that it makes. What cannot be written is left and told.
import { type Clock, sleep } from '@millrace/runtime'
import { messageOf } from '../failure/classify.ts'
import { redriveForeign, redriveRecord } from '../failure/redrive.ts'
import type { BytesRecord } from '../failure/set-aside.ts'
import type { RateLimiter } from '../limits/rate-limiter.ts'
import type { DoneRanges } from './done-ranges.ts'
import { fits, letterOf, type LetterPlace, type StoredLetter } from './letter.ts'
import { isOfRecord, type LetterWriter } from './letter-writer.ts'
import type { PartitionProgress } from './progress.ts'
import type { Range, Reading } from './read-letters.ts'
import type { RedriveOptions } from './options.ts'
import type { TargetTopics } from './target-topics.ts'

/** A dead letter that was to be sent back and could not be. */
export interface RedriveFailure extends LetterPlace {
  /** Why, for people. */
  readonly message: string
}

/** What came of a redrive. */
export interface RedriveReport {
  /** Records that were looked at. */
  readonly examined: number
  /** Records that were sent back now; of a dry run, those that would have been. */
  readonly sent: number
  /** Records behind the first one that is not, which earlier runs had sent back, or in whose place edited ones stand. */
  readonly before: number
  /** Records that the filter does not want. */
  readonly unwanted: number
  /** Records that could not be sent back and are left as they were. */
  readonly failed: number
  /** The first hundred of them. */
  readonly failures: readonly RedriveFailure[]
  /** Where so many are sent back in no order that a commit cannot tell more of it: purge, or send back the older ones first. */
  readonly full: readonly number[]
  /** Whether all there was has been looked at: not when the limit was reached, or a partition is full. */
  readonly isComplete: boolean
}

interface Pending {
  readonly stored: StoredLetter
  readonly record: BytesRecord
}

export interface RedriverHost {
  readonly targets: TargetTopics
  readonly clock: Clock
  readonly metadataMaxChars: number
  readonly partitions: readonly PartitionProgress[]
  /** What is read of them. */
  readonly ranges: readonly Range[]
  /** Undefined for a dry run. */
  readonly writer: LetterWriter | undefined
  readonly limiter: RateLimiter | undefined
}

/** Most records of one transaction. */
export const chunkMax = 500
const failuresMax = 100

export class Redriver {
  readonly #host: RedriverHost
  readonly #options: RedriveOptions
  readonly #chunkMax: number
  readonly #done = new Map<number, DoneRanges>()
  /** Where each partition's next record may stand. */
  readonly #seenTo = new Map<number, number>()
  readonly #full = new Set<number>()
  readonly #failures: RedriveFailure[] = []
  #chunk: Pending[] = []
  #examined = 0
  #sent = 0
  #before = 0
  #unwanted = 0
  #failed = 0
  #isCutShort = false

  constructor(host: RedriverHost, options: RedriveOptions) {
    this.#host = host
    this.#options = options
    const { recordsPerSecond = Number.POSITIVE_INFINITY } = options
    // A second's worth at a time: a slow rate is a slow rate for whoever reads, too.
    this.#chunkMax = Math.min(chunkMax, Math.max(1, Math.floor(recordsPerSecond)))
    for (const { partition, done } of host.partitions) this.#done.set(partition, done)
    for (const { partition, from } of host.ranges) this.#seenTo.set(partition, from)
  }

  /** Sends back what is wanted of what comes. Throws what ends the run: then what was sent is told as such, and a later run goes on behind it. */
  async run(readings: AsyncIterable<Reading>): Promise<RedriveReport> {
    for await (const reading of readings) {
      for (const record of reading.records) {
        if (this.#isEnough) break
        if (this.#full.has(record.partition)) continue
        await this.#look(letterOf(record, this.#isPending(record)))
        if (this.#chunk.length >= this.#chunkMax || this.#isEnough) await this.#flush()
      }
      await this.#flush()
      for (const partition of this.#full) reading.drop(partition)
      if (this.#isEnough) {
        this.#isCutShort = true
        break
      }
    }
    return this.#report()
  }

  get #isEnough(): boolean {
    return this.#sent + this.#chunk.length >= (this.#options.limit ?? Number.POSITIVE_INFINITY)
  }

  #isPending({ partition, offset }: LetterPlace): boolean {
    const done = this.#done.get(partition)!
    // Between two records there are none to be sent.
    done.add(this.#seenTo.get(partition)!, offset)
    this.#seenTo.set(partition, offset + 1)
    return !done.has(offset)
  }

  async #look(stored: StoredLetter): Promise<void> {
    this.#examined++
    if (!fits(stored, this.#options.filter ?? {})) {
      this.#unwanted++
      return
    }
    if (!stored.isPending) {
      this.#before++
      return
    }
    const target = await this.#targetOf(stored)
    if (typeof target === 'string') this.#refuse(stored, target)
    else this.#chunk.push({ stored, record: target })
  }

  /** The record to be written, or why there is none. */
  async #targetOf(stored: StoredLetter): Promise<BytesRecord | string> {
    const { to, group, partition = 'key' } = this.#options
    const { letter } = stored
    const record = letter
      ? redriveRecord(stored, letter, { topic: to, group })
      : to === undefined
        ? undefined
        : redriveForeign(stored, to)
    if (!record)
      return letter
        ? `its headers (${letter.family}) name no topic that it came from; say where to send it`
        : 'it has no headers of a dead letter, so nothing says where it came from; say where to send it'
    if (record.topic === stored.topic) return 'it would be sent to the dead letter topic itself'
    const count = await this.#host.targets.partitionsOf(record.topic)
    if (count === undefined) return `topic "${record.topic}" does not exist`
    const own = letter?.partition
    return partition === 'same' && own !== undefined && own < count ? { ...record, partition: own } : record
  }

  #refuse({ partition, offset }: LetterPlace, message: string): void {
    this.#failed++
    if (this.#failures.length < failuresMax) this.#failures.push({ partition, offset, message })
  }

  async #flush(): Promise<void> {
    const chunk = this.#chunk
    this.#chunk = []
    if (chunk.length > 0) await this.#send(chunk)
  }

  /** Writes a chunk; halves of it, where one of its records is refused or a commit cannot tell of so many. */
  async #send(chunk: readonly Pending[]): Promise<void> {
    const fitting = chunk.filter(({ stored }) => !this.#full.has(stored.partition))
    if (fitting.length === 0) return
    const changed = this.#after(fitting)
    const full = [...changed].find(([, done]) => done.commit(this.#host.metadataMaxChars).isCut)
    if (full) {
      if (fitting.length > 1) return this.#sendHalves(fitting)
      this.#full.add(full[0])
      return
    }
    await this.#pace(fitting.length)
    try {
      await this.#write(fitting, changed)
    } catch (error) {
      this.#options.signal?.throwIfAborted()
      if (!isOfRecord(error)) throw error
      if (fitting.length > 1) return this.#sendHalves(fitting)
      this.#refuse(fitting[0]!.stored, messageOf(error))
      return
    }
    for (const [partition, done] of changed) this.#done.set(partition, done)
    this.#sent += fitting.length
    for (const { stored, record } of fitting) this.#options.onSent?.(stored, record)
  }

  async #sendHalves(chunk: readonly Pending[]): Promise<void> {
    const middle = chunk.length >> 1
    await this.#send(chunk.slice(0, middle))
    await this.#send(chunk.slice(middle))
  }

  /** What is done when these are, by partition. */
  #after(chunk: readonly Pending[]): Map<number, DoneRanges> {
    const changed = new Map<number, DoneRanges>()
    for (const { stored } of chunk) {
      const { partition, offset } = stored
      const done = changed.get(partition) ?? this.#done.get(partition)!.clone()
      changed.set(partition, done)
      done.add(offset, offset + 1)
    }
    return changed
  }

  async #write(chunk: readonly Pending[], changed: ReadonlyMap<number, DoneRanges>): Promise<void> {
    const { writer, metadataMaxChars } = this.#host
    if (!writer) return
    const progress = [...changed].map(([partition, done]) => {
      const { offset, metadata } = done.commit(metadataMaxChars)
      return { partition, offset, metadata }
    })
    await writer.write(
      chunk.map(({ record }) => record),
      progress,
    )
  }

  async #pace(records: number): Promise<void> {
    const { limiter, clock, writer } = this.#host
    const { signal } = this.#options
    if (!limiter || !writer) return
    for (;;) {
      const now = clock.monotonic()
      const at = limiter.enter({ records, bytes: 0, key: undefined }, now)
      if (at === 0) return
      await sleep(clock, at - now, signal)
    }
  }

  #report(): RedriveReport {
    return {
      examined: this.#examined,
      sent: this.#sent,
      before: this.#before,
      unwanted: this.#unwanted,
      failed: this.#failed,
      failures: this.#failures,
      full: [...this.#full].sort((a, b) => a - b),
      isComplete: !this.#isCutShort && this.#full.size === 0,
    }
  }
}
