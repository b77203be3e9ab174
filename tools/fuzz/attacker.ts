// One connection after another, one frame at a time: sends, waits for an answer or the end of the connection, goes on.
import { connect, type Socket } from 'node:net'

/** A frame that is neither answered nor refused in this time is given up with its connection: some requests rightly wait. */
const patienceMs = 100

export interface Tally {
  sent: number
  answered: number
  closed: number
  waited: number
}

export class Attacker {
  readonly #port: number
  readonly #tally: Tally
  readonly #next: () => Buffer | undefined
  readonly done: Promise<void>
  #finish: () => void = () => {}

  /** `next` gives the frames, undefined for the end. */
  constructor(port: number, tally: Tally, next: () => Buffer | undefined) {
    this.#port = port
    this.#tally = tally
    this.#next = next
    this.done = new Promise(resolve => {
      this.#finish = resolve
    })
    this.#open()
  }

  #open(): void {
    const socket = connect({ host: '127.0.0.1', port: this.#port, noDelay: true })
    let timer: NodeJS.Timeout | undefined
    let waiting = false
    let finished = false
    const send = () => {
      const frame = this.#next()
      if (!frame) {
        finished = true
        socket.destroy()
        this.#finish()
        return
      }
      waiting = true
      this.#tally.sent++
      socket.write(frame)
      timer = setTimeout(() => {
        this.#tally.waited++
        waiting = false
        this.#reopen(socket)
      }, patienceMs)
    }
    socket.on('connect', send)
    socket.on('data', () => {
      if (!waiting) return
      waiting = false
      clearTimeout(timer)
      this.#tally.answered++
      send()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      if (finished) return
      if (waiting) this.#tally.closed++
      waiting = false
      this.#reopen(socket)
    })
  }

  #reopen(socket: Socket): void {
    socket.removeAllListeners('close')
    socket.destroy()
    // Through the event loop: a broker that is gone must not become recursion.
    setImmediate(() => this.#open())
  }
}
