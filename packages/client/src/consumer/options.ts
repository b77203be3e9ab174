// What a Consumer needs to know, with its defaults.
import { clusterTable } from '../config/cluster-table.ts'
import type { OptionTable } from '../config/option-entry.ts'
import { type DottedOptions, readOptions } from '../config/option-table.ts'
import { kibibytes } from '../config/property-values.ts'
import { deserializerOption } from '../config/serde-option.ts'
import type { ClusterOptions } from '../cluster/options.ts'
import { ConfigError } from '../errors/index.ts'
import type { AnyDeserializer } from '../serde/serde.ts'
import type { AnyTopic, PlainTopic } from '../topic/topic.ts'
import type { GroupAssignor } from './assignors/assignor.ts'
import { assignorsByName } from './assignors/index.ts'
import { readTopics } from './declared-topics.ts'
import { type PoisonPolicy, readPoisonPolicy } from './poison.ts'

/** Assignors by Kafka's names (`partition.assignment.strategy`). */
export type AssignorName = 'range' | 'roundrobin' | 'sticky' | 'cooperative-sticky'

/** Where to start where nothing else says so: at the first record, behind the last, or not at all, with a PositionError. */
export type OffsetReset = 'earliest' | 'latest' | 'none'

/** Options of a consumer. The names in brackets are Kafka's, which are accepted too. */
export interface ConsumerOptions<K = Buffer, V = Buffer, T extends AnyTopic = PlainTopic<K, V>>
  extends ClusterOptions {
  /** Group to join and to commit offsets for (`group.id`). Default: none; partitions are assigned by hand and nothing is committed. */
  readonly groupId?: string
  /**
   * Who divides the partitions (`group.protocol`): `classic`, a member that the others choose, by one of `assignors`; `consumer`, the broker (KIP-848, Apache Kafka 4.0
   * and later), without a rebalance that stops everybody. Members of both kinds can be in one group while it changes from one to the other. Default `classic`.
   */
  readonly groupProtocol?: 'classic' | 'consumer'
  /** The broker's assignor (`group.remote.assignor`), `uniform` or `range` on Apache Kafka; with `groupProtocol: 'consumer'` only. Default: the broker's first one. */
  readonly groupRemoteAssignor?: string
  /** Name of a static member (`group.instance.id`): it keeps its partitions over a restart within the session timeout. Default: none, a member as any. */
  readonly groupInstanceId?: string
  /** How the group divides partitions, best first (`partition.assignment.strategy`); by the classic protocol only. Default `cooperative-sticky`. */
  readonly assignors?: readonly (AssignorName | GroupAssignor)[]
  /** Silence after which the group takes a member for dead (`session.timeout.ms`), in ms; by the classic protocol only. Default 45,000. */
  readonly sessionTimeoutMs?: number
  /** Time between heartbeats, in ms (`heartbeat.interval.ms`); less than the session timeout, by the classic protocol only. Default 3,000, or a third of a shorter session timeout. */
  readonly heartbeatIntervalMs?: number
  /**
   * How long the user may work on what was handed out, in ms (`max.poll.interval.ms`): after that the member leaves the group. Also how long
   * a rebalance waits for members. Default 300,000.
   */
  readonly maxPollIntervalMs?: number
  /**
   * Where to start without a committed offset, or with one that is out of range (`auto.offset.reset`). A topic that is made anew while it is read is
   * read from its start, except with `none`. Default `latest`.
   */
  readonly autoOffsetReset?: OffsetReset
  /** The same for each topic on its own: called with its name whenever that has to be decided. Default: `autoOffsetReset` for all. */
  readonly autoOffsetResetOf?: (topic: string) => OffsetReset
  /** Whether what was processed is committed by itself (`enable.auto.commit`). Default true with a group. */
  readonly autoCommit?: boolean
  /** Time between automatic commits, in ms (`auto.commit.interval.ms`). Default 5,000. */
  readonly autoCommitIntervalMs?: number
  /**
   * Offsets to process before an automatic commit does not wait for `autoCommitIntervalMs`: at most so many, and what is in hand, come again after a
   * crash, plus what is processed while the commit is under way. Gaps in the offsets count. Default: no limit. With `at_most_once`: how many are committed ahead.
   */
  readonly commitEveryRecords?: number
  /**
   * Which side automatic commits err on. `at_least_once`: what is processed is committed afterwards, and comes again after a crash in between.
   * `at_most_once`: nothing is handed out before it is committed, `maxPollRecords` offsets ahead (`commitEveryRecords`) or a whole batch, and what fails or
   * crashes does not come again. Default `at_least_once`.
   */
  readonly processingGuarantee?: 'at_least_once' | 'at_most_once'
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
  /**
   * The topics that this consumer is for, made by `topic(…)`: records are of their types, those of several told apart by `record.topic`, and other
   * topics are refused. `subscribe()` without names takes all of them. Default: any topic, all of one type.
   */
  readonly topics?: readonly T[]
  /**
   * What makes keys of bytes (`key.deserializer`), where there are no `topics`; when they are read, or before they are handed out if it may have to
   * wait. Default: Buffers that share memory with the fetched batch.
   */
  readonly keySerde?: AnyDeserializer<K>
  /** The same for values (`value.deserializer`). A null value, a tombstone, never reaches it. Default: Buffers, likewise. */
  readonly valueSerde?: AnyDeserializer<V>
  /**
   * What becomes of records whose key or value a serde refuses: `fail`, `skip`, or a function that is called with each and may send it elsewhere.
   * All but `fail` decode records before they are handed out. Default `fail`: with serdes that answer at once, a DeserializationError is thrown where
   * key or value is read; with others, where records are asked for.
   */
  readonly onPoison?: PoisonPolicy
  /** Called when everything up to the end of a partition is processed: `offset` is that end. Again when it has moved. */
  readonly onPartitionEnd?: (end: { topic: string; partition: number; offset: number }) => void
  /** Whether asking for an unknown topic may create it (`allow.auto.create.topics`). Default false: a reader brings no topic into being, nor back. */
  readonly allowAutoTopicCreation?: boolean
  /** Whether patterns pass over Kafka's internal topics, `__consumer_offsets` for one (`exclude.internal.topics`). Default true. */
  readonly excludeInternalTopics?: boolean
  /**
   * Called with what goes wrong in the background and no call throws: an automatic commit that failed (what is not committed is delivered
   * again), a topic or partition that is not there, or not any more. Default: a process warning.
   */
  readonly onWarning?: (error: Error) => void
}

export interface ResolvedConsumerOptions {
  readonly groupId: string | undefined
  readonly groupProtocol: 'classic' | 'consumer'
  readonly groupRemoteAssignor: string | null
  readonly groupInstanceId: string | null
  readonly assignors: readonly GroupAssignor[]
  readonly sessionTimeoutMs: number
  readonly heartbeatIntervalMs: number
  readonly maxPollIntervalMs: number
  /** Where to start in a topic (`autoOffsetReset`). */
  readonly resetOf: (topic: string) => OffsetReset
  readonly autoCommit: boolean
  readonly autoCommitIntervalMs: number
  readonly atMostOnce: boolean
  /** Offsets that one commit is about, `Infinity` for no limit. */
  readonly commitEvery: number
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
  readonly onPoison: PoisonPolicy
  readonly excludeInternalTopics: boolean
}

export const consumerTable: OptionTable = {
  ...clusterTable,
  groupId: { kind: 'string', kafka: ['group.id'] },
  groupInstanceId: { kind: 'string', kafka: ['group.instance.id'] },
  groupProtocol: {
    kind: 'string',
    kafka: ['group.protocol'],
    values: ['classic', 'consumer'],
    convert: readProtocol,
  },
  groupRemoteAssignor: { kind: 'string', kafka: ['group.remote.assignor'] },
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
  autoOffsetResetOf: { kind: 'function' },
  autoCommit: { kind: 'boolean', kafka: ['enable.auto.commit', 'auto.commit.enable'] },
  autoCommitIntervalMs: { kind: 'duration', kafka: ['auto.commit.interval.ms'] },
  commitEveryRecords: { kind: 'number', min: 1 },
  processingGuarantee: { kind: 'string', values: ['at_least_once', 'at_most_once'] },
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
  prefetchMaxBytes: {
    kind: 'number',
    converted: { 'queued.max.messages.kbytes': kibibytes },
    min: 1,
  },
  maxPollRecords: { kind: 'number', kafka: ['max.poll.records'], min: 1 },
  checkCrcs: { kind: 'boolean', kafka: ['check.crcs'] },
  decompressedMaxBytes: { kind: 'number', min: 1 },
  rack: { kind: 'string', kafka: ['client.rack'] },
  excludeInternalTopics: { kind: 'boolean', kafka: ['exclude.internal.topics'] },
  topics: { kind: 'any', code: true, convert: given => readTopics('Consumer', given) },
  keySerde: deserializerOption('Consumer', 'keySerde', 'key'),
  valueSerde: deserializerOption('Consumer', 'valueSerde', 'value'),
  onPoison: { kind: 'any', convert: given => readPoisonPolicy('Consumer', given) },
  onPartitionEnd: { kind: 'function' },
  onWarning: { kind: 'function' },
}

/** Reads options under either naming. Throws ConfigError. */
export function readConsumerOptions<K, V, T extends AnyTopic>(
  given: ConsumerOptions<K, V, T> | (Partial<ConsumerOptions<K, V, T>> & DottedOptions),
): ConsumerOptions<K, V, T> {
  return readOptions<ConsumerOptions<K, V, T>>('Consumer', consumerTable, given)
}

/** Fills in defaults and checks what contradicts. Throws ConfigError. */
export function resolveConsumerOptions(
  options: ConsumerOptions<unknown, unknown, AnyTopic>,
): ResolvedConsumerOptions {
  const { groupId, groupProtocol = 'classic' } = options
  refuseOfOtherProtocol(options, groupProtocol)
  const sessionTimeoutMs = options.sessionTimeoutMs ?? 45_000
  const heartbeatIntervalMs = options.heartbeatIntervalMs ?? Math.min(3_000, sessionTimeoutMs / 3)
  if (heartbeatIntervalMs >= sessionTimeoutMs) {
    throw new ConfigError(
      'Consumer: heartbeatIntervalMs must be less than sessionTimeoutMs; a third of it is usual',
    )
  }
  if (groupId === '')
    throw new ConfigError('Consumer: groupId is empty; leave it out to consume without a group')
  checkCommits(options)
  if (options.topics && (options.keySerde ?? options.valueSerde))
    throw new ConfigError('Consumer: topics have serdes of their own; leave out keySerde and valueSerde')
  const assignors = (options.assignors ?? ['cooperative-sticky']).map(readAssignor)
  if (assignors.length === 0) throw new ConfigError('Consumer: assignors is empty; name one, or leave it out')
  const { maxPollRecords = 500 } = options
  const atMostOnce = options.processingGuarantee === 'at_most_once'
  const { autoOffsetReset = 'latest', autoOffsetResetOf } = options
  return {
    groupId,
    groupProtocol,
    groupRemoteAssignor: options.groupRemoteAssignor ?? null,
    groupInstanceId: options.groupInstanceId ?? null,
    assignors,
    sessionTimeoutMs,
    heartbeatIntervalMs,
    maxPollIntervalMs: options.maxPollIntervalMs ?? 300_000,
    resetOf: autoOffsetResetOf ?? (() => autoOffsetReset),
    autoCommit: groupId !== undefined && (options.autoCommit ?? true),
    autoCommitIntervalMs: options.autoCommitIntervalMs ?? 5_000,
    atMostOnce,
    commitEvery: options.commitEveryRecords ?? (atMostOnce ? maxPollRecords : Number.POSITIVE_INFINITY),
    readCommitted: options.isolationLevel === 'read_committed',
    fetchMinBytes: options.fetchMinBytes ?? 1,
    fetchMaxWaitMs: options.fetchMaxWaitMs ?? 500,
    fetchMaxBytes: options.fetchMaxBytes ?? 52_428_800,
    partitionFetchMaxBytes: options.partitionFetchMaxBytes ?? 1_048_576,
    prefetchMaxBytes: options.prefetchMaxBytes ?? 67_108_864,
    maxPollRecords,
    checkCrcs: options.checkCrcs ?? true,
    decompressedMaxBytes: options.decompressedMaxBytes ?? 134_217_728,
    rack: options.rack ?? '',
    onPoison: options.onPoison ?? 'fail',
    excludeInternalTopics: options.excludeInternalTopics ?? true,
  }
}

/** What is committed by itself needs a group to commit it for, and automatic commits. */
function checkCommits(options: ConsumerOptions<unknown, unknown, AnyTopic>): void {
  const atMostOnce = options.processingGuarantee === 'at_most_once'
  if (options.groupId === undefined) {
    const needy = atMostOnce
      ? 'processingGuarantee "at_most_once"'
      : (['groupInstanceId', 'autoCommit', 'commitEveryRecords'] as const).find(name => options[name])
    if (needy) throw new ConfigError(`Consumer: ${needy} needs a groupId`)
  } else if (options.autoCommit === false && (atMostOnce || options.commitEveryRecords !== undefined)) {
    const what = atMostOnce ? 'processingGuarantee "at_most_once"' : 'commitEveryRecords'
    throw new ConfigError(
      `Consumer: ${what} commits by itself, and autoCommit is false: leave one of them out`,
    )
  }
}

/** What the other side decides by this protocol, as in Java: a value that has no effect would mislead. Throws ConfigError. */
function refuseOfOtherProtocol(
  options: ConsumerOptions<unknown, unknown, AnyTopic>,
  protocol: 'classic' | 'consumer',
): void {
  if (protocol === 'classic') {
    if (options.groupRemoteAssignor === undefined) return
    throw new ConfigError(
      'Consumer: groupRemoteAssignor names an assignor of the broker: it needs groupProtocol: "consumer"',
    )
  }
  const setting = (['assignors', 'sessionTimeoutMs', 'heartbeatIntervalMs'] as const).find(
    name => options[name] !== undefined,
  )
  if (setting === undefined) return
  throw new ConfigError(
    `Consumer: ${setting} cannot be set with groupProtocol: "consumer": ${ofTheBroker[setting]}`,
  )
}

const ofTheBroker = {
  assignors: 'the broker divides the partitions, by groupRemoteAssignor',
  sessionTimeoutMs:
    'the broker decides (group.consumer.session.timeout.ms, or consumer.session.timeout.ms of the group)',
  heartbeatIntervalMs:
    'the broker decides (group.consumer.heartbeat.interval.ms, or consumer.heartbeat.interval.ms of the group)',
} as const

/** Java takes it in any case. */
function readProtocol(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value
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
