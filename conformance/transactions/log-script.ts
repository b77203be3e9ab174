// A script of requests about transactions in the log, drawn by a seed and put to one broker: batches of producers, good and bad, markers of every
// epoch, and what readers see of them. Comes out as text, to be compared with what another broker says.
import {
  batches,
  DeleteRecordsApi,
  DescribeProducersApi,
  errorByCode,
  FetchApi,
  ListOffsetsApi,
  ProduceApi,
  RecordBatchWriter,
  WriteTxnMarkersApi,
} from '@millrace/protocol'
import type { TestClient } from '../../packages/broker/test/test-client.ts'
import { Dice } from '../log/dice.ts'

export const scriptTopic = 'transactions'
export const scriptPartitions = 2

interface Producer {
  readonly id: number
  readonly transactional: boolean
  epoch: number
  /** By partition. */
  readonly sequences: number[]
}

const nameOf = (errorCode: number): string => errorByCode(errorCode).name

export class LogScript {
  readonly #client: TestClient
  readonly #dice: Dice
  /** Of records: later than every marker, whose times are the broker's own, yet so near to the present that no broker refuses it. */
  readonly #timeMs: number
  readonly #producers: Producer[]
  readonly #ends: number[] = Array.from({ length: scriptPartitions }, () => 0)
  #coordinatorEpoch = 0
  /** Records were deleted. */
  #isCut = false

  constructor(client: TestClient, seed: number, timeMs: number) {
    this.#client = client
    this.#dice = new Dice(seed)
    this.#timeMs = timeMs
    this.#producers = Array.from({ length: 5 }, (_, index) => ({
      id: 1000 * seed + index,
      transactional: index < 4,
      epoch: 3,
      sequences: Array.from({ length: scriptPartitions }, () => 0),
    }))
  }

  async run(steps: number): Promise<string> {
    const lines: string[] = []
    for (let step = 0; step < steps; step++) lines.push(await this.#step())
    return `${lines.join('\n')}\n`
  }

  #step(): Promise<string> {
    const kind = this.#dice.below(100)
    if (kind < 45) return this.#produce()
    if (kind < 65) return this.#mark()
    if (kind < 85) return this.#fetch()
    if (kind < 92) return this.#listOffsets()
    if (kind < 98) return this.#describe()
    return this.#deleteRecords()
  }

  async #produce(): Promise<string> {
    const dice = this.#dice
    const producer = dice.pick(this.#producers)
    const index = dice.below(scriptPartitions)
    const version = 3 + dice.below(9)
    if (dice.chance(0.05)) {
      producer.epoch++
      producer.sequences.fill(0)
    }
    const producerEpoch = producer.epoch - (dice.chance(0.05) ? 1 : 0)
    const baseSequence = producer.sequences[index]! + (dice.chance(0.07) ? 1 + dice.below(5) : 0)
    const transactional = dice.chance(0.03) ? !producer.transactional : producer.transactional
    const count = 1 + dice.below(3)
    const writer = new RecordBatchWriter()
    for (let record = 0; record < count; record++)
      writer.append(this.#timeMs + 1000 * dice.below(5), `k${record}`, `v${record}`)
    const batch = Buffer.from(
      writer.finish({ producerId: producer.id, producerEpoch, baseSequence, transactional }),
    )
    const { responses } = await this.#client.send(ProduceApi, version, {
      transactionalId: dice.chance(0.02) ? null : `tx-${producer.id}`,
      acks: -1,
      timeoutMs: 10_000,
      topicData: [{ name: scriptTopic, partitionData: [{ index, records: [batch] }] }],
    })
    const { errorCode, baseOffset } = responses[0]!.partitionResponses[0]!
    if (errorCode === 0) {
      producer.sequences[index] = baseSequence + count
      this.#ends[index] = Math.max(this.#ends[index]!, baseOffset + count)
    }
    const what = `${transactional ? 'transactional ' : ''}${producer.id}/${producerEpoch} at ${baseSequence}`
    return `produce v${version} to ${index}: ${what} → ${nameOf(errorCode)} ${baseOffset}`
  }

  async #mark(): Promise<string> {
    const dice = this.#dice
    const producer = dice.pick(this.#producers)
    const version = 1 + dice.below(2)
    const transactionVersion = version === 1 ? 0 : dice.below(3)
    const producerEpoch = producer.epoch + dice.pick([0, 0, 0, 1, 1, -1])
    if (dice.chance(0.1)) this.#coordinatorEpoch++
    const coordinatorEpoch = this.#coordinatorEpoch - (dice.chance(0.1) ? 1 : 0)
    const transactionResult = dice.chance(0.5)
    const partitionIndexes = dice.pick([[0], [1], [0, 1], [0, 1, 9]])
    const reply = await this.#client.send(WriteTxnMarkersApi, version, {
      markers: [
        {
          producerId: producer.id,
          producerEpoch,
          transactionResult,
          topics: [{ name: scriptTopic, partitionIndexes }],
          coordinatorEpoch,
          ...(version > 1 && { transactionVersion }),
        },
      ],
    })
    const outcomes = reply.markers.flatMap(({ topics }) =>
      topics.flatMap(({ partitions }) =>
        partitions.map(each => `${each.partitionIndex} ${nameOf(each.errorCode)}`),
      ),
    )
    if (outcomes.includes('0 NONE') || outcomes.includes('1 NONE')) {
      if (producerEpoch > producer.epoch) {
        producer.epoch = producerEpoch
        producer.sequences.fill(0)
      }
    }
    const what = `${transactionResult ? 'commit' : 'abort'} ${producer.id}/${producerEpoch}`
    return `markers v${version} ${what} by ${coordinatorEpoch}, TV${transactionVersion} → ${outcomes.toSorted().join(', ')}`
  }

  async #fetch(): Promise<string> {
    const dice = this.#dice
    const partition = dice.below(scriptPartitions)
    const isolationLevel = dice.chance(0.75) ? 1 : 0
    const fetchOffset = dice.below(this.#ends[partition]! + 2)
    const partitionMaxBytes = dice.pick([1, 300, 1 << 20])
    const reply = await this.#client.send(FetchApi, 11, {
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 50 << 20,
      isolationLevel,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [{ topic: scriptTopic, partitions: [{ partition, fetchOffset, partitionMaxBytes }] }],
    })
    const found = reply.responses[0]!.partitions[0]!
    const headers = [...batches(Buffer.concat([...(found.records ?? [])]))]
    const read = headers.map(each => {
      const kind = each.isControl ? 'marker' : each.isTransactional ? 'transactional' : 'plain'
      return `${each.baseOffset}…${each.lastOffset} ${kind} ${each.producerId}/${each.producerEpoch}/${each.baseSequence}`
    })
    const end = Math.max(fetchOffset, ...headers.map(each => each.nextOffset))
    // Apache Kafka looks a little further than what it returns.
    const aborted = found.abortedTransactions
      ?.filter(({ firstOffset }) => firstOffset < end)
      .map(({ producerId, firstOffset }) => `${producerId} from ${firstOffset}`)
    // After a deletion Apache Kafka shows one in front of the log's start until something else moves.
    const stable = Math.max(found.lastStableOffset, found.logStartOffset ?? -1)
    const offsets = `${found.logStartOffset} ${stable} ${found.highWatermark}`
    return `fetch ${partition} at ${fetchOffset}, ${partitionMaxBytes} bytes, level ${isolationLevel} → ${nameOf(found.errorCode)} ${offsets}: ${read.join(', ')}; aborted ${aborted?.toSorted().join(', ') ?? 'null'}`
  }

  async #listOffsets(): Promise<string> {
    const dice = this.#dice
    const isolationLevel = dice.below(2)
    const picked = dice.pick([-1, -2, -3, -3, 0, this.#timeMs, this.#timeMs + 2_000])
    // Once records are deleted, Apache Kafka may find one of them.
    const timestamp = picked === -3 && this.#isCut ? -2 : picked
    const partitions = [0, 1].map(partitionIndex => ({ partitionIndex, timestamp }))
    const reply = await this.#client.send(ListOffsetsApi, 7, {
      replicaId: -1,
      isolationLevel,
      topics: [{ name: scriptTopic, partitions }],
    })
    const found = reply.topics[0]!.partitions.toSorted((a, b) => a.partitionIndex - b.partitionIndex)
    const which = timestamp > 0 ? `time + ${timestamp - this.#timeMs}` : timestamp
    return `list ${which}, level ${isolationLevel} → ${found.map(each => `${nameOf(each.errorCode)} ${each.offset}`).join(', ')}`
  }

  async #describe(): Promise<string> {
    const reply = await this.#client.send(DescribeProducersApi, 0, {
      topics: [{ name: scriptTopic, partitionIndexes: [0, 1, 9] }],
    })
    const partitions = reply.topics[0]!.partitions.map(({ partitionIndex, errorCode, activeProducers }) => {
      const producers = activeProducers.map(
        each =>
          `${each.producerId}/${each.producerEpoch} last ${each.lastSequence} by ${each.coordinatorEpoch} from ${each.currentTxnStartOffset}`,
      )
      return `${partitionIndex} ${nameOf(errorCode)} [${producers.toSorted().join('; ')}]`
    })
    return `producers → ${partitions.toSorted().join(' ')}`
  }

  async #deleteRecords(): Promise<string> {
    const partitionIndex = this.#dice.below(scriptPartitions)
    const offset = this.#dice.below(this.#ends[partitionIndex]! + 1)
    const reply = await this.#client.send(DeleteRecordsApi, 2, {
      topics: [{ name: scriptTopic, partitions: [{ partitionIndex, offset }] }],
      timeoutMs: 10_000,
    })
    const { errorCode, lowWatermark } = reply.topics[0]!.partitions[0]!
    this.#isCut ||= lowWatermark > 0
    return `delete ${partitionIndex} up to ${offset} → ${nameOf(errorCode)} ${lowWatermark}`
  }
}
