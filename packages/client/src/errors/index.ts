// The errors as one import for the rest of the package.
export {
  isCoordinatorCode,
  isMetadataCode,
  isRetriable,
  needsCoordinator,
  needsMetadata,
} from './classify.ts'
export {
  DeserializationError,
  SerializationError,
  ValidationError,
  type ValidationIssue,
} from './serde-error.ts'
export {
  AuthenticationError,
  BrokerError,
  ClosedError,
  ConfigError,
  ConnectionError,
  CorruptRecordError,
  DeliveryTimeoutError,
  GroupError,
  KafkaError,
  type KafkaErrorOptions,
  OperationTimeoutError,
  PositionError,
  ProducerFencedError,
  ProtocolError,
  RecordTooLargeError,
  RequestTimeoutError,
  StateError,
  TransactionAbortableError,
  TransactionFatalError,
  UnsupportedVersionError,
} from './kafka-error.ts'
