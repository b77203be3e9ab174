// Writes records to topics: one at a time, many at once, or as fast as the event loop goes.
import { codecs, type RecordHeaderInit } from '@millrace/protocol'
import { abortSignal, entry, optional, patience } from '../config/arguments.ts'
import { abortable } from '../cluster/abort.ts'
import { Cluster } from '../cluster/cluster.ts'
import { clusterPart } from '../config/cluster-table.ts'
import { explainMissingMethods } from '../config/foreign-names.ts'
import type { DottedOptions } from '../config/option-table.ts'
import { ClosedError, StateError } from '../errors/index.ts'
import { tell } from '../events/tell.ts'
import { Accumulator } from './accumulator.ts'
import { Admission } from './admission.ts'
import { CloseWait } from './close-wait.ts'
import type { CallPart, Delivery } from './delivery.ts'
import {
  type ProducerOptions,
  type ResolvedProducerOptions,
  readProducerOptions,
  resolveProducerOptions,
} from './options.ts'
import { anyPartition, type PartitionerInput } from './partitioner.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { bytesOf, topicsOf } from './prepare-record.ts'
import { ProducerId } from './producer-id.ts'
import { RecordClock } from './record-clock.ts'
import { checkFields } from './record-fields.ts'
import { type PreparedRecord, RecordPreparer } from './record-preparer.ts'
import type { BatchMetadata, DeliveryReport, ProducerRecord, RecordMetadata } from './record.ts'
import { Sender } from './sender.ts'
import type { TopicQueues } from './topic-queues.ts'

/** Counters since the producer was made. */
export interface ProducerStatistics {
  /** Records that were taken, by `send` as well as by `enqueue`. */
  readonly recordsEnqueued: number
  /** Records that are in the log, as far as brokers have said so. */
  readonly recordsDelivered: number
  /** Records that were given up. */
  readonly recordsFailed: number
  /** Batches that are in the log. The parts of one that was divided count each. */
  readonly batchesDelivered: number
  /** Batches that were given up. The parts of one that was divided count each. */
  readonly batchesFailed: number
  /** Bytes of records that have no verdict at present. */
  readonly bufferedBytes: number
}

/** Options of `send`, `sendBatch` and `flush`. */
export interface SendOptions {
  /** Ends the wait. What was enqueued before is sent all the same; with a signal that has aborted already, nothing is. */
  readonly signal?: AbortSignal
}

/** Options of `close`. */
export interface CloseOptions {
  /**
   * Milliseconds to wait for records that have no verdict, whether brokers answer or not; then they fail with ClosedError. Default: as long
   * as brokers answer, and 5,000 without any answer.
   */
  readonly timeoutMs?: number
}

const checkClose = entry({ timeoutMs: optional(patience) })
const checkSignal = optional(abortSignal)
const checkSend = entry({ signal: checkSignal })

const noHeaders: readonly RecordHeaderInit[] = []
/** Full batches that wait behind those on the wire, as a multiple of them. */
const backlogRequests = 2

/**
 * A producer as Kafka's `KafkaProducer`: idempotent by default, records gathered in a batch for each partition.
 *
 * - `await send(record)`, `await send([…])`, `await sendBatch([…])` wait for the brokers' verdict and return offsets.
 * - `enqueue(record)` returns at once; false means that the record was not taken: `await ready()`, then enqueue it again.
 *
 * Records for one partition are written in the order of the calls.
 */
export class Producer<K = string | Uint8Array, V = string | Uint8Array> implements AsyncDisposable {
  /** The connections and the metadata that the producer uses: for requests of other kinds on the same connections. */
  readonly cluster: Cluster
  readonly #options: ResolvedProducerOptions
  readonly #preparer: RecordPreparer<K, V>
  readonly #onDelivery: ProducerOptions<K, V>['onDelivery']
  readonly #accumulator: Accumulator
  readonly #admission: Admission
  readonly #recordClock: RecordClock
  readonly #producerId: ProducerId | undefined
  readonly #sender: Sender
  /** Reused for each call of the partitioner. */
  readonly #input: { -readonly [Name in keyof PartitionerInput]: PartitionerInput[Name] } = {
    topic: '',
    key: null,
    value: null,
  }
  /** Failures of records that were enqueued without a listener: `flush` and `close` throw them. */
  #unheard: Error | undefined
  /** Sends whose records are not all in the accumulator. */
  readonly #entering = new Set<Promise<void>>()
  #callId = 0
  #recordsEnqueued = 0
  #recordsDelivered = 0
  #recordsFailed = 0
  #batchesDelivered = 0
  #batchesFailed = 0
  #closing: Promise<void> | undefined
  /** Why nothing can be sent any more, though nobody closed the producer. */
  #defect: Error | undefined

  /** Checks the options; connects on first use. Throws ConfigError. */
  constructor(given: ProducerOptions<K, V> | (Partial<ProducerOptions<K, V>> & DottedOptions)) {
    const options = readProducerOptions(given)
    this.#options = resolveProducerOptions(options)
    const { keySerde, valueSerde } = options
    this.#preparer = new RecordPreparer(keySerde, valueSerde, this.#options.maxRequestSize)
    this.#onDelivery = options.onDelivery
    this.cluster = new Cluster(clusterPart(options), this.#options.maxInFlight)
    this.#accumulator = new Accumulator({
      clock: this.cluster.clock,
      batchSize: this.#options.batchSize,
      batchSizeMax: this.#options.batchSizeMax,
      bufferMemory: this.#options.bufferMemory,
      backlogMaxBytes: backlogRequests * this.#options.maxInFlight * this.#options.batchSize,
      onOpen: queue => this.#sender.opened(queue),
      onFull: queue => this.#sender.full(queue),
      onRelease: () => this.#admission.onRoom(),
      onVerdict: (delivery, report) => this.#onVerdict(delivery, report),
    })
    this.#recordClock = new RecordClock(this.cluster.clock)
    this.#admission = new Admission(this.cluster, this.#accumulator, this.#options.deliveryTimeoutMs)
    this.#producerId = this.#options.idempotent
      ? new ProducerId(this.cluster, () => this.#onProducerId())
      : undefined
    this.#sender = new Sender({
      cluster: this.cluster,
      producer: this.#options,
      accumulator: this.#accumulator,
      producerId: this.#producerId,
      codec: codecs[this.#options.compression],
      onDefect: error => {
        this.#defect = error
        this.#admission.close(error)
      },
    })
  }

  /** Counters since the producer was made, as they are now. */
  get statistics(): ProducerStatistics {
    return {
      recordsEnqueued: this.#recordsEnqueued,
      recordsDelivered: this.#recordsDelivered,
      recordsFailed: this.#recordsFailed,
      batchesDelivered: this.#batchesDelivered,
      batchesFailed: this.#batchesFailed,
      bufferedBytes: this.#accumulator.bufferedBytes,
    }
  }

  /**
   * Takes a record without waiting, or returns false when there is no room, or the topic is not looked up yet: `await ready()` and
   * call again with the same record. The verdict goes to `onDelivery`; without one, `flush` and `close` throw the first failure.
   * Throws RecordTooLargeError, ClosedError, and what serdes and partitioner throw.
   */
  enqueue(record: ProducerRecord<K, V>): boolean {
    this.#throwIfUnusable()
    // Callers without types: no record at all is refused like one without a topic.
    const topic = this.#admission.admit((record as ProducerRecord<K, V> | undefined | null)?.topic as string)
    if (topic === undefined) return false
    const prepared = this.#preparer.prepare(record)
    this.#append(topic, prepared, record.timestamp ?? this.#recordClock.now(), record)
    return true
  }

  /** Resolves when `enqueue` has a chance again. Throws when the topic that it was refused for cannot be looked up. */
  async ready(signal?: AbortSignal): Promise<void> {
    checkSignal('ready: signal', signal)
    return abortable(this.#admission.ready(), signal)
  }

  /** Writes a record and waits until it is written. Throws KafkaError. */
  send(record: ProducerRecord<K, V>, options?: SendOptions): Promise<RecordMetadata>
  /**
   * Writes records, and waits until all are written. The result has one entry for each, in their order. Throws KafkaError. Records that
   * cannot be written as they are (a field, a size, a partition that there is not, what a serde throws) are found before any of the call is
   * written; what brokers refuse is refused batch by batch, and others of the call may be written.
   */
  send(records: readonly ProducerRecord<K, V>[], options?: SendOptions): Promise<RecordMetadata[]>
  send(
    input: ProducerRecord<K, V> | readonly ProducerRecord<K, V>[],
    options?: SendOptions,
  ): Promise<RecordMetadata | RecordMetadata[]> {
    const many = Array.isArray(input)
    // The caller may empty its list as soon as this returns, and they may have to wait for their topic or for room.
    const sent = this.#start('send', options, () =>
      this.#sendEach((many ? input.slice() : [input]) as ProducerRecord<K, V>[]),
    )
    return many ? sent : sent.then(([only]) => only!)
  }

  /**
   * Writes records and waits until all are written, as `send`, with a result for each batch instead of each record: the fastest way
   * to write and to know it. Throws KafkaError.
   */
  sendBatch(records: readonly ProducerRecord<K, V>[], options?: SendOptions): Promise<BatchMetadata[]> {
    // As in `send`: the list is the caller's. What is none is refused behind.
    return this.#start('sendBatch', options, () =>
      this.#sendBatch((Array.isArray(records) ? records.slice() : records) as ProducerRecord<K, V>[]),
    )
  }

  /**
   * Sends everything that was taken so far without waiting for batches to fill, and waits for the verdicts. Throws the first failure
   * among records that nobody waits for and no listener hears of.
   */
  async flush(options: SendOptions = {}): Promise<void> {
    checkSend('flush: options', options)
    this.#sender.beginFlush()
    try {
      // Sends that still wait for their topic or for room came before this call, too.
      await abortable(Promise.allSettled(this.#entering), options.signal)
      const open = [...this.#accumulator.incomplete].map(({ delivery }) => delivery.promise)
      await abortable(Promise.allSettled(open), options.signal)
    } finally {
      this.#sender.endFlush()
    }
    const unheard = this.#unheard
    this.#unheard = undefined
    if (unheard) throw unheard
  }

  /**
   * Flushes, then closes all connections. Records that brokers do not answer for in the time that `options` gives fail with ClosedError, for
   * who awaits them and in `onDelivery`: none is dropped without a word. Further calls fail with ClosedError. Throws as `flush`.
   *
   * @example
   * await producer.close({ timeoutMs: 30_000 }) // waits longer for brokers that are away
   */
  async close(options: CloseOptions = {}): Promise<void> {
    checkClose('close: options', options)
    this.#closing ??= this.#close(options.timeoutMs)
    return this.#closing
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(timeoutMs: number | undefined): Promise<void> {
    const wait = new CloseWait(this.cluster.clock, timeoutMs, {
      answeredAt: () => this.#sender.answeredAt,
      giveUp: waitedMs => {
        const { obstacle } = this.#sender
        const why = obstacle ? `: ${obstacle.message}` : ''
        this.#end(new ClosedError('the producer', `no answer for ${waitedMs} ms${why}`, { cause: obstacle }))
      },
    })
    try {
      await this.flush()
    } finally {
      wait.end()
      this.#end(new ClosedError('the producer'))
    }
  }

  #end(closed: ClosedError): void {
    this.#admission.close(closed)
    this.#sender.abort(closed)
    this.cluster.close()
  }

  /** Runs a call, unless its options are wrong or its signal has aborted, and stops waiting for it when that does. */
  #start<T>(call: string, options: SendOptions | undefined, run: () => Promise<T>): Promise<T> {
    if (options === undefined) return run()
    try {
      checkSend(`${call}: options`, options)
      options.signal?.throwIfAborted()
    } catch (error) {
      return Promise.reject(error as Error)
    }
    return abortable(run(), options.signal)
  }

  async #sendEach(records: ProducerRecord<K, V>[]): Promise<RecordMetadata[]> {
    const now = this.cluster.clock.now()
    const deliveries: Delivery[] = []
    const indexes: number[] = []
    await this.#appendAll(records, now, (delivery, index) => {
      deliveries.push(delivery)
      indexes.push(index)
    })
    for (const delivery of new Set(deliveries)) await delivery.promise
    return deliveries.map((delivery, position) =>
      delivery.recordMetadata(indexes[position]!, records[position]!.timestamp ?? now),
    )
  }

  async #sendBatch(records: ProducerRecord<K, V>[]): Promise<BatchMetadata[]> {
    const callId = ++this.#callId
    const parts: CallPart[] = []
    await this.#appendAll(records, this.cluster.clock.now(), (delivery, index) => {
      let part = delivery.lastCall
      if (part?.callId !== callId) {
        part = { delivery, callId, start: index, end: index }
        delivery.lastCall = part
        parts.push(part)
      }
      part.end = index + 1
    })
    const results: BatchMetadata[] = []
    for (const { delivery, start, end } of parts) {
      await delivery.promise
      results.push(...delivery.batchMetadata(start, end))
    }
    return results
  }

  /** Appends all records in order, as room allows, and tells where each went. */
  async #appendAll(
    given: ProducerRecord<K, V>[],
    now: number,
    place: (delivery: Delivery, index: number) => void,
  ): Promise<void> {
    this.#throwIfUnusable()
    const topics = topicsOf(given)
    const records = this.#preparer.prepareAll(given)
    let at = 0
    const entered = this.#admission.run(topics, () => {
      if (at === 0) this.#checkPartitions(records)
      for (; at < records.length; at++) {
        const record = records[at]!
        const topic = this.#admission.admitStep(record.topic)
        if (!topic) return false
        this.#append(topic, record, record.timestamp ?? now)
        const { delivery } = this.#accumulator.lastBatch!
        delivery.awaitedCount++
        place(delivery, this.#accumulator.lastIndex)
      }
      return true
    })
    this.#entering.add(entered)
    try {
      await entered
    } finally {
      this.#entering.delete(entered)
    }
  }

  /** What is named must be there before the first record is written. */
  #checkPartitions(records: readonly PreparedRecord[]): void {
    for (const { topic, partition = anyPartition } of records)
      if (partition !== anyPartition) this.#queue(this.#admission.awaited(topic), partition)
  }

  /** `given`: what was handed in, if nobody has looked at the names of its fields. */
  #append(topic: TopicQueues, record: PreparedRecord, timestamp: number, given?: object): void {
    // Looked at again: a call may have waited since, and what its caller did to the record must not spoil the batch.
    const key = bytesOf(record.key, topic.name)
    const value = bytesOf(record.value, topic.name)
    // What other clients write for "nowhere in particular".
    const wanted = record.partition ?? anyPartition
    let partition = wanted === anyPartition ? this.#partition(topic, key, value) : wanted
    const sticky = partition === anyPartition
    if (sticky) partition = topic.stickyPartition()
    const queue = this.#queue(topic, partition)
    // To look at all fields of every record would cost: those that open a batch stand for the others.
    if (given !== undefined && queue.open === undefined) checkFields(given)
    const size = this.#accumulator.append(queue, timestamp, key, value, record.headers ?? noHeaders)
    if (sticky) topic.countSticky(size, this.#options.batchSize)
    this.#recordsEnqueued++
  }

  /** Throws StateError for a partition that there is not. */
  #queue(topic: TopicQueues, partition: number): PartitionQueue {
    const queue = partition < topic.partitionCount ? topic.partitions[partition] : undefined
    if (queue) return queue
    // It may have been added since: whoever tries again is to be right.
    this.cluster.refreshMetadata([topic.name]).catch(() => {})
    throw new StateError(
      `there is no partition ${partition} of topic "${topic.name}": it has ${topic.partitionCount}`,
    )
  }

  #partition(topic: TopicQueues, key: string | Uint8Array | null, value: string | Uint8Array | null): number {
    const input = this.#input
    input.topic = topic.name
    input.key = key
    input.value = value
    return this.#options.partitioner(input, topic.partitionCount)
  }

  #onVerdict(delivery: Delivery, report: DeliveryReport): void {
    const { error, recordCount } = report
    if (error) {
      this.#batchesFailed++
      this.#recordsFailed += recordCount
    } else {
      this.#batchesDelivered++
      this.#recordsDelivered += recordCount
    }
    if (this.#onDelivery) {
      // Its trouble must not become that of the batch and of those that came in the same answer.
      tell(this.#onDelivery, report)
    } else if (error && delivery.awaitedCount < delivery.recordCount) {
      this.#unheard ??= error
    }
  }

  #throwIfUnusable(): void {
    if (this.#closing) throw new ClosedError('the producer')
    const error = this.#defect ?? this.#producerId?.error
    if (error) throw error
  }

  #onProducerId(): void {
    const error = this.#producerId?.error
    if (error) this.#sender.failAll(error)
    else this.#sender.drainAll()
  }
}

explainMissingMethods('Producer', Producer.prototype, {
  connect: 'it connects on first use; leave the call out',
  disconnect: 'call close()',
  on: 'give onEvent or logger as an option',
  transaction: 'transactions are not offered yet',
})
