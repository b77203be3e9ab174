// What of a partition is due next, in bounded memory: the entries that are due first. Those beyond a bound are in the log, and are found by reading it again. Pure.

/** An entry of the log that waits for its time. */
export interface Waiting<Held> {
  readonly id: string
  /** In ms since the epoch. */
  readonly dueAt: number
  readonly offset: number
  /** What is kept of its record; undefined where it has to be read again. */
  readonly held: Held | undefined
  readonly heldBytes: number
}

interface Entry<Held> extends Waiting<Held> {
  /** Stands in the heap, alive or not. */
  inHeap: boolean
}

export interface DueLimits {
  readonly maxEntries: number
  readonly maxHeldBytes: number
}

interface Place {
  readonly dueAt: number
  readonly offset: number
}

/** What is known to be over: entries before a place in time that stand before an offset of the log. */
interface Floor {
  readonly place: Place
  readonly before: number
}

/** Of a full index this part is kept, so that not every entry more costs a look at all. */
const keptPart = 0.75

export class DueIndex<Held> {
  readonly #limits: DueLimits
  readonly #byId = new Map<string, Entry<Held>>()
  /** A heap by time, then offset; entries that `#byId` does not have are dead. */
  #heap: Entry<Held>[] = []
  #heldBytes = 0
  /** The first entry that was left out: none at or behind it is here. */
  #bound: Place | undefined
  #floors: Floor[] = []

  constructor(limits: DueLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#byId.size
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  /** Whether there are entries in the log that are not here. */
  get isBounded(): boolean {
    return this.#bound !== undefined
  }

  /** Whether what is due next is in the log and not here. */
  get isExhausted(): boolean {
    return this.isBounded && this.nextDueAt === undefined
  }

  /** When the next one is due; undefined where none waits that is not taken. */
  get nextDueAt(): number | undefined {
    this.#dropDead()
    return this.#heap[0]?.dueAt
  }

  /** Takes an entry in, in place of an older one with its id. `hold`: what to keep of its record, and its bytes; called if there is room. */
  put(
    entry: { readonly id: string; readonly dueAt: number; readonly offset: number },
    bytes: number,
    hold: () => Held,
  ): void {
    this.remove(entry.id, entry.offset)
    if (this.#bound && !isBefore(entry, this.#bound)) return
    if (this.#floors.some(({ place, before }) => entry.offset < before && isBefore(entry, place))) return
    const hasRoom = this.#heldBytes + bytes <= this.#limits.maxHeldBytes
    const held = hasRoom ? hold() : undefined
    const heldBytes = hasRoom ? bytes : 0
    const waiting = { ...entry, held, heldBytes, inHeap: true }
    this.#heldBytes += heldBytes
    this.#byId.set(entry.id, waiting)
    push(this.#heap, waiting)
    if (this.#byId.size > this.#limits.maxEntries) this.#shrink()
  }

  /** The entry of an id is gone, if it stands before an offset. Returns whether there was one. */
  remove(id: string, before: number): boolean {
    const entry = this.#byId.get(id)
    if (!entry || entry.offset >= before) return false
    this.#byId.delete(id)
    this.#heldBytes -= entry.heldBytes
    if (this.#heap.length > 64 && this.#heap.length > 2 * this.#byId.size)
      this.#heap = this.#sorted().filter(({ inHeap }) => inHeap)
    return true
  }

  /** The entry of an id. */
  get(id: string): Waiting<Held> | undefined {
    return this.#byId.get(id)
  }

  /** Entries whose time has come, in order; they are not given out again before {@link giveBack}. */
  take(now: number, max: number): Waiting<Held>[] {
    const taken: Entry<Held>[] = []
    while (taken.length < max) {
      const dueAt = this.nextDueAt
      if (dueAt === undefined || dueAt > now) break
      const entry = pop(this.#heap)!
      entry.inHeap = false
      taken.push(entry)
    }
    return taken
  }

  /** Those that are still wanted wait again. */
  giveBack(taken: readonly Waiting<Held>[]): void {
    for (const { id, offset } of taken) {
      const entry = this.#byId.get(id)
      if (!entry || entry.offset !== offset || entry.inHeap) continue
      entry.inHeap = true
      push(this.#heap, entry)
    }
  }

  /**
   * The log is read from its start once more, since what is due next is not here. `end`: up to where it was read. What was here is over, so that another reading comes further: else a log whose tombstones
   * are far behind their entries would fill the index with the same entries again and again.
   */
  restart(end: number): void {
    const place = this.#bound
    if (place)
      this.#floors = [...this.#floors.filter(floor => isBefore(place, floor.place)), { place, before: end }]
    this.#empty()
  }

  /** Nothing is known any more: somebody else may have written. */
  clear(): void {
    this.#floors = []
    this.#empty()
  }

  #empty(): void {
    this.#byId.clear()
    this.#heap = []
    this.#heldBytes = 0
    this.#bound = undefined
  }

  #dropDead(): void {
    for (let first = this.#heap[0]; first && this.#byId.get(first.id) !== first; first = this.#heap[0])
      pop(this.#heap)
  }

  #shrink(): void {
    const all = this.#sorted()
    const kept = Math.max(1, Math.floor(this.#limits.maxEntries * keptPart))
    const { dueAt, offset } = all[kept]!
    this.#bound = { dueAt, offset }
    for (const entry of all.splice(kept)) {
      this.#byId.delete(entry.id)
      this.#heldBytes -= entry.heldBytes
    }
    // A sorted list is a heap.
    this.#heap = all.filter(({ inHeap }) => inHeap)
  }

  #sorted(): Entry<Held>[] {
    return [...this.#byId.values()].sort((a, b) => a.dueAt - b.dueAt || a.offset - b.offset)
  }
}

function isBefore(a: Place, b: Place): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.offset < b.offset)
}

function push<T extends Place>(heap: T[], entry: T): void {
  let at = heap.length
  heap.push(entry)
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isBefore(entry, heap[parent]!)) break
    heap[at] = heap[parent]!
    at = parent
  }
  heap[at] = entry
}

function pop<T extends Place>(heap: T[]): T | undefined {
  const [first] = heap
  const last = heap.pop()
  if (first === undefined || last === undefined || heap.length === 0) return first
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
    if (!isBefore(heap[child]!, last)) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = last
  return first
}
