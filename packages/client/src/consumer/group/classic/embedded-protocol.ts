// What consumers of a classic group tell each other inside JoinGroup and SyncGroup (Kafka's ConsumerProtocol), as this package's types.
import {
  decodeConsumerProtocolAssignment,
  decodeConsumerProtocolSubscription,
  encodeConsumerProtocolAssignment,
  encodeConsumerProtocolSubscription,
  Reader,
  Writer,
} from '@millrace/protocol'
import type { TopicPartitions } from '../../assignors/assignor.ts'

export interface ConsumerSubscription {
  readonly topics: readonly string[]
  readonly userData: Buffer | null
  readonly owned: TopicPartitions
  readonly generation: number
  readonly rack: string | null
}

export function encodeSubscription(subscription: ConsumerSubscription): Buffer {
  const { topics, userData, owned, generation, rack } = subscription
  const writer = new Writer()
  encodeConsumerProtocolSubscription(writer, {
    topics,
    userData,
    ownedPartitions: toArray(owned),
    generationId: generation,
    rackId: rack,
  })
  return writer.finishBuffer()
}

/** Throws DecodeError. */
export function decodeSubscription(bytes: Buffer): ConsumerSubscription {
  const { topics, userData, ownedPartitions, generationId, rackId } = decodeConsumerProtocolSubscription(
    new Reader(bytes),
  )
  return { topics, userData, owned: toMap(ownedPartitions), generation: generationId, rack: rackId }
}

export function encodeAssignment(partitions: TopicPartitions): Buffer {
  const writer = new Writer()
  encodeConsumerProtocolAssignment(writer, { assignedPartitions: toArray(partitions), userData: null })
  return writer.finishBuffer()
}

/** Reads an assignment; empty bytes, which a coordinator gives to a member that was left out, are an empty one. Throws DecodeError. */
export function decodeAssignment(bytes: Buffer): TopicPartitions {
  if (bytes.length === 0) return new Map()
  return toMap(decodeConsumerProtocolAssignment(new Reader(bytes)).assignedPartitions)
}

interface TopicEntry {
  readonly topic: string
  readonly partitions: readonly number[]
}

function toArray(topics: TopicPartitions): TopicEntry[] {
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }))
}

function toMap(entries: readonly TopicEntry[]): TopicPartitions {
  return new Map(entries.map(({ topic, partitions }) => [topic, partitions]))
}
