// Instrumentation events of KafkaJS: their names, and what they carry.
import type { TopicOffsets } from './cluster.ts'
import type { Untyped } from './untyped.ts'

type ValueOf<T> = T[keyof T]

/** An event as listeners get it. */
export interface InstrumentationEvent<T> {
  /** Counts the events of the process. */
  id: string
  /** Its name: `consumer.group_join`. */
  type: string
  /** Milliseconds since the epoch. */
  timestamp: number
  /** What has happened. */
  payload: T
}

/** Ends what `on` began. */
export type RemoveInstrumentationEventListener<_T> = () => void

/** A client is connected. */
export type ConnectEvent = InstrumentationEvent<null>
/** A client is closed. */
export type DisconnectEvent = InstrumentationEvent<null>

interface RequestIdentity {
  apiKey: number
  apiName: string
  apiVersion: number
  broker: string
  clientId: string
  correlationId: number
  createdAt: number
  pendingDuration: number
  sentAt: number
}

/** A request was answered. */
export type RequestEvent = InstrumentationEvent<RequestIdentity & { duration: number; size: number }>
/** A request was not answered in time. */
export type RequestTimeoutEvent = InstrumentationEvent<RequestIdentity>
/** Requests wait for their turn. */
export type RequestQueueSizeEvent = InstrumentationEvent<{
  broker: string
  clientId: string
  queueSize: number
}>

/** Names of an admin client's events. */
export interface AdminEvents {
  CONNECT: 'admin.connect'
  DISCONNECT: 'admin.disconnect'
  REQUEST: 'admin.network.request'
  REQUEST_TIMEOUT: 'admin.network.request_timeout'
  REQUEST_QUEUE_SIZE: 'admin.network.request_queue_size'
}

/** Names of a producer's events. */
export interface ProducerEvents {
  CONNECT: 'producer.connect'
  DISCONNECT: 'producer.disconnect'
  REQUEST: 'producer.network.request'
  REQUEST_TIMEOUT: 'producer.network.request_timeout'
  REQUEST_QUEUE_SIZE: 'producer.network.request_queue_size'
}

/** Names of a consumer's events. */
export interface ConsumerEvents {
  HEARTBEAT: 'consumer.heartbeat'
  COMMIT_OFFSETS: 'consumer.commit_offsets'
  GROUP_JOIN: 'consumer.group_join'
  FETCH_START: 'consumer.fetch_start'
  FETCH: 'consumer.fetch'
  START_BATCH_PROCESS: 'consumer.start_batch_process'
  END_BATCH_PROCESS: 'consumer.end_batch_process'
  CONNECT: 'consumer.connect'
  DISCONNECT: 'consumer.disconnect'
  STOP: 'consumer.stop'
  CRASH: 'consumer.crash'
  REBALANCING: 'consumer.rebalancing'
  RECEIVED_UNSUBSCRIBED_TOPICS: 'consumer.received_unsubscribed_topics'
  REQUEST: 'consumer.network.request'
  REQUEST_TIMEOUT: 'consumer.network.request_timeout'
  REQUEST_QUEUE_SIZE: 'consumer.network.request_queue_size'
}

/** A heartbeat was answered. */
export type ConsumerHeartbeatEvent = InstrumentationEvent<{
  groupId: string
  memberId: string
  groupGenerationId: number
}>
/** Offsets were committed. */
export type ConsumerCommitOffsetsEvent = InstrumentationEvent<{
  groupId: string
  memberId: string
  groupGenerationId: number
  topics: TopicOffsets[]
}>

/** Partitions by topic. */
export interface IMemberAssignment {
  [key: string]: number[]
}

/** The consumer is in its group and has its share. */
export type ConsumerGroupJoinEvent = InstrumentationEvent<{
  duration: number
  groupId: string
  isLeader: boolean
  leaderId: string
  groupProtocol: string
  memberId: string
  memberAssignment: IMemberAssignment
}>
/** A fetch begins. */
export type ConsumerFetchStartEvent = InstrumentationEvent<{ nodeId: number }>
/** A fetch was answered. */
export type ConsumerFetchEvent = InstrumentationEvent<{
  numberOfBatches: number
  duration: number
  nodeId: number
}>

interface IBatchProcessEvent {
  topic: string
  partition: number
  highWatermark: string
  offsetLag: string
  offsetLagLow: string
  batchSize: number
  firstOffset: string
  lastOffset: string
}

/** A batch goes to its handler. */
export type ConsumerStartBatchProcessEvent = InstrumentationEvent<IBatchProcessEvent>
/** The handler of a batch has returned. */
export type ConsumerEndBatchProcessEvent = InstrumentationEvent<IBatchProcessEvent & { duration: number }>
/** The consumer has crashed. */
export type ConsumerCrashEvent = InstrumentationEvent<{ error: Error; groupId: string; restart: boolean }>
/** The group rebalances. */
export type ConsumerRebalancingEvent = InstrumentationEvent<{ groupId: string; memberId: string }>
/** The group gave this consumer topics that it has not subscribed to. */
export type ConsumerReceivedUnsubcribedTopicsEvent = InstrumentationEvent<{
  groupId: string
  generationId: number
  memberId: string
  assignedTopics: string[]
  topicsSubscribed: string[]
  topicsNotSubscribed: string[]
}>

/** `on` for the events that all clients have. */
export interface NetworkListening<E extends AdminEvents | ProducerEvents | ConsumerEvents> {
  (
    eventName: E['CONNECT'],
    listener: (event: ConnectEvent) => void,
  ): RemoveInstrumentationEventListener<typeof eventName>
  (
    eventName: E['DISCONNECT'],
    listener: (event: DisconnectEvent) => void,
  ): RemoveInstrumentationEventListener<typeof eventName>
  (
    eventName: E['REQUEST'],
    listener: (event: RequestEvent) => void,
  ): RemoveInstrumentationEventListener<typeof eventName>
  (
    eventName: E['REQUEST_QUEUE_SIZE'],
    listener: (event: RequestQueueSizeEvent) => void,
  ): RemoveInstrumentationEventListener<typeof eventName>
  (
    eventName: E['REQUEST_TIMEOUT'],
    listener: (event: RequestTimeoutEvent) => void,
  ): RemoveInstrumentationEventListener<typeof eventName>
  (
    eventName: ValueOf<E>,
    listener: (event: InstrumentationEvent<Untyped>) => void,
  ): RemoveInstrumentationEventListener<typeof eventName>
}

interface OwnConsumerEvents {
  HEARTBEAT: ConsumerHeartbeatEvent
  COMMIT_OFFSETS: ConsumerCommitOffsetsEvent
  GROUP_JOIN: ConsumerGroupJoinEvent
  FETCH_START: ConsumerFetchStartEvent
  FETCH: ConsumerFetchEvent
  START_BATCH_PROCESS: ConsumerStartBatchProcessEvent
  END_BATCH_PROCESS: ConsumerEndBatchProcessEvent
  STOP: InstrumentationEvent<null>
  CRASH: ConsumerCrashEvent
  REBALANCING: ConsumerRebalancingEvent
  RECEIVED_UNSUBSCRIBED_TOPICS: ConsumerReceivedUnsubcribedTopicsEvent
}

/** `on` for one event. */
type Listening<Name extends keyof OwnConsumerEvents> = (
  eventName: ConsumerEvents[Name],
  listener: (event: OwnConsumerEvents[Name]) => void,
) => RemoveInstrumentationEventListener<ConsumerEvents[Name]>

/** `on` for the events of a consumer. */
export type ConsumerListening = Listening<'HEARTBEAT'> &
  Listening<'COMMIT_OFFSETS'> &
  Listening<'GROUP_JOIN'> &
  Listening<'FETCH_START'> &
  Listening<'FETCH'> &
  Listening<'START_BATCH_PROCESS'> &
  Listening<'END_BATCH_PROCESS'> &
  Listening<'STOP'> &
  Listening<'CRASH'> &
  Listening<'REBALANCING'> &
  Listening<'RECEIVED_UNSUBSCRIBED_TOPICS'> &
  NetworkListening<ConsumerEvents>
