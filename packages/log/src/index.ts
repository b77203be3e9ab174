// One broker's storage in the directory layout of Apache Kafka: durable, recoverable, without any network.
export type { CommitLevel } from './committer.ts'
export { defaultLogConfig, defaultStorageLimits, type LogConfig, type StorageLimits } from './config.ts'
export {
  DirectoryLockedError,
  type Disk,
  type DiskEntry,
  type DiskFile,
  type DiskLock,
  type DiskSpace,
  type DiskStat,
} from './disk.ts'
export { DirectoryFormatError, LogError, type LogErrorName } from './errors.ts'
export { LogManager, type LogManagerOptions, type PartitionName } from './log-manager.ts'
export { nodeDisk } from './node-disk.ts'
export { PartitionLog } from './partition-log.ts'
export type { LogLogger } from './log-logger.ts'
export type {
  AbortedTransaction,
  AppendFate,
  AppendInfo,
  AppendOptions,
  AppendOrigin,
  ProducerView,
  ReadOptions,
  ReadResult,
  SegmentView,
  TimestampOffset,
} from './types.ts'
