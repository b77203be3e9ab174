// A broker in the memory of a bench: it answers at once, and costs as little as a broker can.
import {
  type Api,
  ApiVersionsApi,
  decodeRequestHeader,
  encodeResponseHeader,
  FetchApi,
  FindCoordinatorApi,
  InitProducerIdApi,
  MetadataApi,
  OffsetCommitApi,
  ProduceApi,
  Reader,
  RecordBatchWriter,
  readBatchHeader,
  requestHeaderVersion,
  responseHeaderVersion,
  setBaseOffset,
  Writer,
} from '@millrace/protocol'
import { type Connection, type ConnectionHandlers, deliver, type Network } from '@millrace/runtime'

/** The one topic that there is, with one partition. */
export const topic = 'bench'
const topicId = 'AAAAAAAAAAAAAAAAAAAAAQ'
const fetchBytes = 1_048_576

/**
 * A broker with one partition that takes everything and has records of a size without end, one (`lone`) or about a mebibyte to an answer.
 * Payloads are neither copied nor looked at.
 */
export class MemoryBroker {
  /** Batches to be fetched, again and again at rising offsets. */
  readonly #batches: Buffer
  readonly #recordCount: number
  readonly network: Network

  constructor(valueBytes: number, lone = false) {
    const parts: Buffer[] = []
    let records = 0
    const answerBytes = lone ? 1 : fetchBytes * 0.95
    for (let bytes = 0; bytes < answerBytes; bytes += parts.at(-1)!.length) {
      const writer = new RecordBatchWriter()
      while (writer.recordCount === 0 || (!lone && writer.sizeInBytes < 100_000))
        writer.append(1_700_000_000_000, null, Buffer.alloc(valueBytes, 97))
      const { recordCount } = writer
      const batch = writer.finish()
      setBaseOffset(readBatchHeader(batch), records)
      records += recordCount
      parts.push(batch)
    }
    this.#batches = Buffer.concat(parts)
    this.#recordCount = records
    this.network = {
      listen: () => Promise.reject(new Error('nothing listens here')),
      connect: () => Promise.resolve(this.#connection()),
    }
  }

  #connection(): Connection {
    let handlers: ConnectionHandlers | undefined
    return {
      remoteAddress: 'memory',
      remotePort: 1,
      localPort: 1,
      pendingBytes: 0,
      start: given => {
        handlers = given
      },
      write: (chunks, onWritten) => {
        if (onWritten) setImmediate(onWritten)
        const response = this.#answer(Buffer.from(chunks[0]!), chunks)
        setImmediate(() => handlers && deliver(response, handlers, () => true))
        return true
      },
      pause: () => {},
      resume: () => {},
      end: () => {},
      destroy: () => {},
    }
  }

  #answer(head: Buffer, chunks: readonly Uint8Array[]): Buffer {
    const key = head.readInt16BE(4)
    const version = head.readInt16BE(6)
    switch (key) {
      case ApiVersionsApi.key:
        return frame(ApiVersionsApi, head, version, {
          errorCode: 0,
          throttleTimeMs: 0,
          apiKeys: served.map(api => ({
            apiKey: api.key,
            minVersion: api.minVersion,
            maxVersion: api.maxVersion,
          })),
        })
      case MetadataApi.key:
        return frame(MetadataApi, head, version, metadata)
      case InitProducerIdApi.key:
        return frame(InitProducerIdApi, head, version, {
          throttleTimeMs: 0,
          errorCode: 0,
          producerId: 1,
          producerEpoch: 0,
        })
      case ProduceApi.key:
        return frame(ProduceApi, head, version, produced)
      case FindCoordinatorApi.key:
        return frame(FindCoordinatorApi, head, version, { coordinators: [coordinator] })
      case OffsetCommitApi.key:
        return frame(OffsetCommitApi, head, version, { topics: [committed] })
      default:
        return this.#fetch(head, version, chunks)
    }
  }

  #fetch(head: Buffer, version: number, chunks: readonly Uint8Array[]): Buffer {
    const reader = new Reader(Buffer.concat(chunks), 4)
    decodeRequestHeader(reader, requestHeaderVersion(FetchApi, version))
    const request = FetchApi.decodeRequest(reader, version)
    const { fetchOffset } = request.topics[0]!.partitions[0]!
    const records = Buffer.from(this.#batches)
    const shift = Math.floor(fetchOffset / this.#recordCount) * this.#recordCount
    for (let at = 0; at < records.length; ) {
      const header = readBatchHeader(records, at)
      setBaseOffset(header, header.baseOffset + shift)
      at = header.end
    }
    return frame(FetchApi, head, version, {
      throttleTimeMs: 0,
      responses: [
        {
          topicId,
          topic,
          partitions: [
            { partitionIndex: 0, errorCode: 0, highWatermark: Number.MAX_SAFE_INTEGER, records: [records] },
          ],
        },
      ],
    })
  }
}

const served = [
  ApiVersionsApi,
  MetadataApi,
  InitProducerIdApi,
  ProduceApi,
  FetchApi,
  FindCoordinatorApi,
  OffsetCommitApi,
]

const coordinator = { key: 'bench', nodeId: 1, host: 'memory', port: 1, errorCode: 0, errorMessage: null }

const committed = { name: topic, partitions: [{ partitionIndex: 0, errorCode: 0 }] }

const metadata = {
  throttleTimeMs: 0,
  brokers: [{ nodeId: 1, host: 'memory', port: 1, rack: null }],
  clusterId: 'memory',
  controllerId: 1,
  topics: [
    {
      errorCode: 0,
      name: topic,
      topicId,
      isInternal: false,
      partitions: [
        {
          errorCode: 0,
          partitionIndex: 0,
          leaderId: 1,
          leaderEpoch: 0,
          replicaNodes: [1],
          isrNodes: [1],
          offlineReplicas: [],
        },
      ],
    },
  ],
}

const produced = {
  throttleTimeMs: 0,
  responses: [{ topicId, name: topic, partitionResponses: [{ index: 0, errorCode: 0, baseOffset: 0 }] }],
}

function frame<Q, QI, R, RI>(
  api: Api<Q, QI, R, RI>,
  head: Buffer,
  version: number,
  body: NoInfer<RI>,
): Buffer {
  const writer = new Writer()
  writer.int32(0)
  const correlationId = head.readInt32BE(8)
  encodeResponseHeader(writer, { correlationId }, responseHeaderVersion(api as Api, version))
  api.encodeResponse(writer, body, version)
  const bytes = writer.finishBuffer()
  bytes.writeInt32BE(bytes.length - 4)
  return bytes
}
