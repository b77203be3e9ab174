// One direction-pair of a simulated TCP connection: ordered bytes, cut and joined at random, bounded on both sides.
import { type Connection, type ConnectionHandlers, deliver } from '@millrace/runtime'
import type { SimNetwork } from './network.ts'
import type { SimProcess } from './process.ts'

/** `write` returns false above this many pending bytes, as a Node socket does by default. */
export const sendBufferBytes = 64 * 1024

/** Bytes on the way to, or not yet read by, the peer. A reader that pauses stops the writer after this many. */
export const windowBytes = 256 * 1024

interface PendingWrite {
  readonly bytes: Uint8Array
  sentBytes: number
  readonly onWritten: (() => void) | undefined
}

/** The error a socket reports when the other side vanished. */
function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' })
}

/**
 * One end. Bytes wait in `#outbox` until the pump takes a piece of random size into flight (from then on the caller's buffer may change),
 * arrive in order after a random latency, and wait in the peer's `#inbox` until its handlers are installed and not paused.
 */
export class SimConnection implements Connection {
  readonly id: string
  readonly process: SimProcess
  readonly remoteAddress = '127.0.0.1'
  readonly remotePort: number
  readonly localPort: number
  peer!: SimConnection
  readonly #network: SimNetwork
  #handlers: ConnectionHandlers | undefined
  #outbox: PendingWrite[] = []
  #pendingBytes = 0
  #needsDrain = false
  #pumping = false
  #inFlightBytes = 0
  #lastArrivalMs = 0
  #inbox: Buffer[] = []
  #inboxBytes = 0
  #peerEnded = false
  #paused = false
  #delivering = false
  #ending = false
  #endSent = false
  #closed = false
  #closeError: Error | undefined

  constructor(network: SimNetwork, process: SimProcess, id: string, localPort: number, remotePort: number) {
    this.#network = network
    this.process = process
    this.id = id
    this.localPort = localPort
    this.remotePort = remotePort
  }

  get pendingBytes(): number {
    return this.#pendingBytes
  }

  get closed(): boolean {
    return this.#closed
  }

  start(handlers: ConnectionHandlers): void {
    if (this.#handlers) throw new Error('start is called once')
    this.#handlers = handlers
    if (this.#closed) this.#tellClosed()
    else this.#deliverSoon()
  }

  write(chunks: readonly Uint8Array[], onWritten?: () => void): boolean {
    // What a dead process still does with a connection has no effect; the call itself does not fail.
    if (!this.process.alive) return true
    if (this.#closed || this.#ending) {
      if (onWritten) this.process.after(0, onWritten)
      return true
    }
    const last = chunks.length - 1
    for (let index = 0; index <= last; index++) {
      const bytes = chunks[index]!
      this.#pendingBytes += bytes.length
      this.#outbox.push({ bytes, sentBytes: 0, onWritten: index === last ? onWritten : undefined })
    }
    this.#pumpSoon()
    if (this.#pendingBytes < sendBufferBytes) return true
    this.#needsDrain = true
    return false
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#deliverSoon()
  }

  end(): void {
    if (this.#closed || this.#ending) return
    this.#ending = true
    this.#pumpSoon()
  }

  destroy(error?: Error): void {
    if (this.#closed) return
    const peer = this.peer
    // What is in flight may still arrive; the peer learns of the end after it, as an orderly close or as a reset.
    const reset = this.#network.random.chance(0.5)
    this.#close(error)
    this.#network.inOrder(this, () => (reset ? peer.reset() : peer.receiveEnd()))
  }

  /** The connection breaks under this end: what has not been delivered is lost. */
  reset(): void {
    this.#close(connectionReset())
  }

  /** The process of this end died. The peer sees some of what was in flight, then a reset. */
  abandon(): void {
    if (this.#closed) return
    this.#closed = true
    this.#drop()
    this.#network.forget(this)
    const peer = this.peer
    const delayMs = this.#network.resetDelayMs()
    this.#network.scheduler.after(delayMs, () => peer.reset())
  }

  receive(bytes: Buffer): void {
    this.peer.#inFlightBytes -= bytes.length
    if (this.#closed) return
    this.#inbox.push(bytes)
    this.#inboxBytes += bytes.length
    this.#deliverSoon()
  }

  receiveEnd(): void {
    if (this.#closed) return
    this.#peerEnded = true
    this.#deliverSoon()
  }

  /** When the last thing sent from here arrives; later things arrive no earlier. */
  reserveArrival(earliestMs: number): number {
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, earliestMs)
    return this.#lastArrivalMs
  }

  #pumpSoon(): void {
    if (this.#pumping || this.#closed) return
    this.#pumping = true
    this.process.after(this.#network.turnMs(), () => this.#pump())
  }

  #pump(): void {
    this.#pumping = false
    if (this.#closed) return
    while (this.#outbox.length > 0) {
      const roomBytes = windowBytes - this.#inFlightBytes - this.peer.#inboxBytes
      if (roomBytes <= 0) return
      this.#send(Math.min(roomBytes, this.#network.segmentBytes()))
    }
    if (this.#ending && !this.#endSent) this.#sendEnd()
    if (this.#needsDrain && !this.#closed) {
      this.#needsDrain = false
      this.process.after(0, () => {
        if (!this.#closed) this.#handlers?.onDrain()
      })
    }
  }

  /** Takes up to `limitBytes` out of the outbox, over the borders of writes, into one segment. */
  #send(limitBytes: number): void {
    const pieces: Buffer[] = []
    let room = limitBytes
    while (room > 0 && this.#outbox.length > 0) {
      const write = this.#outbox[0]!
      const taken = Math.min(room, write.bytes.length - write.sentBytes)
      pieces.push(Buffer.from(write.bytes.subarray(write.sentBytes, write.sentBytes + taken)))
      write.sentBytes += taken
      room -= taken
      if (write.sentBytes < write.bytes.length) break
      this.#outbox.shift()
      if (write.onWritten) this.process.after(0, write.onWritten)
    }
    const segment = Buffer.concat(pieces)
    this.#pendingBytes -= segment.length
    this.#inFlightBytes += segment.length
    const peer = this.peer
    this.#network.inOrder(this, () => peer.receive(segment))
  }

  #sendEnd(): void {
    this.#endSent = true
    const peer = this.peer
    this.#network.inOrder(this, () => peer.receiveEnd())
    if (this.#peerEnded) this.#close(undefined)
  }

  #deliverSoon(): void {
    if (this.#delivering || this.#paused || this.#closed || !this.#handlers) return
    if (this.#inbox.length === 0 && !this.#peerEnded) return
    this.#delivering = true
    this.process.after(this.#network.turnMs(), () => this.#deliver())
  }

  #deliver(): void {
    this.#delivering = false
    if (this.#paused || this.#closed || !this.#handlers) return
    if (this.#inbox.length === 0) {
      if (this.#peerEnded) this.#answerEnd()
      return
    }
    // One read returns what has arrived: sometimes one segment, sometimes all.
    const count = this.#network.random.chance(0.5) ? 1 : this.#inbox.length
    const bytes = count === 1 ? this.#inbox.shift()! : Buffer.concat(this.#inbox.splice(0, count))
    this.#inboxBytes -= bytes.length
    this.#network.scheduler.trace.mixBytes(bytes)
    this.peer.#pumpSoon()
    this.#deliverSoon()
    deliver(bytes, this.#handlers, () => !this.#closed)
  }

  /** Half-open connections are of no use to the Kafka protocol: the peer's end is ours too. */
  #answerEnd(): void {
    if (this.#endSent) {
      this.#close(undefined)
      return
    }
    this.#ending = true
    this.#pumpSoon()
  }

  #close(error: Error | undefined): void {
    if (this.#closed) return
    this.#closed = true
    this.#closeError = error
    this.#network.forget(this)
    for (const write of this.#outbox) if (write.onWritten) this.process.after(0, write.onWritten)
    this.#drop()
    if (this.#handlers) this.#tellClosed()
  }

  #drop(): void {
    this.#outbox = []
    this.#pendingBytes = 0
    this.#inbox = []
    this.#inboxBytes = 0
  }

  #tellClosed(): void {
    this.process.after(0, () => this.#handlers?.onClose(this.#closeError))
  }
}
