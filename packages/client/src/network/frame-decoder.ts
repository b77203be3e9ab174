// Cuts the byte stream of a connection into frames: a 4-byte big-endian size, then that many bytes.

/**
 * A frame that lies in one chunk is handed out as a view of it. A longer one is assembled in a buffer of exactly its size, so every
 * byte is copied at most once.
 */
export class FrameDecoder {
  readonly #frameMaxBytes: number
  readonly #onFrame: (frame: Buffer) => void
  readonly #size = Buffer.alloc(4)
  #sizeBytes = 0
  #frame: Buffer | undefined
  #filledBytes = 0

  /** `onFrame` gets each frame without its size. It must not throw. */
  constructor(frameMaxBytes: number, onFrame: (frame: Buffer) => void) {
    this.#frameMaxBytes = frameMaxBytes
    this.#onFrame = onFrame
  }

  /** Takes the next bytes of the stream. Throws RangeError for a size that is negative or over the limit. */
  push(chunk: Buffer): void {
    const end = chunk.length
    let at = 0
    while (at < end) {
      if (this.#frame) {
        at = this.#fill(this.#frame, chunk, at)
        continue
      }
      if (this.#sizeBytes === 0 && end - at >= 4) {
        const size = this.#checked(chunk.readInt32BE(at))
        at += 4
        if (size <= end - at) {
          this.#onFrame(chunk.subarray(at, at + size))
          at += size
        } else {
          this.#begin(size)
        }
        continue
      }
      this.#size[this.#sizeBytes++] = chunk[at++]!
      if (this.#sizeBytes < 4) continue
      this.#sizeBytes = 0
      const size = this.#checked(this.#size.readInt32BE(0))
      if (size === 0) this.#onFrame(Buffer.alloc(0))
      else this.#begin(size)
    }
  }

  #begin(size: number): void {
    this.#frame = Buffer.allocUnsafeSlow(size)
    this.#filledBytes = 0
  }

  #fill(frame: Buffer, chunk: Buffer, at: number): number {
    const copied = chunk.copy(frame, this.#filledBytes, at)
    this.#filledBytes += copied
    if (this.#filledBytes === frame.length) {
      this.#frame = undefined
      this.#onFrame(frame)
    }
    return at + copied
  }

  #checked(size: number): number {
    if (size < 0 || size > this.#frameMaxBytes) {
      throw new RangeError(`a frame of ${size} bytes; at most ${this.#frameMaxBytes} are accepted`)
    }
    return size
  }
}
