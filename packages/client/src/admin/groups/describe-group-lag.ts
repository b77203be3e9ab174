// Admin: how far groups are behind: what they committed beside where the logs begin and end.
import { ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import { listOf, oneOf, optional, optionsWith, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { steps } from '../call-options.ts'
import type { FoundGroupOffset } from './committed-offset.ts'
import { describeGroups } from './describe-groups.ts'
import type { DescribedGroup, DescribedMember } from './described-group.ts'
import { listGroupOffsets } from './list-group-offsets.ts'
import {
  type FoundOffset,
  type ListOffsetsOptions,
  listOffsets,
  OffsetSpec,
} from '../partitions/list-offsets.ts'
import type { Outcome } from '../outcome.ts'

/** How far a group is in one partition. */
export interface GroupPartitionLag extends TopicPartition, Outcome {
  /** The next offset that the group will read; undefined where it has committed none. */
  readonly committed: number | undefined
  /** The first offset that the log still has. What is committed before it is lost to the group. Undefined where there is an error. */
  readonly logStartOffset: number | undefined
  /** The end of the log: the high watermark, or the last stable offset with `read_committed`. Undefined where there is an error. */
  readonly endOffset: number | undefined
  /** Offsets that are left to read, from what is committed or the start of the log on; undefined where nothing is committed, and where there is an error. */
  readonly lag: number | undefined
  /** The member that has the partition at present; undefined where none has. */
  readonly member: DescribedMember | undefined
}

/** A group and how far it is. */
export interface GroupLag extends DescribedGroup {
  /** The sum over the partitions whose lag is known. */
  readonly lag: number
  /** What the group committed or its members have, sorted by topic and partition; empty where there is an error. */
  readonly partitions: readonly GroupPartitionLag[]
}

const checkGroupIds = listOf(text)
const checkOptions = optionsWith({ isolationLevel: optional(oneOf(['read_committed', 'read_uncommitted'])) })

/** The lag of groups, in the order asked for. A partition that cannot be looked up, its topic deleted perhaps, has its own error and hides no other. */
export async function describeGroupLag(
  cluster: Cluster,
  groupIds: readonly string[],
  options: ListOffsetsOptions = {},
): Promise<GroupLag[]> {
  checkGroupIds('describeGroupLag: groupIds', groupIds)
  checkOptions('describeGroupLag: options', options)
  const step = steps(cluster, options)
  const groups = await describeGroups(cluster, groupIds, step())
  const wanted = groups.filter(group => !group.error || isNoClassicGroup(group))
  const ids = wanted.map(({ groupId }) => groupId)
  const committed = new Map(
    (await listGroupOffsets(cluster, ids, step())).map(found => [found.groupId, found]),
  )
  const partitions = new Map(
    wanted.map(group => [group.groupId, partitionsOf(group, committed.get(group.groupId)!.offsets)]),
  )
  const ends = await endsOf(cluster, [...partitions.values()].flat(), { ...options, ...step() })
  return groups.map(group => {
    const { groupId } = group
    const { offsets = [], error } = committed.get(groupId) ?? {}
    if (error) return { ...group, error, lag: 0, partitions: [] }
    if (group.error && offsets.length === 0) return { ...group, lag: 0, partitions: [] }
    const lags = lagsOf(group, partitions.get(groupId)!, offsets, ends)
    const lag = lags.reduce((sum, partition) => sum + (partition.lag ?? 0), 0)
    return { ...group, error: undefined, lag, partitions: lags }
  })
}

/** Apache Kafka says so of a group that does not exist, and of one that DescribeGroups does not know (KIP-848): that one has offsets. */
function isNoClassicGroup({ error }: DescribedGroup): boolean {
  return error instanceof BrokerError && error.errorCode === ErrorCode.GROUP_ID_NOT_FOUND
}

/** What the group committed or its members have, in order. */
function partitionsOf(group: DescribedGroup, offsets: readonly FoundGroupOffset[]): TopicPartition[] {
  const named = new Map<string, TopicPartition>()
  for (const each of [...offsets, ...group.members.flatMap(({ assignment }) => assignment)])
    named.set(nameOf(each), { topic: each.topic, partition: each.partition })
  return [...named.values()].sort(
    (a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0) || a.partition - b.partition,
  )
}

interface LogEnds {
  readonly start: FoundOffset
  readonly end: FoundOffset
}

/** Where the logs begin and end, each looked up once, however many groups read it. */
async function endsOf(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  options: ListOffsetsOptions,
): Promise<ReadonlyMap<string, LogEnds>> {
  const distinct = [...new Map(partitions.map(each => [nameOf(each), each])).values()]
  const found = await listOffsets(
    cluster,
    [OffsetSpec.earliest, OffsetSpec.latest].flatMap(timestamp =>
      distinct.map(({ topic, partition }) => ({ topic, partition, timestamp })),
    ),
    options,
  )
  return new Map(
    distinct.map((each, index) => [
      nameOf(each),
      { start: found[index]!, end: found[distinct.length + index]! },
    ]),
  )
}

function lagsOf(
  group: DescribedGroup,
  partitions: readonly TopicPartition[],
  offsets: readonly FoundGroupOffset[],
  ends: ReadonlyMap<string, LogEnds>,
): GroupPartitionLag[] {
  const committed = new Map(offsets.map(found => [nameOf(found), found]))
  const owners = new Map(
    group.members.flatMap(member => member.assignment.map(owned => [nameOf(owned), member] as const)),
  )
  return partitions.map(partition => {
    const name = nameOf(partition)
    return { ...partition, member: owners.get(name), ...lagBetween(committed.get(name), ends.get(name)!) }
  })
}

type PartitionProgress = Omit<GroupPartitionLag, 'topic' | 'partition' | 'member'>

function lagBetween(found: FoundGroupOffset | undefined, { start, end }: LogEnds): PartitionProgress {
  const error = found?.error ?? start.error ?? end.error
  const committed = found && !found.error ? found.offset : undefined
  const logStartOffset = start.error ? undefined : start.offset
  const endOffset = end.error ? undefined : end.offset
  const isKnown = committed !== undefined && logStartOffset !== undefined && endOffset !== undefined
  const lag = isKnown ? Math.max(0, endOffset - Math.max(committed, logStartOffset)) : undefined
  return { committed, logStartOffset, endOffset, lag, error }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}
