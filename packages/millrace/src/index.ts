// The front door of Millrace: the broker to embed in a test or an application.
export {
  ApiError,
  Broker,
  type BrokerOptions,
  ConfigError,
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
