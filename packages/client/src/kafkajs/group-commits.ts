// Commits of a consumer, one after the other: an earlier one that has to go again would take a later one back.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { Consumer as MillraceConsumer } from '../consumer/consumer.ts'
import type { GroupNews } from './group-news.ts'
import type { OffsetBook } from './offset-book.ts'
import { rethrow } from './protocol-errors.ts'
import { offsetsToCommit } from './transaction.ts'
import type { Offsets } from './types/cluster.ts'

export class GroupCommits {
  readonly #book: OffsetBook
  readonly #news: GroupNews
  /** Resolves when the commits so far are over. */
  #turn: Promise<void> = Promise.resolve()

  constructor(book: OffsetBook, news: GroupNews) {
    this.#book = book
    this.#news = news
  }

  /** Commits offsets, or what is resolved. Throws KafkaJSError. */
  async commit(client: MillraceConsumer, offsets: Partial<Offsets> = {}): Promise<void> {
    const { topics = this.#book.uncommitted().topics } = offsets
    if (topics.length === 0) return
    const { member } = this.#news
    const { version } = this.#book
    await this.#inTurn(() => client.commit(offsetsToCommit({ topics })))
    this.#book.committed({ topics }, version)
    this.#news.committed(member, topics)
  }

  /** Commits where a partition goes on, without a word to anybody, as KafkaJS does. Throws KafkaJSError. */
  commitPlace(client: MillraceConsumer, place: TopicPartition, offset: number): Promise<void> {
    return this.#inTurn(() => client.commit([{ ...place, offset }]))
  }

  #inTurn(commit: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(commit).catch(rethrow)
    this.#turn = done.catch(() => {})
    return done
  }
}
