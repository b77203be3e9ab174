// A script of requests to the transaction coordinator, drawn by a seed and put to one broker: producers of a few transactional ids that begin, write,
// commit offsets, end, run into their timeouts, come back with old epochs and wrong ids, in every version. Comes out as text, to be compared with what another broker says.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  AddOffsetsToTxnApi,
  AddPartitionsToTxnApi,
  DescribeProducersApi,
  DescribeTransactionsApi,
  EndTxnApi,
  ErrorCode,
  errorByCode,
  FetchApi,
  FindCoordinatorApi,
  InitProducerIdApi,
  ListTransactionsApi,
  OffsetDeleteApi,
  OffsetFetchApi,
  ProduceApi,
  RecordBatchWriter,
  TxnOffsetCommitApi,
  UpdateFeaturesApi,
} from '@millrace/protocol'
import type { TestClient } from '../../packages/broker/test/test-client.ts'
import { Dice } from '../log/dice.ts'

export const coordinatorPartitions = 3
/** Scripts of several seeds can be put to one broker. */
export const coordinatorTopic = (seed: number): string => `coordinated-${seed}`
/** Never given out in so short a script. */
const foreignId = 500_000
/** The time that a transaction has, and that of one which is to run out of it. */
const longTimeoutMs = 600_000
const shortTimeoutMs = 200
const noProducer = { producerId: -1, producerEpoch: -1 }

interface Producer {
  readonly transactionalId: string
  producerId: number
  producerEpoch: number
  /** By partition. */
  sequences: number[]
}

const nameOf = (errorCode: number): string => errorByCode(errorCode).name

export class CoordinatorScript {
  readonly #client: TestClient
  readonly #dice: Dice
  readonly #level: number
  readonly #topic: string
  readonly #group: string
  readonly #transactionalIds: readonly string[]
  /** Two of each id: one of them is mostly fenced. */
  readonly #producers: Producer[]
  /** Producer ids are the broker's own: they are told by the order in which they were first heard of. */
  readonly #names = new Map<number, string>([[-1, 'none']])

  constructor(client: TestClient, seed: number) {
    this.#client = client
    this.#dice = new Dice(seed)
    this.#level = (seed + 1) % 3
    this.#topic = coordinatorTopic(seed)
    this.#group = `group-${seed}`
    this.#transactionalIds = [`${seed}-first`, `${seed}-second`]
    this.#producers = [...this.#transactionalIds, ...this.#transactionalIds].map(transactionalId => ({
      transactionalId,
      ...noProducer,
      sequences: [],
    }))
  }

  async run(steps: number): Promise<string> {
    const lines = [await this.#begin()]
    for (const producer of this.#producers.slice(0, 2)) lines.push(await this.#init(producer, true))
    for (let step = 0; step < steps; step++) {
      lines.push(await this.#step())
      await this.#settled()
    }
    lines.push(
      await this.#list(),
      ...(await this.#describe()),
      await this.#fetch(),
      await this.#producersOf(),
    )
    return `${lines.join('\n')}\n`
  }

  /**
   * A version that clients speak at this level: where records cannot say what version 2 of the protocol needs, Apache Kafka refuses it and
   * never comes back to the transaction.
   */
  #version(of: number, epochBump: number): number {
    return this.#dice.below(this.#level === 0 ? epochBump : of)
  }

  /** The level of `transaction.version`, and the coordinators: Apache Kafka makes its topic while it is asked for. */
  async #begin(): Promise<string> {
    const changes: string[] = []
    for (const upgradeType of [1, 2]) {
      const featureUpdates = [{ feature: 'transaction.version', maxVersionLevel: this.#level, upgradeType }]
      const asked = { featureUpdates, validateOnly: false }
      changes.push(nameOf((await this.#client.send(UpdateFeaturesApi, 1, asked)).errorCode))
    }
    for (const [keyType, key] of [
      [0, this.#group],
      [1, this.#transactionalIds[0]!],
    ] as const) {
      for (let found = -1; found !== ErrorCode.NONE; await sleep(20)) {
        found = (await this.#client.send(FindCoordinatorApi, 2, { key, keyType })).errorCode
      }
    }
    // Apache Kafka fetches its first block of producer ids when it is asked for one.
    for (let found = -1; found !== ErrorCode.NONE; await sleep(20)) {
      const asked = { transactionalId: null, transactionTimeoutMs: 1000 }
      found = (await this.#client.send(InitProducerIdApi, 2, asked)).errorCode
    }
    const ids = [...this.#transactionalIds, 'nobody']
    for (let isLoaded = false; !isLoaded; await sleep(20)) {
      const reply = await this.#client.send(DescribeTransactionsApi, 0, { transactionalIds: ids })
      isLoaded = reply.transactionStates.every(
        ({ errorCode }) => errorCode === ErrorCode.TRANSACTIONAL_ID_NOT_FOUND,
      )
    }
    return `transaction.version ${this.#level}: ${changes.at(-1)}`
  }

  #step(): Promise<string> {
    const producer = this.#dice.pick(this.#producers)
    const kind = this.#dice.below(100)
    if (kind < 12) return this.#init(producer)
    if (kind < 27) return this.#addPartitions(producer)
    if (kind < 32) return this.#addOffsets(producer)
    if (kind < 40) return this.#verify(producer)
    if (kind < 60) return this.#produce(producer)
    if (kind < 68) return this.#commitOffsets(producer)
    if (kind < 86) return this.#end(producer)
    if (kind < 91) return this.#offsets()
    if (kind < 93) return this.#deleteOffsets()
    if (kind < 96) return this.#list()
    return this.#describe().then(lines => lines.join('; '))
  }

  async #init(producer: Producer, first = false): Promise<string> {
    const dice = this.#dice
    const version = dice.below(6)
    const expects = !first && version >= 3 && dice.chance(0.5)
    const given = !first && dice.chance(0.15) ? shortTimeoutMs : longTimeoutMs
    const timeoutMs = !first && dice.chance(0.08) ? dice.pick([0, -1, 900_001]) : given
    const expected = expects ? this.#identity(producer) : noProducer
    const reply = await this.#client.send(InitProducerIdApi, version, {
      transactionalId: !first && dice.chance(0.03) ? '' : producer.transactionalId,
      transactionTimeoutMs: timeoutMs,
      ...(version >= 3 && expected),
    })
    const { errorCode, producerId, producerEpoch } = reply
    if (errorCode === ErrorCode.NONE) Object.assign(producer, { producerId, producerEpoch, sequences: [] })
    return `init ${producer.transactionalId} v${version} ${this.#who(expected)} ${timeoutMs}: ${nameOf(errorCode)} ${this.#who(reply)}`
  }

  async #addPartitions(producer: Producer): Promise<string> {
    const dice = this.#dice
    const version = dice.below(4)
    const identity = this.#identity(producer)
    const topics = this.#someTopics()
    const reply = await this.#client.send(AddPartitionsToTxnApi, version, {
      v3AndBelowTransactionalId: producer.transactionalId,
      v3AndBelowProducerId: identity.producerId,
      v3AndBelowProducerEpoch: identity.producerEpoch,
      v3AndBelowTopics: topics,
      transactions: [],
    })
    return `add v${version} ${this.#who(identity)} ${textOf(topics)}: ${resultsOf(reply.resultsByTopicV3AndBelow)}`
  }

  /** As brokers ask. */
  async #verify(producer: Producer): Promise<string> {
    const version = 4 + this.#dice.below(2)
    const identity = this.#identity(producer)
    const topics = this.#someTopics()
    const verifyOnly = this.#dice.chance(0.7) || this.#level === 0
    const transactionalId = this.#dice.chance(0.1) ? 'nobody' : producer.transactionalId
    const reply = await this.#client.send(AddPartitionsToTxnApi, version, {
      transactions: [{ transactionalId, ...identity, verifyOnly, topics }],
    })
    const [result] = reply.resultsByTransaction
    return `verify ${verifyOnly} v${version} ${transactionalId} ${this.#who(identity)} ${textOf(topics)}: ${reply.errorCode} ${resultsOf(result?.topicResults ?? [])}`
  }

  async #addOffsets(producer: Producer): Promise<string> {
    const version = this.#dice.below(5)
    const identity = this.#identity(producer)
    const asked = { transactionalId: producer.transactionalId, ...identity, groupId: this.#group }
    const { errorCode } = await this.#client.send(AddOffsetsToTxnApi, version, asked)
    return `add offsets v${version} ${this.#who(identity)}: ${nameOf(errorCode)}`
  }

  async #commitOffsets(producer: Producer): Promise<string> {
    const dice = this.#dice
    const version = this.#version(6, 5)
    const identity = this.#identity(producer)
    const isMember = version >= 3 && dice.chance(0.2)
    const offset = dice.below(1000)
    const partitionIndex = dice.below(coordinatorPartitions + 1)
    const reply = await this.#client.send(TxnOffsetCommitApi, version, {
      transactionalId: producer.transactionalId,
      groupId: this.#group,
      ...identity,
      ...(isMember && { generationId: 3, memberId: 'nobody' }),
      topics: [
        {
          name: this.#topic,
          partitions: [
            {
              partitionIndex,
              committedOffset: offset,
              committedMetadata: dice.chance(0.05) ? 'm'.repeat(5000) : 'm',
            },
          ],
        },
      ],
    })
    const { errorCode } = reply.topics[0]!.partitions[0]!
    return `commit offset ${offset} of ${partitionIndex} v${version} ${isMember ? 'as member ' : ''}${this.#who(identity)}: ${nameOf(errorCode)}`
  }

  async #produce(producer: Producer): Promise<string> {
    const dice = this.#dice
    const version = 3 + this.#version(10, 9)
    const index = dice.below(coordinatorPartitions)
    const identity = this.#identity(producer)
    const baseSequence = (producer.sequences[index] ?? 0) + (dice.chance(0.04) ? 1 : 0)
    const transactional = !dice.chance(0.05)
    const count = 1 + dice.below(3)
    const writer = new RecordBatchWriter()
    for (let i = 0; i < count; i++) writer.append(Date.now(), null, `v${i}`)
    const records = [writer.finish({ ...identity, baseSequence, transactional })]
    const topicData = [{ name: this.#topic, partitionData: [{ index, records }] }]
    const reply = await this.#client.send(ProduceApi, version, {
      transactionalId: dice.chance(0.97) ? producer.transactionalId : null,
      acks: -1,
      timeoutMs: 5000,
      topicData,
    })
    const { errorCode, baseOffset } = reply.responses[0]!.partitionResponses[0]!
    if (errorCode === ErrorCode.NONE) producer.sequences[index] = baseSequence + count
    return `produce v${version} ${this.#who(identity)} to ${index}, ${baseSequence}+${count}${transactional ? '' : ', plain'}: ${nameOf(errorCode)} ${baseOffset}`
  }

  async #end(producer: Producer): Promise<string> {
    const dice = this.#dice
    const version = this.#version(6, 5)
    const committed = dice.chance(0.6)
    const identity = this.#identity(producer)
    const { transactionalId } = producer
    const reply = await this.#client.send(EndTxnApi, version, { transactionalId, ...identity, committed })
    const { errorCode, producerId, producerEpoch } = reply
    // Sometimes the answer is lost, and the producer asks again.
    if (errorCode === ErrorCode.NONE && version >= 5 && dice.chance(0.8)) {
      Object.assign(producer, { producerId, producerEpoch, sequences: [] })
    }
    return `end ${committed ? 'commit' : 'abort'} v${version} ${this.#who(identity)}: ${nameOf(errorCode)} ${this.#who(reply)}`
  }

  async #offsets(): Promise<string> {
    const version = 7 + this.#dice.below(3)
    const requireStable = this.#dice.chance(0.7)
    const partitionIndexes = [0, 1, 2]
    const topics = this.#dice.chance(0.3) ? null : [{ name: this.#topic, partitionIndexes }]
    const single = { groupId: this.#group, topics, requireStable }
    const many = { groups: [{ groupId: this.#group, topics }], requireStable }
    const reply = await this.#client.send(OffsetFetchApi, version, version >= 8 ? many : single)
    const found = (version >= 8 ? reply.groups[0]!.topics : reply.topics).flatMap(
      ({ partitions }) => partitions,
    )
    const texts = found.map(
      ({ partitionIndex, committedOffset, metadata, errorCode }) =>
        `${partitionIndex}=${committedOffset} ${metadata ?? 'null'} ${nameOf(errorCode)}`,
    )
    return `offsets v${version} ${requireStable ? 'stable' : 'any'}: ${texts.toSorted().join(', ')}`
  }

  async #deleteOffsets(): Promise<string> {
    const partitions = [{ partitionIndex: this.#dice.below(coordinatorPartitions) }]
    const topics = [{ name: this.#topic, partitions }]
    const reply = await this.#client.send(OffsetDeleteApi, 0, { groupId: this.#group, topics })
    return `delete offset of ${partitions[0]!.partitionIndex}: ${nameOf(reply.errorCode)}`
  }

  async #list(): Promise<string> {
    const dice = this.#dice
    const version = dice.below(3)
    const stateFilters = dice.pick([
      [],
      ['Ongoing'],
      ['CompleteCommit', 'Empty'],
      ['Nonsense', 'Ongoing'],
      ['Dead'],
    ])
    const transactionalIdPattern = dice.pick([null, '', '.*f.*', 'sec', '('])
    const durationFilter = dice.pick([-1, 3_600_000])
    const reply = await this.#client.send(ListTransactionsApi, version, {
      stateFilters,
      producerIdFilters: dice.chance(0.2) ? [foreignId] : [],
      ...(version >= 1 && { durationFilter }),
      ...(version >= 2 && { transactionalIdPattern }),
    })
    const found = reply.transactionStates
      .filter(each => this.#transactionalIds.includes(each.transactionalId))
      .map(each => `${each.transactionalId} ${each.transactionState} ${this.#nameOf(each.producerId)}`)
    return `list v${version} ${stateFilters.join()} ${durationFilter} ${transactionalIdPattern}: ${nameOf(reply.errorCode)} ${found.toSorted().join(', ')} ? ${reply.unknownStateFilters.join()}`
  }

  async #describe(): Promise<string[]> {
    const reply = await this.#client.send(DescribeTransactionsApi, 0, {
      transactionalIds: [...this.#transactionalIds, 'nobody', ''],
    })
    return reply.transactionStates.map(each => {
      const topics = each.topics.map(
        ({ topic, partitions }) => `${topic}:${partitions.toSorted((a, b) => a - b).join()}`,
      )
      const producer = each.errorCode === ErrorCode.NONE ? this.#who(each) : `${each.producerId}`
      return `describe ${each.transactionalId}: ${nameOf(each.errorCode)} ${each.transactionState} ${producer} ${each.transactionTimeoutMs} ${topics.toSorted().join(' ')}`
    })
  }

  /** What readers of committed data get in the end. */
  async #fetch(): Promise<string> {
    const texts: string[] = []
    for (let partition = 0; partition < coordinatorPartitions; partition++) {
      const partitions = [{ partition, fetchOffset: 0, partitionMaxBytes: 1 << 20 }]
      const reply = await this.#client.send(FetchApi, 11, {
        maxWaitMs: 0,
        minBytes: 0,
        maxBytes: 1 << 20,
        isolationLevel: 1,
        sessionId: 0,
        sessionEpoch: -1,
        topics: [{ topic: this.#topic, partitions }],
      })
      const found = reply.responses[0]!.partitions[0]!
      const aborted = (found.abortedTransactions ?? []).map(
        each => `${this.#nameOf(each.producerId)}@${each.firstOffset}`,
      )
      texts.push(
        `${partition}: end ${found.highWatermark}, stable ${found.lastStableOffset}, ${aborted.join(' ')}`,
      )
    }
    return texts.join('; ')
  }

  async #producersOf(): Promise<string> {
    const partitionIndexes = Array.from({ length: coordinatorPartitions }, (_, index) => index)
    const topics = [{ name: this.#topic, partitionIndexes }]
    const reply = await this.#client.send(DescribeProducersApi, 0, { topics })
    return reply.topics[0]!.partitions.toSorted((a, b) => a.partitionIndex - b.partitionIndex)
      .map(({ partitionIndex, activeProducers }) => {
        const producers = activeProducers.map(
          each =>
            `${this.#who(each)} ${each.lastSequence} ${each.coordinatorEpoch} ${each.currentTxnStartOffset}`,
        )
        return `${partitionIndex}: ${producers.toSorted().join(', ')}`
      })
      .join('; ')
  }

  /**
   * Whose end is decided is waited for, since how long markers take is nobody's promise; and who has been given little time for a transaction lets it
   * run into its timeout before anything else comes.
   */
  async #settled(): Promise<void> {
    for (;;) {
      const reply = await this.#client.send(DescribeTransactionsApi, 0, {
        transactionalIds: [...this.#transactionalIds],
      })
      const isUnderWay = reply.transactionStates.some(
        ({ transactionState, transactionTimeoutMs }) =>
          transactionState.startsWith('Prepare') ||
          (transactionState === 'Ongoing' && transactionTimeoutMs === shortTimeoutMs),
      )
      if (!isUnderWay) return
      await sleep(5)
    }
  }

  /** Who the producer says that it is: now and then with an epoch or an id that is not its own. */
  #identity({ producerId, producerEpoch }: Producer): { producerId: number; producerEpoch: number } {
    const dice = this.#dice
    const kind = dice.below(100)
    const epoch =
      kind < 6 ? producerEpoch + 1 : kind < 12 && producerEpoch > 0 ? producerEpoch - 1 : producerEpoch
    const known = producerId === -1 ? 0 : producerId
    return {
      producerId: kind >= 12 && kind < 15 ? foreignId : known,
      producerEpoch: epoch < 0 ? 0 : epoch,
    }
  }

  #someTopics(): { name: string; partitions: number[] }[] {
    const dice = this.#dice
    const name = dice.chance(0.04) ? dice.pick(['unknown', '__consumer_offsets']) : this.#topic
    const partitions = Array.from({ length: 1 + dice.below(2) }, () =>
      dice.below(dice.chance(0.06) ? 9 : coordinatorPartitions),
    )
    return [{ name, partitions: [...new Set(partitions)] }]
  }

  #nameOf(producerId: number): string {
    if (producerId === foreignId) return 'foreign'
    let name = this.#names.get(producerId)
    if (name === undefined) this.#names.set(producerId, (name = `P${this.#names.size}`))
    return name
  }

  #who({
    producerId,
    producerEpoch,
  }: {
    readonly producerId: number
    readonly producerEpoch: number
  }): string {
    return `${this.#nameOf(producerId)}/${producerEpoch}`
  }
}

const textOf = (topics: readonly { readonly name: string; readonly partitions: readonly number[] }[]) =>
  topics.map(({ name, partitions }) => `${name}:${partitions.join()}`).join(' ')

function resultsOf(
  topics: readonly {
    readonly name: string
    readonly resultsByPartition: readonly {
      readonly partitionIndex: number
      readonly partitionErrorCode: number
    }[]
  }[],
): string {
  return topics
    .flatMap(({ name, resultsByPartition }) =>
      resultsByPartition.map(each => `${name}-${each.partitionIndex} ${nameOf(each.partitionErrorCode)}`),
    )
    .toSorted()
    .join(', ')
}
