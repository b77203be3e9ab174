// The ceiling of this machine: a server that only frames, checks CRC-32C, appends to one file and acknowledges. `--sync` waits for fdatasync.
//
// Run: node bench/bare/append-loop.ts FILE [--sync]; prints `{"port":…}` and serves until its standard input ends.
import { crc32c } from '@millrace/protocol'
import { fdatasync, openSync, writevSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'

const [path, ...flags] = process.argv.slice(2)
if (!path) throw new Error('usage: node bench/bare/append-loop.ts FILE [--sync]')
const sync = flags.includes('--sync')
const file = openSync(path, 'w')

interface Pending {
  readonly socket: Socket
  readonly frame: Buffer
}

let pending: Pending[] = []
let scheduled = false
let syncing = false

/** All frames of one turn of the event loop go down in one writev; the acknowledgement is the frame's correlation id. */
function flush(): void {
  scheduled = false
  if (pending.length === 0 || syncing) return
  const group = pending
  pending = []
  writevSync(
    file,
    group.map(entry => entry.frame),
  )
  const acknowledge = () => {
    for (const { socket, frame } of group) {
      const answer = Buffer.allocUnsafe(8)
      answer.writeInt32BE(4, 0)
      frame.copy(answer, 4, 4, 8)
      socket.write(answer)
    }
  }
  if (!sync) {
    acknowledge()
    return
  }
  syncing = true
  fdatasync(file, error => {
    if (error) throw error
    syncing = false
    acknowledge()
    flush()
  })
}

const server = createServer({ noDelay: true }, socket => {
  let chunks: Buffer[] = []
  let buffered = 0
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    buffered += chunk.length
    for (;;) {
      const head = chunks[0]
      if (!head || buffered < 4) return
      if (head.length < 4) {
        chunks = [Buffer.concat(chunks)]
        continue
      }
      const size = head.readInt32BE(0) + 4
      if (buffered < size) return
      const all = head.length >= size ? head : Buffer.concat(chunks)
      const rest = head.length >= size ? [all.subarray(size), ...chunks.slice(1)] : [all.subarray(size)]
      const frame = all.subarray(0, size)
      chunks = rest.filter(piece => piece.length > 0)
      buffered -= size
      crc32c(frame.subarray(8))
      // Correlation id first, as the acknowledgement takes it from there: bytes 4–8 are api key and version in a real frame,
      // so the sender puts its correlation id at 8 and this loop answers with what stands at 8.
      frame.copy(frame, 4, 8, 12)
      pending.push({ socket, frame })
      if (!scheduled) {
        scheduled = true
        setImmediate(flush)
      }
    }
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(JSON.stringify({ port: typeof address === 'object' ? address?.port : 0 }))
})
process.stdin.resume().on('end', () => process.exit(0))
