// What an error asks a retry loop to do first: look up metadata, look up the coordinator, or only wait.
import { ErrorCode } from '@millrace/protocol'
import { BrokerError, ConnectionError, KafkaError, RequestTimeoutError } from './kafka-error.ts'

const metadataCodes: ReadonlySet<number> = new Set([
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ErrorCode.LEADER_NOT_AVAILABLE,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.REPLICA_NOT_AVAILABLE,
  ErrorCode.BROKER_NOT_AVAILABLE,
  ErrorCode.KAFKA_STORAGE_ERROR,
  ErrorCode.LISTENER_NOT_FOUND,
  ErrorCode.FENCED_LEADER_EPOCH,
  ErrorCode.UNKNOWN_LEADER_EPOCH,
  ErrorCode.UNKNOWN_TOPIC_ID,
  ErrorCode.INCONSISTENT_TOPIC_ID,
  ErrorCode.NOT_CONTROLLER,
])

const coordinatorCodes: ReadonlySet<number> = new Set([
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.NOT_COORDINATOR,
])

/** Whether the cached metadata is suspect after this error. A lost connection is: the leader may have moved. */
export function needsMetadata(error: unknown): boolean {
  if (error instanceof BrokerError) return metadataCodes.has(error.errorCode)
  return error instanceof ConnectionError || error instanceof RequestTimeoutError
}

/** Whether a number among Kafka’s errors says that a leader or a topic is another one than was thought. */
export function isMetadataCode(errorCode: number): boolean {
  return metadataCodes.has(errorCode)
}

/** Whether the cached coordinator is suspect after this error. */
export function needsCoordinator(error: unknown): boolean {
  if (error instanceof BrokerError) return coordinatorCodes.has(error.errorCode)
  return error instanceof ConnectionError || error instanceof RequestTimeoutError
}

/** Whether a number among Kafka’s errors says that the coordinator is another broker, or not ready. */
export function isCoordinatorCode(errorCode: number): boolean {
  return coordinatorCodes.has(errorCode)
}

/** Whether another attempt may do better: `retriable` of errors of this client. */
export function isRetriable(error: unknown): boolean {
  return error instanceof KafkaError && error.retriable
}
