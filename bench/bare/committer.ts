// A bare committer: OffsetCommit requests of groups without members, each with an offset of every partition; several in flight, responses checked.
//
// Run: node bench/bare/committer.ts --broker H:P --topic T --group PREFIX --groups G --partitions P --commits N [--connections C] [--in-flight F]
// `--commits`: requests of each group; the last one commits that number as the offset of each partition.
import { parseArgs } from 'node:util'
import { OffsetCommitApi, Reader } from '@millrace/protocol'
import { percentile } from '../harness/statistics.ts'
import { requestFrame, Wire } from './wire.ts'

const { values } = parseArgs({
  options: {
    broker: { type: 'string', default: '127.0.0.1:9092' },
    topic: { type: 'string', default: 'bench' },
    group: { type: 'string', default: 'group' },
    groups: { type: 'string', default: '1' },
    partitions: { type: 'string', default: '1' },
    commits: { type: 'string', default: '1000' },
    connections: { type: 'string', default: '1' },
    'in-flight': { type: 'string', default: '5' },
  },
})

/** The last version that names topics. */
const version = 9
const [host = '127.0.0.1', port = '9092'] = values.broker.split(':')
const partitionCount = Number(values.partitions)
const commits = Number(values.commits)
const groups = Array.from({ length: Number(values.groups) }, (_, index) => `${values.group}-${index}`)
const connections = Math.min(Number(values.connections), groups.length)

function commitFrame(groupId: string, offset: number, correlationId: number): Uint8Array[] {
  const partitions = Array.from({ length: partitionCount }, (_, partitionIndex) => ({
    partitionIndex,
    committedOffset: offset,
    committedMetadata: '',
  }))
  const request = { groupId, memberId: '', topics: [{ name: values.topic, partitions }] }
  return requestFrame(OffsetCommitApi, version, request, { clientId: 'bare', correlationId })
}

function check(frame: Buffer): void {
  const reader = new Reader(frame)
  reader.int32()
  reader.skipTaggedFields()
  for (const topic of OffsetCommitApi.decodeResponse(reader, version).topics) {
    for (const { partitionIndex, errorCode } of topic.partitions)
      if (errorCode !== 0) throw new Error(`partition ${partitionIndex}: error ${errorCode}`)
  }
}

const latencies: number[] = []

/** Commits for some of the groups, in turn, on a connection of its own. */
async function commitAll(own: readonly string[]): Promise<void> {
  const total = own.length * commits
  const sentAt: number[] = []
  let sent = 0
  let answered = 0
  const done = Promise.withResolvers<void>()
  const onFrame = (frame: Buffer) => {
    try {
      check(frame)
    } catch (error) {
      done.reject(error)
      return
    }
    latencies.push(performance.now() - sentAt.shift()!)
    answered++
    if (sent < total) send()
    else if (answered === total) done.resolve()
  }
  const wire = await Wire.open(host, Number(port), onFrame)
  const send = () => {
    const groupId = own[sent % own.length]!
    const offset = Math.floor(sent / own.length) + 1
    sent++
    sentAt.push(performance.now())
    wire.send(commitFrame(groupId, offset, sent))
  }
  for (let count = 0; count < Number(values['in-flight']) && sent < total; count++) send()
  await done.promise
  wire.close()
}

const start = performance.now()
await Promise.all(
  Array.from({ length: connections }, (_, index) =>
    commitAll(groups.filter((_group, at) => at % connections === index)),
  ),
)
const seconds = (performance.now() - start) / 1000
console.log(
  JSON.stringify({
    offsets: latencies.length * partitionCount,
    seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  }),
)
process.exit(0)
