// A bare consumer: fetches one partition from its start, walks the batch headers, decodes no record. The ceiling for every consumer.
//
// Run: node bench/bare/reader.ts --broker H:P --topic T --records N [--max-bytes B] [--ca FILE]
// `--ca`: over TLS, where this authority has signed.
import { parseArgs } from 'node:util'
import { FetchApi, Reader } from '@millrace/protocol'
import { warmUpRecords } from '../clients/measure.ts'
import { requestFrame, Wire } from './wire.ts'

const { values } = parseArgs({
  options: {
    broker: { type: 'string', default: '127.0.0.1:9092' },
    ca: { type: 'string' },
    topic: { type: 'string', default: 'bench' },
    partition: { type: 'string', default: '0' },
    records: { type: 'string', default: '1000000' },
    'max-bytes': { type: 'string', default: '1048576' },
  },
})

/** The last version that names topics. */
const version = 12
const [host = '127.0.0.1', port = '9092'] = values.broker.split(':')
const wanted = Number(values.records)

/** Batch header: base offset at 0 (int64), length at 8, last offset delta at 23, record count at 57. */
function walk(batches: Buffer): { nextOffset: number; records: number } {
  let at = 0
  let nextOffset = -1
  let records = 0
  while (at + 61 <= batches.length) {
    const size = 12 + batches.readInt32BE(at + 8)
    if (at + size > batches.length) break
    nextOffset = Number(batches.readBigInt64BE(at)) + batches.readInt32BE(at + 23) + 1
    records += batches.readInt32BE(at + 57)
    at += size
  }
  return { nextOffset, records }
}

let correlationId = 0
function request(offset: number): Uint8Array[] {
  const partitionMaxBytes = Number(values['max-bytes'])
  const topics = [
    {
      topic: values.topic,
      partitions: [{ partition: Number(values.partition), fetchOffset: offset, partitionMaxBytes }],
    },
  ]
  const body = {
    replicaId: -1,
    maxWaitMs: 500,
    minBytes: 1,
    maxBytes: partitionMaxBytes,
    topics,
    forgottenTopicsData: [],
  }
  return requestFrame(FetchApi, version, body, { clientId: 'bare', correlationId: ++correlationId })
}

let warmUpLeft = warmUpRecords(wanted)
let recordsInAll = 0
let records = 0
let bytes = 0
let cpu = process.cpuUsage()
let start = performance.now()
await new Promise<void>((resolve, reject) => {
  const onFrame = (frame: Buffer) => {
    const reader = new Reader(frame)
    reader.int32()
    reader.skipTaggedFields()
    const partition = FetchApi.decodeResponse(reader, version).responses[0]?.partitions[0]
    if (!partition || partition.errorCode !== 0) {
      reject(new Error(`fetch failed with error ${partition?.errorCode}`))
      return
    }
    let next = -1
    for (const chunk of partition.records ?? []) {
      const walked = walk(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
      next = walked.nextOffset
      records += walked.records
      recordsInAll += walked.records
      bytes += chunk.length
    }
    if (warmUpLeft > 0) {
      warmUpLeft -= records
      records = bytes = 0
      cpu = process.cpuUsage()
      start = performance.now()
    }
    if (next < 0) reject(new Error(`the topic ends after ${records} records`))
    else if (records >= wanted) resolve()
    else wire?.send(request(next))
  }
  Wire.open(host, Number(port), onFrame, values.ca).then(opened => {
    wire = opened
    wire.send(request(0))
  }, reject)
  let wire: Wire | undefined
})
const seconds = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(cpu)
console.log(
  JSON.stringify({
    records,
    recordsInAll,
    seconds,
    cpuMicrosPerRecord: (user + system) / records,
    megabytesPerSecond: bytes / 1e6 / seconds,
    residentPeakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
)
process.exit(0)
