// What a connection to one partition needs to know, with its defaults.
import { type Codec, type CompressionName, codecs } from '@millrace/protocol'
import type { ClusterOptions } from '../cluster/options.ts'
import { clusterTable } from '../config/cluster-table.ts'
import type { OptionTable } from '../config/option-entry.ts'
import { type DottedOptions, readOptions } from '../config/option-table.ts'
import { type Acks, checkCompression, writeTable } from '../producer/write-options.ts'

/** Options of a connection to one partition. The names in brackets are Kafka's, which are accepted too. */
export interface PartitionConnectionOptions extends ClusterOptions {
  /**
   * What becomes of a call when the partition has another leader by then. `fail`: it throws BrokerError (`NOT_LEADER_OR_FOLLOWER`) or ConnectionError, and so does every
   * later one: dial again. `redial`: the call finds the new leader and goes there, for `apiTimeoutMs` at most. Default `fail`.
   */
  readonly onLeaderChange?: 'fail' | 'redial'
  /** Records of transactions: only committed ones, or all (`isolation.level`). Default `read_uncommitted`. */
  readonly isolationLevel?: 'read_committed' | 'read_uncommitted'
  /** Whether the checksum of each batch is verified (`check.crcs`). Default true. */
  readonly checkCrcs?: boolean
  /** Most that one batch may become when it is decompressed. Default 134,217,728. */
  readonly decompressedMaxBytes?: number
  /** When a broker answers a write: 0 (not at all), 1 (the leader has it), `all` (all in-sync replicas have it). Default `all`. */
  readonly acks?: Acks
  /** Codec of what is written (`compression.type`). Default `none`. */
  readonly compression?: CompressionName
  /** Level of the codec, for codecs that have levels. Default: the codec's. */
  readonly compressionLevel?: number
}

export interface ResolvedPartitionOptions {
  readonly redials: boolean
  readonly readCommitted: boolean
  readonly checkCrcs: boolean
  readonly decompressedMaxBytes: number
  readonly acks: 0 | 1 | -1
  readonly codec: Codec
  readonly compressionLevel: number | undefined
}

const partitionTable: OptionTable = {
  ...clusterTable,
  onLeaderChange: { kind: 'string', values: ['fail', 'redial'] },
  isolationLevel: {
    kind: 'string',
    kafka: ['isolation.level'],
    values: ['read_committed', 'read_uncommitted'],
  },
  checkCrcs: { kind: 'boolean', kafka: ['check.crcs'] },
  decompressedMaxBytes: { kind: 'number', min: 1 },
  ...writeTable('dialLeader'),
}

/** Reads options under either naming. Throws ConfigError. */
export function readPartitionOptions(
  given: PartitionConnectionOptions | (Partial<PartitionConnectionOptions> & DottedOptions),
): PartitionConnectionOptions {
  return readOptions<PartitionConnectionOptions>('dialLeader', partitionTable, given)
}

/** Fills in defaults. Throws ConfigError. */
export function resolvePartitionOptions(options: PartitionConnectionOptions): ResolvedPartitionOptions {
  const { acks = 'all', compression = 'none', compressionLevel } = options
  checkCompression('dialLeader', compression, compressionLevel)
  return {
    redials: options.onLeaderChange === 'redial',
    readCommitted: options.isolationLevel === 'read_committed',
    checkCrcs: options.checkCrcs ?? true,
    decompressedMaxBytes: options.decompressedMaxBytes ?? 134_217_728,
    acks: acks === 'all' ? -1 : acks,
    codec: codecs[compression],
    compressionLevel,
  }
}
