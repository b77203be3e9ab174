// Gathers records into batches by number, size and time. Pure: the time comes in by argument.

/** When a batch is complete. */
export interface BatchLimits {
  /** Records at most. */
  readonly maxRecords: number
  /** Bytes at most; a larger record is a batch of its own. */
  readonly maxBytes: number
  /** How long the first record waits for others, in ms. */
  readonly maxWaitMs: number
}

export class BatchCollector<T> {
  readonly #limits: BatchLimits
  #items: T[] = []
  #bytes = 0
  /** When the first item came, on the monotonic clock. */
  #since = 0

  constructor(limits: BatchLimits) {
    this.#limits = limits
  }

  /** Items that wait. */
  get length(): number {
    return this.#items.length
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes
  }

  /** When what waits is to go, full or not; undefined where nothing waits. */
  get dueAt(): number | undefined {
    return this.#items.length === 0 ? undefined : this.#since + this.#limits.maxWaitMs
  }

  /** Whether an item of so many bytes still fits: if not, {@link take} comes first. */
  fits(bytes: number): boolean {
    const { maxRecords, maxBytes } = this.#limits
    return this.#items.length === 0 || (this.#items.length < maxRecords && this.#bytes + bytes <= maxBytes)
  }

  /** Whether no other item fits, whatever its size. */
  get isFull(): boolean {
    const { maxRecords, maxBytes } = this.#limits
    return this.#items.length >= maxRecords || this.#bytes >= maxBytes
  }

  add(item: T, bytes: number, now: number): void {
    if (this.#items.length === 0) this.#since = now
    this.#items.push(item)
    this.#bytes += bytes
  }

  /** Whether it is to go now. */
  isComplete(now: number): boolean {
    const { dueAt } = this
    return this.isFull || (dueAt !== undefined && dueAt <= now)
  }

  /** What has been gathered; another batch begins. */
  take(): T[] {
    const items = this.#items
    this.#items = []
    this.#bytes = 0
    return items
  }
}
