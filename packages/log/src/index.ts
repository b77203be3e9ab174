// One broker's storage in the directory layout of Apache Kafka: durable, recoverable, without any network.

export { type CleanerFigures, type CleanerSettings, defaultCleanerSettings } from './api/cleaner.ts'
export { defaultLogConfig, defaultStorageLimits, type LogConfig, type StorageLimits } from './api/config.ts'
export {
  DirectoryLockedError,
  type Disk,
  type DiskEntry,
  type DiskFile,
  type DiskLock,
  type DiskSpace,
  type DiskStat,
} from './disk/disk.ts'
export { DirectoryFormatError, LogError, type LogErrorName } from './api/errors.ts'
export { LogManager, type LogManagerOptions, type PartitionName } from './manager/log-manager.ts'
export { nodeDisk } from './disk/node-disk.ts'
export { PartitionLog } from './partition/partition-log.ts'
export type { LogLogger } from './api/logger.ts'
export type {
  AbortedTransaction,
  AppendFate,
  AppendInfo,
  AppendOptions,
  AppendOrigin,
  CommitLevel,
  ProducerView,
  ReadOptions,
  ReadResult,
  SegmentView,
  TimestampOffset,
  TransactionVerification,
} from './api/types.ts'
