// The errors as one import for the rest of the package.
export {
  isCoordinatorCode,
  isMetadataCode,
  isRetriable,
  needsCoordinator,
  needsMetadata,
} from './classify.ts'
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
  OperationTimeoutError,
  PositionError,
  ProtocolError,
  RecordTooLargeError,
  RequestTimeoutError,
  StateError,
  UnsupportedVersionError,
} from './kafka-error.ts'
