// The broker: a durable single node that speaks the Kafka protocol.
export {
  DirectoryFormatError,
  DirectoryLockedError,
  type Disk,
  type DiskEntry,
  type DiskFile,
  type DiskLock,
  type DiskSpace,
  type DiskStat,
  type StorageLimits,
} from '@millrace/log'
export { ApiError } from './api-error.ts'
export { Broker } from './broker.ts'
export { BrokerConfig, type ConfigLevel, configSources } from './config/broker-config.ts'
export { type BrokerConfigName, brokerTable } from './config/broker-table.ts'
export {
  type ConfigDefinition,
  ConfigError,
  type ConfigImportance,
  type ConfigTable,
  type ConfigType,
  type ConfigUpdate,
} from './config/definition.ts'
export {
  type EnvironmentProperties,
  parseProperties,
  type Properties,
  propertiesFromEnvironment,
  type UnknownVariable,
} from './config/sources.ts'
export { type TopicConfigName, topicTable } from './config/topic-table.ts'
export { type Logger, type LogFields, type LogLevel, silentLogger } from './logger.ts'
export { createLineLogger, type LineLoggerOptions } from './node-logger.ts'
export type { BrokerOptions, TopicSeed, UserSeed } from './options.ts'
export type { Endpoint, SecurityProtocol } from './server/listeners.ts'
export { ListenError } from './server/server.ts'
export { DataDirectoryError } from './storage.ts'
export type { Clock, Network, Random } from '@millrace/runtime'
