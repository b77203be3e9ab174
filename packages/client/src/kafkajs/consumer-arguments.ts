// What applications hand to a consumer about offsets, checked in KafkaJS's words.
import { KafkaJSNonRetriableError } from './errors.ts'
import type { Offsets, TopicPartitionOffset, TopicPartitionOffsetAndMetadata } from './types/cluster.ts'

const ends = ['-1', '-2']

function checkPlace({ topic, partition }: TopicPartitionOffset): void {
  if (!topic) throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`)
  if (Number.isNaN(Number(partition ?? Number.NaN)))
    throw new KafkaJSNonRetriableError(`Invalid partition, expected a number received ${partition}`)
}

/** The offset as text. Throws KafkaJSNonRetriableError. */
export function readOffset(offset: string): string {
  try {
    // What is blank would be 0.
    if (typeof offset === 'string' && offset.trim() === '') throw new SyntaxError('blank')
    return String(BigInt(offset))
  } catch {
    throw new KafkaJSNonRetriableError(`Invalid offset, expected a long received ${offset}`)
  }
}

/** The offset to go on at, or one of the ends. Throws KafkaJSNonRetriableError. */
export function checkSeek(to: TopicPartitionOffset): string {
  checkPlace(to)
  const offset = readOffset(to.offset)
  if (offset.startsWith('-') && !ends.includes(offset))
    throw new KafkaJSNonRetriableError('Offset must not be a negative number')
  return offset
}

/** The offsets to commit by topic. Throws KafkaJSNonRetriableError. */
export function checkCommits(given: readonly TopicPartitionOffsetAndMetadata[] | undefined): Offsets {
  const topics = new Map<string, Offsets['topics'][number]>()
  for (const entry of given ?? []) {
    const { topic, partition, metadata = null } = entry
    checkPlace(entry)
    const offset = readOffset(entry.offset)
    if (offset.startsWith('-')) throw new KafkaJSNonRetriableError('Offset must not be a negative number')
    if (metadata !== null && typeof metadata !== 'string')
      throw new KafkaJSNonRetriableError(
        `Invalid offset metadata, expected string or null, received ${String(metadata)}`,
      )
    const of = topics.get(topic) ?? { topic, partitions: [] }
    topics.set(topic, of)
    const withNote = { partition, offset, metadata }
    of.partitions.push(withNote)
  }
  return { topics: [...topics.values()] }
}
