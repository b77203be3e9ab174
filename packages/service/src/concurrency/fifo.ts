// A first-in, first-out queue: push and shift leave nothing behind, move nothing, and make no garbage.

/** Places at first, and as many as stay. */
const capacityMin = 16

/** Items in the order in which they came: a ring that doubles when it is full, and halves when little of it is used. */
export class Fifo<T> {
  /** As many places as a power of two says; undefined where there is no item. */
  #items: (T | undefined)[] = []
  #head = 0
  #length = 0

  /** How many there are. */
  get length(): number {
    return this.#length
  }

  /** The first one, which stays; undefined without any. */
  get first(): T | undefined {
    return this.#length === 0 ? undefined : this.#items[this.#head]
  }

  push(item: T): void {
    const capacity = this.#items.length
    if (this.#length === capacity) this.#resize(Math.max(capacityMin, capacity * 2))
    this.#items[(this.#head + this.#length) & (this.#items.length - 1)] = item
    this.#length++
  }

  shift(): T | undefined {
    if (this.#length === 0) return undefined
    const items = this.#items
    const item = items[this.#head]
    items[this.#head] = undefined
    this.#head = (this.#head + 1) & (items.length - 1)
    this.#length--
    if (items.length > capacityMin && this.#length * 4 < items.length) this.#resize(items.length / 2)
    return item
  }

  #resize(capacity: number): void {
    const items = [...this]
    const length = items.length
    while (items.length < capacity) items.push(undefined as T)
    this.#items = items
    this.#head = 0
    this.#length = length
  }

  *[Symbol.iterator](): Generator<T> {
    for (let at = 0; at < this.#length; at++)
      yield this.#items[(this.#head + at) & (this.#items.length - 1)] as T
  }
}
