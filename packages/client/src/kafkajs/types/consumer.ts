// Consumers as KafkaJS has them.
import type { PartitionAssigner, TopicPartitionOffset, TopicPartitions } from './cluster.ts'
import type { Offsets, OffsetsByTopicPartition, TopicPartitionOffsetAndMetadata } from './cluster.ts'
import type { Logger, RetryOptions } from './config.ts'
import type { ConsumerEvents, ConsumerListening } from './events.ts'
import type { IHeaders } from './producer.ts'

/** What `kafka.consumer` takes. Times are in ms. */
export interface ConsumerConfig {
  groupId: string
  /** How the group divides partitions, best first. Default: `PartitionAssigners.roundRobin`. */
  partitionAssigners?: PartitionAssigner[]
  /** Age at which metadata is looked up again. Default 300,000. */
  metadataMaxAge?: number
  /** Silence after which the group takes the consumer for dead. Default 30,000. */
  sessionTimeout?: number
  /** How long a rebalance waits for members. Default 60,000. */
  rebalanceTimeout?: number
  /** Time between heartbeats; less than `sessionTimeout`. Default 3,000. */
  heartbeatInterval?: number
  /** Default 1,048,576. */
  maxBytesPerPartition?: number
  /** Bytes worth an answer. Default 1. */
  minBytes?: number
  /** Most bytes of one fetch. Default 10,485,760. */
  maxBytes?: number
  /** How long a broker waits for `minBytes`. Default 5,000. */
  maxWaitTimeInMs?: number
  retry?: RetryOptions & { restartOnFailure?: (err: Error) => Promise<boolean> }
  /** Whether subscribing to an unknown topic may create it. Default true. */
  allowAutoTopicCreation?: boolean
  /** Without effect: a consumer has no more than a few requests on their way. */
  maxInFlightRequests?: number
  /** Whether records of open and aborted transactions are read. Default false. */
  readUncommitted?: boolean
  /** Where this consumer is: lets brokers name a nearer replica to read from. */
  rackId?: string
}

interface MessageSetEntry {
  key: Buffer | null
  value: Buffer | null
  timestamp: string
  attributes: number
  offset: string
  size: number
  headers?: never
}

interface RecordBatchEntry {
  key: Buffer | null
  value: Buffer | null
  timestamp: string
  attributes: number
  offset: string
  headers: IHeaders
  size?: never
}

/** A message that was read. */
export type KafkaMessage = MessageSetEntry | RecordBatchEntry

/** What one fetch brought of a partition. */
export interface Batch {
  topic: string
  partition: number
  /** End of the log when it was fetched. */
  highWatermark: string
  messages: KafkaMessage[]
  isEmpty(): boolean
  /** Offset of the first message; null where there is none. */
  firstOffset(): string | null
  /** Offset of the last record, one that is not for users included. */
  lastOffset(): string
  /** Offsets between the last one of the batch and the end of the log. */
  offsetLag(): string
  /** The same from the first one on. */
  offsetLagLow(): string
}

/** What `eachMessage` is given. */
export interface EachMessagePayload {
  topic: string
  partition: number
  message: KafkaMessage
  /** Says that the handler is alive. Throws when the group rebalances: then it returns soon. */
  heartbeat: () => Promise<void>
  /** Pauses the partition; returns what ends that. */
  pause: () => () => void
}

/** What `eachBatch` is given. */
export interface EachBatchPayload {
  batch: Batch
  /** Says that this message, and all before it, are done. */
  resolveOffset: (offset: string) => void
  /** Says that the handler is alive. Throws when the group rebalances: then it returns soon. */
  heartbeat: () => Promise<void>
  /** Pauses the partition; returns what ends that. */
  pause: () => () => void
  /** Commits the given offsets, or what is resolved where `autoCommitInterval` or `autoCommitThreshold` want that. */
  commitOffsetsIfNecessary: (offsets?: Offsets) => Promise<void>
  /** What is resolved and not committed. */
  uncommittedOffsets: () => OffsetsByTopicPartition
  isRunning: () => boolean
  /** Whether the partition was sought in, or taken away, meanwhile: the rest of the batch is not wanted. */
  isStale: () => boolean
}

/** The name of older typings. */
export type ConsumerEachMessagePayload = EachMessagePayload
/** The name of older typings. */
export type ConsumerEachBatchPayload = EachBatchPayload
/** Called with each batch. */
export type EachBatchHandler = (payload: EachBatchPayload) => Promise<void>
/** Called with each message. */
export type EachMessageHandler = (payload: EachMessagePayload) => Promise<void>

/** What `run` takes: one of the two handlers. */
export interface ConsumerRunConfig {
  /** Whether what is resolved is committed after each batch. Default true. */
  autoCommit?: boolean
  /** Commits within a batch, too, when so many ms are over since the last one. Default null: not by time. */
  autoCommitInterval?: number | null
  /** Commits within a batch, too, when so many messages are resolved. Default null: not by number. */
  autoCommitThreshold?: number | null
  /** Whether a batch whose handler has returned is resolved. Default true. */
  eachBatchAutoResolve?: boolean
  /** Default 1. */
  partitionsConsumedConcurrently?: number
  eachBatch?: EachBatchHandler
  eachMessage?: EachMessageHandler
}

/** The form of `subscribe` for one topic. */
export interface ConsumerSubscribeTopic {
  topic: string | RegExp
  fromBeginning?: boolean
}

/** What `subscribe` takes. */
export interface ConsumerSubscribeTopics {
  topics: (string | RegExp)[]
  /** Where to start without a committed offset. Default false: behind the last message. */
  fromBeginning?: boolean
}

/** A member of a group, as coordinators describe it. */
export interface MemberDescription {
  clientHost: string
  clientId: string
  memberId: string
  memberAssignment: Buffer
  memberMetadata: Buffer
}

/** State of a group. */
export type ConsumerGroupState =
  | 'Unknown'
  | 'PreparingRebalance'
  | 'CompletingRebalance'
  | 'Stable'
  | 'Dead'
  | 'Empty'

/** A group, as its coordinator describes it. */
export interface GroupDescription {
  groupId: string
  members: MemberDescription[]
  protocol: string
  protocolType: string
  state: ConsumerGroupState
}

/** A consumer. */
export interface Consumer {
  /** Connects. Throws KafkaJSError. */
  connect(): Promise<void>
  /** Stops and closes the connections. */
  disconnect(): Promise<void>
  /** Adds topics, before `run`. A RegExp takes the topics that are there now. */
  subscribe(subscription: ConsumerSubscribeTopics | ConsumerSubscribeTopic): Promise<void>
  /** Waits for handlers, and leaves the group. */
  stop(): Promise<void>
  /** Joins the group, and calls handlers from then on. Resolves when it is in the group. */
  run(config?: ConsumerRunConfig): Promise<void>
  commitOffsets(topicPartitions: Array<TopicPartitionOffsetAndMetadata>): Promise<void>
  /** Goes on elsewhere. −2 is the first message, −1 behind the last one. */
  seek(topicPartitionOffset: TopicPartitionOffset): void
  describeGroup(): Promise<GroupDescription>
  pause(topics: Array<{ topic: string; partitions?: number[] }>): void
  paused(): TopicPartitions[]
  resume(topics: Array<{ topic: string; partitions?: number[] }>): void
  on: ConsumerListening
  logger(): Logger
  readonly events: ConsumerEvents
}
