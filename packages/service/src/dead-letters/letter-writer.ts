// Writes what comes of dead letters, and which of them are done with, in the same transactions: a run that is killed leaves neither without the other.
import {
  KafkaError,
  type OffsetToCommit,
  Producer,
  ProducerFencedError,
  type ProducerOptions,
  type RecordMetadata,
} from '@millrace/client'
import { causeOf, writeErrorOf } from '../failure/write-errors.ts'
import type { BytesRecord } from '../failure/set-aside.ts'

/** Somebody else began to write while this one did: of two redrives of a topic the later one goes on. */
export class RedriveFencedError extends KafkaError {
  override readonly name = 'RedriveFencedError'

  constructor(topic: string, cause: Error) {
    super(
      'REDRIVE_FENCED',
      `another redrive or edit of "${topic}" began meanwhile and goes on in place of this one; what this one sent is sent, and told as such`,
      { cause },
    )
  }
}

export class LetterWriter {
  readonly #producer: Producer
  readonly #topic: string
  readonly #group: string
  readonly #patience: { readonly timeoutMs: number; readonly signal?: AbortSignal }

  /** `topic`: of the dead letters. `group`: commits which of them are done with. */
  constructor(
    options: ProducerOptions,
    of: { readonly topic: string; readonly group: string },
    patience: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ) {
    // The same for all who write of this topic: brokers let the last one go on, and end what the one before has left open.
    this.#producer = new Producer({ ...options, transactionalId: of.group })
    this.#topic = of.topic
    this.#group = of.group
    const { timeoutMs, signal } = patience
    this.#patience = { timeoutMs, ...(signal && { signal }) }
  }

  /** Takes over from whoever wrote before. */
  begin(): Promise<void> {
    return this.#run(() => this.#producer.initTransactions(this.#patience))
  }

  /** Writes records and progress, both or neither. Throws RedriveFencedError, and what the producer throws. */
  write(
    records: readonly BytesRecord[],
    progress: readonly Omit<OffsetToCommit, 'topic'>[],
  ): Promise<RecordMetadata[]> {
    const offsets = progress.map(each => ({ ...each, topic: this.#topic }))
    return this.#run(() =>
      this.#producer.transaction(async transaction => {
        const sent = transaction.send(records)
        await transaction.sendOffsets(offsets, this.#group, this.#patience)
        return sent
      }, this.#patience),
    )
  }

  async #run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (error) {
      if (error instanceof ProducerFencedError) throw new RedriveFencedError(this.#topic, error)
      throw error
    }
  }

  /** Drops what is not written: transactions have an end by then, or are to be aborted. */
  close(): Promise<void> {
    return this.#producer.close({ timeoutMs: 1_000 }).catch(() => {})
  }
}

/** Whether one of the records is what a write failed over: without it the others get through. */
export function isOfRecord(error: unknown): boolean {
  return writeErrorOf(causeOf(error)) === 'record'
}
