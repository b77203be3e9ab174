// One broker's storage in the directory layout of Apache Kafka: durable, recoverable, without any network.
export {
  DirectoryLockedError,
  type Disk,
  type DiskEntry,
  type DiskFile,
  type DiskLock,
  type DiskStat,
} from './disk.ts'
