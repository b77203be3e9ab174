// Receiving: from the bytes of a socket to whole requests that wait for their turn, and what they count for in the memory of all.
import { type FrameMemory, FrameReceiver, type FramePool } from '@millrace/protocol/base'
import { loadedHandler } from '../handlers/loading.ts'
import {
  connectionQueueMaxBytes,
  connectionQueueMaxRequests,
  receiveMaxBytes,
  smallRequestBytes,
} from '../limits.ts'
import type { PartWaiting, RequestMemory } from './request-memory.ts'

/** A request that was received. */
export interface Frame {
  readonly bytes: Buffer
  /** Monotonic time. */
  readonly receivedAtMs: number
  /** Where it lies, held for it until it has been handled; undefined when `bytes` is its own. */
  readonly memory: FrameMemory | undefined
}

/**
 * Requests whose handler borrows the frame stay where they were received. Others are copied, because what is decoded from them may be kept
 * (metadata and assignments of group members); they are small. So are those whose handler is not loaded yet.
 */
function frameOf(bytes: Buffer, memory: FrameMemory, receivedAtMs: number): Frame {
  if (bytes.length < 2 || !loadedHandler(bytes.readInt16BE(0))?.traits.borrowsFrame) {
    return { bytes: Buffer.from(bytes), receivedAtMs, memory: undefined }
  }
  memory.hold()
  return { bytes, receivedAtMs, memory }
}

export interface RequestQueueOptions {
  readonly memory: RequestMemory
  readonly pool: FramePool
  readonly requestMaxBytes: number
  /** A part that had to wait has got its room: the connection can be read from again. */
  readonly onAdmitted: () => void
}

export class RequestQueue implements PartWaiting {
  #memory: RequestMemory
  readonly #receiver: FrameReceiver
  readonly #onAdmitted: () => void
  readonly #frames: Frame[] = []
  /** Requests that were received whole and are not answered. */
  #unansweredBytes = 0
  /** Beyond it nothing more is read. */
  #queueMaxBytes: number
  #receivedAtMs = 0
  /** What the part at the end announces; counted in the memory of all unless it waits for its room. */
  #partBytes = 0
  #partWaits = false

  constructor({ memory, pool, requestMaxBytes, onAdmitted }: RequestQueueOptions) {
    this.#memory = memory
    this.#onAdmitted = onAdmitted
    this.#queueMaxBytes = Math.min(connectionQueueMaxBytes, requestMaxBytes)
    this.#receiver = new FrameReceiver({
      frameMaxBytes: requestMaxBytes,
      memoryMaxBytes: receiveMaxBytes,
      pool,
    })
  }

  /** From now on, requests may be of so many bytes, and count in this memory. */
  allow(requestMaxBytes: number, memory: RequestMemory): void {
    this.#receiver.frameMaxBytes = requestMaxBytes
    this.#queueMaxBytes = Math.min(connectionQueueMaxBytes, requestMaxBytes)
    if (memory === this.#memory) return
    const partBytes = this.#partBytes
    this.#memory.add(-(this.#unansweredBytes + this.#takePart()))
    this.#memory = memory
    memory.add(this.#unansweredBytes)
    this.#addPart(partBytes)
  }

  /** What its requests count in. */
  get memory(): RequestMemory {
    return this.#memory
  }

  /** Requests that were not begun. */
  get length(): number {
    return this.#frames.length
  }

  /** The next request to begin. */
  get first(): Frame | undefined {
    return this.#frames[0]
  }

  get wantedBytes(): number {
    return this.#partBytes
  }

  /** A part of a request has come, and room was taken for the whole. */
  get hasAdmittedPart(): boolean {
    return this.#partBytes > smallRequestBytes && !this.#partWaits
  }

  /** What came whole takes more room than the memory that every connection has. */
  get isLarge(): boolean {
    return this.#unansweredBytes > smallRequestBytes
  }

  /** Nothing more should be read for now. */
  get full(): boolean {
    return (
      this.#unansweredBytes > this.#queueMaxBytes ||
      this.#frames.length > connectionQueueMaxRequests ||
      this.#partWaits
    )
  }

  /** Where the next bytes of the socket go. */
  space(): Buffer {
    return this.#receiver.space(!this.#partWaits)
  }

  /** Takes note of bytes that were put into `space()`, at this monotonic time. Throws `FrameError`. */
  received(bytes: number, nowMs: number): void {
    this.#receivedAtMs = nowMs
    const before = this.#unansweredBytes
    try {
      this.#receiver.received(bytes, this.#onFrame)
    } catch (error) {
      this.#memory.add(this.#unansweredBytes - before)
      throw error
    }
    const cameBytes = this.#unansweredBytes - before
    const { partBytes } = this.#receiver
    // The common case: what has come is whole, and nothing was waited for.
    if (partBytes === 0 && this.#partBytes === 0) this.#memory.add(cameBytes)
    else this.#replacePart(partBytes, cameBytes)
  }

  readonly #onFrame = (bytes: Buffer, memory: FrameMemory) => {
    this.#frames.push(frameOf(bytes, memory, this.#receivedAtMs))
    this.#unansweredBytes += bytes.length
  }

  /** A part that goes on is admitted once; one that is whole now counts as such. */
  #replacePart(partBytes: number, cameBytes: number): void {
    if (partBytes === this.#partBytes && cameBytes === 0) return
    const oldBytes = this.#takePart()
    this.#memory.add(cameBytes - oldBytes)
    this.#addPart(partBytes)
  }

  #addPart(partBytes: number): void {
    this.#partBytes = partBytes
    if (partBytes === 0) return
    // It lies in memory that every connection has: waiting for room would save none.
    if (partBytes <= smallRequestBytes) this.#memory.add(partBytes)
    else this.#partWaits = !this.#memory.admit(this)
  }

  /** Forgets the part and returns what it counted for. */
  #takePart(): number {
    const countedBytes = this.#partWaits ? 0 : this.#partBytes
    if (this.#partWaits) this.#memory.leave(this)
    this.#partWaits = false
    this.#partBytes = 0
    return countedBytes
  }

  onAdmitted(): void {
    this.#partWaits = false
    this.#onAdmitted()
  }

  /** Takes the next request out to begin it. It counts until `answered`. */
  shift(): Frame | undefined {
    return this.#frames.shift()
  }

  /** Requests of so many bytes were answered, or need no answer. */
  answered(bytes: number): void {
    this.#unansweredBytes -= bytes
    this.#memory.add(-bytes)
  }

  /** Forgets the requests that were not begun. */
  drop(): void {
    let bytes = 0
    for (const frame of this.#frames) {
      frame.memory?.release()
      bytes += frame.bytes.length
    }
    this.#frames.length = 0
    if (bytes > 0) this.answered(bytes)
  }

  /** The connection is gone: nothing counts any more, and nobody will say `answered`. */
  close(): void {
    this.drop()
    const bytes = this.#unansweredBytes + this.#takePart()
    this.#unansweredBytes = 0
    this.#memory.add(-bytes)
  }

  /** The socket reads no more: its memory goes back. */
  endReceiving(): void {
    this.#receiver.close()
  }
}
