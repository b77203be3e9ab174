// What a consumer tells of itself: facts of our client as KafkaJS's events and log entries.
import type { FetchFacts, RebalanceFacts, RequestFacts } from '../events/facts.ts'
import { byTopic } from './by-topic.ts'
import { consumerEvents, type Emitter } from './events.ts'
import type { Offsets } from './types/cluster.ts'
import type { Logger } from './types/config.ts'

/** Who a consumer is in its group. */
interface Member {
  readonly memberId: string
  readonly generation: number
}

interface GroupNewsParts {
  readonly groupId: string
  readonly emitter: Emitter
  readonly logger: Logger
  readonly groupLogger: Logger
  /** The topics that the consumer has subscribed to. */
  readonly subscribed: () => readonly string[]
}

export class GroupNews {
  readonly #parts: GroupNewsParts
  #member: Member = { memberId: '', generation: -1 }

  constructor(parts: GroupNewsParts) {
    this.#parts = parts
  }

  /** Who this consumer was when it was last told. */
  get member(): Member {
    return this.#member
  }

  /** The group rebalances, or has done so. */
  rebalance({
    what,
    groupId,
    memberId,
    generation,
    leaderId,
    protocol,
    ms,
    partitions,
  }: RebalanceFacts): void {
    const { logger, groupLogger, emitter, subscribed } = this.#parts
    if (what === 'begun' && memberId !== '') {
      logger.warn('The group is rebalancing, re-joining', { groupId, memberId })
      emitter.emit(consumerEvents.REBALANCING, { groupId, memberId })
    }
    if (what !== 'completed') return
    this.#member = { memberId, generation }
    const topics = subscribed()
    const ours = byTopic(partitions.filter(({ topic }) => topics.includes(topic)))
    const payload = {
      groupId,
      memberId,
      leaderId,
      isLeader: memberId === leaderId,
      memberAssignment: Object.fromEntries(ours.map(each => [each.topic, each.partitions])),
      groupProtocol: protocol,
      duration: Math.round(ms),
    }
    emitter.emit(consumerEvents.GROUP_JOIN, payload)
    groupLogger.info('Consumer has joined the group', payload)
  }

  /** The leader gave topics to this member that it has not subscribed to. */
  foreignTopics(
    { memberId, generation }: Member,
    assignedTopics: string[],
    topicsNotSubscribed: string[],
  ): void {
    const { groupId, emitter, groupLogger, subscribed } = this.#parts
    const payload = {
      groupId,
      generationId: generation,
      memberId,
      assignedTopics,
      topicsSubscribed: subscribed(),
      topicsNotSubscribed,
    }
    emitter.emit(consumerEvents.RECEIVED_UNSUBSCRIBED_TOPICS, payload)
    groupLogger.warn('Consumer group received unsubscribed topics', {
      ...payload,
      helpUrl: 'https://kafka.js.org/docs/faq#why-am-i-receiving-messages-for-topics-i-m-not-subscribed-to',
    })
  }

  /** Offsets are committed that were asked for by `member`. */
  committed({ memberId, generation }: Member, topics: Offsets['topics']): void {
    const { groupId, emitter } = this.#parts
    emitter.emit(consumerEvents.COMMIT_OFFSETS, { groupId, memberId, groupGenerationId: generation, topics })
  }

  /** A fetch is told of when it is over: its beginning with the time at which it was. */
  fetch({ nodeId, ms, error }: FetchFacts): void {
    if (error) return
    const { emitter } = this.#parts
    const duration = Math.round(ms)
    emitter.emit(consumerEvents.FETCH_START, { nodeId }, duration)
    emitter.emit(consumerEvents.FETCH, { numberOfBatches: 0, duration, nodeId })
  }

  request({ api, error }: RequestFacts): void {
    if (api !== 'Heartbeat' || error) return
    const { memberId, generation } = this.#member
    const { groupId, emitter } = this.#parts
    emitter.emit(consumerEvents.HEARTBEAT, { groupId, memberId, groupGenerationId: generation })
  }
}
