// What a ShareConsumer needs to know, with its defaults.
import type { ClusterOptions } from '../cluster/options.ts'
import { clusterTable } from '../config/cluster-table.ts'
import type { OptionTable } from '../config/option-entry.ts'
import { type DottedOptions, readOptions } from '../config/option-table.ts'
import { deserializerOption } from '../config/serde-option.ts'
import { readTopics } from '../consumer/declared-topics.ts'
import { type PoisonPolicy, readPoisonPolicy } from '../consumer/poison.ts'
import { ConfigError } from '../errors/index.ts'
import type { AnyDeserializer } from '../serde/serde.ts'
import type { AnyTopic, PlainTopic } from '../topic/topic.ts'
import type { AcknowledgeType } from './acknowledgements.ts'

/** What became of acknowledgements of one partition. */
export interface AcknowledgeOutcome {
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition. */
  readonly partition: number
  /** What was said of which record, in the order of offsets. */
  readonly acknowledged: readonly { readonly offset: number; readonly type: AcknowledgeType }[]
  /** Why the broker did not take it: the records are delivered again when their locks run out, if they have not been already. */
  readonly error?: Error
}

/** Options of a share consumer. The names in brackets are Kafka's, which are accepted too. */
export interface ShareConsumerOptions<K = Buffer, V = Buffer, T extends AnyTopic = PlainTopic<K, V>>
  extends ClusterOptions {
  /** Share group to join (`group.id`). */
  readonly groupId: string
  /**
   * Who says that a record is processed (`share.acknowledgement.mode`). `implicit`: asking for the next one, as with a Consumer. `explicit`:
   * {@link ShareConsumer.acknowledge} for each record, before more are asked for. Default `implicit`.
   */
  readonly acknowledgementMode?: 'implicit' | 'explicit'
  /**
   * How a broker counts `maxPollRecords` (`share.acquire.mode`, KIP-1206, Apache Kafka 4.2 and later). `batch_optimized`: whole batches, which may be
   * more. `record_limit`: no record more, from one broker at a time. Default `batch_optimized`.
   */
  readonly acquireMode?: 'batch_optimized' | 'record_limit'
  /** Records to acquire at a time, and the most that one `poll` returns (`max.poll.records`). Their locks begin to run at once. Default 500. */
  readonly maxPollRecords?: number
  /** How long the user may work on what was handed out, in ms (`max.poll.interval.ms`): after that the member leaves the group. Default 300,000. */
  readonly maxPollIntervalMs?: number
  /** Bytes worth an answer (`fetch.min.bytes`). Default 1. */
  readonly fetchMinBytes?: number
  /** How long a broker waits for that many bytes, in ms (`fetch.max.wait.ms`). Default 500. */
  readonly fetchMaxWaitMs?: number
  /** Most bytes of one fetch (`fetch.max.bytes`). Default 52,428,800. */
  readonly fetchMaxBytes?: number
  /** Whether the checksum of each batch is verified (`check.crcs`). Default true. */
  readonly checkCrcs?: boolean
  /** Most that one batch may become when it is decompressed. Default 134,217,728. */
  readonly decompressedMaxBytes?: number
  /** Where this consumer is (`client.rack`). Default: unknown. */
  readonly rack?: string
  /**
   * The topics that this consumer is for, made by `topic(…)`: records are of their types, those of several told apart by `record.topic`, and other topics are refused. `subscribe()` without
   * names takes all of them. Default: any topic, all of one type.
   */
  readonly topics?: readonly T[]
  /**
   * What makes keys of bytes (`key.deserializer`), where there are no `topics`; when they are read, or before they are handed out if it may have to wait. Default: Buffers that share memory with the
   * fetched batch.
   */
  readonly keySerde?: AnyDeserializer<K>
  /** The same for values (`value.deserializer`). A null value, a tombstone, never reaches it. Default: Buffers, likewise. */
  readonly valueSerde?: AnyDeserializer<V>
  /**
   * What becomes of records of which a serde refuses a part. `skip`: they are rejected, so that nobody gets them again, counted (`poisonedRecords`) and told of (event `record.poisoned`). A function: it is called with each, may send it
   * elsewhere, and the record is rejected when it has returned; what it throws is thrown where records are asked for, and it is called again while the record's lock holds. Both decode records before they are
   * handed out. `fail`: a DeserializationError is thrown, with serdes that answer at once where key or value is read, with others where records are asked for; then the record is released with the next request for records, unless
   * something else is said of it: `acknowledge(error, 'reject')`. Default `fail`. An error with `retriable: true` is no poison: it is thrown, and the record is tried again while its lock holds.
   */
  readonly onPoison?: PoisonPolicy
  /** Called with what became of acknowledgements (`AcknowledgementCommitCallback`), those of `commit` included. Default: failures go to `onWarning`. */
  readonly onAcknowledged?: (outcomes: readonly AcknowledgeOutcome[]) => void
  /** Called with what goes wrong in the background and no call throws. Default: a process warning. */
  readonly onWarning?: (error: Error) => void
}

export interface ResolvedShareOptions {
  readonly groupId: string
  readonly explicit: boolean
  readonly recordLimit: boolean
  readonly maxPollRecords: number
  readonly maxPollIntervalMs: number
  readonly fetchMinBytes: number
  readonly fetchMaxWaitMs: number
  readonly fetchMaxBytes: number
  readonly checkCrcs: boolean
  readonly decompressedMaxBytes: number
  readonly rack: string
  readonly onPoison: PoisonPolicy
}

const shareTable: OptionTable = {
  ...clusterTable,
  groupId: { kind: 'string', kafka: ['group.id'] },
  acknowledgementMode: {
    kind: 'string',
    kafka: ['share.acknowledgement.mode'],
    values: ['implicit', 'explicit'],
  },
  acquireMode: {
    kind: 'string',
    kafka: ['share.acquire.mode'],
    values: ['batch_optimized', 'record_limit'],
  },
  maxPollRecords: { kind: 'int32', kafka: ['max.poll.records'], min: 1 },
  maxPollIntervalMs: { kind: 'int32', kafka: ['max.poll.interval.ms'], min: 1 },
  fetchMinBytes: { kind: 'int32', kafka: ['fetch.min.bytes'] },
  fetchMaxWaitMs: { kind: 'int32', kafka: ['fetch.max.wait.ms'] },
  fetchMaxBytes: { kind: 'int32', kafka: ['fetch.max.bytes'], min: 1 },
  checkCrcs: { kind: 'boolean', kafka: ['check.crcs'] },
  decompressedMaxBytes: { kind: 'number', min: 1 },
  rack: { kind: 'string', kafka: ['client.rack'] },
  topics: { kind: 'any', code: true, convert: given => readTopics('ShareConsumer', given) },
  keySerde: deserializerOption('ShareConsumer', 'keySerde', 'key'),
  valueSerde: deserializerOption('ShareConsumer', 'valueSerde', 'value'),
  onPoison: { kind: 'any', convert: given => readPoisonPolicy('ShareConsumer', given) },
  onAcknowledged: { kind: 'function' },
  onWarning: { kind: 'function' },
}

/** What a share group decides for all its members, on the broker: Java refuses it as well. */
const ofTheGroup: Readonly<Record<string, string>> = {
  autoOffsetReset: 'share.auto.offset.reset',
  'auto.offset.reset': 'share.auto.offset.reset',
  isolationLevel: 'share.isolation.level',
  'isolation.level': 'share.isolation.level',
  sessionTimeoutMs: 'share.session.timeout.ms',
  'session.timeout.ms': 'share.session.timeout.ms',
  heartbeatIntervalMs: 'share.heartbeat.interval.ms',
  'heartbeat.interval.ms': 'share.heartbeat.interval.ms',
}

/** What there is no use for where nobody owns partitions or commits offsets. */
const withoutUse: readonly string[] = [
  'autoCommit',
  'enable.auto.commit',
  'groupInstanceId',
  'group.instance.id',
  'assignors',
  'partition.assignment.strategy',
  'groupProtocol',
  'group.protocol',
  'groupRemoteAssignor',
  'group.remote.assignor',
]

/** Reads options under either naming. Throws ConfigError. */
export function readShareOptions<K, V, T extends AnyTopic>(
  given: ShareConsumerOptions<K, V, T> | (Partial<ShareConsumerOptions<K, V, T>> & DottedOptions),
): ShareConsumerOptions<K, V, T> {
  for (const name of Object.keys(given ?? {})) {
    const setting = ofTheGroup[name]
    if (setting !== undefined)
      throw new ConfigError(
        `ShareConsumer: ${name} is the group's, not the member's: set ${setting} of the group (alterConfigs, type "group")`,
      )
    if (withoutUse.includes(name))
      throw new ConfigError(
        `ShareConsumer: ${name} has no meaning in a share group, where members share every partition`,
      )
  }
  return readOptions<ShareConsumerOptions<K, V, T>>('ShareConsumer', shareTable, given)
}

/** Fills in defaults. Throws ConfigError. */
export function resolveShareOptions(
  options: ShareConsumerOptions<unknown, unknown, AnyTopic>,
): ResolvedShareOptions {
  // Without types, it may be missing.
  if (!options.groupId) throw new ConfigError('ShareConsumer: groupId is missing: name the share group')
  if (options.topics && (options.keySerde ?? options.valueSerde))
    throw new ConfigError('ShareConsumer: topics have serdes of their own; leave out keySerde and valueSerde')
  return {
    groupId: options.groupId,
    explicit: options.acknowledgementMode === 'explicit',
    recordLimit: options.acquireMode === 'record_limit',
    maxPollRecords: options.maxPollRecords ?? 500,
    maxPollIntervalMs: options.maxPollIntervalMs ?? 300_000,
    fetchMinBytes: options.fetchMinBytes ?? 1,
    fetchMaxWaitMs: options.fetchMaxWaitMs ?? 500,
    fetchMaxBytes: options.fetchMaxBytes ?? 52_428_800,
    checkCrcs: options.checkCrcs ?? true,
    decompressedMaxBytes: options.decompressedMaxBytes ?? 134_217_728,
    rack: options.rack ?? '',
    onPoison: options.onPoison ?? 'fail',
  }
}
