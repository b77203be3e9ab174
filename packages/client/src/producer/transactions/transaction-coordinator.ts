// What a transactional producer asks of the coordinators of its transactions and of groups: each request until it has an answer.
import {
  AddOffsetsToTxnApi,
  AddPartitionsToTxnApi,
  type Api,
  EndTxnApi,
  ErrorCode,
  InitProducerIdApi,
  TxnOffsetCommitApi,
} from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import type { Cluster, Target } from '../../cluster/cluster.ts'
import type { ConsumerGroupMetadata, OffsetToCommit } from '../../cluster/offset-commit.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import { BrokerError } from '../../errors/index.ts'
import type { VersionLimits } from '../../network/api-ranges.ts'
import type { RequestBody } from '../../network/broker-connection.ts'
import type { ProducerIdAndEpoch } from '../sequences.ts'

/** The protocol of a transaction (`transaction.version`): with 2, each has an epoch of its own (KIP-890). */
export type TransactionVersion = 1 | 2

/** The newest version that Apache Kafka 4.3 offers as stable. */
const initVersionMax = 5
/** From here on a producer says which epoch it raises, so that one that was fenced cannot. */
const initNamesEpochFrom = 3
/** Newer ones are between brokers. */
const addPartitionsVersionMax = 3
/** From here on the group's coordinator learns who commits (KIP-447). */
const offsetsNameMemberFrom = 3
/** A transaction that has ended is complete a few milliseconds later: as long as that takes, it is asked often. */
const completionWaitMs = 20
const completionWaits = 10

/** The versions that a transaction of some version is spoken in, where the first of version 2 is `firstOfV2`. */
export function versionsFor(version: TransactionVersion, firstOfV2: number): VersionLimits {
  return version === 2 ? { minVersion: firstOfV2 } : { maxVersion: firstOfV2 - 1 }
}

interface Question<R> extends VersionLimits {
  readonly what: string
  readonly to: Target
  /** The error codes of an answer. */
  readonly codes: (response: R) => readonly number[]
  /** Throws when the answer is not wanted any more; asked before each attempt but the first. */
  readonly checkWanted?: () => void
}

export class TransactionCoordinator {
  readonly #cluster: Cluster
  readonly #transactionalId: string
  readonly #timeoutMs: number
  readonly #target: Target
  readonly #abort = new AbortController()
  /** Why what is being asked has no answer so far. */
  failure: Error | undefined
  /** When a coordinator last answered, on the monotonic clock. */
  answeredAt = Number.NEGATIVE_INFINITY

  constructor(cluster: Cluster, transactionalId: string, timeoutMs: number) {
    this.#cluster = cluster
    this.#transactionalId = transactionalId
    this.#timeoutMs = timeoutMs
    this.#target = { coordinator: { type: 'transaction', key: transactionalId } }
  }

  /** Everything that is asked fails with `error`. */
  close(error: Error): void {
    this.#abort.abort(error)
  }

  /**
   * Gets the producer id and a new epoch, which fences other producers with the same transactional id, and ends what they had open. With
   * `current`, the epoch follows that one, unless another producer has taken over (KIP-360).
   */
  async init(current?: ProducerIdAndEpoch): Promise<ProducerIdAndEpoch> {
    const { producerId, producerEpoch } = await this.#ask(
      InitProducerIdApi,
      version => ({
        transactionalId: this.#transactionalId,
        transactionTimeoutMs: this.#timeoutMs,
        ...(version >= initNamesEpochFrom && current),
      }),
      {
        what: `initialising the transactions of "${this.#transactionalId}"`,
        to: this.#target,
        maxVersion: initVersionMax,
        ...(current && { minVersion: initNamesEpochFrom }),
        codes: ({ errorCode }) => [errorCode],
      },
    )
    return { producerId, producerEpoch }
  }

  async addPartitions(producer: ProducerIdAndEpoch, partitions: readonly TopicPartition[]): Promise<void> {
    const topics = groupByTopic(partitions).map(([name, entries]) => ({
      name,
      partitions: entries.map(({ partition }) => partition),
    }))
    await this.#ask(
      AddPartitionsToTxnApi,
      {
        transactions: [],
        v3AndBelowTransactionalId: this.#transactionalId,
        v3AndBelowProducerId: producer.producerId,
        v3AndBelowProducerEpoch: producer.producerEpoch,
        v3AndBelowTopics: topics,
      },
      {
        what: `adding partitions of ${topics.map(({ name }) => `"${name}"`).join(', ')} to the transaction of "${this.#transactionalId}"`,
        to: this.#target,
        maxVersion: addPartitionsVersionMax,
        codes: ({ resultsByTopicV3AndBelow }) => {
          const codes = resultsByTopicV3AndBelow.flatMap(({ resultsByPartition }) =>
            resultsByPartition.map(({ partitionErrorCode }) => partitionErrorCode),
          )
          // What was not tried says nothing: what was has the reason.
          return codes.toSorted((a, b) => rankOf(a) - rankOf(b))
        },
      },
    )
  }

  async addOffsets(producer: ProducerIdAndEpoch, groupId: string): Promise<void> {
    await this.#ask(
      AddOffsetsToTxnApi,
      { transactionalId: this.#transactionalId, ...producer, groupId },
      {
        what: `adding the offsets of group "${groupId}" to the transaction of "${this.#transactionalId}"`,
        to: this.#target,
        codes: ({ errorCode }) => [errorCode],
      },
    )
  }

  /** `checkWanted` throws once the transaction is lost: offsets go no more then. */
  async commitOffsets(
    version: TransactionVersion,
    producer: ProducerIdAndEpoch,
    offsets: readonly OffsetToCommit[],
    group: ConsumerGroupMetadata,
    checkWanted: () => void,
  ): Promise<void> {
    const { groupId, generation, memberId, groupInstanceId } = group
    const namesMember = generation >= 0 || memberId !== '' || groupInstanceId !== null
    const limits = versionsFor(version, 5)
    await this.#ask(
      TxnOffsetCommitApi,
      asked => ({
        transactionalId: this.#transactionalId,
        groupId,
        ...producer,
        ...(asked >= offsetsNameMemberFrom && { generationId: generation, memberId, groupInstanceId }),
        topics: groupByTopic(offsets).map(([name, entries]) => ({
          name,
          partitions: entries.map(({ partition, offset, leaderEpoch = -1, metadata = '' }) => ({
            partitionIndex: partition,
            committedOffset: offset,
            committedLeaderEpoch: leaderEpoch,
            committedMetadata: metadata,
          })),
        })),
      }),
      {
        what: `committing offsets of group "${groupId}" in the transaction of "${this.#transactionalId}"`,
        to: { coordinator: { type: 'group', key: groupId } },
        ...limits,
        ...(namesMember && { minVersion: Math.max(limits.minVersion ?? 0, offsetsNameMemberFrom) }),
        codes: ({ topics }) =>
          topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode)),
        checkWanted,
      },
    )
  }

  /** Commits or aborts. Returns the producer's id and epoch from then on. */
  async end(
    version: TransactionVersion,
    producer: ProducerIdAndEpoch,
    committed: boolean,
  ): Promise<ProducerIdAndEpoch> {
    const { producerId, producerEpoch } = await this.#ask(
      EndTxnApi,
      { transactionalId: this.#transactionalId, ...producer, committed },
      {
        what: `${committed ? 'committing' : 'aborting'} the transaction of "${this.#transactionalId}"`,
        to: this.#target,
        ...versionsFor(version, 5),
        codes: ({ errorCode }) => [errorCode],
      },
    )
    return producerId === -1 ? producer : { producerId, producerEpoch }
  }

  /** Asks until there is an answer that no retry could better: what becomes of a transaction is never guessed. Throws that answer's error. */
  async #ask<Q, QI, R, RI>(
    api: Api<Q, QI, R, RI>,
    body: RequestBody<NoInfer<QI>>,
    question: Question<NoInfer<R>>,
  ): Promise<R> {
    const { what, to, checkWanted } = question
    const { signal } = this.#abort
    let attempts = 0
    const attempt = async () => {
      if (attempts++ > 0) checkWanted?.()
      const response = await this.#cluster.request(api, body, { ...question, signal })
      this.answeredAt = this.#cluster.clock.monotonic()
      const errorCode = question.codes(response).find(code => code !== ErrorCode.NONE)
      if (errorCode !== undefined) throw new BrokerError(errorCode, what)
      return response
    }
    const response = await this.#cluster.retry(what, () => this.#whileCompleting(attempt), {
      timeoutMs: Number.POSITIVE_INFINITY,
      signal,
      onFailure: error => {
        this.failure = error as Error
        this.#cluster.forgetDisproved(to, error)
      },
    })
    this.failure = undefined
    return response
  }

  /** Tries again at short intervals while the transaction before is being completed, which is usual and soon over. */
  async #whileCompleting<T>(attempt: () => Promise<T>): Promise<T> {
    const { clock, options } = this.#cluster
    for (let waits = 0; ; waits++) {
      try {
        return await attempt()
      } catch (error) {
        if (!isCompleting(error) || waits >= completionWaits) throw error
        this.failure = error as Error
        await sleep(clock, Math.min(completionWaitMs, options.retryBackoffMs), this.#abort.signal)
      }
    }
  }
}

function isCompleting(error: unknown): boolean {
  return error instanceof BrokerError && error.errorCode === ErrorCode.CONCURRENT_TRANSACTIONS
}

function rankOf(errorCode: number): number {
  return errorCode === ErrorCode.OPERATION_NOT_ATTEMPTED ? 1 : 0
}
