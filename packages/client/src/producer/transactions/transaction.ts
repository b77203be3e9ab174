// A transaction as its callback has it: what it writes is part of this one, or of none.
import type { ConsumerGroupMetadata, OffsetToCommit } from '../../cluster/offset-commit.ts'
import type { SendOptions } from '../options.ts'
import type { AnyTopic } from '../../topic/topic.ts'
import type {
  AnyRecord,
  BatchMetadata,
  ProducerRecord,
  RecordMetadata,
  RecordWriter,
  TopicRecord,
  TopicRecords,
} from '../record.ts'
import type { OpenTransaction } from './transaction-state.ts'
import type { TransactionOptions } from './transactions.ts'

/** What a transaction needs of its producer. */
export interface TransactionalWriter<K, V> extends RecordWriter<K, V, SendOptions> {
  ready(signal?: AbortSignal): Promise<void>
  sendOffsets(
    offsets: readonly OffsetToCommit[],
    group: ConsumerGroupMetadata | string,
    options?: TransactionOptions,
  ): Promise<void>
}

/**
 * The transaction of one call of `Producer.transaction`. Its calls do what the producer's do, and throw what those throw; once it has failed or is over they throw that, so
 * that what was left running behind it ends up in no other.
 */
export class Transaction<K = string | Uint8Array, V = string | Uint8Array> {
  readonly #writer: TransactionalWriter<K, V>
  readonly #open: OpenTransaction

  /** @internal Transactions come from `Producer.transaction`. */
  constructor(writer: TransactionalWriter<K, V>, open: OpenTransaction) {
    this.#writer = writer
    this.#open = open
  }

  /** As `Producer.enqueue`; the commit waits for the record, and fails with it. */
  enqueue(record: ProducerRecord<K, V>): boolean
  enqueue<T extends AnyTopic>(record: TopicRecord<T>): boolean
  enqueue(record: AnyRecord): boolean {
    this.#throwIfEnded()
    return this.#writer.enqueue(record as ProducerRecord<K, V>)
  }

  /** As `Producer.ready`. Throws why the transaction has ended. */
  async ready(signal?: AbortSignal): Promise<void> {
    this.#throwIfEnded()
    await this.#writer.ready(signal)
  }

  /** As `Producer.send`. To await it is optional: the commit waits for the records, and fails with them. Rejects with why the transaction has ended. */
  send(record: ProducerRecord<K, V>, options?: SendOptions): Promise<RecordMetadata>
  send(records: readonly ProducerRecord<K, V>[], options?: SendOptions): Promise<RecordMetadata[]>
  send<T extends AnyTopic>(record: TopicRecord<T>, options?: SendOptions): Promise<RecordMetadata>
  send<const T extends readonly AnyTopic[]>(
    records: TopicRecords<T>,
    options?: SendOptions,
  ): Promise<RecordMetadata[]>
  send(
    input: AnyRecord | readonly AnyRecord[],
    options?: SendOptions,
  ): Promise<RecordMetadata | RecordMetadata[]> {
    return this.#run(() => this.#writer.send(input as readonly ProducerRecord<K, V>[], options))
  }

  /** As `Producer.sendBatch`. To await it is optional, as with {@link send}, and it rejects as that does. */
  sendBatch(records: readonly ProducerRecord<K, V>[], options?: SendOptions): Promise<BatchMetadata[]>
  sendBatch<const T extends readonly AnyTopic[]>(
    records: TopicRecords<T>,
    options?: SendOptions,
  ): Promise<BatchMetadata[]>
  sendBatch(records: readonly AnyRecord[], options?: SendOptions): Promise<BatchMetadata[]> {
    return this.#run(() => this.#writer.sendBatch(records as readonly ProducerRecord<K, V>[], options))
  }

  /** As `Producer.sendOffsets`. Rejects with why the transaction has ended. */
  sendOffsets(
    offsets: readonly OffsetToCommit[],
    group: ConsumerGroupMetadata | string,
    options?: TransactionOptions,
  ): Promise<void> {
    return this.#run(() => this.#writer.sendOffsets(offsets, group, options))
  }

  /** What is not awaited has its failure told by the commit: it must not end the process as an unhandled rejection. */
  #run<T>(call: () => Promise<T>): Promise<T> {
    const { ended } = this.#open
    const result = ended ? Promise.reject<T>(ended) : call()
    result.catch(() => {})
    return result
  }

  #throwIfEnded(): void {
    const { ended } = this.#open
    if (ended) throw ended
  }
}
