// What the calls of a Consumer take and return beside records: partitions with offsets, and how long to wait. What callers without types get wrong is refused.
import {
  abortSignal,
  callable,
  type Check,
  count,
  entry,
  int32,
  integer,
  listOf,
  oneOf,
  optional,
  partition,
  patience,
  text,
} from '../config/arguments.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { StartingPoint } from './partition-state.ts'

/** A partition to read, and where to start: an offset, an end of the log, a time, or where the group left off (the default). */
export interface PartitionStart<Choice = string> {
  /** The topic, or its name. */
  readonly topic: Choice
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** Where to begin. Default: where the group left off, without a group as `autoOffsetReset` says. */
  readonly offset?: number | StartingPoint
}

/** Part of a partition, as a batch is one. */
export interface PartitionRange extends TopicPartition {
  /** Offset behind it. */
  readonly endOffset: number
}

/** A partition with an offset in it. */
export interface PartitionOffset extends TopicPartition {
  /** From 0 on; −1 where a look-up found none. */
  readonly offset: number
}

/** What ends a wait before its time. */
export interface LoopOptions {
  /** Ends the loop after the item in hand, or the wait at once: it throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** How long to wait for an answer, and what ends the wait before. */
export interface WaitOptions extends LoopOptions {
  /** In ms. Default: `apiTimeoutMs`. */
  readonly timeoutMs?: number
}

/** How patient closing is. */
export interface CloseOptions {
  /** How long to wait for handlers and hooks, in ms. Default 30,000. Brokers that say nothing are waited for at most 5,000 besides. */
  readonly timeoutMs?: number
}

/** How a consumer is closed. */
export interface ConsumerCloseOptions extends CloseOptions {
  /**
   * Whether it leaves its group (`CloseOptions.GroupMembershipOperation`, KIP-1092). `leave`: at once, a static member too. `remain`: not before its session ends, so that the partitions
   * wait for one that is about to be back. Default: static members remain, others leave.
   */
  readonly groupMembership?: 'leave' | 'remain'
}

const signal = optional(abortSignal)
const offsetToCommit: Check = (place, value) => {
  partition(place, value)
  const { leaderEpoch, metadata } = value as { readonly leaderEpoch?: unknown; readonly metadata?: unknown }
  optional(int32)(`${place}.leaderEpoch`, leaderEpoch)
  optional(text)(`${place}.metadata`, metadata)
}

const timeInPartition: Check = (place, value) => {
  partition(place, value)
  integer(`${place}.timestamp`, (value as { readonly timestamp?: unknown }).timestamp)
}

/** Checks of arguments, each by the place that it is given: "poll: options". They throw StateError. */
export const argumentChecks = {
  partition,
  partitions: listOf(partition),
  times: listOf(timeInPartition),
  offsetsToCommit: listOf(offsetToCommit),
  hooks: entry({
    onAssigned: optional(callable),
    onRevoked: optional(callable),
    onLost: optional(callable),
  }),
  loop: entry({ signal }),
  run: entry({
    eachRecord: optional(callable),
    eachBatch: optional(callable),
    partitionConcurrency: optional(count),
    signal,
  }),
  poll: entry({ timeoutMs: optional(patience), maxRecords: optional(count), signal }),
  wait: entry({ timeoutMs: optional(patience), signal }),
  close: entry({ timeoutMs: optional(patience) }),
  closeConsumer: entry({
    timeoutMs: optional(patience),
    groupMembership: optional(oneOf(['leave', 'remain'])),
  }),
} satisfies Readonly<Record<string, Check>>
