// Takes records: has them prepared, waits for their turn, their topic and room, and appends them to the batch of their partition.
import type { Codec, RecordHeaderInit } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { StateError } from '../errors/index.ts'
import { isThenable } from '../serde/thenable.ts'
import { type AnyTopic, topicName } from '../topic/topic.ts'
import type { Accumulator } from './accumulator.ts'
import { Admission } from './admission.ts'
import { CallTurns } from './call-turns.ts'
import type { Delivery } from './delivery.ts'
import type { DeliveryListeners } from './delivery-listeners.ts'
import type { ResolvedProducerOptions } from './options.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { anyPartition, type PartitionerInput } from './partitioners/partitioner.ts'
import { bytesOf, topicsOf } from './prepare-record.ts'
import { RecordClock } from './record-clock.ts'
import { checkFields } from './record-fields.ts'
import { RecordHooks } from './record-hooks.ts'
import type { PreparedRecord, RecordPreparer } from './record-preparer.ts'
import type { AnyRecord } from './record.ts'
import type { TopicQueues } from './topic-queues.ts'
import type { OpenTransaction } from './transactions/transaction-state.ts'

/** What holds for all records of a call. */
interface Call {
  /** The time of records that have none. */
  readonly now: number
  /** Hears where each record went: its batch, and which of the batch it is. */
  readonly place: (delivery: Delivery, index: number) => void
  /** What their batches are compressed with; undefined: what the producer has. */
  readonly codec: Codec | undefined
  /** The records as they were handed in, where somebody wants to hear of each. */
  readonly originals?: readonly AnyRecord[]
}

export interface IntakeHost {
  /** The transaction that the records of a call belong to, if there are transactions. Throws where records cannot be taken. */
  begin(call: 'enqueue' | 'send'): OpenTransaction | undefined
  /** A record that was enqueued never came into a batch. */
  onUnsent(topic: string, record: AnyRecord, error: Error): void
  /** A record that the open transaction was to have never came into a batch: its sender may not wait to hear of it. */
  onLeftOut(error: Error): void
  readonly listeners: DeliveryListeners
}

const noHeaders: readonly RecordHeaderInit[] = []
const unplaced = () => {}

export class Intake {
  readonly #cluster: Cluster
  readonly #options: ResolvedProducerOptions
  readonly #accumulator: Accumulator
  readonly #preparer: RecordPreparer
  readonly #host: IntakeHost
  readonly #admission: Admission
  readonly #recordClock: RecordClock
  /** Undefined where no hook wants to see records. */
  readonly #hooks: RecordHooks | undefined
  /** Undefined where nobody wants to hear of each record. */
  readonly #listeners: DeliveryListeners | undefined
  /** Where records wait for their serdes. */
  readonly #turns: CallTurns
  /** Reused for each call of the partitioner. */
  readonly #input: { -readonly [Name in keyof PartitionerInput]: PartitionerInput[Name] } = {
    topic: '',
    key: null,
    value: null,
    headers: [],
  }
  /** Calls whose records are not all in the accumulator. */
  readonly #entering = new Set<Promise<void>>()
  /** Records that were taken. */
  recordCount = 0

  constructor(
    cluster: Cluster,
    options: ResolvedProducerOptions,
    accumulator: Accumulator,
    preparer: RecordPreparer,
    host: IntakeHost,
  ) {
    this.#cluster = cluster
    this.#options = options
    this.#accumulator = accumulator
    this.#preparer = preparer
    this.#host = host
    this.#admission = new Admission(cluster, accumulator, options.deliveryTimeoutMs)
    this.#hooks = cluster.hooks.seesRecords ? new RecordHooks(cluster.hooks) : undefined
    this.#listeners = host.listeners.keepsRecords ? host.listeners : undefined
    this.#turns = new CallTurns(cluster.clock, options.deliveryTimeoutMs)
    this.#recordClock = new RecordClock(cluster.clock)
  }

  /** Takes a record at once; false when its topic is not known or there is no room. Throws what is wrong with it. */
  enqueue(record: AnyRecord): boolean {
    const transaction = this.#host.begin('enqueue')
    // Callers without types: no record at all is refused like one without a topic.
    const given = (record as AnyRecord | undefined | null)?.topic as string | AnyTopic
    const topic = this.#admission.admit(topicName(given))
    if (topic === undefined) return false
    const mayWait = this.#preparer.mayWait(given) || !this.#turns.isIdle
    if (mayWait && this.#turns.isFull) return false
    if (this.#hooks) this.#enqueueShown(topic, record, transaction, mayWait, this.#hooks)
    else if (mayWait) this.#enqueueInTurn(topic, record, record, transaction)
    else this.#enqueueNow(topic, record, record)
    return true
  }

  /** `given`: what was handed in, which hooks may have made `record` of. */
  #enqueueNow(topic: TopicQueues, record: AnyRecord, given: AnyRecord): void {
    const prepared = this.#preparer.prepare(record)
    this.#append(topic, prepared, record.timestamp ?? this.#recordClock.now(), given)
  }

  #enqueueShown(
    topic: TopicQueues,
    given: AnyRecord,
    transaction: OpenTransaction | undefined,
    mayWait: boolean,
    hooks: RecordHooks,
  ): void {
    const shown = hooks.show(given)
    try {
      if (mayWait) this.#enqueueInTurn(topic, shown, given, transaction)
      else this.#enqueueNow(topic, shown, given)
    } catch (error) {
      hooks.refused([shown], error as Error)
      throw error
    }
  }

  /** Takes all records of a call, in their order, as room allows: undefined where all were taken at once. Throws, and rejects. */
  takeAll(given: AnyRecord[], asked: Call): Promise<void> | undefined {
    const transaction = this.#host.begin('send')
    try {
      const topics = topicsOf(given)
      // Records are prepared in their list: who wants to hear of them needs them as they were handed in.
      const call = this.#listeners ? { ...asked, originals: given.slice() } : asked
      return this.#hooks
        ? this.#takeShown(topics, given, transaction, call, this.#hooks)
        : this.#takeEach(topics, given, transaction, call)
    } catch (error) {
      this.#leftOut(transaction, error as Error)
      throw error
    }
  }

  /** Sends need not be awaited in a transaction: it must not be committed without what failed. */
  #leftOut(transaction: OpenTransaction | undefined, error: Error): void {
    if (transaction && !transaction.ended) this.#host.onLeftOut(error)
  }

  async #takeShown(
    topics: readonly (string | AnyTopic)[],
    given: readonly AnyRecord[],
    transaction: OpenTransaction | undefined,
    call: Call,
    hooks: RecordHooks,
  ): Promise<void> {
    const shown: AnyRecord[] = []
    try {
      for (const record of given) shown.push(hooks.show(record))
      await this.#takeEach(topics, shown.slice(), transaction, call)
    } catch (error) {
      this.#leftOut(transaction, error as Error)
      hooks.refused(shown, error as Error)
      throw error
    }
  }

  #takeEach(
    topics: readonly (string | AnyTopic)[],
    given: AnyRecord[],
    transaction: OpenTransaction | undefined,
    call: Call,
  ): Promise<void> | undefined {
    const names = topics.length === 1 ? [topicName(topics[0]!)] : [...new Set(topics.map(topicName))]
    const mayWait = !this.#turns.isIdle || topics.some(topic => this.#preparer.mayWait(topic))
    const entered = mayWait
      ? this.#turns.take(names, this.#preparer.prepareAllLater(given), records =>
          this.#enter(names, records, transaction, call),
        )
      : this.#enter(names, this.#preparer.prepareAll(given), transaction, call)
    return entered && this.#track(entered, transaction)
  }

  /** Resolves when {@link enqueue} has a chance again. Throws when a topic cannot be looked up. */
  async ready(): Promise<void> {
    await this.#turns.room()
    return this.#admission.ready()
  }

  /** Resolves when all that was taken so far is in the accumulator, or has failed. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#entering)
  }

  /** Bytes became free. */
  onRoom(): void {
    this.#admission.onRoom()
  }

  /** Whoever waits is told why there is no use. */
  close(error: Error): void {
    this.#turns.close(error)
    this.#admission.close(error)
  }

  /** A flush waits for records that are on their way into the accumulator, and a commit hears of those that did not come there. */
  async #track(entered: Promise<void>, transaction: OpenTransaction | undefined): Promise<void> {
    const heard = transaction
      ? entered.catch((error: unknown) => {
          this.#leftOut(transaction, error as Error)
          throw error
        })
      : entered
    this.#entering.add(heard)
    try {
      await heard
    } finally {
      this.#entering.delete(heard)
    }
  }

  #enter(
    topics: readonly string[],
    records: readonly PreparedRecord[],
    transaction: OpenTransaction | undefined,
    { now, place, codec, originals }: Call,
  ): Promise<void> | undefined {
    let at = 0
    const enter = () =>
      this.#admission.run(topics, () => {
        // What waited for its serdes, its topic or for room may have outlived its transaction.
        if (transaction?.ended) throw transaction.ended
        if (at === 0) this.#checkPartitions(records)
        for (; at < records.length; at++) {
          const record = records[at]!
          const topic = this.#admission.admitStep(record.topic)
          if (!topic) return false
          this.#append(topic, record, record.timestamp ?? now, originals?.[at], codec)
          place(this.#accumulator.lastBatch!.delivery, this.#accumulator.lastIndex)
        }
        return true
      })
    const listeners = this.#listeners
    if (!listeners || !originals) return enter()
    const heard = async () => {
      try {
        await enter()
      } catch (error) {
        // Who is thrown the error cannot tell which records of the call are on their way.
        if (at > 0) listeners.leftOut(originals.slice(at), error as Error)
        throw error
      }
    }
    return heard()
  }

  /** Takes a record whose serdes may have to wait, or that came behind one: it goes in when its turn has come. */
  #enqueueInTurn(
    topic: TopicQueues,
    record: AnyRecord,
    given: AnyRecord,
    transaction: OpenTransaction | undefined,
  ): void {
    const now = record.timestamp ?? this.#recordClock.now()
    const prepared = this.#preparer.prepareLater(record)
    if (!isThenable(prepared) && this.#turns.isFree(topic.name)) {
      this.#append(topic, prepared, now, given)
      return
    }
    checkFields(record)
    const call = { now, place: unplaced, codec: undefined, originals: [given] }
    const entered = this.#turns.take([topic.name], Promise.resolve(prepared), ready =>
      this.#enter([topic.name], [ready], transaction, call),
    )
    this.#track(entered, transaction).catch((error: unknown) => {
      this.#hooks?.refused([record], error as Error)
      this.#host.onUnsent(topic.name, given, error as Error)
    })
  }

  /** What is named must be there before the first record is written. */
  #checkPartitions(records: readonly PreparedRecord[]): void {
    for (const { topic, partition = anyPartition } of records)
      if (partition !== anyPartition) this.#queue(this.#admission.awaited(topic), partition)
  }

  /** `given`: what was handed in, if nobody has looked at the names of its fields, or somebody wants to hear of it. `codec`: where it is not the producer's. */
  #append(
    topic: TopicQueues,
    record: PreparedRecord,
    timestamp: number,
    given?: AnyRecord,
    codec?: Codec,
  ): void {
    // Looked at again: a call may have waited since, and what its caller did to the record must not spoil the batch.
    const key = bytesOf(record.key, topic.name)
    const value = bytesOf(record.value, topic.name)
    // What other clients write for "nowhere in particular".
    const wanted = record.partition ?? anyPartition
    const headers = record.headers ?? noHeaders
    let partition = wanted === anyPartition ? this.#partition(topic, key, value, headers) : wanted
    const sticky = partition === anyPartition
    if (sticky) partition = topic.stickyPartition()
    const queue = this.#queue(topic, partition)
    // To look at all fields of every record would cost: those that open a batch stand for the others.
    if (given !== undefined && queue.open === undefined) checkFields(given)
    queue.closeUnlessFor(codec)
    const size = this.#accumulator.append(queue, timestamp, key, value, headers)
    if (codec !== undefined) this.#accumulator.lastBatch!.codec = codec
    if (this.#hooks !== undefined) this.#hooks.appended(record, this.#accumulator)
    if (this.#listeners !== undefined)
      this.#listeners.keep(this.#accumulator.lastBatch!.delivery, given!, timestamp)
    if (sticky) topic.countSticky(size, this.#options.batchSize)
    this.recordCount++
  }

  /** Throws StateError for a partition that there is not. */
  #queue(topic: TopicQueues, partition: number): PartitionQueue {
    const queue = partition < topic.partitionCount ? topic.partitions[partition] : undefined
    if (queue) return queue
    // It may have been added since: whoever tries again is to be right.
    this.#cluster.refreshMetadata([topic.name]).catch(() => {})
    throw new StateError(
      `there is no partition ${partition} of topic "${topic.name}": it has ${topic.partitionCount}`,
    )
  }

  #partition(
    topic: TopicQueues,
    key: string | Uint8Array | null,
    value: string | Uint8Array | null,
    headers: readonly RecordHeaderInit[],
  ): number {
    const input = this.#input
    input.topic = topic.name
    input.key = key
    input.value = value
    input.headers = headers
    return this.#options.partitioner(input, topic.partitionCount)
  }
}
