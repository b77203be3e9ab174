// Cuts a byte stream into the frames of the Kafka protocol: int32 size, then that many bytes.
//
//   | size (4) | request … | size (4) | request … |
//
// A frame that arrived in one chunk is handed on as a view of it; one that spans chunks is gathered into a buffer once.

const sizeBytes = 4
/** First buffer for a frame that spans chunks. It doubles as data really arrives: a hostile size alone claims no more. */
const gatherBytes = 1 << 20

/** The stream is not the Kafka protocol, or asks for more than is allowed. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
}

export class FrameReader {
  readonly #frameMaxBytes: number
  /** Bytes of a size field that was itself cut. */
  readonly #size = Buffer.alloc(sizeBytes)
  #sizeFilled = 0
  /** The frame being gathered, its full size, and what is there of it. */
  #gathered: Buffer | undefined
  #frameBytes = 0
  #filled = 0

  constructor(frameMaxBytes: number) {
    this.#frameMaxBytes = frameMaxBytes
  }

  /** Takes a chunk and calls `onFrame` for every frame it completes, in order. Throws `FrameError`. */
  push(chunk: Buffer, onFrame: (frame: Buffer) => void): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#gathered) {
        at += this.#gather(chunk, at, onFrame)
        continue
      }
      if (this.#sizeFilled > 0 || chunk.length - at < sizeBytes) {
        at += this.#gatherSize(chunk, at)
        continue
      }
      const size = this.#checked(chunk.readInt32BE(at))
      at += sizeBytes
      if (chunk.length - at >= size) {
        onFrame(chunk.subarray(at, at + size))
        at += size
      } else this.#begin(size)
    }
  }

  #checked(size: number): number {
    if (size <= 0 || size > this.#frameMaxBytes) {
      throw new FrameError(`a request of ${size} bytes; 1 to ${this.#frameMaxBytes} are allowed`)
    }
    return size
  }

  #begin(size: number): void {
    this.#gathered = Buffer.allocUnsafeSlow(Math.min(size, gatherBytes))
    this.#frameBytes = size
    this.#filled = 0
  }

  #gatherSize(chunk: Buffer, at: number): number {
    const taken = chunk.copy(this.#size, this.#sizeFilled, at, at + sizeBytes - this.#sizeFilled)
    this.#sizeFilled += taken
    if (this.#sizeFilled === sizeBytes) {
      this.#sizeFilled = 0
      this.#begin(this.#checked(this.#size.readInt32BE(0)))
    }
    return taken
  }

  #gather(chunk: Buffer, at: number, onFrame: (frame: Buffer) => void): number {
    const taken = Math.min(this.#frameBytes - this.#filled, chunk.length - at)
    let buffer = this.#gathered!
    if (this.#filled + taken > buffer.length) {
      const grown = Buffer.allocUnsafeSlow(
        Math.min(this.#frameBytes, Math.max(buffer.length * 2, this.#filled + taken)),
      )
      buffer.copy(grown, 0, 0, this.#filled)
      buffer = grown
      this.#gathered = grown
    }
    chunk.copy(buffer, this.#filled, at, at + taken)
    this.#filled += taken
    if (this.#filled === this.#frameBytes) {
      this.#gathered = undefined
      onFrame(buffer)
    }
    return taken
  }
}
