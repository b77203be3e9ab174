// What a Consumer needs to know, with its defaults.
import { clusterTable } from '../config/cluster-table.ts'
import { type DottedOptions, type OptionTable, readOptions } from '../config/option-table.ts'
import type { ClusterOptions } from '../cluster/options.ts'
import { ConfigError } from '../errors/index.ts'
import type { Serde } from '../serde/serde.ts'
import type { GroupAssignor } from './assignors/assignor.ts'
import { assignorsByName } from './assignors/index.ts'

/** Assignors by Kafka's names (`partition.assignment.strategy`). */
export type AssignorName = 'range' | 'roundrobin' | 'sticky' | 'cooperative-sticky'

/** Options of a consumer. The names in brackets are Kafka's, which are accepted too. */
export interface ConsumerOptions<K = Buffer, V = Buffer> extends ClusterOptions {
  /** Group to join and to commit offsets for (`group.id`). Without one, partitions are assigned by hand and nothing is committed. */
  readonly groupId?: string
  /** Name of a static member (`group.instance.id`): it keeps its partitions over a restart within the session timeout. */
  readonly groupInstanceId?: string
  /** How the group divides partitions, best first (`partition.assignment.strategy`). Default `cooperative-sticky`. */
  readonly assignors?: readonly (AssignorName | GroupAssignor)[]
  /** Silence after which the group takes a member for dead (`session.timeout.ms`), in ms. Default 45,000. */
  readonly sessionTimeoutMs?: number
  /** Time between heartbeats, in ms (`heartbeat.interval.ms`); less than the session timeout. Default 3,000, or a third of a shorter session timeout. */
  readonly heartbeatIntervalMs?: number
  /**
   * How long the user may work on what was handed out, in ms (`max.poll.interval.ms`): after that the member leaves the group. Also how long
   * a rebalance waits for members. Default 300,000.
   */
  readonly maxPollIntervalMs?: number
  /** Where to start without a committed offset, or with one that is out of range (`auto.offset.reset`). Default `latest`. */
  readonly autoOffsetReset?: 'earliest' | 'latest' | 'none'
  /** Whether what was processed is committed by itself (`enable.auto.commit`). Default true with a group. */
  readonly autoCommit?: boolean
  /** Time between automatic commits, in ms (`auto.commit.interval.ms`). Default 5,000. */
  readonly autoCommitIntervalMs?: number
  /** Records of transactions: only committed ones, or all (`isolation.level`). Default `read_uncommitted`. */
  readonly isolationLevel?: 'read_committed' | 'read_uncommitted'
  /** Bytes worth an answer (`fetch.min.bytes`). Default 1. */
  readonly fetchMinBytes?: number
  /** How long a broker waits for that many bytes, in ms (`fetch.max.wait.ms`). Default 500. */
  readonly fetchMaxWaitMs?: number
  /** Most bytes of one fetch (`fetch.max.bytes`). Default 52,428,800. */
  readonly fetchMaxBytes?: number
  /** Most bytes of one partition in one fetch (`max.partition.fetch.bytes`). A larger batch comes all the same. Default 1,048,576. */
  readonly partitionFetchMaxBytes?: number
  /** Bytes that may be fetched ahead of the user. Default 67,108,864. */
  readonly prefetchMaxBytes?: number
  /** Most records of one `poll` (`max.poll.records`). Default 500. */
  readonly maxPollRecords?: number
  /** Whether the checksum of each batch is verified (`check.crcs`). Default true. */
  readonly checkCrcs?: boolean
  /** Most that one batch may become when it is decompressed. Default 134,217,728. */
  readonly decompressedMaxBytes?: number
  /** Where this consumer is: lets brokers name a nearer replica to read from (`client.rack`, KIP-392). Default: unknown. */
  readonly rack?: string
  /** What makes keys of bytes (`key.deserializer`), when they are read. Default: Buffers that share memory with the fetched batch. */
  readonly keySerde?: Serde<K>
  /** The same for values (`value.deserializer`). A null value, a tombstone, never reaches it. */
  readonly valueSerde?: Serde<V>
  /** Called when everything up to the end of a partition is processed: `offset` is that end. Again when it has moved. */
  readonly onPartitionEnd?: (end: { topic: string; partition: number; offset: number }) => void
  /** Whether asking for an unknown topic may create it (`allow.auto.create.topics`). Default false: a reader brings no topic into being, nor back. */
  readonly allowAutoTopicCreation?: boolean
  /**
   * Called with what goes wrong in the background and no call throws: an automatic commit that failed (what is not committed is delivered
   * again), a topic or partition that is not there, or not any more. Default: a process warning.
   */
  readonly onWarning?: (error: Error) => void
}

export interface ResolvedConsumerOptions {
  readonly groupId: string | undefined
  readonly groupInstanceId: string | null
  readonly assignors: readonly GroupAssignor[]
  readonly sessionTimeoutMs: number
  readonly heartbeatIntervalMs: number
  readonly maxPollIntervalMs: number
  readonly autoOffsetReset: 'earliest' | 'latest' | 'none'
  readonly autoCommit: boolean
  readonly autoCommitIntervalMs: number
  readonly readCommitted: boolean
  readonly fetchMinBytes: number
  readonly fetchMaxWaitMs: number
  readonly fetchMaxBytes: number
  readonly partitionFetchMaxBytes: number
  readonly prefetchMaxBytes: number
  readonly maxPollRecords: number
  readonly checkCrcs: boolean
  readonly decompressedMaxBytes: number
  readonly rack: string
}

const consumerTable: OptionTable = {
  ...clusterTable,
  groupId: { kind: 'string', kafka: ['group.id'] },
  groupInstanceId: { kind: 'string', kafka: ['group.instance.id'] },
  assignors: { kind: 'list', kafka: ['partition.assignment.strategy'] },
  sessionTimeoutMs: { kind: 'int32', kafka: ['session.timeout.ms'], min: 1 },
  heartbeatIntervalMs: { kind: 'duration', kafka: ['heartbeat.interval.ms'], min: 1 },
  maxPollIntervalMs: { kind: 'int32', kafka: ['max.poll.interval.ms'], min: 1 },
  autoOffsetReset: {
    kind: 'string',
    kafka: ['auto.offset.reset'],
    values: ['earliest', 'latest', 'none'],
    convert: readReset,
  },
  autoCommit: { kind: 'boolean', kafka: ['enable.auto.commit'] },
  autoCommitIntervalMs: { kind: 'duration', kafka: ['auto.commit.interval.ms'] },
  isolationLevel: {
    kind: 'string',
    kafka: ['isolation.level'],
    values: ['read_committed', 'read_uncommitted'],
  },
  fetchMinBytes: { kind: 'int32', kafka: ['fetch.min.bytes'] },
  fetchMaxWaitMs: { kind: 'int32', kafka: ['fetch.max.wait.ms', 'fetch.wait.max.ms'] },
  fetchMaxBytes: { kind: 'int32', kafka: ['fetch.max.bytes'], min: 1 },
  partitionFetchMaxBytes: {
    kind: 'int32',
    kafka: ['max.partition.fetch.bytes', 'fetch.message.max.bytes'],
    min: 1,
  },
  prefetchMaxBytes: { kind: 'number', min: 1 },
  maxPollRecords: { kind: 'number', kafka: ['max.poll.records'], min: 1 },
  checkCrcs: { kind: 'boolean', kafka: ['check.crcs'] },
  decompressedMaxBytes: { kind: 'number', min: 1 },
  rack: { kind: 'string', kafka: ['client.rack'] },
  keySerde: { kind: 'any' },
  valueSerde: { kind: 'any' },
  onPartitionEnd: { kind: 'function' },
  onWarning: { kind: 'function' },
}

/** Reads options under either naming. Throws ConfigError. */
export function readConsumerOptions<K, V>(
  given: ConsumerOptions<K, V> | (Partial<ConsumerOptions<K, V>> & DottedOptions),
): ConsumerOptions<K, V> {
  return readOptions<ConsumerOptions<K, V>>('Consumer', consumerTable, given)
}

/** Fills in defaults and checks what contradicts. Throws ConfigError. */
export function resolveConsumerOptions<K, V>(options: ConsumerOptions<K, V>): ResolvedConsumerOptions {
  const { groupId } = options
  const sessionTimeoutMs = options.sessionTimeoutMs ?? 45_000
  const heartbeatIntervalMs = options.heartbeatIntervalMs ?? Math.min(3_000, sessionTimeoutMs / 3)
  if (heartbeatIntervalMs >= sessionTimeoutMs) {
    throw new ConfigError(
      'Consumer: heartbeatIntervalMs must be less than sessionTimeoutMs; a third of it is usual',
    )
  }
  if (groupId === '')
    throw new ConfigError('Consumer: groupId is empty; leave it out to consume without a group')
  if (groupId === undefined) {
    const needy = (['groupInstanceId', 'autoCommit'] as const).find(name => options[name])
    if (needy) throw new ConfigError(`Consumer: ${needy} needs a groupId`)
  }
  const assignors = (options.assignors ?? ['cooperative-sticky']).map(readAssignor)
  if (assignors.length === 0) throw new ConfigError('Consumer: assignors is empty; name one, or leave it out')
  return {
    groupId,
    groupInstanceId: options.groupInstanceId ?? null,
    assignors,
    sessionTimeoutMs,
    heartbeatIntervalMs,
    maxPollIntervalMs: options.maxPollIntervalMs ?? 300_000,
    autoOffsetReset: options.autoOffsetReset ?? 'latest',
    autoCommit: groupId !== undefined && (options.autoCommit ?? true),
    autoCommitIntervalMs: options.autoCommitIntervalMs ?? 5_000,
    readCommitted: options.isolationLevel === 'read_committed',
    fetchMinBytes: options.fetchMinBytes ?? 1,
    fetchMaxWaitMs: options.fetchMaxWaitMs ?? 500,
    fetchMaxBytes: options.fetchMaxBytes ?? 52_428_800,
    partitionFetchMaxBytes: options.partitionFetchMaxBytes ?? 1_048_576,
    prefetchMaxBytes: options.prefetchMaxBytes ?? 67_108_864,
    maxPollRecords: options.maxPollRecords ?? 500,
    checkCrcs: options.checkCrcs ?? true,
    decompressedMaxBytes: options.decompressedMaxBytes ?? 134_217_728,
    rack: options.rack ?? '',
  }
}

/** librdkafka's names for the same. */
function readReset(value: unknown): unknown {
  if (value === 'smallest' || value === 'beginning') return 'earliest'
  if (value === 'largest' || value === 'end') return 'latest'
  if (value === 'error') return 'none'
  return value
}

function readAssignor(choice: AssignorName | GroupAssignor): GroupAssignor {
  if (typeof choice !== 'string') return choice
  // Java's properties name classes: org.apache.kafka.clients.consumer.CooperativeStickyAssignor.
  const simple = choice.replace(/^.*\./, '').replace(/Assignor$/, '')
  const name =
    simple === choice ? choice : simple === 'CooperativeSticky' ? 'cooperative-sticky' : simple.toLowerCase()
  const assignor = assignorsByName.get(name)
  if (assignor) return assignor
  throw new ConfigError(
    `Consumer: there is no assignor "${choice}"; there are ${[...assignorsByName.keys()].join(', ')}`,
  )
}
