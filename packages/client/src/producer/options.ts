// What a Producer needs to know, with its defaults.
import type { CompressionName } from '@millrace/protocol'
import { clusterTable } from '../config/cluster-table.ts'
import type { OptionTable } from '../config/option-entry.ts'
import { type DottedOptions, readOptions } from '../config/option-table.ts'
import type { ClusterOptions } from '../cluster/options.ts'
import { kibibytes, simpleClassName, zeroIsForever } from '../config/property-values.ts'
import { serializerOption } from '../config/serde-option.ts'
import { ConfigError } from '../errors/index.ts'
import type { AnySerializer } from '../serde/serde.ts'
import { defaultPartitioner } from './partitioners/by-key.ts'
import { namedPartitioner, type PartitionerName } from './partitioners/named.ts'
import type { Partitioner } from './partitioners/partitioner.ts'
import type { DeliveryReport, RecordDeliveryReport } from './record.ts'
import type { TransactionsConfig } from './transactions/transactions.ts'
import { type Acks, checkCompression, writeTable } from './write-options.ts'

/** Options of `flush`. */
export interface FlushOptions {
  /** Ends the wait. What was enqueued before is sent all the same. */
  readonly signal?: AbortSignal
}

/** Options of `send` and `sendBatch`. */
export interface SendOptions {
  /** Ends the wait. What was enqueued before is sent all the same; with a signal that has aborted already, nothing is. Default: nothing ends it. */
  readonly signal?: AbortSignal
  /** Codec for the records of this call, which come into batches with that codec. Default: the producer's `compression`. */
  readonly compression?: CompressionName
}

/** Options of `close`. */
export interface CloseOptions {
  /**
   * Milliseconds to wait for records that have no verdict, whether brokers answer or not; then they fail with ClosedError. Default: as long
   * as brokers answer, and 5,000 without any answer.
   */
  readonly timeoutMs?: number
}

/** Options of a producer. The names in brackets are Kafka's, which are accepted too. */
export interface ProducerOptions<K = string | Uint8Array, V = string | Uint8Array> extends ClusterOptions {
  /** Default `all`. Less than `all` turns `idempotence` off. */
  readonly acks?: Acks
  /** Whether retries are written once and in order (`enable.idempotence`). Default true; needs `acks: 'all'`. */
  readonly idempotence?: boolean
  /**
   * Makes the producer write in transactions only (`transactional.id`), and fences every other producer with this id: each one that runs at
   * the same time needs its own. Implies `idempotence`. Default: none.
   */
  readonly transactionalId?: string
  /**
   * How long a transaction may be open before the coordinator aborts it (`transaction.timeout.ms`), in ms. Brokers allow
   * `transaction.max.timeout.ms`, 900,000 by default. Default 60,000.
   */
  readonly transactionTimeoutMs?: number
  /**
   * How long a record waits for others to share its batch, in ms (`linger.ms`). By default a batch leaves at once while nothing of ours is
   * on its way to that broker, and otherwise gathers until an answer comes or 5 ms are over: low latency when there is little to do,
   * large batches when there is much.
   */
  readonly lingerMs?: number
  /**
   * Size at which a batch is closed (`batch.size`), in bytes before compression. Default: full at 131,072, but while the broker is busy with
   * others a batch goes on to 1,000,000: fewer requests is what a busy broker needs.
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
  /**
   * Where records go that name no partition (`partitioner.class`, librdkafka's `partitioner`): a name, or a function. Default `default`: keys as Java hashes
   * them, records without key stick to a partition for a batch.
   */
  readonly partitioner?: Partitioner | PartitionerName
  /**
   * How keys become bytes (`key.serializer`), for records whose topic is a name; a topic with types brings its own. Default: text as UTF-8, and
   * bytes as they are.
   */
  readonly keySerde?: AnySerializer<K>
  /** How values become bytes (`value.serializer`), likewise. Default: text as UTF-8, and bytes as they are. */
  readonly valueSerde?: AnySerializer<V>
  /**
   * Called once for each batch with its outcome: the cheap way to know. Takes the place of errors from `flush` for records that nobody awaits. What it throws is a
   * warning of the process.
   */
  readonly onDelivery?: (report: DeliveryReport) => void
  /**
   * Called once for each record with its outcome (librdkafka's `dr_msg_cb`), those of a batch in their order, whichever call took it. A call that throws, or rejects before any of its records was taken,
   * has told all there is to tell. Takes the place of errors from `flush` as `onDelivery` does. Records are kept until then: without this option they are free as soon as they are in their batch. What
   * it throws is a warning of the process.
   */
  readonly onRecordDelivery?: (report: RecordDeliveryReport) => void
  /** Whether `onDelivery` and `onRecordDelivery` hear of failures only (`delivery.report.only.error`). Default false. */
  readonly reportErrorsOnly?: boolean
}

export interface ResolvedProducerOptions {
  readonly acks: 0 | 1 | -1
  readonly idempotent: boolean
  /** Undefined: no transactions. */
  readonly transactions: TransactionsConfig | undefined
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
const transactionTimeoutDefaultMs = 60_000
export const maxRequestSizeDefault = 1_048_576
/** Default `batchSize`: DESIGN.md has the measurement. */
const batchSizeDefault = 131_072
/** A batch of this size and its spare fit a buffer of a MiB, and every broker's default limit. */
const batchSizeMaxDefault = 1_000_000

export const producerTable: OptionTable = {
  ...clusterTable,
  ...writeTable('Producer'),
  idempotence: { kind: 'boolean', kafka: ['enable.idempotence'] },
  transactionalId: { kind: 'string', kafka: ['transactional.id'] },
  transactionTimeoutMs: { kind: 'int32', kafka: ['transaction.timeout.ms'], min: 1 },
  lingerMs: { kind: 'duration', kafka: ['linger.ms', 'queue.buffering.max.ms'] },
  batchSize: { kind: 'int32', kafka: ['batch.size'], max: 2 ** 30 },
  bufferMemory: {
    kind: 'number',
    kafka: ['buffer.memory'],
    converted: { 'queue.buffering.max.kbytes': kibibytes },
    min: 1,
  },
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
  deliveryTimeoutMs: {
    kind: 'duration',
    converted: { 'delivery.timeout.ms': zeroIsForever, 'message.timeout.ms': zeroIsForever },
    min: 1,
  },
  retries: { kind: 'number', kafka: ['message.send.max.retries'] },
  partitioner: {
    kind: 'any',
    converted: { 'partitioner.class': readPartitionerClass },
  },
  keySerde: serializerOption('Producer', 'keySerde', 'key'),
  valueSerde: serializerOption('Producer', 'valueSerde', 'value'),
  onDelivery: { kind: 'function' },
  onRecordDelivery: { kind: 'function' },
  reportErrorsOnly: { kind: 'boolean', kafka: ['delivery.report.only.error'] },
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
  checkTransactional(options, acks)
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
  checkCompression('Producer', compression, options.compressionLevel)
  return {
    acks,
    idempotent,
    transactions:
      options.transactionalId === undefined
        ? undefined
        : {
            transactionalId: options.transactionalId,
            timeoutMs: options.transactionTimeoutMs ?? transactionTimeoutDefaultMs,
          },
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

/** Transactions stand on idempotence: whoever turns that off, or what it needs, must hear so by the names that were written. */
function checkTransactional<K, V>(options: ProducerOptions<K, V>, acks: 0 | 1 | -1): void {
  const { transactionalId, idempotence } = options
  if (transactionalId === undefined) return
  if (transactionalId === '')
    throw new ConfigError('Producer: transactionalId is empty; leave it out to write without transactions')
  if (idempotence === false)
    throw new ConfigError('Producer: transactionalId needs idempotence; leave "idempotence: false" out')
  if (acks !== -1) throw new ConfigError(`Producer: transactionalId needs acks "all", not ${acks}`)
}

/** Java's names of classes; none is the default there, too. */
function readPartitionerClass(value: unknown): unknown {
  const name = simpleClassName(value)
  if (name === '' || name === 'null') return undefined
  if (name === 'UniformStickyPartitioner') return 'uniform-sticky'
  return name === 'RoundRobinPartitioner' ? 'round-robin' : name
}

function readPartitioner(choice: Partitioner | PartitionerName | undefined): Partitioner {
  if (typeof choice === 'function') return choice
  return choice === undefined ? defaultPartitioner : namedPartitioner(String(choice))
}
