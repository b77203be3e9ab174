// What messages cost to write and to read, without sockets. `node bench/micro/messages.ts [name part]`
import { type Api, FetchApi, MetadataApi, ProduceApi, Reader, Writer } from '@millrace/protocol'

const rounds = 9
const roundMs = 60
const topicId = '5dmSs-fMQyWbSS4yjwR2bA'
const records = Buffer.alloc(16 * 1024, 1)
/** Results go here, so that nothing measured can be left out as unused. */
let sink: unknown

/** Prints the median of some rounds of `work`, in nanoseconds of processor time a call, with the range. */
function measure(name: string, work: () => unknown): void {
  if (process.argv[2] !== undefined && !name.includes(process.argv[2])) return
  let calls = 1
  for (let elapsed = 0; elapsed < roundMs; calls = Math.ceil(calls * 1.5)) elapsed = time(work, calls)
  const results = Array.from({ length: rounds }, () => (time(work, calls) * 1e6) / calls).sort(
    (a, b) => a - b,
  )
  const [least, median, most] = [results[0]!, results[rounds >> 1]!, results.at(-1)!].map(each =>
    each.toFixed(0),
  )
  console.log(`${name.padEnd(48)} ${median!.padStart(9)} ns  (${least}…${most})`)
}

/** Milliseconds of processor time. */
function time(work: () => unknown, calls: number): number {
  const start = process.cpuUsage()
  for (let call = 0; call < calls; call++) sink = work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

type Side<Init, Value> = [
  (w: Writer, m: Init, version: number) => void,
  (r: Reader, version: number) => Value,
]

function both<Init, Value>(
  name: string,
  [encode, decode]: Side<Init, Value>,
  value: Init,
  version: number,
): void {
  const w = new Writer(64 * 1024)
  measure(`${name}: write`, () => {
    encode(w, value, version)
    return w.finish()
  })
  encode(w, value, version)
  const bytes = w.finishBuffer()
  measure(`${name}: read`, () => decode(new Reader(bytes), version))
}

function requestOf<A, B>(api: Api<A, B>): Side<B, A> {
  return [api.encodeRequest, api.decodeRequest]
}

function responseOf<A, B>(api: Api<unknown, unknown, A, B>): Side<B, A> {
  return [api.encodeResponse, api.decodeResponse]
}

function list<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index))
}

for (const version of [9, 13]) {
  const topic = version < 13 ? { name: 'orders' } : { topicId }
  const topicData = [{ ...topic, partitionData: [{ index: 0, records: [records] }] }]
  both(
    `Produce ${version} request`,
    requestOf(ProduceApi),
    { acks: -1, timeoutMs: 30_000, topicData },
    version,
  )
  const responses = [{ ...topic, partitionResponses: [{ index: 0, errorCode: 0, baseOffset: 5 }] }]
  both(`Produce ${version} response`, responseOf(ProduceApi), { responses }, version)
}

for (const count of [1, 1000]) {
  const wanted = list(count, partition => ({ partition, fetchOffset: 5, partitionMaxBytes: 1 << 20 }))
  const request = { maxWaitMs: 500, minBytes: 1, topics: [{ topicId, partitions: wanted }] }
  both(`Fetch 17 request, ${count} partitions`, requestOf(FetchApi), request, 17)
  const offsets = { highWatermark: 1_000_000, lastStableOffset: 1_000_000, logStartOffset: 0 }
  const partitions = list(count, partitionIndex => ({
    partitionIndex,
    errorCode: 0,
    ...offsets,
    records: [records],
  }))
  const response = { throttleTimeMs: 0, responses: [{ topicId, partitions }] }
  both(`Fetch 17 response, ${count} partitions`, responseOf(FetchApi), response, 17)
}

const replicas = { replicaNodes: [1, 2, 3], isrNodes: [1, 2, 3], offlineReplicas: [] }
const partitions = list(100, index => ({
  errorCode: 0,
  partitionIndex: index,
  leaderId: 1,
  leaderEpoch: 0,
  ...replicas,
}))
const topics = list(100, index => ({
  errorCode: 0,
  name: `topic-${index}`,
  topicId,
  isInternal: false,
  partitions,
}))
const brokers = list(3, index => ({ nodeId: index + 1, host: `broker-${index + 1}`, port: 9092 }))
both(
  'Metadata 12 response, 10000 partitions',
  responseOf(MetadataApi),
  { brokers, topics, controllerId: 1 },
  12,
)
if (sink === null) console.log('nothing was measured')
