// At least once: what comes of a record is written first, then the record is done, then offsets are committed.
import {
  BrokerError,
  type Consumer,
  GroupError,
  type OffsetToCommit,
  type Producer,
  type ProducerRecord,
  type RecordMetadata,
} from '@millrace/client'
import { type Clock, type Random, sleep } from '@millrace/runtime'
import { exponential } from '../failure/backoff.ts'
import type { Output } from '../handling/context.ts'
import { within } from '../handling/in-context.ts'
import { markCommitted, markUncommitted, type Progress, progressOf } from './committer.ts'
import type { Cause, Ledger } from './ledger.ts'
import type { PartitionWork } from './partition-work.ts'
import { writeErrorOf } from '../failure/write-errors.ts'

export interface LedgerHost {
  readonly clock: Clock
  readonly random: Random
  /** Something failed and goes again. */
  onRetried(what: string, error: unknown): void
  /** Not all of what is done fitted into a commit. */
  onCut(work: PartitionWork): void
  /** A record was written, or given up. */
  onWritten(topic: string, status: 'delivered' | 'failed', count: number): void
}

/** Between attempts to write what has to be written. */
const writeBackoff = exponential({ initialMs: 100, maxMs: 5_000 })

export class PlainLedger implements Ledger {
  readonly #producer: () => Producer
  readonly #consumer: Consumer
  readonly #host: LedgerHost
  /** The broker takes no metadata of our size: offsets are committed without. */
  #withoutMetadata = false
  /** Commits go one after the other: a later one must not be overtaken by an earlier one. */
  #last: Promise<void> = Promise.resolve()

  /** `producer`: made when something is written for the first time. */
  constructor(producer: () => Producer, consumer: Consumer, host: LedgerHost) {
    this.#producer = producer
    this.#consumer = consumer
    this.#host = host
  }

  readonly isDue = false

  open(): undefined {
    return undefined
  }

  write(work: PartitionWork, records: readonly Output[], { inContext }: Cause): Promise<void> {
    return within(inContext, () => this.#write(records, work.signal))
  }

  async #write(records: readonly Output[], signal: AbortSignal): Promise<void> {
    for (let failures = 0; ; ) {
      try {
        const written = await sendAll(this.#producer(), records, signal)
        for (const { topic } of written) this.#host.onWritten(topic, 'delivered', 1)
        return
      } catch (error) {
        signal.throwIfAborted()
        if (writeErrorOf(error) !== 'moment') {
          for (const { topic } of records) this.#host.onWritten(nameOf(topic), 'failed', 1)
          throw error
        }
        this.#host.onRetried(`writing to ${nameOf(records[0]!.topic)}`, error)
        await sleep(this.#host.clock, writeBackoff(++failures, this.#host.random), signal)
      }
    }
  }

  commit(works: Iterable<PartitionWork>): Promise<void> {
    const list = [...works]
    const next = this.#last.then(() => this.#commit(list))
    this.#last = next
    return next
  }

  async #commit(works: readonly PartitionWork[]): Promise<void> {
    const progress = progressOf(works)
    if (progress.length === 0) return
    for (const { work, isCut } of progress) if (isCut) this.#host.onCut(work)
    try {
      await this.#consumer.commit(this.#offsetsOf(progress))
      markCommitted(progress)
    } catch (error) {
      if (isTooLarge(error) && !this.#withoutMetadata) {
        this.#withoutMetadata = true
        markUncommitted(progress)
        this.#host.onRetried('committing offsets without what is done behind them', error)
        return this.#commit(works)
      }
      markUncommitted(progress)
      // The next owner has them: what was not committed comes again there.
      const what =
        error instanceof GroupError ? 'committing offsets: the group has moved on' : 'committing offsets'
      this.#host.onRetried(what, error)
    }
  }

  #offsetsOf(progress: readonly Progress[]): OffsetToCommit[] {
    return progress.map(({ offset }) => (this.#withoutMetadata ? { ...offset, metadata: '' } : offset))
  }

  close(): Promise<void> {
    return this.#last
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof BrokerError && error.code === 'OFFSET_METADATA_TOO_LARGE'
}

/** The producer takes topics with types and without in one call. */
export function sendAll(
  producer: Producer,
  records: readonly Output[],
  signal?: AbortSignal,
): Promise<RecordMetadata[]> {
  return producer.send(records as readonly ProducerRecord[], signal ? { signal } : {})
}

export function nameOf(topic: Output['topic']): string {
  return typeof topic === 'string' ? topic : topic.name
}
