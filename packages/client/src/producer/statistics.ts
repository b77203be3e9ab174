// What a producer counts: plain numbers, a few additions a batch.
import type { ProduceBatch } from './produce-batch.ts'
import type { DeliveryReport } from './record.ts'

/** Counts of one topic since the producer was made. */
export interface ProducerTopicStatistics {
  /** Name of the topic. */
  readonly topic: string
  /** Records that are in the log. */
  readonly recordsDelivered: number
  /** Records that were given up. */
  readonly recordsFailed: number
  /** Records of batches that went again, each time counted. */
  readonly recordsRetried: number
  /** Bytes of delivered records before compression. */
  readonly recordBytesDelivered: number
  /** Bytes of delivered batches as they were sent. */
  readonly batchBytesDelivered: number
}

/** Counters since the producer was made. They only rise, but for what is at present: rates are differences over time. */
export interface ProducerStatistics {
  /** Records that were taken, by `send` as well as by `enqueue`. */
  readonly recordsEnqueued: number
  /** Records that are in the log, as far as brokers have said so. */
  readonly recordsDelivered: number
  /** Records that were given up. */
  readonly recordsFailed: number
  /** Batches that are in the log. The parts of one that was divided count each. */
  readonly batchesDelivered: number
  /** Batches that were given up. The parts of one that was divided count each. */
  readonly batchesFailed: number
  /** Batches that were sent again, each time counted. */
  readonly batchesRetried: number
  /** Batches that a broker found too large, and that went on as two. */
  readonly batchesDivided: number
  /** Sum over delivered batches of the time from the first record to when the batch last left: by `batchesDelivered` it is the mean. */
  readonly queueMsTotal: number
  /** Bytes of records that have no verdict at present. */
  readonly bufferedBytes: number
  /** `bufferMemory`: how many there may be. */
  readonly bufferMemoryBytes: number
  /** Counts of each topic that was written to. */
  readonly topics: readonly ProducerTopicStatistics[]
}

type Counts<T> = { -readonly [Name in keyof T]: T[Name] }

export class StatisticsCounter {
  batchesDivided = 0
  #recordsDelivered = 0
  #recordsFailed = 0
  #batchesDelivered = 0
  #batchesFailed = 0
  #batchesRetried = 0
  #queueMs = 0
  readonly #topics = new Map<string, Counts<ProducerTopicStatistics>>()

  count({ error, recordCount }: DeliveryReport): void {
    if (error) {
      this.#batchesFailed++
      this.#recordsFailed += recordCount
    } else {
      this.#batchesDelivered++
      this.#recordsDelivered += recordCount
    }
  }

  /** A record that never came into a batch. */
  countUnsent(): void {
    this.#recordsFailed++
  }

  /** A batch is in the log; its bytes are still there. */
  delivered(batch: ProduceBatch): void {
    this.#queueMs += batch.sentAt - batch.createdAt
    const topic = this.#topicOf(batch)
    topic.recordsDelivered += batch.recordCount
    topic.recordBytesDelivered += batch.sizeBytes
    topic.batchBytesDelivered += batch.bytes?.length ?? 0
  }

  failed(batch: ProduceBatch): void {
    this.#topicOf(batch).recordsFailed += batch.recordCount
  }

  retried(batch: ProduceBatch): void {
    this.#batchesRetried++
    this.#topicOf(batch).recordsRetried += batch.recordCount
  }

  read(recordsEnqueued: number, bufferedBytes: number, bufferMemoryBytes: number): ProducerStatistics {
    return {
      recordsEnqueued,
      recordsDelivered: this.#recordsDelivered,
      recordsFailed: this.#recordsFailed,
      batchesDelivered: this.#batchesDelivered,
      batchesFailed: this.#batchesFailed,
      batchesRetried: this.#batchesRetried,
      batchesDivided: this.batchesDivided,
      queueMsTotal: this.#queueMs,
      bufferedBytes,
      bufferMemoryBytes,
      topics: Array.from(this.#topics.values(), counts => ({ ...counts })),
    }
  }

  #topicOf({ queue: { topic } }: ProduceBatch): Counts<ProducerTopicStatistics> {
    let counts = this.#topics.get(topic)
    if (!counts) {
      counts = {
        topic,
        recordsDelivered: 0,
        recordsFailed: 0,
        recordsRetried: 0,
        recordBytesDelivered: 0,
        batchBytesDelivered: 0,
      }
      this.#topics.set(topic, counts)
    }
    return counts
  }
}
