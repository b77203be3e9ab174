// What a record costs in the client alone, without a socket: a broker in memory answers at once. `node bench/micro/client.ts [name part]`
import { Consumer, Producer, type ProducerRecord } from '@millrace/client'
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

const rounds = 7
const topic = 'bench'
const topicId = 'AAAAAAAAAAAAAAAAAAAAAQ'
const fetchBytes = 1_048_576

/** Prints the median processor time of a record over some rounds. Collector threads count; the clock on the wall does not. */
async function measure(name: string, records: number, work: () => Promise<void>): Promise<void> {
  const wanted = process.argv[2]
  if (wanted !== undefined && !name.includes(wanted)) return
  await work()
  const results: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(start)
    results.push(((user + system) * 1000) / records)
  }
  const sorted = results.sort((a, b) => a - b)
  const range = `(${sorted[0]!.toFixed(0)}…${sorted.at(-1)!.toFixed(0)})`
  console.log(`${name.padEnd(48)} ${sorted[rounds >> 1]!.toFixed(0).padStart(6)} ns  ${range}`)
}

/**
 * A broker with one partition that takes everything and has records of a size without end, one (`lone`) or about a mebibyte to an answer.
 * Payloads are neither copied nor looked at.
 */
class MemoryBroker {
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

async function producing(valueBytes: number, records: number): Promise<void> {
  const { network } = new MemoryBroker(valueBytes)
  const value = Buffer.alloc(valueBytes, 97)
  const keys = Array.from({ length: 1_000 }, (_, index) => `key-${index}`)
  const size = valueBytes === 1_024 ? '1 KiB' : `${valueBytes} B`
  for (const keyed of [false, true]) {
    await using producer = new Producer({ brokers: ['memory:1'], network })
    await producer.send({ topic, value: 'first' })
    const make = (index: number): ProducerRecord =>
      keyed ? { topic, key: keys[index % 1_000]!, value } : { topic, value }
    const what = `${size}${keyed ? ', keyed' : ''}`
    await measure(`enqueue, ${what}`, records, async () => {
      for (let index = 0; index < records; index++) {
        const record = make(index)
        while (!producer.enqueue(record)) await producer.ready()
      }
      await producer.flush()
    })
    const batch = Array.from({ length: 1_000 }, (_, index) => make(index))
    await measure(`sendBatch of 1,000, 5 at a time, ${what}`, records, async () => {
      let left = records / 1_000
      const worker = async () => {
        while (left-- > 0) await producer.sendBatch(batch)
      }
      await Promise.all(Array.from({ length: 5 }, worker))
    })
    await measure(`send of 1,000, 5 at a time, ${what}`, records, async () => {
      let left = records / 1_000
      const worker = async () => {
        while (left-- > 0) await producer.send(batch)
      }
      await Promise.all(Array.from({ length: 5 }, worker))
    })
  }
}

async function consuming(valueBytes: number, records: number): Promise<void> {
  const { network } = new MemoryBroker(valueBytes)
  const size = valueBytes === 1_024 ? '1 KiB' : `${valueBytes} B`
  let sink = 0
  const start = async (): Promise<Consumer> => {
    const consumer = new Consumer({ brokers: ['memory:1'], network })
    consumer.assign([{ topic, partition: 0, offset: 0 }])
    return consumer
  }
  await measure(`for await over batches, for over records, ${size}`, records, async () => {
    await using consumer = await start()
    let seen = 0
    for await (const batch of consumer.batches()) {
      for (const record of batch) {
        sink ^= record.value!.length
        seen++
      }
      if (seen >= records) break
    }
  })
  await measure(`for await over batches, forEach, ${size}`, records, async () => {
    await using consumer = await start()
    let seen = 0
    for await (const batch of consumer.batches()) {
      batch.forEach(record => {
        sink ^= record.value!.length
        seen++
      })
      if (seen >= records) break
    }
  })
  await measure(`for await over records, ${size}`, records, async () => {
    await using consumer = await start()
    let seen = 0
    for await (const record of consumer) {
      sink ^= record.value!.length
      if (++seen >= records) break
    }
  })
  await measure(`run, eachRecord that returns at once, ${size}`, records, async () => {
    await using consumer = await start()
    const controller = new AbortController()
    let seen = 0
    await consumer.run({
      signal: controller.signal,
      eachRecord: record => {
        sink ^= record.value!.length
        if (++seen === records) controller.abort()
      },
    })
  })
  if (sink === Number.POSITIVE_INFINITY) console.log(sink)
}

/** Each record travels alone, so that each pays for its own requests. */
async function alone(records: number): Promise<void> {
  const { network } = new MemoryBroker(100, true)
  {
    await using producer = new Producer({ brokers: ['memory:1'], network })
    await measure('alone, 100 B: await send', records, async () => {
      for (let index = 0; index < records; index++) await producer.send({ topic, value: 'a'.repeat(100) })
    })
  }
  for (const commits of [false, true]) {
    const what = commits ? ', each committed' : ''
    await measure(`alone, 100 B: for await over records${what}`, records, async () => {
      await using consumer = new Consumer({
        brokers: ['memory:1'],
        network,
        ...(commits && { groupId: 'bench', autoCommit: false }),
      })
      consumer.assign([{ topic, partition: 0, offset: 0 }])
      let seen = 0
      for await (const record of consumer) {
        if (commits) await consumer.commit()
        if (record.value && ++seen === records) break
      }
    })
  }
}

await alone(50_000)
await producing(100, 1_000_000)
await producing(1_024, 200_000)
await consuming(100, 1_000_000)
await consuming(1_024, 200_000)
