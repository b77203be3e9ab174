// Where a consumer goes on in the partitions that it has, and which of them it holds back: what `seek`, `pause` and `resume` have asked for, applied to whatever the group gives.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { Consumer as MillraceConsumer } from '../consumer/consumer.ts'
import { byTopic } from './by-topic.ts'
import type { GroupCommits } from './group-commits.ts'
import type { GroupNews } from './group-news.ts'
import type { OffsetBook } from './offset-book.ts'
import { type PauseChoice, Pauses } from './pauses.ts'
import type { SubscribedTopics } from './subscribed-topics.ts'
import type { TopicPartitionOffset, TopicPartitions } from './types/cluster.ts'
import type { Logger } from './types/config.ts'

interface PlacesParts {
  readonly topics: SubscribedTopics
  readonly book: OffsetBook
  readonly commits: GroupCommits
  readonly news: GroupNews
  readonly logger: Logger
  readonly groupLogger: Logger
  /** Whether the run commits by itself. */
  readonly autoCommit: () => boolean
}

export class Places {
  readonly #parts: PlacesParts
  readonly #pauses = new Pauses()
  /** Where to go on in partitions that are not ours yet. */
  readonly #seeks = new Map<string, TopicPartitionOffset>()

  constructor(parts: PlacesParts) {
    this.#parts = parts
  }

  /** Goes on elsewhere, now or when the partition comes. `offset`: as text, one of the ends included. */
  seek(client: MillraceConsumer | undefined, { topic, partition }: TopicPartition, offset: string): void {
    if (client && isAmong(client.assignment, topic, partition))
      this.#seekNow(client, { topic, partition }, offset)
    else this.#seeks.set(`${topic}/${partition}`, { topic, partition, offset })
  }

  #seekNow(client: MillraceConsumer, place: TopicPartition, offset: string): void {
    const { book, commits, logger, autoCommit } = this.#parts
    book.begin(place)
    if (offset === '-2') client.seek(place, 'earliest')
    else if (offset === '-1') client.seek(place, 'latest')
    else {
      client.seek(place, Number(offset))
      // As in KafkaJS, whoever takes over begins here, too.
      if (!autoCommit()) return
      commits
        .commitPlace(client, place, Number(offset))
        .catch((error: Error) => logger.warn(`Could not commit the offset sought: ${error.message}`))
    }
  }

  pause(client: MillraceConsumer | undefined, topics: PauseChoice[]): void {
    this.#parts.groupLogger.info(`Pausing fetching from ${topics.length} topics`, { topicPartitions: topics })
    this.#pauses.pause(topics)
    this.#applyPauses(client)
  }

  resume(client: MillraceConsumer | undefined, topics: PauseChoice[]): void {
    this.#parts.groupLogger.info(`Resuming fetching from ${topics.length} topics`, {
      topicPartitions: topics,
    })
    this.#pauses.resume(topics)
    this.#applyPauses(client)
  }

  isPaused(place: TopicPartition): boolean {
    return this.#pauses.isPaused(place)
  }

  /** Of the partitions that the client has. */
  paused(client: MillraceConsumer | undefined): TopicPartitions[] {
    return byTopic((client?.assignment ?? []).filter(each => this.#pauses.isPaused(each)))
  }

  /** Partitions have come. */
  assigned(client: MillraceConsumer, partitions: readonly TopicPartition[]): void {
    for (const place of partitions) {
      this.#parts.book.begin(place)
      const key = `${place.topic}/${place.partition}`
      const sought = this.#seeks.get(key)
      this.#seeks.delete(key)
      if (sought) this.#seekNow(client, place, sought.offset)
    }
    this.#refuseOthers(client)
    this.#applyPauses(client)
  }

  /** Partitions have gone. */
  revoked(partitions: readonly TopicPartition[]): void {
    for (const each of partitions) this.#parts.book.end(each)
  }

  /** Topics that a leader gave to everybody, whoever subscribed to them: nothing is read of those. */
  #refuseOthers(client: MillraceConsumer): void {
    const { topics, news } = this.#parts
    const assigned = [...new Set(client.assignment.map(({ topic }) => topic))]
    const others = assigned.filter(topic => !topics.has(topic))
    if (others.length > 0) news.foreignTopics(client.groupMetadata(), assigned, others)
  }

  #applyPauses(client: MillraceConsumer | undefined): void {
    if (!client) return
    const ours = client.assignment
    const isPaused = (place: TopicPartition) =>
      this.#pauses.isPaused(place) || !this.#parts.topics.has(place.topic)
    client.pause(ours.filter(isPaused))
    client.resume(ours.filter(place => !isPaused(place)))
  }
}

export function isAmong(partitions: readonly TopicPartition[], topic: string, partition: number): boolean {
  return partitions.some(each => each.topic === topic && each.partition === partition)
}
