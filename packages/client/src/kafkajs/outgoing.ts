// Messages of an application on their way to our producer: checked as KafkaJS checks them, and put into our words.
import type { TopicMetadata } from '../cluster/metadata.ts'
import type { BatchMetadata, HeadersInput, ProducerRecord as Outgoing } from '../producer/record.ts'
import type { Partitioner } from '../producer/partitioners/partitioner.ts'
import { defaultPartitioner } from '../producer/partitioners/by-key.ts'
import { asText } from './as-text.ts'
import { KafkaJSNonRetriableError } from './errors.ts'
import { firstTurn } from './partitioners.ts'
import { protocolError } from './protocol-errors.ts'
import type { PartitionMetadata } from './types/cluster.ts'
import type { IHeaders, Message, PartitionerArgs, RecordMetadata, TopicMessages } from './types/producer.ts'

const invalidRequiredAcks = 21

/** Whom a call waits for. Throws KafkaJSProtocolError for what is none. */
export function readAcks(acks: number): 0 | 1 | -1 {
  if (acks === -1 || acks === 0 || acks === 1) return acks
  throw protocolError(invalidRequiredAcks, `acks is ${acks}; it is -1 (all), 1 (the leader) or 0`)
}

/** Throws KafkaJSNonRetriableError in KafkaJS's words. */
export function checkTopicMessages(topicMessages: readonly TopicMessages[]): void {
  if (topicMessages.some(({ topic }) => !topic)) throw new KafkaJSNonRetriableError('Invalid topic')
  for (const { topic, messages } of topicMessages) {
    if (!messages)
      throw new KafkaJSNonRetriableError(`Invalid messages array [${asText(messages)}] for topic "${topic}"`)
    const without = messages.find(({ value }) => value === undefined)
    if (without)
      throw new KafkaJSNonRetriableError(
        `Invalid message without value for topic "${topic}": ${JSON.stringify(without)}`,
      )
  }
}

/** Where a message goes that names no partition; −1 leaves it to our producer. */
export type Placing = (topic: string, message: Message) => number

/** The partition that a message names, and else what {@link dealingPartitioner} says. */
export const byMessage: Placing = (topic, { partition }) =>
  partition === undefined || partition === null ? -1 : checkPartition(topic, partition)

/** Throws KafkaJSNonRetriableError for what is no partition's number: KafkaJS loses such messages. */
function checkPartition(topic: string, given: unknown): number {
  const partition = Number(given)
  if (Number.isInteger(partition) && partition >= 0) return partition
  throw new KafkaJSNonRetriableError(
    `There is no partition ${asText(given)} of topic "${topic}"; a message names a number from 0 on, or none`,
  )
}

/** KafkaJS's default as our producer calls it: by the key, and else one after the other. */
export function dealingPartitioner(): Partitioner {
  const turns = new Map<string, number>()
  return (input, partitionCount) => {
    if (input.key !== null) return defaultPartitioner(input, partitionCount)
    const turn = ((turns.get(input.topic) ?? firstTurn()) + 1) & 0x7fffffff
    turns.set(input.topic, turn)
    return turn % partitionCount
  }
}

/** A partitioner of the application's own, which wants to see what the cluster says of the topics. */
export function byPartitioner(
  choose: (args: PartitionerArgs) => number,
  topics: ReadonlyMap<string, TopicMetadata>,
): Placing {
  return (topic, message) =>
    checkPartition(
      topic,
      choose({ topic, message, partitionMetadata: partitionMetadata(topics.get(topic)!) }),
    )
}

const described = new WeakMap<TopicMetadata, PartitionMetadata[]>()

/** What the cluster says of the partitions of a topic. */
export function partitionMetadata(topic: TopicMetadata): PartitionMetadata[] {
  const known = described.get(topic)
  if (known) return known
  const partitions = topic.partitions.map(
    ({ partition, leader, replicas, inSyncReplicas, offlineReplicas, errorCode }) => ({
      partitionErrorCode: errorCode,
      partitionId: partition,
      leader,
      replicas: [...replicas],
      isr: [...inSyncReplicas],
      offlineReplicas: [...offlineReplicas],
    }),
  )
  described.set(topic, partitions)
  return partitions
}

const noHeaders: HeadersInput = []

function headersOf(headers: IHeaders | undefined): HeadersInput {
  if (headers === undefined || headers === null) return noHeaders
  const list: { key: string; value: string | Buffer | null }[] = []
  for (const key of Object.keys(headers)) {
    const value = headers[key]
    if (Array.isArray(value)) for (const each of value) list.push({ key, value: each })
    else list.push({ key, value: value ?? null })
  }
  return list
}

/** The records of a call. `now`: the timestamp of those that have none. */
export function outgoingRecords(
  topicMessages: readonly TopicMessages[],
  now: number,
  place: Placing,
): Outgoing[] {
  const records: Outgoing[] = []
  for (const { topic, messages } of topicMessages) {
    for (const message of messages) {
      const { key, value, headers, timestamp } = message
      records.push({
        topic,
        key: key ?? null,
        value,
        headers: headersOf(headers),
        partition: place(topic, message),
        timestamp: timestamp ? Number(timestamp) : now,
      })
    }
  }
  return records
}

/** What KafkaJS tells of a call: an entry for each partition, whatever number of batches it came to. */
export function recordMetadata(batches: readonly BatchMetadata[]): RecordMetadata[] {
  const byPartition = new Map<string, BatchMetadata>()
  for (const batch of batches) {
    const name = `${batch.topic}/${batch.partition}`
    const known = byPartition.get(name)
    if (!known || batch.baseOffset < known.baseOffset) byPartition.set(name, batch)
  }
  return [...byPartition.values()]
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : 0))
    .map(({ topic, partition, baseOffset, logAppendTime, logStartOffset }) => ({
      topicName: topic,
      partition,
      errorCode: 0,
      baseOffset: String(baseOffset),
      logAppendTime: String(logAppendTime),
      logStartOffset: String(logStartOffset),
    }))
}
