// One connection after another, one frame at a time: sends, waits for an answer or the end of the connection, goes on.
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** A frame that is neither answered nor refused in this time is given up with its connection: some requests rightly wait. */
const patienceMs = 100

export interface Tally {
  sent: number
  answered: number
  closed: number
  waited: number
}

/** A connection that is being made. */
export interface Line {
  readonly stream: Duplex
  /** The event of the stream that says that frames can be sent. */
  readonly opened: string
  /** To open it is the first of what is sent: a handshake. */
  readonly isSending: boolean
}

export interface AttackerOptions {
  readonly tally: Tally
  readonly dial: () => Line
  /** What a connection sends: a frame after the answer to the one before. */
  readonly converse: () => Generator<Buffer, void, Buffer>
  readonly isOver: () => boolean
}

export class Attacker {
  readonly #options: AttackerOptions
  readonly done: Promise<void>
  #finish: () => void = () => {}

  constructor(options: AttackerOptions) {
    this.#options = options
    this.done = new Promise(resolve => {
      this.#finish = resolve
    })
    this.#open()
  }

  #open(): void {
    const { tally, dial, converse, isOver } = this.#options
    const { stream, opened, isSending } = dial()
    const frames = converse()
    let timer: NodeJS.Timeout | undefined
    let waiting = false
    let frameCount = 0
    const giveUp = (frame: number) => {
      if (!waiting || frame !== frameCount) return
      tally.waited++
      waiting = false
      this.#reopen(stream)
    }
    const wait = () => {
      waiting = true
      tally.sent++
      const frame = ++frameCount
      // An answer that has come, but was not read yet, counts: on a busy machine it is this process that is late.
      timer = setTimeout(() => setImmediate(() => giveUp(frame)), patienceMs)
    }
    const isAnswered = () => {
      if (!waiting) return false
      waiting = false
      clearTimeout(timer)
      tally.answered++
      return true
    }
    const send = (answer: Buffer) => {
      const { value: frame } = isOver() ? { value: undefined } : frames.next(answer)
      if (frame) {
        stream.write(frame)
        wait()
      } else this.#reopen(stream)
    }
    if (isSending) wait()
    stream.on(opened, () => {
      isAnswered()
      send(Buffer.alloc(0))
    })
    stream.on('data', (answer: Buffer) => {
      if (isAnswered()) send(answer)
    })
    stream.on('error', () => {})
    stream.on('close', () => {
      clearTimeout(timer)
      if (waiting) tally.closed++
      waiting = false
      this.#reopen(stream)
    })
  }

  #reopen(stream: Duplex): void {
    stream.removeAllListeners('close')
    stream.destroy()
    // Through the event loop: a broker that is gone must not become recursion.
    setImmediate(() => {
      if (this.#options.isOver()) this.#finish()
      else this.#open()
    })
  }
}

/** A plain connection. */
export function plainLine(port: number): Line {
  const stream: Socket = connect({ host: '127.0.0.1', port, noDelay: true })
  return { stream, opened: 'connect', isSending: false }
}
