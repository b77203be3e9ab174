// The errors of KafkaJS, by the same names and with the same fields, so that `instanceof`, `name`, `type` and `retriable` go on deciding.
import type { PartitionMetadata } from './types/cluster.ts'

/** What an error may be made with, beside its message. */
export interface KafkaJSErrorMetadata {
  retriable?: boolean
  topic?: string
  partitionId?: number
  metadata?: PartitionMetadata
}

interface Cause {
  readonly cause?: unknown
}

/** What an error is made of: a message, or an error whose message it takes over. */
interface Origin {
  readonly message: string
  readonly helpUrl?: string | undefined
  readonly type?: string | undefined
  readonly code?: number | string | undefined
  readonly retriable?: boolean | undefined
}

const originOf = (e: Error | string): Origin => (typeof e === 'string' ? { message: e } : e)

/** Base of the errors of KafkaJS. */
export class KafkaJSError extends Error {
  override readonly name: string = 'KafkaJSError'
  /** Whether the same call may work the next time. */
  readonly retriable: boolean
  /** Where more is said about it. */
  declare readonly helpUrl?: string
  declare readonly cause?: Error

  constructor(e: Error | string = '', metadata: KafkaJSErrorMetadata & Cause = {}) {
    const origin = originOf(e)
    const { retriable = true, cause } = metadata
    super(origin.message, cause === undefined ? {} : { cause })
    this.retriable = retriable
    if (origin.helpUrl !== undefined) this.helpUrl = origin.helpUrl
  }
}

/** The same call will not work the next time either. */
export class KafkaJSNonRetriableError extends KafkaJSError {
  override readonly name: string = 'KafkaJSNonRetriableError'

  constructor(e: Error | string = '', { cause }: Cause = {}) {
    super(e, { retriable: false, cause })
  }
}

/** A broker answered with an error: `type` is its name, `code` its number. */
export class KafkaJSProtocolError extends KafkaJSError {
  override readonly name: string = 'KafkaJSProtocolError'
  readonly code: number
  readonly type: string

  constructor(e: Error | string, metadata: KafkaJSErrorMetadata & Cause = {}) {
    const { retriable = originOf(e).retriable ?? true, cause } = metadata
    super(e, { retriable, cause })
    this.type = originOf(e).type as string
    this.code = originOf(e).code as number
  }
}

/** What a {@link KafkaJSOffsetOutOfRange} is made with. */
export interface KafkaJSOffsetOutOfRangeMetadata {
  topic: string
  partition: number
}

/** The log does not hold the offset. */
export class KafkaJSOffsetOutOfRange extends KafkaJSProtocolError {
  override readonly name: string = 'KafkaJSOffsetOutOfRange'
  readonly topic: string
  readonly partition: number

  constructor(e: Error | string, { topic, partition }: Partial<KafkaJSOffsetOutOfRangeMetadata> = {}) {
    super(e)
    this.topic = topic as string
    this.partition = partition as number
  }
}

/** The coordinator has given a name to a member that joins for the first time. */
export class KafkaJSMemberIdRequired extends KafkaJSProtocolError {
  override readonly name: string = 'KafkaJSMemberIdRequired'
  readonly memberId: string

  constructor(e: Error | string, { memberId }: { memberId?: string } = {}) {
    super(e)
    this.memberId = memberId as string
  }
}

/** What a {@link KafkaJSNumberOfRetriesExceeded} is made with. */
export interface KafkaJSNumberOfRetriesExceededMetadata {
  retryCount: number
  retryTime: number
}

/** It was tried again as often as `retry` says; `cause` is the last failure. */
export class KafkaJSNumberOfRetriesExceeded extends KafkaJSNonRetriableError {
  override readonly name: string = 'KafkaJSNumberOfRetriesExceeded'
  declare readonly stack: string
  readonly retryCount: number
  /** The wait before the last attempt, in ms. */
  readonly retryTime: number

  constructor(
    e: Error | string,
    { retryCount, retryTime }: Partial<KafkaJSNumberOfRetriesExceededMetadata> = {},
  ) {
    super(e, { cause: e })
    const stack = `${this.name}\n  Caused by: ${typeof e === 'string' ? e : e.stack}`
    Object.defineProperty(this, 'stack', { value: stack, writable: true, configurable: true })
    this.retryCount = retryCount as number
    this.retryTime = retryTime as number
  }
}

/** What a {@link KafkaJSConnectionError} is made with. */
export interface KafkaJSConnectionErrorMetadata {
  broker?: string
  code?: string
}

/** A broker cannot be reached, or the connection broke. */
export class KafkaJSConnectionError extends KafkaJSError {
  override readonly name: string = 'KafkaJSConnectionError'
  readonly broker: string
  /** The system's: `ECONNREFUSED`. */
  declare readonly code?: string

  constructor(e: Error | string, { broker, code }: KafkaJSConnectionErrorMetadata = {}) {
    super(e)
    this.broker = broker as string
    if (code !== undefined) this.code = code
  }
}

/** The connection broke while something was under way. */
export class KafkaJSConnectionClosedError extends KafkaJSConnectionError {
  override readonly name: string = 'KafkaJSConnectionClosedError'
  readonly host: string
  readonly port: number

  constructor(e: Error | string, { host, port }: { host?: string; port?: number } = {}) {
    super(e, { broker: `${host}:${port}` })
    this.host = host as string
    this.port = port as number
  }
}

/** What a {@link KafkaJSRequestTimeoutError} is made with. */
export interface KafkaJSRequestTimeoutErrorMetadata {
  broker: string
  clientId: string
  correlationId: number
  createdAt: number
  sentAt: number
  pendingDuration: number
}

/** No answer within `requestTimeout`. */
export class KafkaJSRequestTimeoutError extends KafkaJSError {
  override readonly name: string = 'KafkaJSRequestTimeoutError'
  readonly broker: string
  readonly correlationId: number
  readonly createdAt: number
  readonly sentAt: number
  readonly pendingDuration: number

  constructor(e: Error | string, metadata: Partial<KafkaJSRequestTimeoutErrorMetadata> = {}) {
    super(e)
    this.broker = metadata.broker as string
    this.correlationId = metadata.correlationId as number
    this.createdAt = metadata.createdAt as number
    this.sentAt = metadata.sentAt as number
    this.pendingDuration = metadata.pendingDuration as number
  }
}

/** Nothing is known of the cluster yet. */
export class KafkaJSMetadataNotLoaded extends KafkaJSError {
  override readonly name: string = 'KafkaJSMetadataNotLoaded'
}

/** What a {@link KafkaJSTopicMetadataNotLoaded} is made with. */
export interface KafkaJSTopicMetadataNotLoadedMetadata {
  topic: string
}

/** Nothing is known of a topic yet. */
export class KafkaJSTopicMetadataNotLoaded extends KafkaJSMetadataNotLoaded {
  override readonly name: string = 'KafkaJSTopicMetadataNotLoaded'
  readonly topic: string

  constructor(e: Error | string, { topic }: Partial<KafkaJSTopicMetadataNotLoadedMetadata> = {}) {
    super(e)
    this.topic = topic as string
  }
}

/** What a {@link KafkaJSStaleTopicMetadataAssignment} is made with. */
export interface KafkaJSStaleTopicMetadataAssignmentMetadata {
  topic: string
  unknownPartitions: PartitionMetadata[]
}

/** A topic has partitions that the group has not divided yet. */
export class KafkaJSStaleTopicMetadataAssignment extends KafkaJSError {
  override readonly name: string = 'KafkaJSStaleTopicMetadataAssignment'
  readonly topic: string
  readonly unknownPartitions: number

  constructor(e: Error | string, metadata: Partial<KafkaJSStaleTopicMetadataAssignmentMetadata> = {}) {
    super(e)
    this.topic = metadata.topic as string
    // KafkaJS says that this is a number, and sets the list.
    this.unknownPartitions = metadata.unknownPartitions as unknown as number
  }
}

/** What a {@link KafkaJSDeleteGroupsError} tells of each group. */
export interface KafkaJSDeleteGroupsErrorGroups {
  groupId: string
  errorCode: number
  error: KafkaJSError
}

/** What has become of a group that was to be deleted. */
export interface DeleteGroupsResult {
  groupId: string
  errorCode?: number
  error?: KafkaJSProtocolError
}

/** Groups could not be deleted. */
export class KafkaJSDeleteGroupsError extends KafkaJSError {
  override readonly name: string = 'KafkaJSDeleteGroupsError'
  readonly groups: DeleteGroupsResult[]

  constructor(e: Error | string, groups: KafkaJSDeleteGroupsErrorGroups[] = []) {
    super(e)
    this.groups = groups as DeleteGroupsResult[]
  }
}

/** What a {@link KafkaJSServerDoesNotSupportApiKey} is made with. */
export interface KafkaJSServerDoesNotSupportApiKeyMetadata {
  apiKey: number
  apiName: string
}

/** The broker does not have this API, or not in a version that the client has. */
export class KafkaJSServerDoesNotSupportApiKey extends KafkaJSNonRetriableError {
  override readonly name: string = 'KafkaJSServerDoesNotSupportApiKey'
  readonly apiKey: number
  readonly apiName: string

  constructor(e: Error | string, metadata: Partial<KafkaJSServerDoesNotSupportApiKeyMetadata> = {}) {
    super(e)
    this.apiKey = metadata.apiKey as number
    this.apiName = metadata.apiName as string
  }
}

/** The cluster has no such broker. */
export class KafkaJSBrokerNotFound extends KafkaJSError {
  override readonly name: string = 'KafkaJSBrokerNotFound'
}

/** What came over the network ends in the middle. */
export class KafkaJSPartialMessageError extends KafkaJSNonRetriableError {
  override readonly name: string = 'KafkaJSPartialMessageError'
}

/** The broker refused who we are. */
export class KafkaJSSASLAuthenticationError extends KafkaJSNonRetriableError {
  override readonly name: string = 'KafkaJSSASLAuthenticationError'
}

/** No broker coordinates the group. */
export class KafkaJSGroupCoordinatorNotFound extends KafkaJSNonRetriableError {
  override readonly name: string = 'KafkaJSGroupCoordinatorNotFound'
}

/** What was asked for is not there. */
export class KafkaJSNotImplemented extends KafkaJSNonRetriableError {
  override readonly name: string = 'KafkaJSNotImplemented'
}

/** It took too long. */
export class KafkaJSTimeout extends KafkaJSNonRetriableError {
  override readonly name: string = 'KafkaJSTimeout'
}

/** A turn was waited for too long. */
export class KafkaJSLockTimeout extends KafkaJSTimeout {
  override readonly name: string = 'KafkaJSLockTimeout'
}

/** Records of a format that nobody knows. */
export class KafkaJSUnsupportedMagicByteInMessageSet extends KafkaJSNonRetriableError {
  override readonly name: string = 'KafkaJSUnsupportedMagicByteInMessageSet'
}

/** A partition of which records could not be deleted. */
export interface KafkaJSDeleteTopicRecordsErrorPartition {
  partition: number
  offset: string
  error: KafkaJSError
}

/** What a {@link KafkaJSDeleteTopicRecordsError} is made with. */
export interface KafkaJSDeleteTopicRecordsErrorTopic {
  topic: string
  partitions: KafkaJSDeleteTopicRecordsErrorPartition[]
}

/** Records could not be deleted. Retriable where all of its partitions are. */
export class KafkaJSDeleteTopicRecordsError extends KafkaJSError {
  override readonly name: string = 'KafkaJSDeleteTopicRecordsError'
  readonly partitions: KafkaJSDeleteTopicRecordsErrorPartition[]

  constructor({ partitions }: KafkaJSDeleteTopicRecordsErrorTopic) {
    super('Error while deleting records', { retriable: partitions.every(({ error }) => error.retriable) })
    this.partitions = partitions
  }
}

/** Something that cannot be, is. */
export class KafkaJSInvariantViolation extends KafkaJSNonRetriableError {
  override readonly name: string = 'KafkaJSInvariantViolation'

  constructor(e: Error | string) {
    super(`Invariant violated: ${originOf(e).message}. This is likely a bug and should be reported.`)
  }
}

/** A number of variable length is too long. */
export class KafkaJSInvalidVarIntError extends KafkaJSNonRetriableError {}

/** A number does not fit 64 bits. */
export class KafkaJSInvalidLongError extends KafkaJSNonRetriableError {}

/** A topic could not be created. */
export class KafkaJSCreateTopicError extends KafkaJSProtocolError {
  override readonly name: string = 'KafkaJSCreateTopicError'
  readonly topic: string

  constructor(e: Error | string, topicName: string) {
    super(e)
    this.topic = topicName
  }
}

/** A partition could not be reassigned. */
export class KafkaJSAlterPartitionReassignmentsError extends KafkaJSProtocolError {
  override readonly name: string = 'KafkaJSAlterPartitionReassignmentsError'
  declare readonly topic?: string
  declare readonly partition?: number

  constructor(e: Error | string, topic?: string, partition?: number) {
    super(e)
    if (topic !== undefined) this.topic = topic
    if (partition !== undefined) this.partition = partition
  }
}

/** Several things failed. */
export class KafkaJSAggregateError extends Error {
  override readonly name: string = 'KafkaJSAggregateError'
  readonly errors: (Error | string)[]

  constructor(message: Error | string, errors: (Error | string)[]) {
    // As KafkaJS does, which hands an error to Error as its message.
    super(String(message))
    this.errors = errors
  }
}

/** The brokers that are fetched from have changed. */
export class KafkaJSFetcherRebalanceError extends Error {}

/** There is no broker to ask. */
export class KafkaJSNoBrokerAvailableError extends KafkaJSError {
  override readonly name: string = 'KafkaJSNoBrokerAvailableError'

  constructor() {
    super('No broker available')
  }
}

const rebalancing = new Set(['REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP', 'ILLEGAL_GENERATION'])

/** Whether an error says that the group rebalances. */
export function isRebalancing(e: Error): boolean {
  return rebalancing.has((e as Origin).type ?? '')
}

/** Whether an error is one of KafkaJS's. */
export function isKafkaJSError(e: unknown): e is KafkaJSError {
  return e instanceof KafkaJSError
}
