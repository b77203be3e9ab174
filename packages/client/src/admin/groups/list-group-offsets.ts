// Admin: read the committed offsets of groups, in one request to each coordinator (KIP-709).
import { ErrorCode, OffsetFetchApi, type OffsetFetchResponse, zeroUuid } from '@millrace/protocol'
import type { Cluster, Target } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import {
  type Check,
  entry,
  flag,
  listOf,
  optional,
  optionsWith,
  partitionFields,
  text,
} from '../../config/arguments.ts'
import { UnsupportedVersionError } from '../../errors/index.ts'
import { askCoordinators } from '../by-coordinator.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { type FoundGroupOffset, namedTopicsMax } from './committed-offset.ts'

/** Whose offsets to read. */
export interface GroupOffsetsQuery {
  /** The group’s id. */
  readonly groupId: string
  /** Only of these partitions. Default: of all that it ever committed. */
  readonly partitions?: readonly TopicPartition[] | undefined
}

/** The committed offsets of one group. */
export interface GroupOffsets extends Outcome {
  /** The group’s id. */
  readonly groupId: string
  /** Partitions without an offset are left out; one that the coordinator refuses has its error. Empty where there is an error. */
  readonly offsets: readonly FoundGroupOffset[]
}

/** Options of `groupOffsets` and `listGroupOffsets`. */
export interface GroupOffsetsOptions extends AdminCallOptions {
  /** Wait for transactions that are about to move an offset (KIP-447, broker 2.5 on). Default false: the offset before them is told. */
  readonly requireStable?: boolean
}

const checkQuery = entry({ groupId: text, partitions: optional(listOf(entry(partitionFields))) })

/** A group’s id stands for all its offsets. */
const checkGroups: Check = listOf((place, value) => {
  if (typeof value !== 'string') checkQuery(place, value)
})
const checkOptions = optionsWith({ requireStable: flag })

/** The first version of OffsetFetch that takes several groups, that waits for transactions, and that takes null for all partitions. */
const batchedFrom = 8
const stableFrom = 7
const allFrom = 2

type FetchedGroup = OffsetFetchResponse['groups'][number]

/** Reads offsets of groups of any kind, in the order given. A group that does not exist has none. */
export async function listGroupOffsets(
  cluster: Cluster,
  groups: readonly (string | GroupOffsetsQuery)[],
  options: GroupOffsetsOptions = {},
): Promise<GroupOffsets[]> {
  checkGroups('listGroupOffsets: groups', groups)
  checkOptions('listGroupOffsets: options', options)
  const { requireStable = false, ...callOptions } = options
  const queries = new Map(
    groups.map(group => {
      const query = typeof group === 'string' ? { groupId: group } : group
      return [query.groupId, query] as const
    }),
  )
  const what = (groupId: string) => `reading the offsets of group "${groupId}"`
  const send = (ids: readonly string[], to: Target) => {
    const share = ids.map(groupId => queries.get(groupId)!)
    return fetchOffsets(cluster, share, { requireStable, to, signal: options.signal })
  }
  const outcomes = await askCoordinators<FetchedGroup>(
    cluster,
    [...queries.keys()],
    { type: 'group', what, send, keyOf: ({ groupId }) => groupId, passing: unstableIn },
    callOptions,
  )
  return groups.map(group => {
    const groupId = typeof group === 'string' ? group : group.groupId
    const { answer, error } = outcomes.get(groupId)!
    return {
      groupId,
      offsets: answer ? offsetsIn(answer, what(groupId)) : [],
      error: answer ? outcomeError(answer.errorCode, what(groupId)) : error,
    }
  })
}

interface FetchOptions {
  readonly requireStable: boolean
  readonly to: Target
  readonly signal: AbortSignal | undefined
}

async function fetchOffsets(
  cluster: Cluster,
  queries: readonly GroupOffsetsQuery[],
  { requireStable, ...options }: FetchOptions,
): Promise<readonly FetchedGroup[]> {
  const groups = queries.map(({ groupId, partitions }) => ({ groupId, topics: topicsOf(partitions) }))
  try {
    const response = await cluster.request(
      OffsetFetchApi,
      { groups, requireStable },
      { ...options, minVersion: batchedFrom, maxVersion: namedTopicsMax },
    )
    return response.groups
  } catch (error) {
    if (!(error instanceof UnsupportedVersionError)) throw error
  }
  return Promise.all(
    groups.map(async ({ groupId, topics }) => {
      const { errorCode, topics: found } = await cluster.request(
        OffsetFetchApi,
        version => ({ groupId, topics, ...(version >= stableFrom && { requireStable }) }),
        {
          ...options,
          minVersion: requireStable ? stableFrom : topics === null ? allFrom : 1,
          maxVersion: batchedFrom - 1,
        },
      )
      return { groupId, errorCode, topics: found.map(topic => ({ ...topic, topicId: zeroUuid })) }
    }),
  )
}

function topicsOf(partitions: readonly TopicPartition[] | undefined) {
  if (!partitions) return null
  return groupByTopic(partitions).map(([name, entries]) => ({
    name,
    partitionIndexes: entries.map(({ partition }) => partition),
  }))
}

/** A transaction that is to be waited for. */
function unstableIn({ topics }: FetchedGroup): number {
  const isUnstable = topics.some(({ partitions }) =>
    partitions.some(({ errorCode }) => errorCode === ErrorCode.UNSTABLE_OFFSET_COMMIT),
  )
  return isUnstable ? ErrorCode.UNSTABLE_OFFSET_COMMIT : ErrorCode.NONE
}

function offsetsIn({ topics }: FetchedGroup, what: string): FoundGroupOffset[] {
  const offsets: FoundGroupOffset[] = []
  for (const { name, partitions } of topics) {
    for (const { partitionIndex, committedOffset, committedLeaderEpoch, metadata, errorCode } of partitions) {
      const error = outcomeError(errorCode, `${what} in ${name}-${partitionIndex}`)
      if (!error && committedOffset < 0) continue
      offsets.push({
        topic: name,
        partition: partitionIndex,
        offset: committedOffset,
        leaderEpoch: committedLeaderEpoch,
        metadata,
        error,
      })
    }
  }
  return offsets
}
