// What a member of a KIP-848 consumer group says in a heartbeat: everything when it joins or was not heard, else only what has changed. Pure.
import type { ConsumerGroupHeartbeatRequestInit } from '@millrace/protocol'
import type { TopicPartitions } from '../../assignors/assignor.ts'
import type { Heartbeat } from './modern-events.ts'

export interface ConsumerHeartbeatOptions {
  readonly groupId: string
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly rack: string
  readonly rebalanceTimeoutMs: number
  /** The broker's assignor; null for its first one. */
  readonly remoteAssignor: string | null
}

/** The topics that a member wants: the sum of both. */
export interface SubscribedTopics {
  readonly names: readonly string[]
  /** A pattern in RE2 syntax, for the broker to match. */
  readonly pattern: string | undefined
}

/** The first version with patterns. */
export const patternsFrom = 1

export class ConsumerHeartbeat {
  readonly #options: ConsumerHeartbeatOptions
  /** What was said last; of a pattern, undefined as long as there was none. */
  #saidNames = ''
  #saidPattern: string | undefined

  constructor(options: ConsumerHeartbeatOptions) {
    this.#options = options
  }

  /** The request that says it, in a version. What it says counts as said: after a failure, the next one has to be `full`. */
  request(
    { epoch, full, owned }: Heartbeat,
    subscribed: SubscribedTopics,
    version: number,
  ): ConsumerGroupHeartbeatRequestInit {
    const { groupId, memberId, groupInstanceId, rack, rebalanceTimeoutMs, remoteAssignor } = this.#options
    return {
      groupId,
      memberId,
      memberEpoch: epoch,
      instanceId: groupInstanceId,
      ...(full && { rackId: rack === '' ? null : rack, rebalanceTimeoutMs, serverAssignor: remoteAssignor }),
      ...(epoch >= 0 && this.#subscription(subscribed, full, version)),
      topicPartitions: owned ? toTopicIds(owned) : null,
    }
  }

  #subscription(
    { names, pattern }: SubscribedTopics,
    full: boolean,
    version: number,
  ): Pick<ConsumerGroupHeartbeatRequestInit, 'subscribedTopicNames' | 'subscribedTopicRegex'> {
    const sorted = [...names].sort()
    const saysNames = full || sorted.join() !== this.#saidNames
    // Nothing said is nothing changed: a pattern that was there is taken back by an empty one.
    const wanted = pattern ?? (this.#saidPattern === undefined ? undefined : '')
    const saysPattern = wanted !== undefined && (full || wanted !== this.#saidPattern)
    this.#saidNames = sorted.join()
    this.#saidPattern = wanted
    return {
      ...(saysNames && { subscribedTopicNames: sorted }),
      ...(version >= patternsFrom && saysPattern && { subscribedTopicRegex: wanted }),
    }
  }
}

function toTopicIds(partitions: TopicPartitions): { topicId: string; partitions: readonly number[] }[] {
  return [...partitions].map(([topicId, numbers]) => ({ topicId, partitions: numbers }))
}
