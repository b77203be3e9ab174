// What a Producer needs to know, with its defaults.
import { type CompressionName, codecs } from '@millrace/protocol'
import { clusterTable } from '../config/cluster-table.ts'
import { type DottedOptions, type OptionTable, readOptions } from '../config/option-table.ts'
import type { ClusterOptions } from '../cluster/options.ts'
import { ConfigError } from '../errors/index.ts'
import type { Serde } from '../serde/serde.ts'
import { defaultPartitioner, type Partitioner, roundRobinPartitioner } from './partitioner.ts'
import type { DeliveryReport } from './record.ts'

/** When a broker answers: at once and not at all (0), when the leader has it (1), when all in-sync replicas have it (`all`). */
export type Acks = 0 | 1 | -1 | 'all'

/** Options of a producer. The names in brackets are Kafka's, which are accepted too. */
export interface ProducerOptions<K = string | Uint8Array, V = string | Uint8Array> extends ClusterOptions {
  /** Default `all`. Less than `all` turns `idempotence` off. */
  readonly acks?: Acks
  /** Whether retries are written once and in order (`enable.idempotence`). Default true; needs `acks: 'all'`. */
  readonly idempotence?: boolean
  /**
   * How long a record waits for others to share its batch (`linger.ms`). Left out, a batch leaves at once while nothing of ours is
   * on its way to that broker, and otherwise gathers until an answer comes or 5 ms are over: low latency when there is little to do,
   * large batches when there is much.
   */
  readonly lingerMs?: number
  /**
   * Size at which a batch is closed (`batch.size`), in bytes before compression. Default: full at 131,072, but while the broker is busy with
   * others a batch goes on to 500,000: fewer requests is what a busy broker needs.
   */
  readonly batchSize?: number
  /** Bytes of records that may wait in the producer (`buffer.memory`). Default 33,554,432. */
  readonly bufferMemory?: number
  /** Largest request, and so the largest record (`max.request.size`). Default 1,048,576. */
  readonly maxRequestSize?: number
  /** Requests on their way to one broker (`max.in.flight.requests.per.connection`). Default 5; at most 5 with idempotence. */
  readonly maxInFlight?: number
  /**
   * Time from taking a record to the verdict on it, retries included (`delivery.timeout.ms`). A `send` waits no longer than this for room
   * either, and for an unknown topic no longer than this or `apiTimeoutMs` (Java's `max.block.ms`). Default 120,000.
   */
  readonly deliveryTimeoutMs?: number
  /** How often a batch is sent again (`retries`). Default: until the delivery timeout. */
  readonly retries?: number
  /** Codec for batches (`compression.type`). Default `none`. */
  readonly compression?: CompressionName
  /** Level of the codec (`compression.<codec>.level`), for codecs that have levels. Default: the codec's. */
  readonly compressionLevel?: number
  /** Default: keys as Java hashes them, records without key stick to a partition for a batch. */
  readonly partitioner?: Partitioner | 'default' | 'round-robin'
  /** How keys become bytes (`key.serializer`). Default: text as UTF-8, and bytes as they are. */
  readonly keySerde?: Serde<K>
  /** How values become bytes (`value.serializer`). Default: text as UTF-8, and bytes as they are. */
  readonly valueSerde?: Serde<V>
  /** Called once for each batch with its outcome. Takes the place of errors from `flush` for records that nobody awaits. */
  readonly onDelivery?: (report: DeliveryReport) => void
}

export interface ResolvedProducerOptions {
  readonly acks: 0 | 1 | -1
  readonly idempotent: boolean
  /** Undefined: adaptive. */
  readonly lingerMs: number | undefined
  /** From here on a batch waits for nothing but its turn. */
  readonly batchSize: number
  /** Up to here a batch takes records while it waits for its turn. */
  readonly batchSizeMax: number
  readonly bufferMemory: number
  readonly maxRequestSize: number
  readonly maxInFlight: number
  readonly deliveryTimeoutMs: number
  readonly retries: number
  readonly compression: CompressionName
  readonly compressionLevel: number | undefined
  readonly partitioner: Partitioner
}

/** Brokers keep the last five batches of a producer to recognize duplicates. */
const idempotentInFlightMax = 5
const maxRequestSizeDefault = 1_048_576
/** Default `batchSize`: DESIGN.md has the measurement. */
const batchSizeDefault = 131_072
/** A batch of this size and its spare fit a buffer of half a MiB, and every broker's default limit. */
const batchSizeMaxDefault = 500_000

const producerTable: OptionTable = {
  ...clusterTable,
  acks: { kind: 'any', kafka: ['request.required.acks'], convert: readAcks },
  idempotence: { kind: 'boolean', kafka: ['enable.idempotence'] },
  lingerMs: { kind: 'duration', kafka: ['linger.ms', 'queue.buffering.max.ms'] },
  batchSize: { kind: 'int32', kafka: ['batch.size'], max: 2 ** 30 },
  bufferMemory: { kind: 'number', kafka: ['buffer.memory'], min: 1 },
  maxRequestSize: {
    kind: 'int32',
    kafka: ['max.request.size', 'message.max.bytes'],
    min: 1,
  },
  maxInFlight: {
    kind: 'int32',
    kafka: ['max.in.flight.requests.per.connection', 'max.in.flight'],
    min: 1,
    max: 1000,
  },
  deliveryTimeoutMs: { kind: 'duration', kafka: ['delivery.timeout.ms', 'message.timeout.ms'], min: 1 },
  retries: { kind: 'number', kafka: ['message.send.max.retries'] },
  compression: { kind: 'string', kafka: ['compression.type', 'compression.codec'] },
  compressionLevel: {
    kind: 'number',
    kafka: ['compression.level', 'compression.gzip.level', 'compression.lz4.level', 'compression.zstd.level'],
    min: -131_072,
  },
  partitioner: { kind: 'any' },
  keySerde: { kind: 'any' },
  valueSerde: { kind: 'any' },
  onDelivery: { kind: 'function' },
}

/** Reads options under either naming. Throws ConfigError. */
export function readProducerOptions<K, V>(
  given: ProducerOptions<K, V> | (Partial<ProducerOptions<K, V>> & DottedOptions),
): ProducerOptions<K, V> {
  return readOptions<ProducerOptions<K, V>>('Producer', producerTable, given)
}

/** Fills in defaults and checks what contradicts. Throws ConfigError. */
export function resolveProducerOptions<K, V>(options: ProducerOptions<K, V>): ResolvedProducerOptions {
  const acks = options.acks === 'all' || options.acks === undefined ? -1 : options.acks
  const idempotent = options.idempotence ?? acks === -1
  const maxInFlight = options.maxInFlight ?? 5
  const deliveryTimeoutMs = options.deliveryTimeoutMs ?? 120_000
  const compression = options.compression ?? 'none'
  if (idempotent && acks !== -1) {
    throw new ConfigError(`Producer: idempotence needs acks "all", not ${acks}; set one or the other`)
  }
  if (idempotent && maxInFlight > idempotentInFlightMax) {
    throw new ConfigError(
      `Producer: maxInFlight ${maxInFlight} is more than the ${idempotentInFlightMax} that idempotence allows`,
    )
  }
  if (idempotent && options.retries === 0) throw new ConfigError('Producer: idempotence needs retries')
  if (deliveryTimeoutMs <= (options.lingerMs ?? 0)) {
    throw new ConfigError(
      'Producer: deliveryTimeoutMs must be more than lingerMs, or every batch expires before it is sent',
    )
  }
  checkCompression(compression, options.compressionLevel)
  return {
    acks,
    idempotent,
    lingerMs: options.lingerMs,
    batchSize: options.batchSize ?? batchSizeDefault,
    batchSizeMax:
      options.batchSize ?? Math.min(batchSizeMaxDefault, options.maxRequestSize ?? maxRequestSizeDefault),
    bufferMemory: options.bufferMemory ?? 33_554_432,
    maxRequestSize: options.maxRequestSize ?? maxRequestSizeDefault,
    maxInFlight,
    deliveryTimeoutMs,
    retries: options.retries ?? Number.POSITIVE_INFINITY,
    compression,
    compressionLevel: options.compressionLevel,
    partitioner: readPartitioner(options.partitioner),
  }
}

function checkCompression(name: CompressionName, level: number | undefined): void {
  if (!Object.hasOwn(codecs, name)) throw new ConfigError(`Producer: there is no compression "${name}"`)
  const { levels } = codecs[name]
  if (level === undefined || levels === undefined) return
  if (Number.isInteger(level) && level >= levels.min && level <= levels.max) return
  throw new ConfigError(
    `Producer: compressionLevel ${level} is none of ${name}; its levels are ${levels.min} to ${levels.max}`,
  )
}

function readAcks(value: unknown): Acks {
  switch (value) {
    case 'all':
    case '-1':
    case -1:
      return -1
    case '0':
    case 0:
      return 0
    case '1':
    case 1:
      return 1
    default:
      throw new ConfigError(`Producer: acks is ${String(value)}; it is 0, 1 or "all"`)
  }
}

function readPartitioner(choice: Partitioner | 'default' | 'round-robin' = 'default'): Partitioner {
  if (typeof choice === 'function') return choice
  if (choice === 'default') return defaultPartitioner
  if (choice === 'round-robin') return roundRobinPartitioner()
  throw new ConfigError(`Producer: there is no partitioner "${String(choice)}"; give a function`)
}
