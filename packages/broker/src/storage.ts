// Opens what a broker stands on: the data directory with its logs, and the metadata in it.
import {
  DirectoryFormatError,
  type Disk,
  type LogLogger,
  LogManager,
  nodeDisk,
  type PartitionLog,
} from '@millrace/log'
import { type Clock, nodeClock, nodeRandom, type Random } from '@millrace/runtime'
import type { Authorizer } from './authorizer/authorizer.ts'
import { openAuthorizer } from './authorizer/open-authorizer.ts'
import { BurstFilter } from './burst-filter.ts'
import type { BrokerConfig } from './config/broker-config.ts'
import { ConfigError } from './config/definition.ts'
import type { LeveledLogger, Logger, LogLevel } from './logger.ts'
import { MetadataSnapshots } from './metadata/snapshots.ts'
import { MetadataStore } from './metadata/store.ts'
import { metadataTopic, metadataTopicId } from './metadata/topic-name.ts'
import type { TemporaryDirectory } from './node-temporary-directory.ts'
import type { BrokerOptions } from './options.ts'
import { metadataLogConfig, Partitions } from './partitions.ts'

/** Options of a broker, and its logger with levels. */
export type OpeningOptions = BrokerOptions & { readonly logger: LeveledLogger }

/** What is put together before a broker exists. */
export interface Parts {
  readonly config: BrokerConfig
  readonly authorizer: Authorizer | undefined
  readonly clock: Clock
  readonly random: Random
  readonly logger: LeveledLogger
  readonly burstFilter: BurstFilter
  readonly logs: LogManager
  readonly metadata: MetadataStore
  readonly partitions: Partitions
  readonly dataDir: string
  readonly temporary: TemporaryDirectory | undefined
}

/** The data directory cannot be made, read or written. */
export class DataDirectoryError extends Error {
  override readonly name = 'DataDirectoryError'
}

/** The data directory that is configured; undefined for a temporary one. */
export function directoryOf(config: BrokerConfig, options: BrokerOptions): string | undefined {
  const { dataDir, config: given = {} } = options
  // As an option it is one path, commas and all.
  if (dataDir !== undefined && given['log.dirs'] === undefined && given['log.dir'] === undefined)
    return dataDir
  const several = config.get('log.dirs')
  if (several.length > 1) {
    throw new ConfigError('log.dirs', `log.dirs: one directory is supported, ${several.length} are given`)
  }
  return several[0] ?? config.get('log.dir') ?? undefined
}

/** Opens the logs of a data directory. Throws `DataDirectoryError`, or what `LogManager.open` says of the directory. */
export async function openLogs(
  options: OpeningOptions,
  config: BrokerConfig,
  directory: string,
  onHighWatermark: (log: PartitionLog) => void,
): Promise<LogManager> {
  const { disk = nodeDisk } = options
  try {
    refuseWithoutMetadata(disk, directory)
    return await LogManager.open({
      disk,
      directory,
      clock: options.clock ?? nodeClock,
      random: options.random ?? nodeRandom,
      fsync: config.get('log.fsync'),
      nodeId: config.get('node.id'),
      onHighWatermark,
      logger: storageLogger(options.logger),
      limits: { producerIdExpirationMs: config.get('producer.id.expiration.ms'), ...options.storageLimits },
    })
  } catch (error) {
    throw directoryError(error, directory)
  }
}

/**
 * A directory that has partitions and nothing that says which topics they are of was written by something else (Apache Kafka with ZooKeeper, or
 * with its metadata in another directory), or has lost it: its data is not for this broker to touch.
 */
function refuseWithoutMetadata(disk: Disk, directory: string): void {
  if (!disk.stat(directory)) return
  const names = disk.readDirectory(directory).flatMap(entry => (entry.directory ? [entry.name] : []))
  const partitions = names.filter(name => /.-\d+$/.test(name))
  const metadata = `${metadataTopic}-0`
  if (partitions.length === 0 || names.includes(metadata)) return
  throw new DirectoryFormatError(
    `${directory} holds ${partitions.length} partitions (${partitions.slice(0, 3).join(', ')} …) but no ${metadata}, which says what topics there are. Nothing was changed. If Apache Kafka wrote it, give this broker a directory of its own in "log.dirs"; if ${metadata} is lost, put it back`,
  )
}

function directoryError(error: unknown, directory: string): unknown {
  const { code, message } = error as { code?: unknown; message?: string }
  if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return error
  return new DataDirectoryError(
    `the data directory ${directory} cannot be used: ${message ?? code}. Make it writable for this user, or set another in "log.dirs".`,
    { cause: error },
  )
}

function storageLogger(logger: Logger): LogLogger {
  const to = (level: LogLevel) => (message: string) => logger.log(level, 'storage.message', { message })
  return { info: to('info'), warn: to('warn'), error: to('error') }
}

/** Reads the metadata and sets the logs up by it. */
export async function openParts(
  options: OpeningOptions,
  config: BrokerConfig,
  logs: LogManager,
  dataDir: string,
  temporary: TemporaryDirectory | undefined,
): Promise<Parts> {
  const { clock = nodeClock, random = nodeRandom, logger } = options
  const log = logs.get(metadataTopic, 0) ?? logs.create(metadataTopic, 0, metadataTopicId, metadataLogConfig)
  const owner = { nodeId: logs.nodeId, directoryId: logs.directoryId }
  const metadata = await MetadataStore.open({
    logs,
    log,
    snapshots: new MetadataSnapshots(logs.disk, `${dataDir}/${metadataTopic}-0`, owner, clock),
    owner,
    clock,
    logger,
    snapshotBytes: config.get('metadata.log.max.record.bytes.between.snapshots'),
  })
  const partitions = new Partitions(logs, metadata.image, config, logs.nodeId, logger, clock)
  partitions.applyBrokerConfigs()
  logs.useConfigs(name => partitions.logConfig(name))
  metadata.listen(partitions)
  const burstFilter = new BurstFilter(logger, clock)
  const authorizer = await openAuthorizer(config, metadata.image.acls, logger, burstFilter)
  const storage = { logs, metadata, partitions, dataDir, temporary }
  return { config, authorizer, clock, random, logger, burstFilter, ...storage }
}
