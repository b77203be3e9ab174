// DeleteRecords (key 21, versions 0–2): moves the start of a partition to an offset; −1 means the high watermark. What was acknowledged can be
// deleted: where readers do not see it yet, that waits for the sync that they wait for.
import {
  DeleteRecordsApi,
  type DeleteRecordsRequest,
  type DeleteRecordsResponseInit,
  ErrorCode,
} from '@millrace/protocol'
import { acknowledgements } from '../acknowledgements.ts'
import { storageErrorCode } from '../storage-error.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type PartitionRequest = DeleteRecordsRequest['topics'][number]['partitions'][number]
type PartitionReply = NonNullable<DeleteRecordsResponseInit['topics']>[number]['partitions'][number]

const toHighWatermark = -1

const traits: HandlerTraits = { authorization: needs('DELETE TOPIC'), quota: 'REQUEST' }

export default defineHandler(DeleteRecordsApi, traits, async (request, context) => {
  const topics = await Promise.all(
    request.topics.map(async ({ name, partitions }) => {
      if (!context.authorize('DELETE', 'TOPIC', name)) {
        const refused = ErrorCode.TOPIC_AUTHORIZATION_FAILED
        return { name, partitions: partitions.map(partition => failed(partition, refused)) }
      }
      const replies = partitions.map(partition => deleteRecords(name, partition, request.timeoutMs, context))
      return { name, partitions: await Promise.all(replies) }
    }),
  )
  return { topics }
})

const failed = ({ partitionIndex }: PartitionRequest, errorCode: number): PartitionReply => ({
  partitionIndex,
  lowWatermark: -1,
  errorCode,
})

async function deleteRecords(
  name: string,
  request: PartitionRequest,
  timeoutMs: number,
  { broker, connection }: RequestContext,
): Promise<PartitionReply> {
  const { partitionIndex, offset } = request
  const topic = broker.metadata.image.topic(name)
  const log = broker.partition(name, partitionIndex)
  if (!topic || !log) return failed(request, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  if (topic.internal) return failed(request, ErrorCode.INVALID_TOPIC_EXCEPTION)
  // What compaction keeps is not the client's to cut off.
  if (!broker.topicConfig(topic).delete) return failed(request, ErrorCode.POLICY_VIOLATION)
  const acknowledged = broker.service(acknowledgements)
  if (offset === toHighWatermark || (offset > log.highWatermark && offset <= acknowledged.endOffset(log))) {
    const settled = acknowledged.settled(log, timeoutMs, connection.signal)
    if (settled && !(await settled)) return failed(request, ErrorCode.REQUEST_TIMED_OUT)
  }
  const target = offset === toHighWatermark ? log.highWatermark : offset
  if (target < 0 || target > log.highWatermark) return failed(request, ErrorCode.OFFSET_OUT_OF_RANGE)
  try {
    await log.deleteRecords(target)
    return { partitionIndex, lowWatermark: log.logStartOffset, errorCode: ErrorCode.NONE }
  } catch (error) {
    return failed(request, storageErrorCode(error))
  }
}
