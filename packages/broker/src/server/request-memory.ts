// Memory for requests of all connections (`queued.max.request.bytes`): whole ones that are not answered, and those of which a part has come.
//
// A part counts with the size it announces from the moment it is admitted, so that whoever was admitted can finish without asking again.
// As in Kafka's `SimpleMemoryPool`, one is admitted while anything is left: the limit is passed by one request at most.

/** A connection with a part of a request for which there was no room. */
export interface PartWaiting {
  /** What the request announces. */
  readonly wantedBytes: number
  /** There is room now, and it has been taken. */
  onAdmitted(): void
}

export class RequestMemory {
  readonly #maxBytes: number
  /** In the order in which they came. */
  readonly #waiting = new Set<PartWaiting>()
  readonly #onRelieved: () => void
  #heldBytes = 0
  #wasCongested = false

  /** `maxBytes` ≤ 0 stands for no limit. `onRelieved` is called when more than the limit was held and no longer is. */
  constructor(maxBytes: number, onRelieved: () => void) {
    this.#maxBytes = maxBytes <= 0 ? Number.POSITIVE_INFINITY : maxBytes
    this.#onRelieved = onRelieved
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  /** More is held than should be: connections with something to wait for are not read from. */
  get congested(): boolean {
    return this.#heldBytes > this.#maxBytes
  }

  /** Connections whose part waits for room. */
  get waitingCount(): number {
    return this.#waiting.size
  }

  /** Notes what came, or with a negative number what was answered or is gone. */
  add(bytes: number): void {
    this.#heldBytes += bytes
    if (bytes < 0) this.#admitWaiting()
    if (this.congested) this.#wasCongested = true
    else if (this.#wasCongested) {
      this.#wasCongested = false
      this.#onRelieved()
    }
  }

  /** Takes room for a part. False: there is none, and `part` hears of it when there is. */
  admit(part: PartWaiting): boolean {
    if (this.#waiting.size === 0 && this.#heldBytes < this.#maxBytes) {
      this.add(part.wantedBytes)
      return true
    }
    this.#waiting.add(part)
    return false
  }

  /** The part is gone; nothing happens unless it waits. */
  leave(part: PartWaiting): void {
    this.#waiting.delete(part)
  }

  #admitWaiting(): void {
    for (const part of this.#waiting) {
      if (this.#heldBytes >= this.#maxBytes) return
      this.#waiting.delete(part)
      this.#heldBytes += part.wantedBytes
      part.onAdmitted()
    }
  }
}
