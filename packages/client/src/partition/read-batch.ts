// One Fetch request about one partition, outside of any session.
import {
  FetchApi,
  type FetchRequestInit,
  type FetchResponse,
  type FetchResponsePartitionData,
  zeroUuid,
} from '@millrace/protocol'
import { ProtocolError } from '../errors/index.ts'
import type { LeaderLine } from './leader-line.ts'

/** From this version on topics go by id. */
const topicIdsFrom = 13
const versionMin = 4
/** A request that belongs to no session and begins none. */
const noSession = { sessionId: 0, sessionEpoch: -1 }

/** How much to wait for, and how long. */
export interface ReadBatchOptions {
  /** Bytes worth an answer. With 1, the default, records that are there are never waited for. */
  readonly minBytes?: number
  /** Most bytes of the answer. A single larger record batch comes all the same. Default 1,048,576. */
  readonly maxBytes?: number
  /** How long the leader waits for `minBytes`, in ms; the read deadline cuts it short. Default 500. */
  readonly maxWaitMs?: number
  /** Ends the wait: it throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** Throws what {@link LeaderLine.ask} throws, and ProtocolError. */
export async function fetchOnce(
  line: LeaderLine,
  offset: number,
  readCommitted: boolean,
  leftMs: number,
  { minBytes = 1, maxBytes = 1_048_576, maxWaitMs = 500, signal }: ReadBatchOptions,
): Promise<FetchResponsePartitionData> {
  const { topic, partition } = line.partition
  const waitMs = Math.trunc(Math.min(maxWaitMs, leftMs))
  const response = await line.ask(
    FetchApi,
    (version): FetchRequestInit => {
      const topicId = topicIdOf(line)
      return {
        maxWaitMs: waitMs,
        minBytes,
        maxBytes,
        isolationLevel: readCommitted ? 1 : 0,
        ...(version >= 7 && noSession),
        topics: [
          {
            ...(version >= topicIdsFrom ? { topicId } : { topic }),
            partitions: [{ partition, fetchOffset: offset, partitionMaxBytes: maxBytes }],
          },
        ],
      }
    },
    {
      what: `reading ${line.name}`,
      purpose: 'fetch',
      leftMs,
      waitMs,
      signal,
      minVersion: versionMin,
      maxVersion: topicIdOf(line) === zeroUuid ? topicIdsFrom - 1 : FetchApi.maxVersion,
      errorOf: found => ({ errorCode: found.errorCode || (dataOf(found)?.errorCode ?? 0) }),
    },
  )
  const data = dataOf(response)
  if (!data) throw new ProtocolError(`reading ${line.name}: the response leaves it out`)
  return data
}

function topicIdOf({ cluster, partition }: LeaderLine): string {
  return cluster.metadata.topic(partition.topic)?.topicId ?? zeroUuid
}

/** One partition was asked for. */
function dataOf(response: FetchResponse): FetchResponsePartitionData | undefined {
  return response.responses[0]?.partitions[0]
}
