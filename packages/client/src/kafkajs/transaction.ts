// A transaction as KafkaJS has it, over our transactional producer.
import type { OffsetToCommit } from '../cluster/offset-commit.ts'
import type { Producer as MillraceProducer } from '../producer/producer.ts'
import type { ConsumerGroupMetadata } from '../cluster/offset-commit.ts'
import { KafkaJSNonRetriableError } from './errors.ts'
import { toKafkaJSError } from './protocol-errors.ts'
import type { Offsets } from './types/cluster.ts'
import type { ProducerBatch, RecordMetadata, Transaction } from './types/producer.ts'

/** Who has to do with offsets that a transaction commits. */
export interface CommitListener {
  /**
   * As whom offsets of a group are committed: as the consumer of the same `Kafka` that is in it, so that the group can fence it (KIP-447); by the id alone, as KafkaJS does, where there is none
   * or more than one.
   */
  memberOf(groupId: string): ConsumerGroupMetadata | string
  /** Offsets are committed. */
  committed(groupId: string, offsets: Offsets): void
}

interface TransactionParts {
  readonly sendBatch: (batch: ProducerBatch) => Promise<RecordMetadata[]>
  readonly onCommit: CommitListener
}

/** Begins one. Throws KafkaJSError. */
export async function beginTransaction(
  producer: MillraceProducer,
  parts: TransactionParts,
): Promise<Transaction> {
  await converted(producer.beginTransaction())
  // False while it ends, too; one that could not be ended may be aborted.
  let active = true
  const isActive = (): boolean => active
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!active) throw new KafkaJSNonRetriableError('Cannot continue to use transaction once ended')
    return converted(work())
  }
  const end = (work: () => Promise<void>) =>
    guarded(async () => {
      active = false
      try {
        await work()
      } catch (error) {
        active = true
        throw error
      }
    })
  const sendBatch = (batch: ProducerBatch) => guarded(() => parts.sendBatch(batch))
  return {
    sendBatch,
    send: async ({ topic, messages, ...options }) =>
      sendBatch({ ...options, topicMessages: [{ topic, messages }] }),
    sendOffsets: ({ consumerGroupId, topics }) =>
      guarded(async () => {
        if (!consumerGroupId) throw new KafkaJSNonRetriableError('Missing consumerGroupId')
        if (!topics) throw new KafkaJSNonRetriableError('Missing offset topics')
        await producer.sendOffsets(offsetsToCommit({ topics }), parts.onCommit.memberOf(consumerGroupId))
        parts.onCommit.committed(consumerGroupId, { topics })
      }),
    commit: () => end(() => producer.commitTransaction()),
    abort: () => end(() => producer.abortTransaction()),
    isActive,
  }
}

async function converted<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw toKafkaJSError(error)
  }
}

/** Offsets as our clients take them. */
export function offsetsToCommit({ topics }: Offsets): OffsetToCommit[] {
  return topics.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, offset, ...rest }) => {
      const { metadata } = rest as { readonly metadata?: string | null }
      return {
        topic,
        partition: Number(partition),
        offset: Number(offset),
        ...(metadata != null && { metadata }),
      }
    }),
  )
}
