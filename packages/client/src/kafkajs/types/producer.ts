// Producers as KafkaJS has them.
import type { CompressionTypes } from '../compression.ts'
import type { Offsets, PartitionMetadata } from './cluster.ts'
import type { Logger, RetryOptions } from './config.ts'
import type { NetworkListening, ProducerEvents } from './events.ts'

/** What `kafka.producer` takes. Times are in ms. */
export interface ProducerConfig {
  /** Chooses partitions. Default `Partitioners.DefaultPartitioner`. */
  createPartitioner?: ICustomPartitioner
  retry?: RetryOptions
  /** Age at which metadata is looked up again. Default 300,000. */
  metadataMaxAge?: number
  /** Whether writing to an unknown topic may create it. Default true. */
  allowAutoTopicCreation?: boolean
  /** Whether retries are written once, and in order. Default false. */
  idempotent?: boolean
  /** Name of the producer for its transactions. Default: none, and no transactions. */
  transactionalId?: string
  /** How long a transaction may be open. Default 60,000. */
  transactionTimeout?: number
  /** Requests on their way to one broker. Default 5. */
  maxInFlightRequests?: number
}

/** Headers of a message by name; a name that repeats has a list. */
export interface IHeaders {
  [key: string]: Buffer | string | (Buffer | string)[] | undefined
}

/** A message to be written. */
export interface Message {
  key?: Buffer | string | null
  /** Null is a tombstone. */
  value: Buffer | string | null
  partition?: number
  headers?: IHeaders
  /** Milliseconds since the epoch, as text. Default: now. */
  timestamp?: string
}

/** What a partitioner is given. */
export interface PartitionerArgs {
  topic: string
  partitionMetadata: PartitionMetadata[]
  message: Message
}

/** Makes a partitioner: a function that returns the number of a partition. */
export type ICustomPartitioner = () => (args: PartitionerArgs) => number
/** See `Partitioners`. */
export type DefaultPartitioner = ICustomPartitioner
/** See `Partitioners`. */
export type LegacyPartitioner = ICustomPartitioner

/** Messages for one topic. */
export interface TopicMessages {
  topic: string
  messages: Message[]
}

/** What `send` takes. */
export interface ProducerRecord extends TopicMessages {
  /** −1: all in-sync replicas, 1: the leader, 0: nobody. Default −1. */
  acks?: number
  /** How long a broker waits for its replicas, in ms. Without effect here: `requestTimeout` is what is told to brokers. */
  timeout?: number
  compression?: CompressionTypes
}

/** What `sendBatch` takes. */
export interface ProducerBatch {
  /** See {@link ProducerRecord}. */
  acks?: number
  /** See {@link ProducerRecord}. */
  timeout?: number
  compression?: CompressionTypes
  topicMessages?: TopicMessages[]
}

/** Where messages went: one for each partition that was written to. */
export interface RecordMetadata {
  topicName: string
  partition: number
  errorCode: number
  offset?: string
  timestamp?: string
  baseOffset?: string
  logAppendTime?: string
  logStartOffset?: string
}

/** What sends messages. */
export interface Sender {
  /** Writes messages to a topic. Throws KafkaJSError. */
  send(record: ProducerRecord): Promise<RecordMetadata[]>
  /** Writes messages to several topics. Throws KafkaJSError. */
  sendBatch(batch: ProducerBatch): Promise<RecordMetadata[]>
}

/** A producer. */
export interface Producer extends Sender {
  /** Connects. Throws KafkaJSError. */
  connect(): Promise<void>
  /** Waits for what is under way, and closes the connections. */
  disconnect(): Promise<void>
  isIdempotent(): boolean
  readonly events: ProducerEvents
  on: NetworkListening<ProducerEvents>
  /** Begins a transaction; takes a `transactionalId`. Throws KafkaJSError. */
  transaction(): Promise<Transaction>
  logger(): Logger
}

/** A transaction that was begun. */
export interface Transaction extends Sender {
  /** Commits offsets of a group with the transaction, or not at all. */
  sendOffsets(offsets: Offsets & { consumerGroupId: string }): Promise<void>
  commit(): Promise<void>
  abort(): Promise<void>
  /** Whether it is neither committed nor aborted. */
  isActive(): boolean
}
