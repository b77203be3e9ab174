// What a Metadata response tells of topics in use that somebody may wait for in vain: missing, gone, made anew, without leaders.
import { ErrorCode, type MetadataResponse, zeroUuid } from '@millrace/protocol'
import type { Clock } from '@millrace/runtime'
import { partitionLeaderless, topicGone, topicRecreated, topicUnknown } from '../events/client-event.ts'
import type { EventDoor } from '../events/event-door.ts'
import type { Metadata } from './metadata.ts'

/** A topic that is being created, or an election, takes a moment: what lasts longer is told. */
const graceMs = 1000
/** Topics that are waited for and remembered; the oldest are forgotten beyond that. */
const rememberedMax = 1000

type TopicAnswer = MetadataResponse['topics'][number]

export class TopicNews {
  readonly #events: EventDoor
  readonly #clock: Clock
  /** Since when a topic is unknown, or some of its partitions have no leader, on the monotonic clock. */
  readonly #since = new Map<string, number>()

  constructor(events: EventDoor, clock: Clock) {
    this.#events = events
    this.#clock = clock
  }

  /**
   * Compares a response with what was known before it. `expected`: topics in use, if it speaks of all there are; what it leaves out of them is
   * unknown.
   */
  tell(response: MetadataResponse, before: Metadata, expected: readonly string[] = []): void {
    if (!this.#events.active) return
    const missing = new Set(expected)
    for (const { name } of response.topics) missing.delete(name ?? '')
    for (const name of missing) this.#unknown(name, before)
    for (const answer of response.topics) {
      const name = answer.name ?? before.topicNameOf(answer.topicId)
      if (name === undefined) continue
      if (isUnknown(answer.errorCode)) this.#unknown(name, before)
      else if (answer.errorCode === 0) this.#known(name, answer, before)
    }
  }

  #unknown(name: string, before: Metadata): void {
    if (before.topic(name)) this.#events.emit(topicGone(name))
    else if (this.#lasts(name)) this.#events.emit(topicUnknown(name))
  }

  #known(name: string, answer: TopicAnswer, before: Metadata): void {
    const { topicId = zeroUuid } = before.topic(name) ?? {}
    if (topicId !== zeroUuid && topicId !== answer.topicId) this.#events.emit(topicRecreated(name))
    const leaderless = answer.partitions.filter(({ leaderId }) => leaderId === -1)
    if (leaderless.length === 0) {
      this.#since.delete(name)
      this.#events.forget('topic.unknown', name)
      this.#events.forget('partition.leaderless', name)
    } else if (this.#lasts(name)) {
      const partitions = leaderless.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b)
      this.#events.emit(partitionLeaderless(name, partitions))
    }
  }

  #lasts(name: string): boolean {
    const now = this.#clock.monotonic()
    const since = this.#since.get(name)
    if (since !== undefined) return now - since >= graceMs
    this.#since.set(name, now)
    if (this.#since.size > rememberedMax) this.#since.delete(this.#since.keys().next().value!)
    return false
  }
}

function isUnknown(errorCode: number): boolean {
  return errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION || errorCode === ErrorCode.UNKNOWN_TOPIC_ID
}
