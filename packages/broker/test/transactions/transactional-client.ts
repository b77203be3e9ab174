// A transactional producer of raw requests: what it sends and in which version is the test's business.
import type { TestContext } from 'node:test'
import {
  AddOffsetsToTxnApi,
  AddPartitionsToTxnApi,
  DescribeTransactionsApi,
  EndTxnApi,
  ErrorCode,
  errorByCode,
  FindCoordinatorApi,
  InitProducerIdApi,
  OffsetFetchApi,
  ProduceApi,
  TxnOffsetCommitApi,
} from '@millrace/protocol'
import type { RunningBroker } from '../../src/running-broker.ts'
import { batchOf, connect, fetchFrom, onlyPartition, valuesOf } from '../broker-fixture.ts'
import type { TestClient } from '../test-client.ts'

const readCommitted = 1

export interface Producer {
  readonly producerId: number
  readonly producerEpoch: number
}

export function nameOf(errorCode: number): string {
  return errorByCode(errorCode).name
}

export class TransactionalClient {
  readonly client: TestClient
  readonly transactionalId: string
  producerId = -1
  producerEpoch = -1
  #sequences = new Map<string, number>()

  constructor(client: TestClient, transactionalId: string) {
    this.client = client
    this.transactionalId = transactionalId
  }

  /** Asks as clients do: for the coordinator first, and again while the transaction before is ending. */
  static async begin(
    context: TestContext,
    broker: RunningBroker,
    transactionalId = 'id',
  ): Promise<TransactionalClient> {
    const client = await connect(context, broker)
    await client.send(FindCoordinatorApi, 4, { keyType: 1, coordinatorKeys: [transactionalId] })
    const transactional = new TransactionalClient(client, transactionalId)
    let error = await transactional.init()
    for (let attempt = 0; error === 'CONCURRENT_TRANSACTIONS' && attempt < 100; attempt++) {
      await new Promise(resolve => setTimeout(resolve, 5))
      error = await transactional.init()
    }
    if (error !== 'NONE') throw new Error(`InitProducerId of ${transactionalId}: ${error}`)
    return transactional
  }

  async init({
    version = 5,
    timeoutMs = 60_000,
    expected = { producerId: -1, producerEpoch: -1 },
  }: {
    version?: number
    timeoutMs?: number
    expected?: Producer
  } = {}): Promise<string> {
    const reply = await this.client.send(InitProducerIdApi, version, {
      transactionalId: this.transactionalId,
      transactionTimeoutMs: timeoutMs,
      ...expected,
    })
    if (reply.errorCode === ErrorCode.NONE) this.#goOn(reply)
    return nameOf(reply.errorCode)
  }

  async add(topic: string, partitions: readonly number[] = [0], version = 3): Promise<string> {
    const reply = await this.client.send(AddPartitionsToTxnApi, version, {
      v3AndBelowTransactionalId: this.transactionalId,
      v3AndBelowProducerId: this.producerId,
      v3AndBelowProducerEpoch: this.producerEpoch,
      v3AndBelowTopics: [{ name: topic, partitions }],
      transactions: [],
    })
    const { resultsByPartition } = reply.resultsByTopicV3AndBelow[0]!
    return [...new Set(resultsByPartition.map(each => nameOf(each.partitionErrorCode)))].join()
  }

  /** Version 12 and above adds the partition to the transaction. */
  async produce(topic: string, values: readonly string[], version = 12, partition = 0): Promise<string> {
    const { producerId, producerEpoch } = this
    const key = `${topic}-${partition}`
    const baseSequence = this.#sequences.get(key) ?? 0
    const batch = batchOf(values, { producerId, producerEpoch, baseSequence, transactional: true })
    const reply = await this.client.send(ProduceApi, version, {
      transactionalId: this.transactionalId,
      acks: -1,
      timeoutMs: 5000,
      topicData: [{ name: topic, partitionData: [{ index: partition, records: [batch] }] }],
    })
    const { errorCode } = reply.responses[0]!.partitionResponses[0]!
    if (errorCode === ErrorCode.NONE) this.#sequences.set(key, baseSequence + values.length)
    return nameOf(errorCode)
  }

  async end(committed: boolean, version = 5): Promise<string> {
    const { transactionalId, producerId, producerEpoch } = this
    const reply = await this.client.send(EndTxnApi, version, {
      transactionalId,
      producerId,
      producerEpoch,
      committed,
    })
    if (reply.errorCode === ErrorCode.NONE && version >= 5) this.#goOn(reply)
    return nameOf(reply.errorCode)
  }

  async addOffsets(groupId: string, version = 3): Promise<string> {
    const { transactionalId, producerId, producerEpoch } = this
    const asked = { transactionalId, producerId, producerEpoch, groupId }
    return nameOf((await this.client.send(AddOffsetsToTxnApi, version, asked)).errorCode)
  }

  async commitOffset(
    groupId: string,
    topic: string,
    offset: number,
    { version = 5, generationId = -1, memberId = '', groupInstanceId = null as string | null } = {},
  ): Promise<string> {
    const { transactionalId, producerId, producerEpoch } = this
    const reply = await this.client.send(TxnOffsetCommitApi, version, {
      transactionalId,
      groupId,
      producerId,
      producerEpoch,
      ...(version >= 3 && { generationId, memberId, groupInstanceId }),
      topics: [
        {
          name: topic,
          partitions: [{ partitionIndex: 0, committedOffset: offset, committedMetadata: 'm' }],
        },
      ],
    })
    return nameOf(reply.topics[0]!.partitions[0]!.errorCode)
  }

  /** The offset of a group, or the error; −1 for none. */
  async offset(groupId: string, topic: string, requireStable = false): Promise<number | string> {
    const reply = await this.client.send(OffsetFetchApi, 9, {
      groups: [
        { groupId, memberId: null, memberEpoch: -1, topics: [{ name: topic, partitionIndexes: [0] }] },
      ],
      requireStable,
    })
    const found = reply.groups[0]!.topics[0]!.partitions[0]!
    return found.errorCode === ErrorCode.NONE ? found.committedOffset : nameOf(found.errorCode)
  }

  async state(): Promise<string> {
    const reply = await this.client.send(DescribeTransactionsApi, 0, {
      transactionalIds: [this.transactionalId],
    })
    const { errorCode, transactionState } = reply.transactionStates[0]!
    return errorCode === ErrorCode.NONE ? transactionState : nameOf(errorCode)
  }

  /** Asks until the transaction is in that state. */
  async until(state: string): Promise<void> {
    for (let attempt = 0; attempt < 1000; attempt++) {
      if ((await this.state()) === state) return
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    throw new Error(`the transaction is ${await this.state()}, not ${state}`)
  }

  /** Values that a reader of committed data gets. */
  async committed(topic: string, partition = 0): Promise<string[]> {
    const reply = await fetchFrom(this.client, topic, 0, { partition, isolationLevel: readCommitted })
    const found = onlyPartition(reply)
    const aborted = new Set(found.abortedTransactions?.map(({ firstOffset }) => firstOffset))
    return valuesOf(found)
      .filter(text => !aborted.has(Number(text.split(':')[0])))
      .map(text => text.slice(text.indexOf(':') + 1))
      .filter(text => /^[a-z]/.test(text))
  }

  #goOn({ producerId, producerEpoch }: Producer): void {
    if (producerId !== this.producerId || producerEpoch !== this.producerEpoch) this.#sequences.clear()
    this.producerId = producerId
    this.producerEpoch = producerEpoch
  }
}
