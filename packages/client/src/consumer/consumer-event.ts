// What event style hands out: records, ends of partitions and errors, one after the other.
import type { AnyTopic } from '../topic/topic.ts'
import type { BytesTopic, RecordOf } from './record-of.ts'

/** A record: what asking for the next event says is processed. */
export interface RecordEvent<T extends AnyTopic = BytesTopic> {
  /** Tells it apart. */
  readonly type: 'record'
  /** The record. */
  readonly record: RecordOf<T>
}

/** Everything up to the end of a partition is processed (librdkafka's `PARTITION_EOF`). Comes again when the end has moved. */
export interface PartitionEndEvent {
  /** Tells it apart. */
  readonly type: 'partitionEnd'
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** The end: one past the last record. */
  readonly offset: number
}

/** Something went wrong. Consuming goes on behind every one but a fatal one. */
export interface ErrorEvent {
  /** Tells it apart. */
  readonly type: 'error'
  /** What went wrong. */
  readonly error: Error
  /**
   * `informational`: the consumer goes on by itself (a broker is away, a commit failed, a hook threw). `partition`: that of `topic` and `partition`
   * does not go on before you seek in it (a damaged batch, no position) or the cause is mended (not allowed to read). `fatal`: nothing will come any more.
   */
  readonly severity: 'informational' | 'partition' | 'fatal'
  /** The partition that the error is about, where it is about one. */
  readonly topic?: string
  /** The partition that it is about, where it is about one. */
  readonly partition?: number
}

/** What `consumer.events()` and `pollEvent` hand out: told apart by `type`. */
export type ConsumerEvent<T extends AnyTopic = BytesTopic> = RecordEvent<T> | PartitionEndEvent | ErrorEvent
