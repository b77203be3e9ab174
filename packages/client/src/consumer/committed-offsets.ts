// Committed offsets of the consumer's own group: read before it starts, written as it goes.
import { ErrorCode, OffsetCommitApi, OffsetFetchApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { ConsumerGroupMetadata, OffsetToCommit } from '../cluster/offset-commit.ts'
import { groupByTopic, type TopicPartition } from '../cluster/topic-partition.ts'
import { BrokerError, GroupError, KafkaError } from '../errors/index.ts'
import { partitionKey } from './assignors/ownership.ts'

export type { ConsumerGroupMetadata as CommitIdentity, OffsetToCommit } from '../cluster/offset-commit.ts'

/** An offset as a group commits it: the next one to read. */
export interface CommittedOffset {
  /** From 0 on. */
  readonly offset: number
  /** Leader epoch of the record before, −1 if unknown. */
  readonly leaderEpoch: number
  /** Text that was committed with it, empty for most. */
  readonly metadata: string
}

/** The last version that names topics: later ones go by id, which a topic of an old broker does not have. */
const namedTopicsMax = 9
/** The first versions that know members by their epoch (KIP-848). */
const epochsFrom = 9
/** The first version of OffsetFetch that takes several groups. */
const batchedFrom = 8
/** The first version that can wait for open transactions. */
const stableFrom = 7

/** Reads committed offsets; partitions without one are left out. `stable`: waits for transactions that are committing offsets. */
export async function fetchCommitted(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[],
  options: {
    readonly stable: boolean
    readonly signal?: AbortSignal | undefined
    readonly timeoutMs?: number
    /** The member that reads, asked at each attempt; undefined for who is none, which may always read. Default: nobody. */
    readonly reader?: () => ConsumerGroupMetadata | undefined
  },
): Promise<Map<string, CommittedOffset>> {
  const what = `reading the offsets of group "${groupId}"`
  const topics = groupByTopic(partitions).map(([name, entries]) => ({
    name,
    partitionIndexes: entries.map(({ partition }) => partition),
  }))
  const response = await cluster.call(
    OffsetFetchApi,
    version => {
      const reader = version >= epochsFrom ? options.reader?.() : undefined
      const member = reader && { memberId: reader.memberId, memberEpoch: reader.generation }
      return {
        ...(version >= batchedFrom ? { groups: [{ groupId, topics, ...member }] } : { groupId, topics }),
        ...(version >= stableFrom && { requireStable: options.stable }),
      }
    },
    {
      what,
      to: { coordinator: { type: 'group', key: groupId } },
      maxVersion: namedTopicsMax,
      signal: options.signal,
      ...(options.timeoutMs !== undefined && { totalTimeoutMs: options.timeoutMs }),
      check: ({ errorCode, groups, topics: named }) => {
        const codes = [errorCode, groups[0]?.errorCode ?? 0]
        for (const { partitions: list } of groups[0]?.topics ?? named) {
          for (const entry of list) codes.push(entry.errorCode)
        }
        const failed = codes.find(code => code !== 0)
        if (failed === undefined) return
        const error = new BrokerError(failed, what)
        throw isOfMember(failed) && options.reader ? passing(error) : error
      },
    },
  )
  const found = new Map<string, CommittedOffset>()
  for (const { name, partitions: list } of response.groups[0]?.topics ?? response.topics) {
    for (const { partitionIndex, committedOffset, committedLeaderEpoch, metadata } of list) {
      if (committedOffset < 0) continue
      found.set(partitionKey(name, partitionIndex), {
        offset: committedOffset,
        leaderEpoch: committedLeaderEpoch,
        metadata: metadata ?? '',
      })
    }
  }
  return found
}

export interface CommitOptions {
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number
  /** Leave out partitions that do not exist, instead of trying again until they do. Default false. */
  readonly skipUnknown?: boolean
  /** Whether a commit that the group refused under `generation` may go again under the next one. Default: never. */
  readonly mayGoAgain?: (generation: number) => boolean
  /**
   * Whether the offsets are still the committer's to commit, asked where it has become another member or is in another generation since the
   * first attempt. Default: they are not.
   */
  readonly stillOwned?: () => boolean
}

/** Commits offsets, and returns those that are committed. Throws GroupError `COMMIT_FAILED` when the group moved on without this member, BrokerError otherwise. */
export async function commitOffsets(
  cluster: Cluster,
  identity: () => ConsumerGroupMetadata,
  offsets: readonly OffsetToCommit[],
  options: CommitOptions = {},
): Promise<readonly OffsetToCommit[]> {
  const first = identity()
  const { groupId } = first
  const unknown = new Set<string>()
  let sentGeneration = -1
  const what = `committing offsets of group "${groupId}"`
  const topics = groupByTopic(offsets).map(([name, entries]) => ({
    name,
    partitions: entries.map(({ partition, offset, leaderEpoch, metadata }) => ({
      partitionIndex: partition,
      committedOffset: offset,
      committedLeaderEpoch: leaderEpoch ?? -1,
      committedMetadata: metadata ?? '',
    })),
  }))
  await cluster.call(
    OffsetCommitApi,
    version => {
      const { memberId, generation, groupInstanceId } = identity()
      const isAnother = generation !== first.generation || memberId !== first.memberId
      // A commit that was long on its way must not take back what the next owner has committed.
      if (isAnother && !options.stillOwned?.()) throw new GroupError('COMMIT_FAILED', movedOn(what))
      sentGeneration = generation
      return {
        groupId,
        generationIdOrMemberEpoch: generation,
        memberId,
        ...(version >= stableFrom && { groupInstanceId }),
        topics,
      }
    },
    {
      what,
      to: { coordinator: { type: 'group', key: groupId } },
      maxVersion: namedTopicsMax,
      signal: options.signal,
      ...(options.timeoutMs !== undefined && { totalTimeoutMs: options.timeoutMs }),
      check: response => {
        unknown.clear()
        for (const { name, partitions } of response.topics) {
          for (const { partitionIndex, errorCode } of partitions) {
            if (options.skipUnknown && errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
              unknown.add(partitionKey(name, partitionIndex))
            } else if (errorCode !== 0) {
              const of = `${what} (${name}-${partitionIndex})`
              if (isBetweenGenerations(errorCode) && options.mayGoAgain?.(sentGeneration)) {
                throw passing(new BrokerError(errorCode, of))
              }
              throw commitError(errorCode, of)
            }
          }
        }
      },
    },
  )
  return offsets.filter(({ topic, partition }) => !unknown.has(partitionKey(topic, partition)))
}

/** Sent after the group had gathered for the next generation, and before the member or the coordinator was through with it. */
function isBetweenGenerations(errorCode: number): boolean {
  return (
    errorCode === ErrorCode.REBALANCE_IN_PROGRESS ||
    errorCode === ErrorCode.ILLEGAL_GENERATION ||
    errorCode === ErrorCode.STALE_MEMBER_EPOCH
  )
}

/** The coordinator is in another epoch than the member, which hears of it with the next heartbeat. */
function isOfMember(errorCode: number): boolean {
  return errorCode === ErrorCode.STALE_MEMBER_EPOCH || errorCode === ErrorCode.UNKNOWN_MEMBER_ID
}

/** What no retry would mend, were it not for what the member is about to learn. */
function passing(cause: BrokerError): KafkaError {
  return new KafkaError(cause.code, `${cause.message} The group is rebalancing.`, { retriable: true, cause })
}

function movedOn(what: string): string {
  return `${what}: the group has rebalanced, and others may own the partitions; what was not committed is delivered again. Work in smaller batches or raise maxPollIntervalMs`
}

function commitError(errorCode: number, what: string): Error {
  const cause = new BrokerError(errorCode, what)
  switch (errorCode) {
    case ErrorCode.UNKNOWN_MEMBER_ID:
    case ErrorCode.ILLEGAL_GENERATION:
    case ErrorCode.REBALANCE_IN_PROGRESS:
    case ErrorCode.STALE_MEMBER_EPOCH:
    case ErrorCode.FENCED_MEMBER_EPOCH:
      return new GroupError('COMMIT_FAILED', movedOn(what), { cause })
    case ErrorCode.FENCED_INSTANCE_ID:
      return new GroupError('FENCED', `${what}: another consumer has taken over the groupInstanceId`, {
        cause,
      })
    default:
      return cause
  }
}
