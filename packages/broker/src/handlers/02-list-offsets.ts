// ListOffsets (key 2, versions 1–11): offsets by time, or by the names −1 latest, −2 earliest, −3 of the largest timestamp (v7+),
// −4 earliest local (v8+), −5 last tiered (v9+), −6 earliest to upload (v11+). Read-committed readers get the last stable offset as latest.
// What was acknowledged is seen: where readers do not get it yet, the answer waits for the sync that it waits for.
import type { PartitionLog } from '@millrace/log'
import {
  ErrorCode,
  ListOffsetsApi,
  type ListOffsetsRequest,
  type ListOffsetsResponseInit,
} from '@millrace/protocol'
import { acknowledgements } from '../acknowledgements.ts'
import { isReadCommitted } from '../isolation-level.ts'
import { listOffsetsTimeoutMs } from '../limits.ts'
import { storageErrorCode } from '../storage-error.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type PartitionRequest = ListOffsetsRequest['topics'][number]['partitions'][number]
type PartitionReply = NonNullable<ListOffsetsResponseInit['topics']>[number]['partitions'][number]
interface Found {
  readonly offset: number
  readonly timestamp: number
  readonly leaderEpoch: number
}

const special = {
  LATEST: -1,
  EARLIEST: -2,
  MAX_TIMESTAMP: -3,
  EARLIEST_LOCAL: -4,
  LATEST_TIERED: -5,
  EARLIEST_PENDING_UPLOAD: -6,
} as const
/** First version in which a negative timestamp has its meaning; before it the request is refused. */
const specialVersionMin: Readonly<Record<number, number>> = {
  [special.LATEST]: 1,
  [special.EARLIEST]: 1,
  [special.MAX_TIMESTAMP]: 7,
  [special.EARLIEST_LOCAL]: 8,
  [special.LATEST_TIERED]: 9,
  [special.EARLIEST_PENDING_UPLOAD]: 11,
}
/** What they mean does not depend on where the log ends. */
const startTimestamps: ReadonlySet<number> = new Set([
  special.EARLIEST,
  special.EARLIEST_LOCAL,
  special.LATEST_TIERED,
  special.EARLIEST_PENDING_UPLOAD,
])
/** First version with a timeout in the request (KIP-1075), and with an error that says that an offset is not known yet. */
const timeoutVersionMin = 10
const notAvailableVersionMin = 5
/** Older versions do not carry the epoch of the offset that was found. */
const leaderEpochVersionMin = 4
const nothing: Found = { offset: -1, timestamp: -1, leaderEpoch: -1 }

const traits: HandlerTraits = { authorization: needs('DESCRIBE TOPIC'), quota: 'REQUEST' }

export default defineHandler(ListOffsetsApi, traits, async (request, context) => {
  const times = timesNamed(request.topics)
  const topics = request.topics.map(async ({ name, partitions }) => {
    if (!context.authorize('DESCRIBE', 'TOPIC', name)) {
      const refused = ErrorCode.TOPIC_AUTHORIZATION_FAILED
      return { name, partitions: partitions.map(partition => failed(partition, refused)) }
    }
    const replies: Promise<PartitionReply>[] = []
    for (const partition of partitions) {
      const key = partitionKey(name, partition.partitionIndex)
      const count = times.get(key)
      if (count === 1) replies.push(listPartition(name, partition, request, context))
      else if (count !== undefined)
        replies.push(Promise.resolve(failed(partition, ErrorCode.INVALID_REQUEST)))
      times.delete(key)
    }
    return { name, partitions: await Promise.all(replies) }
  })
  return { topics: await Promise.all(topics) }
})

const partitionKey = (topic: string, partition: number): string => `${partition} ${topic}`

/** How often a request names each partition. As in Kafka, one that is named twice gets one answer, and that is an error. */
function timesNamed(topics: ListOffsetsRequest['topics']): Map<string, number> {
  const times = new Map<string, number>()
  for (const { name, partitions } of topics) {
    for (const { partitionIndex } of partitions) {
      const key = partitionKey(name, partitionIndex)
      times.set(key, (times.get(key) ?? 0) + 1)
    }
  }
  return times
}

const failed = ({ partitionIndex }: PartitionRequest, errorCode: number): PartitionReply => ({
  partitionIndex,
  errorCode,
  ...nothing,
})

async function listPartition(
  topic: string,
  request: PartitionRequest,
  { isolationLevel, timeoutMs }: ListOffsetsRequest,
  { broker, apiVersion, connection }: RequestContext,
): Promise<PartitionReply> {
  const { partitionIndex, currentLeaderEpoch, timestamp } = request
  const readCommitted = isReadCommitted(isolationLevel)
  if (readCommitted === undefined) return failed(request, ErrorCode.INVALID_REQUEST)
  const log = broker.partition(topic, partitionIndex)
  if (!log) return failed(request, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  if (currentLeaderEpoch !== -1 && currentLeaderEpoch !== log.leaderEpoch) {
    const fenced = currentLeaderEpoch < log.leaderEpoch
    return failed(request, fenced ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH)
  }
  if (timestamp < 0 && apiVersion < (specialVersionMin[timestamp] ?? Number.POSITIVE_INFINITY)) {
    return failed(request, ErrorCode.UNSUPPORTED_VERSION)
  }
  if (!startTimestamps.has(timestamp)) {
    const waitMs = apiVersion >= timeoutVersionMin ? timeoutMs : listOffsetsTimeoutMs
    const settled = broker.service(acknowledgements).settled(log, waitMs, connection.signal)
    if (settled && !(await settled)) {
      const known = apiVersion >= notAvailableVersionMin
      return failed(request, known ? ErrorCode.OFFSET_NOT_AVAILABLE : ErrorCode.LEADER_NOT_AVAILABLE)
    }
  }
  try {
    const found = await find(log, timestamp, readCommitted)
    const { leaderEpoch, ...place } = found
    const epoch = apiVersion >= leaderEpochVersionMin ? { leaderEpoch } : {}
    return { partitionIndex, errorCode: ErrorCode.NONE, ...place, ...epoch }
  } catch (error) {
    broker.logger.log('error', 'list_offsets.failed', {
      partition: `${topic}-${partitionIndex}`,
      error: String(error),
    })
    return failed(request, storageErrorCode(error))
  }
}

async function find(log: PartitionLog, timestamp: number, readCommitted: boolean): Promise<Found> {
  const latest = readCommitted ? log.lastStableOffset : log.highWatermark
  const at = (offset: number): Found => ({ offset, timestamp: -1, leaderEpoch: log.leaderEpoch })
  switch (timestamp) {
    case special.LATEST:
      return at(latest)
    case special.EARLIEST:
    case special.EARLIEST_LOCAL:
      return at(log.logStartOffset)
    case special.LATEST_TIERED:
    case special.EARLIEST_PENDING_UPLOAD:
      return { ...nothing, leaderEpoch: -1 }
    case special.MAX_TIMESTAMP:
      return visible(await log.maxTimestamp(), latest)
    default:
      return visible(await log.offsetForTimestamp(timestamp), latest)
  }
}

/** Records that readers do not get yet are not found either. */
function visible(found: Found | undefined, latest: number): Found {
  return found && found.offset < latest ? found : nothing
}
