// A dead letter topic: looked at, sent back, edited and emptied.
import { Admin, type ConsumerOptions, KafkaError, throwFirst, type TopicPartition } from '@millrace/client'
import { editedHeaders } from '../failure/redrive.ts'
import { rateLimiter } from '../limits/rate-limiter.ts'
import { fits, type LetterFilter, letterOf, type LetterPlace, type StoredLetter } from './letter.ts'
import { LetterWriter } from './letter-writer.ts'
import {
  checkFilter,
  checkRedrive,
  type DeadLetterQueueOptions,
  type LetterChange,
  type LetterOptions,
  type PurgeOptions,
  type ReadLettersOptions,
  type RedriveOptions,
  type ResolvedQueueOptions,
  resolveQueueOptions,
} from './options.ts'
import { awaitReadable, type PartitionProgress, readProgress } from './progress.ts'
import { type Range, type Reading, readRanges } from './read-letters.ts'
import { type RedriveReport, Redriver } from './redriver.ts'
import { TargetTopics } from './target-topics.ts'

/** What is, or would be, deleted of one partition. */
export interface PurgedPartition extends TopicPartition {
  /** The first offset that the log had. */
  readonly start: number
  /** The first offset that stays. */
  readonly to: number
  /** Behind the last record. */
  readonly end: number
}

/** There is no such letter: deleted, or never written. Code `LETTER_NOT_FOUND`. */
export class LetterNotFoundError extends KafkaError {
  override readonly name = 'LetterNotFoundError'

  constructor(topic: string, { partition, offset }: LetterPlace) {
    super('LETTER_NOT_FOUND', `${topic}-${partition} has no record at offset ${offset}`)
  }
}

/**
 * A dead letter topic, whoever writes it: services, Spring Kafka, Kafka Connect, Kafka Streams, share groups. What was sent back is remembered in the commits of a group, written in the same
 * transaction: no run sends again what another one has sent.
 *
 * @example
 * await using letters = new DeadLetterQueue({ brokers: ['localhost:9092'], topic: 'orders-billing-dlt' })
 * const { sent, failed } = await letters.redrive({ filter: { errorClass: 'TimeoutError' } })
 */
export class DeadLetterQueue implements AsyncDisposable {
  readonly #options: ResolvedQueueOptions
  readonly #admin: Admin

  /** Connects when something is asked of it. Throws ConfigError. */
  constructor(options: DeadLetterQueueOptions) {
    this.#options = resolveQueueOptions(options)
    this.#admin = new Admin(this.#options.cluster)
  }

  /** Name of the topic. */
  get topic(): string {
    return this.#options.topic
  }

  /** The group whose commits say what was sent back. */
  get progressGroup(): string {
    return this.#options.group
  }

  /** The letters that there are when it begins, those of a partition in order. Throws what brokers answer, OperationTimeoutError when nothing comes for `stallMs`, and the signal's reason. */
  async *letters(options: ReadLettersOptions = {}): AsyncGenerator<StoredLetter, void> {
    const { filter = {}, signal } = options
    checkFilter('letters', filter)
    const progress = await readProgress(this.#admin, this.topic, this.progressGroup, signal)
    const done = new Map(progress.map(each => [each.partition, each.done]))
    const ranges = rangesOf(progress, filter, ({ start }) => start)
    for await (const { records } of this.#read(ranges, signal)) {
      for (const record of records) {
        const stored = letterOf(record, !done.get(record.partition)!.has(record.offset))
        if (fits(stored, filter)) yield stored
      }
    }
  }

  /** One letter. Throws LetterNotFoundError, and as {@link letters} does. */
  async letter(place: LetterPlace, options: LetterOptions = {}): Promise<StoredLetter> {
    for await (const stored of this.letters({ ...options, filter: { places: [place] } })) return stored
    throw new LetterNotFoundError(this.topic, place)
  }

  /**
   * Sends letters back as they were before they failed, in the order of their partitions, with a count of how often that was done. Those that came in the meantime are for the next run: what fails again comes back here. Throws
   * RedriveFencedError when another run begins meanwhile, and as {@link letters} does: what was sent until then counts, and another run goes on behind it.
   */
  async redrive(options: RedriveOptions = {}): Promise<RedriveReport> {
    checkRedrive(options)
    const { signal, recordsPerSecond, dryRun = false, filter = {} } = options
    const { clock, metadataMaxChars } = this.#options
    const writer = dryRun ? undefined : this.#writer(signal)
    try {
      // What others have sent is known only when they send no more.
      await writer?.begin()
      const partitions = await readProgress(this.#admin, this.topic, this.progressGroup, signal)
      const ranges = rangesOf(partitions, filter, ({ done }) => done.position)
      const redriver = new Redriver(
        {
          clock,
          metadataMaxChars,
          partitions,
          ranges,
          writer,
          targets: new TargetTopics(this.#admin, signal),
          limiter: recordsPerSecond === undefined ? undefined : rateLimiter({ recordsPerSecond }),
        },
        options,
      )
      return await redriver.run(this.#read(ranges, signal))
    } finally {
      await writer?.close()
    }
  }

  /**
   * Writes a letter anew, behind the others of its partition, with what is to be different in it; the old one counts as sent back. Returns where the new one stands, when {@link letter} finds it there: at the latest
   * after `stallMs`, where a transaction that somebody else has open in the partition hides it. Throws LetterNotFoundError, RedriveFencedError, and as {@link letters} does.
   */
  async edit(place: LetterPlace, change: LetterChange, options: LetterOptions = {}): Promise<LetterPlace> {
    const { signal } = options
    const { clock, metadataMaxChars, stallMs } = this.#options
    const stored = await this.letter(place, options)
    const writer = this.#writer(signal)
    try {
      await writer.begin()
      const progress = await readProgress(this.#admin, this.topic, this.progressGroup, signal)
      const { done } = progress.find(({ partition }) => partition === place.partition)!
      if (done.has(place.offset))
        throw new KafkaError(
          'LETTER_DONE',
          `${this.topic}-${place.partition} at offset ${place.offset} was sent back, or edited, before: edit what stands in its place`,
        )
      done.add(place.offset, place.offset + 1)
      const { offset, metadata, isCut } = done.commit(metadataMaxChars)
      if (isCut)
        throw new KafkaError(
          'PROGRESS_FULL',
          `so many records of ${this.topic}-${place.partition} are sent back in no order that a commit cannot tell of one more: send back the older ones first`,
        )
      const { partition } = place
      const record = {
        topic: this.topic,
        partition,
        key: bytesOf(change.key, stored.keyBytes),
        value: bytesOf(change.value, stored.valueBytes),
        headers: editedHeaders(stored.headers, change.headers, {
          at: clock.now(),
          from: `${partition}:${place.offset}`,
        }),
      }
      const [written] = await writer.write([record], [{ partition, offset, metadata }])
      const replacement = { partition: written!.partition, offset: written!.offset }
      await awaitReadable(this.#admin, this.topic, replacement, { clock, stallMs, signal })
      return replacement
    } finally {
      await writer.close()
    }
  }

  /** Deletes letters (DeleteRecords), from the oldest on. Returns what went of each partition of which something did. Throws what brokers answer. */
  async purge(options: PurgeOptions = {}): Promise<PurgedPartition[]> {
    const { what = 'redriven', dryRun = false, signal } = options
    const progress = await readProgress(this.#admin, this.topic, this.progressGroup, signal)
    const purged = progress
      .map(({ partition, start, end, done }) => {
        const to = what === 'all' ? end : Math.min(done.position, end)
        return { topic: this.topic, partition, start, to, end }
      })
      .filter(({ start, to }) => to > start)
    if (dryRun || purged.length === 0) return purged
    const records = purged.map(({ topic, partition, to }) => ({ topic, partition, beforeOffset: to }))
    throwFirst(await this.#admin.deleteRecords(records, signal ? { signal } : {}))
    return purged
  }

  #read(ranges: readonly Range[], signal: AbortSignal | undefined): AsyncGenerator<Reading, void> {
    const { cluster, clock, stallMs } = this.#options
    const consumerOptions: ConsumerOptions = {
      ...cluster,
      isolationLevel: 'read_committed',
      // What was deleted since is passed over.
      autoOffsetReset: 'earliest',
    }
    return readRanges(this.topic, ranges, consumerOptions, { clock, stallMs, signal })
  }

  #writer(signal: AbortSignal | undefined): LetterWriter {
    const { cluster, topic, group, stallMs } = this.#options
    return new LetterWriter(cluster, { topic, group }, { timeoutMs: stallMs, signal })
  }

  /** Closes all connections at once. */
  close(): void {
    this.#admin.close()
  }

  /** `await using letters = …`: {@link close} at the end of the block. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }
}

/** What has to be read: of places that are named, no more than is between them. */
function rangesOf(
  progress: readonly PartitionProgress[],
  { places }: LetterFilter,
  from: (of: PartitionProgress) => number,
): Range[] {
  return progress.flatMap(each => {
    const { partition, end } = each
    const own = places?.filter(place => place.partition === partition).map(({ offset }) => offset)
    const first = from(each)
    if (!own) return [{ partition, from: first, to: end }]
    if (own.length === 0) return []
    return [{ partition, from: Math.max(first, Math.min(...own)), to: Math.min(end, Math.max(...own) + 1) }]
  })
}

function bytesOf(given: Buffer | string | null | undefined, before: Buffer | null): Buffer | null {
  if (given === undefined) return before
  return typeof given === 'string' ? Buffer.from(given) : given
}
