// Which names a topic may have (Kafka's `Topic` class).
import { topicNameMaxLength } from '../limits.ts'

/** Topics that clients read but do not write: they belong to coordinators. */
export const internalTopics: ReadonlySet<string> = new Set([
  '__consumer_offsets',
  '__transaction_state',
  '__share_group_state',
])

/** The log of metadata itself. Not a topic that clients see. */
export const metadataTopic = '__cluster_metadata'
/** Kafka's fixed id of the metadata log: UUID 0…01. */
export const metadataTopicId = 'AAAAAAAAAAAAAAAAAAAAAQ'

/** Says what is wrong with a topic name; undefined when nothing is. */
export function topicNameFault(name: string): string | undefined {
  if (name === '') return 'the topic name is empty'
  if (name === '.' || name === '..') return `the topic name cannot be "${name}"`
  if (name.length > topicNameMaxLength)
    return `the topic name is ${name.length} characters long, ${topicNameMaxLength} are allowed`
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    return `the topic name "${name}" has characters other than letters, digits, ".", "_" and "-"`
  }
  if (name === metadataTopic) return `the topic name "${name}" is taken by the broker itself`
  return undefined
}

/** Metric names replace "." by "_": topics that differ in nothing else collide. */
export function collisionKey(name: string): string {
  return name.replaceAll('.', '_')
}
