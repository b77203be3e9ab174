// One Produce request with one batch for one partition.
import {
  type Codec,
  ErrorCode,
  ProduceApi,
  type ProduceRequestInit,
  type ProduceResponse,
  type ProduceResponsePartitionProduceResponse,
  RecordBatchWriter,
  zeroUuid,
} from '@millrace/protocol'
import { BrokerError, KafkaError, ProtocolError, StateError } from '../errors/index.ts'
import { checkHeaders, checkTimestamp, bytesOf } from '../producer/prepare-record.ts'
import { headerList, type HeadersInput } from '../producer/record.ts'
import type { LeaderLine } from './leader-line.ts'

/** From this version on topics go by id. */
const topicIdsFrom = 13
/** The first version with record batches. */
const versionMin = 3

/** A record to be written to the partition. */
export interface PartitionRecord {
  /** Text (as UTF-8) or bytes. Default: null, no key. */
  readonly key?: string | Uint8Array | null
  /** Text (as UTF-8), bytes, or null for a tombstone. */
  readonly value: string | Uint8Array | null
  /** An object, or a list where a key repeats. Default: none. */
  readonly headers?: HeadersInput
  /** Milliseconds since the epoch. Default: now. */
  readonly timestamp?: number
}

/** Where records went. */
export interface WrittenBatch {
  /** Offset of the first record, the others follow; −1 with `acks: 0`, where the broker does not say. */
  readonly baseOffset: number
  /** The broker's time where the topic says `LogAppendTime`; undefined otherwise. */
  readonly logAppendTime: number | undefined
}

interface WriteOptions {
  readonly acks: 0 | 1 | -1
  readonly codec: Codec
  readonly compressionLevel: number | undefined
  readonly leftMs: number
  readonly signal: AbortSignal | undefined
}

/** Throws StateError for no records and for what is none, and what {@link LeaderLine.ask} throws. */
export async function writeOnce(
  line: LeaderLine,
  records: readonly PartitionRecord[],
  options: WriteOptions,
): Promise<WrittenBatch> {
  const { acks, leftMs, signal } = options
  const batch = batchOf(line, records, options)
  const question = { what: `writing to ${line.name}`, purpose: 'produce', leftMs, signal } as const
  const limits = { minVersion: versionMin, maxVersion: maxVersionFor(line) }
  const body = (version: number) => bodyFor(line, batch, acks, version)
  if (acks === 0) {
    const connection = await line.connection(question)
    await connection.send(ProduceApi, body, limits)
    return { baseOffset: -1, logAppendTime: undefined }
  }
  const response = await line.ask(
    ProduceApi,
    body,
    {
      ...question,
      ...limits,
      errorOf: found => {
        const { errorCode = 0, errorMessage = null } = answerOf(found) ?? {}
        return { errorCode, errorMessage }
      },
    },
    isRefusal,
  )
  const answer = answerOf(response)
  if (!answer) throw new ProtocolError(`writing to ${line.name}: the response leaves it out`)
  const { baseOffset, logAppendTimeMs } = answer
  return { baseOffset, logAppendTime: logAppendTimeMs < 0 ? undefined : logAppendTimeMs }
}

function batchOf(
  line: LeaderLine,
  records: readonly PartitionRecord[],
  { codec, compressionLevel: level }: WriteOptions,
): Buffer {
  const { topic } = line.partition
  if (!Array.isArray(records) || records.length === 0)
    throw new StateError('write: there are no records; write a list of { key, value }')
  const writer = new RecordBatchWriter()
  const now = line.cluster.clock.now()
  for (const { key, value, headers, timestamp = now } of records as readonly PartitionRecord[]) {
    if (value === undefined)
      throw new StateError(`write: a record has no value; for a tombstone write value: null`)
    const list = headerList(headers)
    checkHeaders(topic, list)
    checkTimestamp(topic, timestamp)
    writer.append(timestamp, bytesOf(key, topic), bytesOf(value, topic), list)
  }
  return writer.finish({ codec, ...(level !== undefined && { level }) })
}

function bodyFor(line: LeaderLine, batch: Buffer, acks: number, version: number): ProduceRequestInit {
  const { cluster, partition } = line
  const { topic } = partition
  const topicId = cluster.metadata.topic(topic)?.topicId ?? zeroUuid
  return {
    acks,
    timeoutMs: cluster.options.requestTimeoutMs,
    topicData: [
      {
        ...(version >= topicIdsFrom ? { topicId } : { name: topic }),
        partitionData: [{ index: partition.partition, records: [batch] }],
      },
    ],
  }
}

function maxVersionFor({ cluster, partition }: LeaderLine): number {
  const topicId = cluster.metadata.topic(partition.topic)?.topicId ?? zeroUuid
  return topicId === zeroUuid ? topicIdsFrom - 1 : ProduceApi.maxVersion
}

/** Answers of a leader that may have appended the batch all the same. */
const leavesDoubt: ReadonlySet<number> = new Set([
  ErrorCode.REQUEST_TIMED_OUT,
  ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  ErrorCode.KAFKA_STORAGE_ERROR,
  ErrorCode.UNKNOWN_SERVER_ERROR,
])

/** Whether the batch may go again: it did not leave, or a broker refused it. A leader that lost its office while replicas were waited for says the same as one that has none. */
function isRefusal(error: unknown): boolean {
  if (error instanceof BrokerError) return !leavesDoubt.has(error.errorCode)
  return error instanceof KafkaError && error.code === 'CONNECT_FAILED'
}

/** One partition was written to. */
function answerOf(response: ProduceResponse): ProduceResponsePartitionProduceResponse | undefined {
  return response.responses[0]?.partitionResponses[0]
}
