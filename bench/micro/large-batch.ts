// What others wait for while a broker takes one very large batch: `node bench/micro/large-batch.ts`. Both sides share the machine; ratios of two runs count.
import { randomFillSync } from 'node:crypto'
import {
  ApiVersionsApi,
  type Api,
  codecs,
  type CompressionName,
  decodeResponseHeader,
  encodeRequestHeader,
  ProduceApi,
  Reader,
  RecordBatchWriter,
  requestHeaderVersion,
  responseHeaderVersion,
  Writer,
} from '@millrace/protocol'
import { Wire } from '../bare/wire.ts'
import { withEngine } from '../harness/sides.ts'
import { createTopic } from '../harness/topics.ts'

/** Records that a codec makes this large. */
const batchBytes = 81 << 20
const recordBytes = 1000
const rounds = 3
const produceVersion = 9
const topic = 'large'

/** Of each record, so much cannot be compressed, so that the whole becomes no more than a broker unpacks, 128 MiB. */
function makeBatch(codec: CompressionName): Buffer {
  const writer = new RecordBatchWriter()
  const plainBytes = codec === 'none' ? batchBytes : 120 << 20
  const random = Math.floor((recordBytes * batchBytes) / plainBytes)
  const value = Buffer.alloc(recordBytes, 'x')
  const now = Date.now()
  for (let bytes = 0; bytes < plainBytes; bytes += recordBytes + 10) {
    // Codecs with a large window find what comes again.
    randomFillSync(value, 0, random)
    writer.append(now, null, value)
  }
  return writer.finish({ codec: codecs[codec] })
}

function frame<Q, QI, R, RI>(api: Api<Q, QI, R, RI>, version: number, body: QI): Uint8Array[] {
  const writer = new Writer()
  const header = { requestApiKey: api.key, requestApiVersion: version, correlationId: 1, clientId: 'bench' }
  encodeRequestHeader(writer, header, requestHeaderVersion(api as unknown as Api, version))
  api.encodeRequest(writer, body, version)
  const size = Buffer.allocUnsafe(4)
  size.writeInt32BE(writer.length, 0)
  return [size, ...writer.finish()]
}

/** A connection that asks and waits for the answer. */
async function asking(host: string, port: number) {
  let answered: (bytes: Buffer) => void = () => {}
  const wire = await Wire.open(host, port, bytes => answered(bytes))
  return {
    close: () => wire.close(),
    async ask<Q, QI, R, RI>(api: Api<Q, QI, R, RI>, version: number, body: QI): Promise<R> {
      const answer = new Promise<Buffer>(resolve => (answered = resolve))
      wire.send(frame(api, version, body))
      const reader = new Reader(await answer)
      decodeResponseHeader(reader, responseHeaderVersion(api as unknown as Api, version))
      return api.decodeResponse(reader, version)
    },
  }
}

type Asking = Awaited<ReturnType<typeof asking>>

/** Asks again and again until the signal ends it; the longest time until an answer, in milliseconds. */
async function longestWait(connection: Asking, signal: AbortSignal): Promise<number> {
  let longestMs = 0
  while (!signal.aborted) {
    const began = performance.now()
    await connection.ask(ApiVersionsApi, 0, {})
    longestMs = Math.max(longestMs, performance.now() - began)
    await new Promise(resolve => setTimeout(resolve, 1))
  }
  return longestMs
}

async function produce(connection: Asking, batch: Buffer): Promise<number> {
  const began = performance.now()
  const { responses } = await connection.ask(ProduceApi, produceVersion, {
    transactionalId: null,
    acks: -1,
    timeoutMs: 60_000,
    topicData: [{ name: topic, partitionData: [{ index: 0, records: [batch] }] }],
  })
  const { errorCode, errorMessage } = responses[0]!.partitionResponses[0]!
  if (errorCode !== 0) throw new Error(`error ${errorCode}: ${errorMessage}`)
  return performance.now() - began
}

const work = async ({ bootstrap }: { bootstrap: string }) => {
  const [host = '', port = ''] = bootstrap.split(':')
  const configs = { 'max.message.bytes': String(100 << 20) }
  await createTopic(bootstrap, { name: topic, partitions: 1, configs })
  const [producer, other] = [await asking(host, Number(port)), await asking(host, Number(port))]
  for (const codec of ['none', 'lz4', 'zstd', 'gzip', 'snappy'] as const) {
    const batch = makeBatch(codec)
    for (let round = 0; round < rounds; round++) {
      const ending = new AbortController()
      const waiting = longestWait(other, ending.signal)
      const tookMs = await produce(producer, batch)
      ending.abort()
      const megabytes = (batch.length / 2 ** 20).toFixed(0)
      console.log(
        `${codec.padEnd(7)} ${megabytes} MiB: acknowledged after ${tookMs.toFixed(0)} ms, others waited ${(await waiting).toFixed(0)} ms at most`,
      )
    }
  }
  producer.close()
  other.close()
}

await withEngine({ engine: 'millrace', sync: false }, work, { 'socket.request.max.bytes': String(200 << 20) })
