// A first-in, first-out queue on a ring that grows: what waits for its answer on a connection, and other lines of waiting things.

const capacityMin = 8

/** Push and shift are O(1) and leave nothing behind for the collector. */
export class Fifo<T> {
  #ring: (T | undefined)[] = emptyRing<T>(capacityMin)
  #head = 0
  #length = 0

  get length(): number {
    return this.#length
  }

  push(item: T): void {
    if (this.#length === this.#ring.length) this.#grow()
    this.#ring[(this.#head + this.#length) & (this.#ring.length - 1)] = item
    this.#length++
  }

  peek(): T | undefined {
    return this.#length === 0 ? undefined : this.#ring[this.#head]
  }

  shift(): T | undefined {
    if (this.#length === 0) return undefined
    const item = this.#ring[this.#head]
    this.#ring[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#ring.length - 1)
    this.#length--
    return item
  }

  /** The item `index` places behind the head. */
  at(index: number): T | undefined {
    return index < this.#length ? this.#ring[(this.#head + index) & (this.#ring.length - 1)] : undefined
  }

  /** Takes everything out, in order. */
  drain(): T[] {
    const items: T[] = []
    for (let item = this.shift(); item !== undefined; item = this.shift()) items.push(item)
    return items
  }

  #grow(): void {
    const ring = emptyRing<T>(this.#ring.length * 2)
    for (let index = 0; index < this.#length; index++) ring[index] = this.at(index)
    this.#ring = ring
    this.#head = 0
  }
}

function emptyRing<T>(capacity: number): (T | undefined)[] {
  return Array.from<T | undefined>({ length: capacity })
}
