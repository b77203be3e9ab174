// The part of Redis's protocol (RESP2) that streams need, over one pipelined connection: less work a command than any client library.
import { connect, type Socket } from 'node:net'

export type RespReply = string | number | null | Buffer | RespReply[]

interface Parsed {
  readonly reply: RespReply | Error
  readonly end: number
}

const crlf = Buffer.from('\r\n')

/** One reply from the bytes at `start`, or undefined while they are not all there. An error inside an array is a value of it. */
export function parseReply(bytes: Buffer, start: number): Parsed | undefined {
  const lineEnd = bytes.indexOf(crlf, start)
  if (lineEnd < 0) return undefined
  const text = bytes.toString('latin1', start + 1, lineEnd)
  const end = lineEnd + 2
  switch (bytes[start]) {
    case 0x2b: // +
      return { reply: text, end }
    case 0x2d: // -
      return { reply: new Error(text), end }
    case 0x3a: // :
      return { reply: Number(text), end }
    case 0x24: // $
      return parseBulk(bytes, end, Number(text))
    case 0x2a: // *
      return parseArray(bytes, end, Number(text))
    default:
      throw new Error(`no RESP2 reply begins with byte ${bytes[start]}`)
  }
}

function parseBulk(bytes: Buffer, start: number, length: number): Parsed | undefined {
  if (length < 0) return { reply: null, end: start }
  const end = start + length
  return end + 2 <= bytes.length ? { reply: bytes.subarray(start, end), end: end + 2 } : undefined
}

function parseArray(bytes: Buffer, start: number, count: number): Parsed | undefined {
  if (count < 0) return { reply: null, end: start }
  const items: RespReply[] = []
  let end = start
  for (let index = 0; index < count; index++) {
    const parsed = parseReply(bytes, end)
    if (!parsed) return undefined
    if (parsed.reply instanceof Error) throw parsed.reply
    items.push(parsed.reply)
    end = parsed.end
  }
  return { reply: items, end }
}

export class RespConnection {
  readonly #socket: Socket
  readonly #waiting: PromiseWithResolvers<RespReply>[] = []
  #received: Buffer = Buffer.alloc(0)
  #failure: Error | undefined

  /** Connects to `host:port`. Rejects when nobody listens. */
  static async open(address: string): Promise<RespConnection> {
    const [host, port] = address.split(':') as [string, string]
    const socket = connect(Number(port), host)
    socket.setNoDelay(true)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return new RespConnection(socket)
  }

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', chunk => this.#take(chunk))
    socket.on('error', error => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('the connection is closed')))
  }

  /** Sends a command; many may be under way. Rejects with what Redis says, or when the connection ends. */
  call(...words: readonly (string | Buffer)[]): Promise<RespReply> {
    if (this.#failure) return Promise.reject(this.#failure)
    const parts: Buffer[] = [Buffer.from(`*${words.length}\r\n`)]
    for (const word of words)
      parts.push(Buffer.from(`$${Buffer.byteLength(word)}\r\n`), Buffer.from(word), crlf)
    this.#socket.write(Buffer.concat(parts))
    const reply = Promise.withResolvers<RespReply>()
    this.#waiting.push(reply)
    return reply.promise
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    const bytes = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    let start = 0
    try {
      for (;;) {
        if (start === bytes.length) break
        const parsed = parseReply(bytes, start)
        if (!parsed) break
        start = parsed.end
        const waiting = this.#waiting.shift()
        if (parsed.reply instanceof Error) waiting?.reject(parsed.reply)
        else waiting?.resolve(parsed.reply)
      }
      this.#received = bytes.subarray(start)
    } catch (error) {
      this.#fail(error as Error)
      this.#socket.destroy()
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#failure)
  }
}
