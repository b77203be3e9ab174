// Receives the frames of a byte stream: says where the next bytes go, and finds the frames in what has arrived.
//
//   | size (4) | frame … | size (4) | frame … |
//
// The socket reads straight into the memory in which the frames stay: a frame is copied only when its memory ends before it does.
import { foreignProtocol } from './foreign-protocol.ts'

const sizeBytes = 4
/** Memory of a connection that has little to say. */
const memoryBytesMin = 4096
/** A frame that says it is larger gets its memory as its bytes really arrive: a hostile size alone claims no more. */
const trustedBytes = 2 << 20
/** Memory is made smaller after this many times that it was used for less than a quarter. */
const wastefulMax = 32

/** The stream is not made of frames, or one is larger than allowed. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
  /** The protocol that the other side seems to speak instead, such as `HTTP` or `TLS`. */
  readonly foreignProtocol: string | undefined

  constructor(message: string, foreign?: string) {
    super(message)
    this.foreignProtocol = foreign
  }
}

/** Where memory for frames comes from and goes to: a `BufferPool`, for one. */
export interface FramePool {
  /** A buffer of at least so many bytes, with anything in it. */
  acquire(bytes: number): Buffer
  /** Nobody uses the buffer any more. */
  release(buffer: Buffer): void
}

/** Memory that frames lie in. While somebody holds it, nothing else is written there; who never releases it leaves it to the garbage collector. */
export class FrameMemory {
  readonly bytes: Buffer
  readonly #pool: FramePool | undefined
  #holds = 0
  #retired = false

  constructor(bytes: Buffer, pool: FramePool | undefined) {
    this.bytes = bytes
    this.#pool = pool
  }

  get held(): boolean {
    return this.#holds > 0
  }

  hold(): void {
    this.#holds++
  }

  /** Takes one `hold` back. The frames that it was for must not be used any more. */
  release(): void {
    if (this.#holds === 0) throw new Error('memory of frames was released more often than held')
    this.#holds--
    if (this.#holds === 0 && this.#retired) this.#pool?.release(this.bytes)
  }

  /**
   * A frame of this memory for as long as anybody wants it: where it fills most of the memory it keeps it, else it is copied, so that a
   * small frame never keeps much memory alive.
   */
  keep(frame: Buffer): Buffer {
    if (frame.length * 2 < this.bytes.length) return Buffer.from(frame)
    this.#holds++
    return frame
  }

  /** Nothing more will be received into it. */
  retire(): void {
    if (this.#retired) return
    this.#retired = true
    if (this.#holds === 0) this.#pool?.release(this.bytes)
  }
}

export interface FrameReceiverOptions {
  /** Larger frames are refused, and so are negative sizes. In bytes. */
  readonly frameMaxBytes: number
  /** Memory grows with what arrives, up to this; beyond it only for a frame that is larger. In bytes. */
  readonly memoryMaxBytes: number
  /** Where memory comes from and goes when nobody holds it any more. Default: the garbage collector. */
  readonly pool?: FramePool
}

export class FrameReceiver {
  /** As in the options. It may change from one frame to the next. */
  frameMaxBytes: number
  readonly #memoryMaxBytes: number
  readonly #pool: FramePool | undefined
  #memory: FrameMemory
  /** Where the first frame that is not complete begins, with its size. */
  #start = 0
  /** Where the next bytes go. */
  #end = 0
  /** How large memory should be. */
  #wantedBytes = memoryBytesMin
  #wasteful = 0
  #partBytes = 0
  /** The stream makes no sense any more. */
  #failed = false

  constructor({ frameMaxBytes, memoryMaxBytes, pool }: FrameReceiverOptions) {
    this.frameMaxBytes = frameMaxBytes
    this.#memoryMaxBytes = memoryMaxBytes
    this.#pool = pool
    this.#memory = this.#take(memoryBytesMin)
  }

  /** Size that the frame at the end announces while it is not complete; 0 when all frames are, or the size itself is not. */
  get partBytes(): number {
    return this.#partBytes
  }

  /**
   * Where the next bytes of the stream go, at least one. Valid until `received` is called. After an error it leads nowhere. Who does not
   * want the rest of a frame yet says so with `mayGrow`: there is no more memory for it then than a last read needs.
   */
  space(mayGrow = true): Buffer {
    if (this.#failed) return Buffer.allocUnsafe(memoryBytesMin)
    if (this.#start === this.#end) this.#begin()
    else if (mayGrow || this.#end === this.#memory.bytes.length) this.#makeRoom(mayGrow)
    const { bytes } = this.#memory
    return this.#end === 0 ? bytes : bytes.subarray(this.#end)
  }

  /**
   * Takes note of bytes that were put at the start of `space()`, and calls `onFrame` for each frame they complete, without its size, in
   * order. A frame is valid until `onFrame` returns, or as long as its memory is held. Throws `FrameError`.
   */
  received(bytes: number, onFrame: (frame: Buffer, memory: FrameMemory) => void): void {
    const memory = this.#memory
    const buffer = memory.bytes
    this.#end += bytes
    this.#partBytes = 0
    if (this.#end === buffer.length) this.#want(buffer.length * 2)
    while (this.#end - this.#start >= sizeBytes) {
      const from = this.#start + sizeBytes
      const to = from + this.#sizeAt(buffer)
      if (to > this.#end) {
        this.#partBytes = to - from
        return
      }
      this.#start = to
      onFrame(buffer.subarray(from, to), memory)
    }
  }

  /** Gives the memory back; nothing more will be received. */
  close(): void {
    this.#memory.retire()
  }

  #sizeAt(buffer: Buffer): number {
    const size = buffer.readInt32BE(this.#start)
    if (size < 0 || size > this.frameMaxBytes) {
      this.#failed = true
      const foreign = foreignProtocol(buffer, this.#start)
      throw new FrameError(
        foreign === undefined
          ? `a frame of ${size} bytes; 0 to ${this.frameMaxBytes} are allowed`
          : `${foreign}, which is not the protocol of Kafka`,
        foreign,
      )
    }
    return size
  }

  #want(bytes: number): void {
    this.#wasteful = 0
    if (bytes > this.#wantedBytes) this.#wantedBytes = Math.min(bytes, this.#memoryMaxBytes)
  }

  /** All frames are complete: the memory is used again from its start, if nobody holds it and its size is still right. */
  #begin(): void {
    const { length } = this.#memory.bytes
    if (this.#end > 0 && this.#end * 4 < this.#wantedBytes && this.#wantedBytes > memoryBytesMin) {
      if (++this.#wasteful === wastefulMax) {
        this.#wasteful = 0
        this.#wantedBytes >>>= 1
      }
    } else if (this.#end > 0) this.#wasteful = 0
    this.#start = 0
    this.#end = 0
    if (!this.#memory.held && length >= this.#wantedBytes && length < this.#wantedBytes * 4) return
    this.#memory.retire()
    this.#memory = this.#take(this.#wantedBytes)
  }

  /** There is a part of a frame: it stays where it is if the rest fits behind it. */
  #makeRoom(mayGrow: boolean): void {
    const old = this.#memory
    const { bytes } = old
    const filled = this.#end - this.#start
    const wanted = filled < sizeBytes ? sizeBytes : sizeBytes + this.#sizeAt(bytes)
    if (this.#start + wanted <= bytes.length) return
    if (wanted <= bytes.length && bytes.length >= this.#wantedBytes && !old.held) {
      bytes.copyWithin(0, this.#start, this.#end)
    } else {
      const trusted = wanted <= trustedBytes ? wanted : Math.min(wanted, Math.max(trustedBytes, filled * 2))
      if (mayGrow) this.#want(trusted)
      this.#memory = this.#take(mayGrow ? Math.max(trusted, this.#wantedBytes) : filled + memoryBytesMin)
      bytes.copy(this.#memory.bytes, 0, this.#start, this.#end)
      old.retire()
    }
    this.#start = 0
    this.#end = filled
  }

  #take(bytes: number): FrameMemory {
    return new FrameMemory(this.#pool?.acquire(bytes) ?? Buffer.allocUnsafeSlow(bytes), this.#pool)
  }
}
