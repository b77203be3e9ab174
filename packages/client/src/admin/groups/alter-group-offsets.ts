// Admin: set the committed offsets of groups.
import { OffsetCommitApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic } from '../../cluster/topic-partition.ts'
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
} from '../../config/arguments.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { inOrderOf } from '../in-order.ts'
import { outcomeError } from '../outcome.ts'
import { checkBroker } from '../wrong-broker.ts'
import { type GroupOffset, type GroupOffsetOutcome, namedTopicsMax } from './committed-offset.ts'

const checkOffsets = listOf(
  entry({
    ...partitionFields,
    offset: integer,
    leaderEpoch: optional(int32),
    metadata: optional(textOrNull),
  }),
)

const checkOptions = optionsWith()

/** Sets committed offsets, in the order given, of a group that has no members (`UNKNOWN_MEMBER_ID` otherwise). The group need not exist. */
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
      to: { coordinator: { type: 'group', key: groupId } },
      maxVersion: namedTopicsMax,
      check: ({ topics }) =>
        checkBroker(
          topics.flatMap(({ partitions }) => partitions.map(entry => entry.errorCode)),
          what,
        ),
    },
  )
  const altered = response.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, errorCode }) => ({
      topic: name,
      partition: partitionIndex,
      error: outcomeError(errorCode, `${what} in ${name}-${partitionIndex}`),
    })),
  )
  return inOrderOf(offsets, altered, what)
}
