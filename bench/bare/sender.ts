// A bare producer: one frame prepared once (or encoded anew for each request), five in flight, responses checked. The ceiling for every producer.
//
// Run: node bench/bare/sender.ts --broker H:P --topic T --records N --size BYTES [--batch-bytes B] [--partitions P] [--connections C] [--warm-up RECORDS] [--encode] [--loop] [--ca FILE]
// `--ca`: over TLS, where this authority has signed.
// `--loop`: the other side is bench/bare/append-loop.ts, which acknowledges with the correlation id alone.
import { parseArgs } from 'node:util'
import { BufferPool, ProduceApi, Reader, RecordBatchWriter } from '@millrace/protocol'
import { makeValue, warmUpRecords } from '../clients/measure.ts'
import { percentile } from '../harness/statistics.ts'
import { requestFrame, Wire } from './wire.ts'

const { values } = parseArgs({
  options: {
    broker: { type: 'string', default: '127.0.0.1:9092' },
    ca: { type: 'string' },
    topic: { type: 'string', default: 'bench' },
    records: { type: 'string', default: '1000000' },
    size: { type: 'string', default: '100' },
    'batch-bytes': { type: 'string', default: '131072' },
    partitions: { type: 'string', default: '1' },
    connections: { type: 'string', default: '1' },
    'in-flight': { type: 'string', default: '5' },
    acks: { type: 'string', default: '-1' },
    'warm-up': { type: 'string' },
    encode: { type: 'boolean', default: false },
    loop: { type: 'boolean', default: false },
  },
})

/** The last version without what only transactions and topic ids need. */
const version = 11
const [host = '127.0.0.1', port = '9092'] = values.broker.split(':')
const value = makeValue(Number(values.size))
const partitions = Number(values.partitions)
const batchBytes = Number(values['batch-bytes'])
const total = Number(values.records)
const warmUp = values['warm-up'] === undefined ? warmUpRecords(total) : Number(values['warm-up'])

const pool = new BufferPool()
const batchWriter = new RecordBatchWriter({ pool, initialBytes: batchBytes })

/** One batch of as many records as fit `batch-bytes`, at least one. */
function encodeBatch(): { batch: Buffer; records: number } {
  const now = Date.now()
  batchWriter.append(now, null, value)
  while (batchWriter.tryAppend(batchBytes, now, null, value) > 0);
  const records = batchWriter.recordCount
  return { batch: batchWriter.finish(), records }
}

/** A produce request with one batch for each partition, as chunks with the size in front. */
function encodeRequest(correlationId: number, batch: Buffer): Uint8Array[] {
  const partitionData = Array.from({ length: partitions }, (_, index) => ({ index, records: [batch] }))
  const request = {
    transactionalId: null,
    acks: Number(values.acks),
    timeoutMs: 30_000,
    topicData: [{ name: values.topic, partitionData }],
  }
  return requestFrame(ProduceApi, version, request, {
    clientId: 'bare',
    correlationId,
    sizeHint: 256 + partitions * 16,
  })
}

function check(frame: Buffer): void {
  if (values.loop) return
  const reader = new Reader(frame)
  reader.int32()
  reader.skipTaggedFields()
  for (const topic of ProduceApi.decodeResponse(reader, version).responses) {
    for (const partition of topic.partitionResponses) {
      if (partition.errorCode !== 0)
        throw new Error(`partition ${partition.index}: error ${partition.errorCode}`)
    }
  }
}

const prepared = encodeBatch()
const preparedFrame = Buffer.concat(encodeRequest(0, prepared.batch))
const correlationAt = 8
const latencies: number[] = []

async function run(records: number): Promise<void> {
  let left = records
  let open = Number(values.connections)
  await new Promise<void>((resolve, reject) => {
    const start = async () => {
      let correlationId = 0
      const sentAt: number[] = []
      const lent: Buffer[] = []
      const onFrame = (frame: Buffer) => {
        check(frame)
        latencies.push(performance.now() - sentAt.shift()!)
        const answered = lent.shift()
        if (answered) pool.release(answered)
        if (left > 0) send()
        else endWhenAnswered()
      }
      const wire = await Wire.open(host, Number(port), onFrame, values.ca)
      const endWhenAnswered = () => {
        if (sentAt.length > 0) return
        wire.close()
        if (--open === 0) resolve()
      }
      const send = () => {
        correlationId++
        sentAt.push(performance.now())
        if (values.encode) {
          const { batch, records: count } = encodeBatch()
          left -= count * partitions
          lent.push(batch)
          wire.send(encodeRequest(correlationId, batch))
          return
        }
        left -= prepared.records * partitions
        const head = Buffer.from(preparedFrame.subarray(0, correlationAt + 4))
        head.writeInt32BE(correlationId, correlationAt)
        wire.send([head, preparedFrame.subarray(correlationAt + 4)])
      }
      for (let count = 0; count < Number(values['in-flight']) && left > 0; count++) send()
      // The others may have sent everything before this one was connected.
      endWhenAnswered()
    }
    for (let index = 0; index < Number(values.connections); index++) start().catch(reject)
  })
}

await run(warmUp)
latencies.length = 0
const cpu = process.cpuUsage()
const start = performance.now()
await run(total)
const seconds = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(cpu)
console.log(
  JSON.stringify({
    records: total,
    recordsInAll: total + warmUp,
    seconds,
    cpuMicrosPerRecord: (user + system) / total,
    megabytesPerSecond: (total * (preparedFrame.length / (prepared.records * partitions))) / 1e6 / seconds,
    requestBytes: preparedFrame.length,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    residentPeakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
)
process.exit(0)
