// The consumer's side of being in a group: takes partitions over and gives them up without losing or repeating work.
import { closeTimeoutMs } from '../cluster/options.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { ConfigError, GroupError } from '../errors/index.ts'
import type { Assignment } from './assignment.ts'
import type { TopicPartitions } from './assignors/assignor.ts'
import type { OffsetCommitter } from './offset-committer.ts'
import type { CommitIdentity } from './committed-offsets.ts'
import {
  type Farewell,
  type GroupMembership,
  type MakeMembership,
  noLeadership,
} from './group/group-membership.ts'
import { RebalanceNews } from './group/rebalance-news.ts'
import { isEmpty, toList } from './group/topic-partitions.ts'
import type { ConsumerCounters } from './counters.ts'
import type { Handout } from './handout.ts'
import type { ResolvedConsumerOptions } from './options.ts'
import type { PartitionState } from './partition-state.ts'
import type { Subscription } from './subscription.ts'

/** Called, and awaited, while partitions change hands. Errors go to the loop or handler that consumes. */
export interface RebalanceHooks {
  /** Partitions are there; nothing of them was handed out yet: the place to seek. */
  readonly onAssigned?: (partitions: TopicPartition[]) => Promise<void> | void
  /** Partitions are about to go; nothing of them is in hand, and they are still ours: the place to commit. */
  readonly onRevoked?: (partitions: TopicPartition[]) => Promise<void> | void
  /** Partitions are gone, and may be another member's by now. Default: `onRevoked`. */
  readonly onLost?: (partitions: TopicPartition[]) => Promise<void> | void
}

export interface GroupSideOptions {
  readonly options: ResolvedConsumerOptions & { readonly groupId: string }
  readonly makeMembership: MakeMembership
  readonly assignment: Assignment
  readonly handout: Handout
  readonly committer: OffsetCommitter
  readonly counters: ConsumerCounters
  /** Resolves when no handler is running. */
  readonly handlersDone: () => Promise<void>
  /** Partitions came that need a starting point. */
  readonly onAdded: () => void
  readonly onError: (error: Error) => void
}

/** Throws ConfigError for a pattern that no broker will match. */
function refusePattern({ pattern }: Subscription, { groupProtocol }: ResolvedConsumerOptions): void {
  if (pattern === undefined || groupProtocol === 'consumer') return
  throw new ConfigError(
    'Consumer: a SubscriptionPattern is matched by the broker, which takes groupProtocol: "consumer"; a RegExp is matched here',
  )
}

/** Left of the rebalance timeout for commit and hooks when waiting for the user ends. */
const commitShareOfTimeout = 0.1

export class GroupSide {
  readonly #options: GroupSideOptions
  #member: GroupMembership | undefined
  #leaving = false
  #hooks: RebalanceHooks = {}
  /** Closing has waited long enough for the user. */
  #hooksGivenUp = false
  #giveUpHook: () => void = () => {}
  readonly #news: RebalanceNews

  constructor(options: GroupSideOptions) {
    this.#options = options
    this.#news = new RebalanceNews(options.counters, () => {
      const { memberId = '', generation = -1 } = this.#member?.identity ?? {}
      const leadership = this.#member?.leadership ?? noLeadership
      return { groupId: options.options.groupId, memberId, generation, ...leadership }
    })
  }

  /** Name of this member, empty while it is none. */
  get memberId(): string {
    return this.#member?.identity.memberId ?? ''
  }

  /** How this consumer commits: as the member that it is, or for a group without members. Throws GroupError between generations. */
  get identity(): CommitIdentity {
    const { groupId } = this.#options.options
    if (!this.#member) return { groupId, groupInstanceId: null, memberId: '', generation: -1 }
    const { identity } = this.#member
    // An empty group takes commits from anyone: but what this consumer knows of its partitions is out of date.
    if (identity.generation === -1) {
      throw new GroupError('COMMIT_FAILED', `this consumer is not a member of group "${groupId}" at present`)
    }
    return identity
  }

  /** As whom offsets are read: as the member of an epoch, by the consumer protocol, so that a member that is out of date is told. */
  get reader(): CommitIdentity | undefined {
    if (this.#options.options.groupProtocol === 'classic') return undefined
    const identity = this.#member?.identity
    return identity?.generation === -1 ? undefined : identity
  }

  /** Whether the coordinator may be in another generation than this member. */
  get isRejoining(): boolean {
    return this.#member?.isRejoining ?? false
  }

  /** Whether a commit has a chance: not between being put out of the group and being back in. */
  get mayCommit(): boolean {
    return !this.#member || this.#member.identity.generation !== -1
  }

  subscribe(subscription: Subscription, hooks: RebalanceHooks): void {
    refusePattern(subscription, this.#options.options)
    this.#hooks = hooks
    if (this.#member) {
      this.#member.subscribe(subscription)
      return
    }
    const { makeMembership, handout, onError } = this.#options
    this.#member = makeMembership(subscription, {
      revoke: (partitions, lost) => this.#revoke(partitions, lost),
      assign: (revoked, added) => this.#assign(revoked, added),
      rebalancing: () => this.#news.begun(),
      takePolled: () => handout.takePolled(),
      onError,
      onFailed: error => {
        this.#news.over('failed', [], error)
        handout.failForGood(error)
      },
    })
    this.#member.start()
  }

  /** Gives everything up and leaves the group. */
  async leave(farewell: Farewell): Promise<void> {
    this.#leaving = true
    await this.#member?.leave(farewell)
  }

  /** Goes on without hooks that have not returned: the other members wait for the partitions. */
  giveUpHooks(): void {
    this.#hooksGivenUp = true
    this.#giveUpHook()
  }

  close(): void {
    this.#member?.close()
  }

  /** Waits for a hook; for none any more once they are given up. */
  async #hookDone(hook: Promise<void> | void): Promise<void> {
    if (!hook || this.#hooksGivenUp) return
    await new Promise<void>((resolve, reject) => {
      this.#giveUpHook = resolve
      hook.then(resolve, reject)
    })
  }

  async #assign(revoked: TopicPartitions, added: TopicPartitions): Promise<void> {
    const { assignment, counters, onAdded, onError } = this.#options
    // A hook that fails over what goes must not keep out what comes: the group counts on this member for it.
    if (!isEmpty(revoked))
      await this.#revoke(revoked, false).catch((error: unknown) => onError(error as Error))
    const list = toList(added)
    const states = list.map(({ topic, partition }) => {
      const state = assignment.add(topic, partition)
      state.suspended = true
      assignment.moveToTarget(state, 'committed')
      return state
    })
    const startedAt = counters.now()
    try {
      await this.#hookDone(this.#hooks.onAssigned?.(list))
    } finally {
      for (const state of states) state.suspended = false
      onAdded()
      this.#news.moved('assigned', list, startedAt)
      // Where the broker divides, partitions come and go without a word before.
      this.#news.begun(startedAt)
      this.#news.over('completed', assignment.partitions(), undefined)
    }
  }

  async #revoke(partitions: TopicPartitions, lost: boolean): Promise<void> {
    const { assignment, handout, counters } = this.#options
    const startedAt = counters.now()
    const list = toList(partitions)
    const states = new Set<PartitionState>()
    for (const { topic, partition } of list) {
      const state = assignment.find(topic, partition)
      if (!state) continue
      state.suspended = true
      states.add(state)
    }
    try {
      if (!lost) await this.#finish(states)
      const hook = lost ? (this.#hooks.onLost ?? this.#hooks.onRevoked) : this.#hooks.onRevoked
      await this.#hookDone(hook?.(list))
    } finally {
      for (const state of states) assignment.remove(state)
      handout.wake()
      this.#news.moved(lost ? 'lost' : 'revoked', list, startedAt)
    }
  }

  /** Lets the user finish what is in hand, then commits it: the next owner starts behind it. */
  async #finish(states: ReadonlySet<PartitionState>): Promise<void> {
    const { handout, committer, options, handlersDone } = this.#options
    const { maxPollIntervalMs, autoCommit } = options
    const commitMs = this.#leaving ? closeTimeoutMs / 2 : maxPollIntervalMs * commitShareOfTimeout
    if (!handout.closed) await handout.quiesce(states, maxPollIntervalMs - commitMs)
    // Who closes waits for handlers before it leaves: a rebalance that comes first must not take what they have in hand.
    if (handout.closed && !this.#leaving) await this.#hookDone(handlersDone())
    if (autoCommit) await committer.commitInTime(commitMs, states)
  }
}
