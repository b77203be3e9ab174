// A byte array that grows, with positions: what a file's content is.

/** Content of a file. Bytes past the end that were never written are zero. */
export class FileBytes {
  #bytes: Buffer
  #size: number

  constructor(content: Uint8Array = new Uint8Array()) {
    this.#bytes = Buffer.from(content)
    this.#size = content.length
  }

  get size(): number {
    return this.#size
  }

  /** A copy of everything. */
  copy(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#size))
  }

  /** Copies into `target` what there is from `position` on and returns how many bytes that was. */
  read(target: Uint8Array, position: number): number {
    const end = Math.min(this.#size, position + target.length)
    if (end <= position) return 0
    target.set(this.#bytes.subarray(position, end))
    return end - position
  }

  write(bytes: Uint8Array, position: number): void {
    const end = position + bytes.length
    if (end > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(end, this.#bytes.length * 2, 256))
      this.#bytes.copy(grown, 0, 0, this.#size)
      this.#bytes = grown
    }
    this.#bytes.set(bytes, position)
    this.#size = Math.max(this.#size, end)
  }

  /** Shortens, or lengthens with zeros. */
  resize(size: number): void {
    if (size < this.#size) this.#bytes.fill(0, size, this.#size)
    else if (size > this.#bytes.length) this.write(new Uint8Array(1), size - 1)
    this.#size = size
  }
}
