// Sending: replies leave in the order of their requests whatever finishes first, and those that finish in one turn in one write.
import type { Connection } from '@millrace/runtime'
import type { BrokerCore } from '../core.ts'
import { sendNowBytes } from '../limits.ts'
import type { Slot } from './slot.ts'

export interface ReplyQueueOptions {
  readonly socket: Connection
  readonly core: BrokerCore
  /** Requests of so many bytes are answered. `flowing` is false when the socket takes nothing more until it drains. */
  readonly onSent: (requestBytes: number, flowing: boolean) => void
}

export class ReplyQueue {
  readonly #socket: Connection
  readonly #core: BrokerCore
  readonly #onSent: ReplyQueueOptions['onSent']
  /** In the order of the requests. */
  readonly #slots: Slot[] = []
  /** Bytes of finished replies that were not handed to the socket. */
  #unsentBytes = 0
  #flushing = false
  /** What the socket has not taken yet and somebody observes. */
  #unobserved: Slot[] = []

  constructor({ socket, core, onSent }: ReplyQueueOptions) {
    this.#socket = socket
    this.#core = core
    this.#onSent = onSent
  }

  /** Requests that were begun and whose replies have not been handed to the socket. */
  get length(): number {
    return this.#slots.length
  }

  /** A request was begun: its reply will stand here. */
  push(slot: Slot): void {
    this.#slots.push(slot)
  }

  /**
   * The slot has its reply, or has none. Requests that waited for the same sync finish in the same turn: sending a microtask later puts
   * their replies into one write.
   */
  finished(slot: Slot): void {
    if (slot.chunks) for (const chunk of slot.chunks) this.#unsentBytes += chunk.length
    if (this.#slots[0] !== slot) {
      // How long it waits for those before it. The first one leaves at once: its time is that of the write.
      if (this.#core.observer !== undefined) slot.finished()
      return
    }
    if (this.#unsentBytes >= sendNowBytes) {
      this.#flush()
      return
    }
    if (this.#flushing) return
    this.#flushing = true
    queueMicrotask(() => this.#flush())
  }

  /** Sends all finished replies up to the first unfinished one, in one write. */
  #flush(): void {
    this.#flushing = false
    const slots = this.#slots
    if (!slots[0]?.done) return
    const chunks: Uint8Array[] = []
    const releases: (() => void)[] = []
    let finished = 0
    let requestBytes = 0
    for (; slots[finished]?.done; finished++) {
      const next = slots[finished]!
      requestBytes += next.bytes
      if (next.chunks) {
        for (const chunk of next.chunks) {
          this.#unsentBytes -= chunk.length
          appendChunk(chunks, chunk)
        }
      }
      if (next.releases) for (const release of next.releases) releases.push(release)
    }
    const sent = slots.splice(0, finished)
    const observed = this.#core.observer !== undefined
    if (observed) {
      const nowMs = this.#core.clock.monotonic()
      for (const slot of sent) slot.sending(nowMs)
    }
    const releaseAll = () => {
      for (const release of releases) release()
    }
    let flowing = true
    if (chunks.length === 0) releaseAll()
    else flowing = this.#socket.write(chunks, releases.length === 0 ? undefined : releaseAll)
    if (observed) {
      this.#unobserved.push(...sent)
      if (flowing) this.drained()
    }
    this.#onSent(requestBytes, flowing)
  }

  /** The socket has taken everything. */
  drained(): void {
    const { observer, clock } = this.#core
    const sent = this.#unobserved
    if (sent.length === 0) return
    this.#unobserved = []
    const nowMs = clock.monotonic()
    for (const slot of sent) {
      slot.sent(nowMs)
      observer?.observe(slot)
    }
  }

  /** The connection is gone. Unfinished requests release what they hold when their handlers return. */
  close(): void {
    for (const slot of this.#slots) if (slot.done) slot.abandon()
    this.#slots.length = 0
  }
}

/** Adds a chunk. Replies that were encoded one behind the other are one piece of memory: they become one chunk again. */
function appendChunk(chunks: Uint8Array[], chunk: Uint8Array): void {
  const last = chunks.at(-1)
  if (last && last.buffer === chunk.buffer && last.byteOffset + last.length === chunk.byteOffset) {
    chunks[chunks.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + chunk.length)
  } else chunks.push(chunk)
}
