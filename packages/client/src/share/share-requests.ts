// The requests of share sessions, as bodies. Pure.
import type { ShareAcknowledgeRequestInit, ShareFetchRequestInit } from '@millrace/protocol/messages/share'
import type { ResolvedShareOptions } from './options.ts'
import type { SharePartition } from './share-partition.ts'
import type { SessionFetch, SessionPartition } from './share-session.ts'

/** The first version with ways to acquire (KIP-1206) and renewals (KIP-1222). */
export const renewFrom = 2
const acquireModes = { batchOptimized: 0, recordLimit: 1 } as const

export interface ShareIdentity {
  readonly groupId: string
  readonly memberId: string
}

/** Acquires records, and acknowledges others. */
export function fetchBody(
  identity: ShareIdentity,
  session: SessionFetch,
  options: ResolvedShareOptions,
  version: number,
): ShareFetchRequestInit {
  const { maxPollRecords, fetchMaxWaitMs, fetchMinBytes, fetchMaxBytes, recordLimit } = options
  return {
    ...identity,
    shareSessionEpoch: session.epoch,
    maxWaitMs: fetchMaxWaitMs,
    minBytes: fetchMinBytes,
    maxBytes: fetchMaxBytes,
    maxRecords: maxPollRecords,
    batchSize: maxPollRecords,
    ...(version >= renewFrom && {
      shareAcquireMode: recordLimit ? acquireModes.recordLimit : acquireModes.batchOptimized,
    }),
    topics: byTopic(session.partitions),
    forgottenTopicsData: [...groupByTopicId(session.forgotten, partition => partition)].map(
      ([topicId, partitions]) => ({ topicId, partitions: partitions.map(({ partition }) => partition) }),
    ),
  }
}

/** Acknowledges only. */
export function acknowledgeBody(
  identity: ShareIdentity,
  session: Pick<SessionFetch, 'epoch' | 'partitions'>,
  renews: boolean,
  version: number,
): ShareAcknowledgeRequestInit {
  return {
    ...identity,
    shareSessionEpoch: session.epoch,
    ...(version >= renewFrom && { isRenewAck: renews }),
    topics: byTopic(session.partitions),
  }
}

function byTopic(partitions: readonly SessionPartition[]): ShareAcknowledgeRequestInit['topics'] {
  return [...groupByTopicId(partitions, ({ partition }) => partition)].map(([topicId, entries]) => ({
    topicId,
    partitions: entries.map(({ partition, acknowledgementBatches }) => ({
      partitionIndex: partition.partition,
      acknowledgementBatches,
    })),
  }))
}

function groupByTopicId<T>(entries: readonly T[], of: (entry: T) => SharePartition): Map<string, T[]> {
  return Map.groupBy(entries, entry => of(entry).topicId)
}
