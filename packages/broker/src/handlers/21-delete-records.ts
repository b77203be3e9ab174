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
    request.topics.map(async ({ name, partitions }) => ({
      name,
      partitions: await Promise.all(
        partitions.map(partition => deleteRecords(name, partition, request.timeoutMs, context)),
      ),
    })),
  )
  return { topics }
})

async function deleteRecords(
  name: string,
  { partitionIndex, offset }: PartitionRequest,
  timeoutMs: number,
  { broker, connection }: RequestContext,
): Promise<PartitionReply> {
  const failed = (errorCode: number) => ({ partitionIndex, lowWatermark: -1, errorCode })
  const topic = broker.metadata.image.topic(name)
  const log = broker.partition(name, partitionIndex)
  if (!topic || !log) return failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  if (topic.internal) return failed(ErrorCode.INVALID_TOPIC_EXCEPTION)
  // What compaction keeps is not the client's to cut off.
  if (!broker.topicConfig(topic).delete) return failed(ErrorCode.POLICY_VIOLATION)
  const acknowledged = broker.service(acknowledgements)
  if (offset === toHighWatermark || (offset > log.highWatermark && offset <= acknowledged.endOffset(log))) {
    const settled = acknowledged.settled(log, timeoutMs, connection.signal)
    if (settled && !(await settled)) return failed(ErrorCode.REQUEST_TIMED_OUT)
  }
  const target = offset === toHighWatermark ? log.highWatermark : offset
  if (target < 0 || target > log.highWatermark) return failed(ErrorCode.OFFSET_OUT_OF_RANGE)
  try {
    await log.deleteRecords(target)
    return { partitionIndex, lowWatermark: log.logStartOffset, errorCode: ErrorCode.NONE }
  } catch (error) {
    return failed(storageErrorCode(error))
  }
}
