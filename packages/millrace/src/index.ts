// The front door of Millrace: the client for any Kafka, and the broker to embed in a test or an application.
export * from '@millrace/client'
export {
  ApiError,
  Broker,
  type BrokerOptions,
  // The client has an error of the same name, for options of its own.
  ConfigError as BrokerConfigError,
  createLineLogger,
  DataDirectoryError,
  DirectoryFormatError,
  DirectoryLockedError,
  type Endpoint,
  type LineLoggerOptions,
  ListenError,
  type LogFields,
  type Logger,
  type LogLevel,
  silentLogger,
  type TopicSeed,
} from '@millrace/broker'
