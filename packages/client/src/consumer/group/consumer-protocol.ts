// What members of a consumer group tell each other inside JoinGroup and SyncGroup: subscriptions and assignments.
import { Reader, Writer } from '@millrace/protocol'
import type { TopicPartitions } from '../assignors/assignor.ts'

/*
 * Subscription: version int16 | topics []string | userData nullable bytes
 *               | v1+ owned [] { topic string, partitions []int32 } | v2+ generation int32 | v3+ rack nullable string
 * Assignment:   version int16 | partitions [] { topic string, partitions []int32 } | userData nullable bytes
 * A reader of an older version stops where its knowledge ends; a newer writer only adds at the end.
 */
const subscriptionVersion = 3
const assignmentVersion = 1

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
  writer.int16(subscriptionVersion)
  writer.arrayLength(topics.length)
  for (const topic of topics) writer.string(topic)
  writer.nullableBytes(userData)
  writePartitions(writer, owned)
  writer.int32(generation)
  writer.nullableString(rack)
  return writer.finishBuffer()
}

/** Throws DecodeError. */
export function decodeSubscription(bytes: Buffer): ConsumerSubscription {
  const reader = new Reader(bytes)
  const version = reader.int16()
  const topics: string[] = []
  for (let count = reader.arrayLength(2); count > 0; count--) topics.push(reader.string())
  return {
    topics,
    userData: reader.nullableBytes(),
    owned: version >= 1 ? readPartitions(reader) : new Map<string, number[]>(),
    generation: version >= 2 ? reader.int32() : -1,
    rack: version >= 3 ? reader.nullableString() : null,
  }
}

export function encodeAssignment(partitions: TopicPartitions): Buffer {
  const writer = new Writer()
  writer.int16(assignmentVersion)
  writePartitions(writer, partitions)
  writer.nullableBytes(null)
  return writer.finishBuffer()
}

/** Reads an assignment; empty bytes, which a coordinator gives to a member that was left out, are an empty one. Throws DecodeError. */
export function decodeAssignment(bytes: Buffer): TopicPartitions {
  if (bytes.length === 0) return new Map()
  const reader = new Reader(bytes)
  reader.int16()
  return readPartitions(reader)
}

function writePartitions(writer: Writer, topics: TopicPartitions): void {
  writer.arrayLength(topics.size)
  for (const [topic, partitions] of topics) {
    writer.string(topic)
    writer.arrayLength(partitions.length)
    for (const partition of partitions) writer.int32(partition)
  }
}

function readPartitions(reader: Reader): TopicPartitions {
  const topics = new Map<string, number[]>()
  for (let count = reader.arrayLength(6); count > 0; count--) {
    const topic = reader.string()
    const partitions: number[] = []
    for (let left = reader.arrayLength(4); left > 0; left--) partitions.push(reader.int32())
    topics.set(topic, partitions)
  }
  return topics
}
