// A coordinator of transactions and a log in memory, by Kafka's rules: what it says instead, step by step, is the test's business.
import {
  AddOffsetsToTxnApi,
  AddPartitionsToTxnApi,
  EndTxnApi,
  ErrorCode,
  InitProducerIdApi,
  ProduceApi,
  readBatchHeader,
  RecordBatchCursor,
  TxnOffsetCommitApi,
} from '@millrace/protocol'
import { Producer, type ProducerOptions } from '../../src/index.ts'
import { FakeCluster, hangUp, silence } from './fake-broker.ts'

export type Step = 'init' | 'add partitions' | 'produce' | 'add offsets' | 'commit offsets' | 'end'
/** An error code, or a broker that says nothing, or hangs up: `late` does what was asked first. */
export type Scripted = number | 'silence' | 'hang up' | 'late'

/** One transactional id, one topic `t` of two partitions, one group. */
export class FakeTransactions {
  readonly cluster = new FakeCluster()
  readonly version: 1 | 2
  epoch = -1
  state: 'Empty' | 'Ongoing' | 'CompleteCommit' | 'CompleteAbort' = 'Empty'
  readonly committed: string[] = []
  readonly aborted: string[] = []
  readonly offsets = new Map<string, number>()
  /** What was asked, in order; versions included. */
  readonly asked: string[] = []
  readonly #script = new Map<Step, Scripted[]>()
  #written: string[] = []
  #pendingOffsets = new Map<string, number>()
  readonly #added = new Set<string>()
  #groupAdded = false
  readonly #next = new Map<string, number>()

  constructor(version: 1 | 2) {
    this.version = version
    this.raise(version)
    this.cluster.topic('t', [1, 1])
    this.#serveCoordinator()
    this.#serveProduce()
    this.#serveOffsets()
  }

  /** The cluster agrees on another version; connections of before do not hear of it. */
  raise(version: number): void {
    this.cluster.features.epoch++
    this.cluster.features.levels.set('transaction.version', version)
  }

  /** What a step is answered, one after the other, before it works again. */
  script(step: Step, ...answers: Scripted[]): void {
    this.#script.set(step, answers)
  }

  /** Another producer initialises with the same id. */
  fence(): void {
    this.#begin()
  }

  /** The transaction was open for too long. */
  timeOut(): void {
    this.epoch++
    this.#complete(false)
  }

  #begin(): void {
    this.epoch++
    this.#complete(false)
    this.state = 'Empty'
  }

  producer(options: Partial<ProducerOptions> = {}): Producer {
    return new Producer({
      brokers: this.cluster.bootstrap,
      network: this.cluster.network,
      transactionalId: 'id',
      retryBackoffMs: 1,
      retryBackoffMaxMs: 5,
      reconnectBackoffMs: 1,
      lingerMs: 0,
      ...options,
    })
  }

  /** The scripted answer to a step; `work` is what happens where nothing is scripted, or late. */
  #answer<T extends object>(
    step: Step,
    version: number,
    work: () => number,
    reply: (errorCode: number) => T,
  ): T | typeof silence | typeof hangUp {
    this.asked.push(`${step} v${version}`)
    const scripted = this.#script.get(step)?.shift()
    if (scripted === 'silence') return silence
    if (scripted === 'hang up') return hangUp
    if (scripted === 'late') {
      work()
      return hangUp
    }
    return reply(scripted ?? work())
  }

  #checkEpoch(epoch: number): number {
    return epoch === this.epoch ? ErrorCode.NONE : ErrorCode.PRODUCER_FENCED
  }

  #complete(committed: boolean): void {
    if (committed) {
      this.committed.push(...this.#written)
      for (const [key, offset] of this.#pendingOffsets) this.offsets.set(key, offset)
    } else this.aborted.push(...this.#written)
    this.#written = []
    this.#pendingOffsets.clear()
    this.#added.clear()
    this.#groupAdded = false
    this.state = committed ? 'CompleteCommit' : 'CompleteAbort'
  }

  #serveCoordinator(): void {
    const { cluster } = this
    cluster.on(InitProducerIdApi, ({ request, version }) =>
      this.#answer(
        'init',
        version,
        () => {
          if (request.producerEpoch !== -1 && request.producerEpoch !== this.epoch)
            return ErrorCode.PRODUCER_FENCED
          this.#begin()
          return ErrorCode.NONE
        },
        errorCode => ({ throttleTimeMs: 0, errorCode, producerId: 7, producerEpoch: this.epoch }),
      ),
    )
    cluster.on(AddPartitionsToTxnApi, ({ request, version }) => {
      const names = request.v3AndBelowTopics.flatMap(({ name, partitions }) =>
        partitions.map(partition => `${name}-${partition}`),
      )
      return this.#answer(
        'add partitions',
        version,
        () => {
          const fenced = this.#checkEpoch(request.v3AndBelowProducerEpoch)
          if (fenced !== ErrorCode.NONE) return fenced
          for (const name of names) this.#added.add(name)
          this.state = 'Ongoing'
          return ErrorCode.NONE
        },
        errorCode => ({
          throttleTimeMs: 0,
          resultsByTransaction: [],
          resultsByTopicV3AndBelow: request.v3AndBelowTopics.map(({ name, partitions }) => ({
            name,
            resultsByPartition: partitions.map(partitionIndex => ({
              partitionIndex,
              partitionErrorCode: errorCode,
            })),
          })),
        }),
      )
    })
    cluster.on(EndTxnApi, ({ request, version }) =>
      this.#answer(
        'end',
        version,
        () => this.#end(request.producerEpoch, request.committed, version >= 5),
        errorCode => ({ throttleTimeMs: 0, errorCode, producerId: 7, producerEpoch: this.epoch }),
      ),
    )
  }

  #end(epoch: number, committed: boolean, bumps: boolean): number {
    const complete = committed ? 'CompleteCommit' : 'CompleteAbort'
    const isRetry = bumps && epoch === this.epoch - 1 && this.state === complete
    if (isRetry) return ErrorCode.NONE
    const fenced = this.#checkEpoch(epoch)
    if (fenced !== ErrorCode.NONE) return fenced
    if (this.state === complete && !bumps) return ErrorCode.NONE
    if (this.state !== 'Ongoing' && (committed || !bumps)) return ErrorCode.INVALID_TXN_STATE
    this.#complete(committed)
    if (bumps) this.epoch++
    return ErrorCode.NONE
  }

  #serveProduce(): void {
    this.cluster.on(ProduceApi, ({ request, version }) => {
      const rows = request.topicData.flatMap(({ name, topicId, partitionData }) =>
        partitionData.map(({ index, records }) => ({ name, topicId, index, bytes: records![0]! })),
      )
      return this.#answer(
        'produce',
        version,
        () => {
          for (const { index, bytes } of rows) {
            const errorCode = this.#append(`t-${index}`, bytes, version)
            if (errorCode !== ErrorCode.NONE) return errorCode
          }
          return ErrorCode.NONE
        },
        errorCode => ({
          throttleTimeMs: 0,
          responses: rows.map(({ name, topicId, index }) => ({
            name,
            topicId,
            partitionResponses: [{ index, errorCode, baseOffset: errorCode === ErrorCode.NONE ? 0 : -1 }],
          })),
        }),
      )
    })
  }

  #append(partition: string, bytes: Buffer, version: number): number {
    const header = readBatchHeader(bytes)
    if (!header.isTransactional) return ErrorCode.INVALID_RECORD
    if (header.producerEpoch !== this.epoch) return ErrorCode.INVALID_PRODUCER_EPOCH
    if (version >= 12) {
      this.#added.add(partition)
      this.state = 'Ongoing'
    } else if (!this.#added.has(partition)) return ErrorCode.INVALID_TXN_STATE
    const key = `${partition}/${this.epoch}`
    const expected = this.#next.get(key) ?? 0
    // The same again, after an answer that was lost.
    if (header.baseSequence < expected) return ErrorCode.NONE
    if (header.baseSequence > expected) return ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    const cursor = new RecordBatchCursor().open(header)
    let count = 0
    for (; cursor.next(); count++) this.#written.push(cursor.valueString() ?? '')
    this.#next.set(key, expected + count)
    return ErrorCode.NONE
  }

  #serveOffsets(): void {
    const { cluster } = this
    cluster.on(AddOffsetsToTxnApi, ({ request, version }) =>
      this.#answer(
        'add offsets',
        version,
        () => {
          const fenced = this.#checkEpoch(request.producerEpoch)
          if (fenced !== ErrorCode.NONE) return fenced
          this.#groupAdded = true
          this.state = 'Ongoing'
          return ErrorCode.NONE
        },
        errorCode => ({ throttleTimeMs: 0, errorCode }),
      ),
    )
    cluster.on(TxnOffsetCommitApi, ({ request, version }) =>
      this.#answer(
        'commit offsets',
        version,
        () => {
          const fenced = this.#checkEpoch(request.producerEpoch)
          if (fenced !== ErrorCode.NONE) return fenced
          if (version < 5 && !this.#groupAdded) return ErrorCode.INVALID_TXN_STATE
          this.state = 'Ongoing'
          for (const { name, partitions } of request.topics)
            for (const { partitionIndex, committedOffset } of partitions)
              this.#pendingOffsets.set(`${name}-${partitionIndex}`, committedOffset)
          return ErrorCode.NONE
        },
        errorCode => ({
          throttleTimeMs: 0,
          topics: request.topics.map(({ name, partitions }) => ({
            name,
            partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
          })),
        }),
      ),
    )
  }
}

export const turn = () => new Promise(resolve => setImmediate(resolve))
export const record = (value: string, partition = 0) => ({ topic: 't', partition, value })
export const offsets = [{ topic: 'in', partition: 0, offset: 5 }]

/** Waits until a step was asked so many times. */
export async function until(fake: FakeTransactions, step: string, times = 1): Promise<void> {
  while (fake.asked.filter(asked => asked.startsWith(step)).length < times) await turn()
}
