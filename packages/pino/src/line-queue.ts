// Lines that wait to be sent, within a number of bytes: when there is no room the oldest go, and are counted.

/** What a line costs beside its text. */
const overheadBytes = 64
/** Places at the front that are free before the list is moved up. */
const freeMax = 4_096

export interface QueuedLine {
  readonly text: string
  /** When it was logged, in ms since the epoch. */
  readonly time: number
}

export class LineQueue {
  readonly #maxBytes: number
  #lines: (QueuedLine | undefined)[] = []
  #head = 0
  #bytes = 0
  #dropped = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get length(): number {
    return this.#lines.length - this.#head
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Lines that had to go since {@link takeDropped} was called. */
  get dropped(): number {
    return this.#dropped
  }

  takeDropped(): number {
    const dropped = this.#dropped
    this.#dropped = 0
    return dropped
  }

  /** Counts lines as dropped that were not in the queue, or had been taken. */
  noteDropped(count: number): void {
    this.#dropped += count
  }

  push(line: QueuedLine): void {
    this.#lines.push(line)
    this.#bytes += costOf(line)
    this.#makeRoom()
  }

  /** The oldest lines, `maxLines` and `maxBytes` at most, and one at least. */
  take(maxLines: number, maxBytes: number): QueuedLine[] {
    const taken: QueuedLine[] = []
    let bytes = 0
    while (taken.length < maxLines && this.length > 0) {
      const line = this.#lines[this.#head]!
      const cost = costOf(line)
      if (taken.length > 0 && bytes + cost > maxBytes) break
      bytes += cost
      taken.push(line)
      this.#shift()
    }
    return taken
  }

  /** Lines that were taken come first again: as many of the newest of them as there is room for. */
  putBack(lines: readonly QueuedLine[]): void {
    this.#lines = [...lines, ...this.#lines.slice(this.#head)]
    this.#head = 0
    for (const line of lines) this.#bytes += costOf(line)
    this.#makeRoom()
  }

  #makeRoom(): void {
    while (this.#bytes > this.#maxBytes && this.length > 0) {
      this.#shift()
      this.#dropped++
    }
  }

  #shift(): void {
    this.#bytes -= costOf(this.#lines[this.#head]!)
    this.#lines[this.#head++] = undefined
    if (this.#head < freeMax && this.#head < this.#lines.length) return
    this.#lines = this.#lines.slice(this.#head)
    this.#head = 0
  }
}

/** In memory a character is a byte or two; what is sent is UTF-8. The length is near enough for both, and costs nothing. */
function costOf({ text }: QueuedLine): number {
  return text.length + overheadBytes
}
