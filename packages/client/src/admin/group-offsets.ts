// Admin: read, set and delete the committed offsets of groups.
import { OffsetCommitApi, OffsetDeleteApi, OffsetFetchApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../cluster/topic-partition.ts'
import { BrokerError } from '../errors/index.ts'
import {
  entry,
  int32,
  integer,
  listOf,
  optional,
  optionsWith,
  partitionFields,
  text,
  textOrNull,
} from '../config/arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError } from './outcome.ts'
import { checkBroker } from './wrong-broker.ts'

/** The committed offset of one partition. */
export interface GroupOffset extends TopicPartition {
  /** The next offset that the group will read. */
  readonly offset: number
  /** −1 where it is not known. */
  readonly leaderEpoch?: number
  /** What the committer wrote beside it. Default: nothing. */
  readonly metadata?: string | null
}

/** What became of one partition’s offset. */
export interface GroupOffsetOutcome extends TopicPartition, Outcome {}

/** The last version that names topics; later ones go by topic id, which administration has no use for. */
const namedTopicsMax = 9
/** The first version of OffsetFetch that takes several groups. */
const batchedFrom = 8

const atCoordinator = (groupId: string) => ({ coordinator: { type: 'group', key: groupId } as const })

const checkPartitions = listOf(entry(partitionFields))
const checkOffsets = listOf(
  entry({
    ...partitionFields,
    offset: integer,
    leaderEpoch: optional(int32),
    metadata: optional(textOrNull),
  }),
)

/** A committed offset as the coordinator tells it; −1 where it refuses to. */
export interface FoundGroupOffset extends GroupOffset, Outcome {}

const checkOptions = optionsWith()

/**
 * Committed offsets of a group: of the given partitions, or of all it ever committed. Partitions without one are left out; one that the
 * coordinator refuses has its error, and hides no other.
 */
export async function groupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions?: readonly TopicPartition[],
  options: AdminCallOptions = {},
): Promise<FoundGroupOffset[]> {
  text('groupOffsets: groupId', groupId)
  if (partitions) checkPartitions('groupOffsets: partitions', partitions)
  checkOptions('groupOffsets: options', options)
  const what = `reading the offsets of group "${groupId}"`
  const topics = partitions
    ? groupByTopic(partitions).map(([name, entries]) => ({
        name,
        partitionIndexes: entries.map(entry => entry.partition),
      }))
    : null
  const response = await cluster.call(
    OffsetFetchApi,
    version => (version >= batchedFrom ? { groups: [{ groupId, topics }] } : { groupId, topics }),
    {
      ...callOptions(options),
      what,
      to: atCoordinator(groupId),
      minVersion: topics === null ? 2 : 1,
      maxVersion: namedTopicsMax,
      check: ({ errorCode, groups }) => {
        const code = groups[0]?.errorCode ?? errorCode
        if (code !== 0) throw new BrokerError(code, what)
      },
    },
  )
  const offsets: FoundGroupOffset[] = []
  for (const topic of response.groups[0]?.topics ?? response.topics) {
    for (const entry of topic.partitions) {
      const error = outcomeError(entry.errorCode, `${what} in ${topic.name}-${entry.partitionIndex}`)
      if (!error && entry.committedOffset < 0) continue
      offsets.push({
        topic: topic.name,
        partition: entry.partitionIndex,
        offset: entry.committedOffset,
        leaderEpoch: entry.committedLeaderEpoch,
        metadata: entry.metadata,
        error,
      })
    }
  }
  return offsets
}

/** Sets committed offsets of a group that has no members (`UNKNOWN_MEMBER_ID` otherwise). The group need not exist. */
export async function alterGroupOffsets(
  cluster: Cluster,
  groupId: string,
  offsets: readonly GroupOffset[],
  options: AdminCallOptions = {},
): Promise<GroupOffsetOutcome[]> {
  text('alterGroupOffsets: groupId', groupId)
  checkOffsets('alterGroupOffsets: offsets', offsets)
  checkOptions('alterGroupOffsets: options', options)
  const what = `setting the offsets of group "${groupId}"`
  const response = await cluster.call(
    OffsetCommitApi,
    version => ({
      groupId,
      generationIdOrMemberEpoch: -1,
      memberId: '',
      topics: groupByTopic(offsets).map(([name, entries]) => ({
        name,
        partitions: entries.map(({ partition, offset, leaderEpoch, metadata }) => ({
          partitionIndex: partition,
          committedOffset: offset,
          ...(version >= 6 && { committedLeaderEpoch: leaderEpoch ?? -1 }),
          committedMetadata: metadata ?? '',
        })),
      })),
    }),
    {
      ...callOptions(options),
      what,
      to: atCoordinator(groupId),
      maxVersion: namedTopicsMax,
      check: ({ topics }) =>
        checkBroker(
          topics.flatMap(({ partitions }) => partitions.map(entry => entry.errorCode)),
          what,
        ),
    },
  )
  return response.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, errorCode }) => ({
      topic: name,
      partition: partitionIndex,
      error: outcomeError(errorCode, `${what} in ${name}-${partitionIndex}`),
    })),
  )
}

/** Deletes committed offsets of a group; refused (`GROUP_SUBSCRIBED_TO_TOPIC`) while a member is subscribed to the topic. */
export async function deleteGroupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[],
  options: AdminCallOptions = {},
): Promise<GroupOffsetOutcome[]> {
  text('deleteGroupOffsets: groupId', groupId)
  checkPartitions('deleteGroupOffsets: partitions', partitions)
  checkOptions('deleteGroupOffsets: options', options)
  const what = `deleting offsets of group "${groupId}"`
  const response = await cluster.call(
    OffsetDeleteApi,
    {
      groupId,
      topics: groupByTopic(partitions).map(([name, entries]) => ({
        name,
        partitions: entries.map(({ partition }) => ({ partitionIndex: partition })),
      })),
    },
    {
      ...callOptions(options),
      what,
      to: atCoordinator(groupId),
      check: ({ errorCode }) => {
        if (errorCode !== 0) throw new BrokerError(errorCode, what)
      },
    },
  )
  return response.topics.flatMap(({ name, partitions: results }) =>
    results.map(({ partitionIndex, errorCode }) => ({
      topic: name,
      partition: partitionIndex,
      error: outcomeError(errorCode, `${what} in ${name}-${partitionIndex}`),
    })),
  )
}
