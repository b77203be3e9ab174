// Redis Streams in the latency bench: XADD; XREAD, or XREADGROUP and XACK where each record is committed.
import { RespConnection, type RespReply } from './resp.ts'
import type { LatencySystem, Target } from './system.ts'

const group = 'latency'
/** A read that finds nothing waits this long, in ms; Redis ends it sooner when a record comes. */
const blockMs = '1000'
const entriesPerRead = '1000'

/** What XREAD answers for one stream: id and value of each entry. */
function entriesOf(reply: RespReply): [id: string, value: Buffer][] {
  if (reply === null) return []
  const streams = reply as [Buffer, [Buffer, [Buffer, Buffer]][]][]
  return streams.flatMap(([, entries]) =>
    entries.map(([id, fields]): [string, Buffer] => [id.toString(), fields[1]]),
  )
}

export async function openRedis({ address, topic }: Target): Promise<LatencySystem> {
  const writer = await RespConnection.open(address)
  // A read that blocks holds up what comes behind it on its connection, so the commits have one of their own.
  const reader = await RespConnection.open(address)
  const committer = await RespConnection.open(address)
  const readPlain = async (arrived: (value: Uint8Array) => void) => {
    let last = '0'
    for (;;) {
      const reply = await reader.call(
        'XREAD',
        'COUNT',
        entriesPerRead,
        'BLOCK',
        blockMs,
        'STREAMS',
        topic,
        last,
      )
      for (const [id, value] of entriesOf(reply)) {
        arrived(value)
        last = id
      }
    }
  }
  const readInGroup = async (arrived: (value: Uint8Array) => void) => {
    await committer.call('XGROUP', 'CREATE', topic, group, '0', 'MKSTREAM')
    const read = ['XREADGROUP', 'GROUP', group, 'reader', 'COUNT', entriesPerRead, 'BLOCK', blockMs]
    for (;;) {
      for (const [id, value] of entriesOf(await reader.call(...read, 'STREAMS', topic, '>'))) {
        arrived(value)
        await committer.call('XACK', topic, group, id)
      }
    }
  }
  return {
    send: value => writer.call('XADD', topic, '*', 'v', value),
    read: (arrived, commit) => (commit ? readInGroup(arrived) : readPlain(arrived)),
    async close() {
      await committer.call('DEL', topic)
      for (const connection of [writer, reader, committer]) connection.close()
    },
  }
}
