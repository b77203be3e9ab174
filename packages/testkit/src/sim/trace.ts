// What happened in a simulation: a hash over all of it (same seed, same hash) and the last lines for a human.

/** One thing that happened. */
export interface TraceLine {
  readonly timeMs: number
  readonly text: string
}

/** Records every event of a run. Hashing is two 32-bit lanes over the characters: cheap, and enough to see any difference. */
export class Trace {
  readonly #lines: TraceLine[] = []
  readonly #keepLines: number
  readonly #onLine: ((line: TraceLine) => void) | undefined
  #next = 0
  #low = 0x811c9dc5
  #high = 0x9e3779b9
  #count = 0

  /** `keepLines`: how many of the last lines are kept. `onLine` sees each as it happens. */
  constructor(options: { readonly keepLines?: number; readonly onLine?: (line: TraceLine) => void } = {}) {
    this.#keepLines = options.keepLines ?? 200
    this.#onLine = options.onLine
  }

  /** How many lines were recorded in all. */
  get count(): number {
    return this.#count
  }

  /** Hash over everything recorded so far, as 16 hex digits. */
  get hash(): string {
    const hex = (lane: number) => (lane >>> 0).toString(16).padStart(8, '0')
    return hex(this.#high) + hex(this.#low)
  }

  record(timeMs: number, text: string): void {
    this.#count++
    this.#mix(Math.round(timeMs * 1000))
    for (let index = 0; index < text.length; index++) this.#mix(text.charCodeAt(index))
    const line = { timeMs, text }
    if (this.#lines.length < this.#keepLines) this.#lines.push(line)
    else this.#lines[this.#next] = line
    this.#next = (this.#next + 1) % this.#keepLines
    this.#onLine?.(line)
  }

  /** Mixes bytes that crossed a border of the simulation (network, disk) into the hash, without a line. */
  mixBytes(bytes: Uint8Array): void {
    let low = this.#low
    for (let index = 0; index < bytes.length; index++) low = Math.imul(low ^ bytes[index]!, 0x01000193)
    this.#low = low
    this.#mix(bytes.length)
  }

  /** The last lines, oldest first. */
  last(count = this.#keepLines): TraceLine[] {
    const full = this.#lines.length === this.#keepLines
    const ordered = full
      ? [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)]
      : this.#lines
    return ordered.slice(-count)
  }

  #mix(value: number): void {
    this.#low = Math.imul(this.#low ^ value, 0x01000193)
    this.#high = Math.imul(this.#high ^ (value + (this.#low >>> 15)), 0x85ebca6b)
  }
}

/** `12.345 ms  text` */
export function formatTraceLine(line: TraceLine): string {
  return `${line.timeMs.toFixed(3).padStart(12)} ms  ${line.text}`
}
