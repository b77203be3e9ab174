// One file of the simulated disk: what the page cache holds, what the platter holds, and what lies between.
import { FileBytes } from './file-bytes.ts'
import type { SimRandom } from './random.ts'

/** The unit in which a page cache writes back. */
export const pageBytes = 4096

/** The unit that a disk writes whole or not at all. */
export const sectorBytes = 512

type PendingChange =
  | { readonly kind: 'write'; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'resize'; readonly size: number }

/** How much of what was not synced a loss of power leaves. */
export type Survival = 'nothing' | 'everything' | 'some'

/**
 * `cached` is what every reader sees. `durable` is what a loss of power leaves for certain. The changes in between are kept in order, so
 * that a crash can leave any state that write-back in pages, torn at sectors and reordered between pages, could have made.
 */
export class SimFile {
  readonly cached = new FileBytes()
  /** Milliseconds since the epoch. */
  modifiedAtMs = 0
  #durable = new FileBytes()
  #pending: PendingChange[] = []
  /** Changes dropped from the front of `#pending` so far: positions in the history stay valid. */
  #dropped = 0

  /** Changes made so far, a position in the history for `syncTo`. */
  get changeCount(): number {
    return this.#dropped + this.#pending.length
  }

  /** A copy of what a loss of power would leave for certain. */
  get durable(): Buffer {
    return this.#durable.copy()
  }

  write(bytes: Uint8Array, position: number): void {
    if (bytes.length === 0) return
    this.cached.write(bytes, position)
    this.#pending.push({ kind: 'write', position, bytes: Uint8Array.from(bytes) })
  }

  resize(size: number): void {
    if (size === this.cached.size) return
    this.cached.resize(size)
    this.#pending.push({ kind: 'resize', size })
  }

  /** Everything up to `changeCount` as it was when the sync began has reached the platter. */
  syncTo(changeCount: number): void {
    for (const change of this.#takeTo(changeCount)) applyChange(this.#durable, change)
  }

  /**
   * A failed sync as Linux has it since always: the pages count as clean afterwards, readers still see them, and no later sync
   * writes them.
   */
  forgetTo(changeCount: number): void {
    this.#takeTo(changeCount)
  }

  /** A byte goes bad where it lies, in the cache and on the platter. */
  corrupt(position: number, mask: number): void {
    for (const content of [this.cached, this.#durable]) {
      const byte = new Uint8Array(1)
      if (content.read(byte, position) === 1) content.write(Uint8Array.of(byte[0]! ^ mask), position)
    }
  }

  /** The power fails: the file becomes one of the states that its history allows. */
  losePower(survival: Survival, random: SimRandom): void {
    if (survival === 'everything') this.syncTo(this.changeCount)
    else if (survival === 'some') this.#surviveSome(random)
    this.#dropped += this.#pending.length
    this.#pending = []
    const content = this.#durable.copy()
    this.cached.resize(0)
    this.cached.write(content, 0)
  }

  #takeTo(changeCount: number): PendingChange[] {
    const taken = this.#pending.splice(0, Math.max(0, changeCount - this.#dropped))
    this.#dropped += taken.length
    return taken
  }

  /** A resize is journaled metadata: it happened or not, and nothing after one that did not happen did. Writes between are free. */
  #surviveSome(random: SimRandom): void {
    const resizes = this.#pending.filter(change => change.kind === 'resize').length
    let resizesKept = random.between(0, resizes)
    let writes: { position: number; bytes: Uint8Array }[] = []
    for (const change of this.#pending) {
      if (change.kind === 'write') {
        writes.push(change)
        continue
      }
      if (resizesKept-- === 0) break
      surviveWrites(this.#durable, writes, random)
      this.#durable.resize(change.size)
      writes = []
    }
    surviveWrites(this.#durable, writes, random)
  }
}

function applyChange(content: FileBytes, change: PendingChange): void {
  if (change.kind === 'write') content.write(change.bytes, change.position)
  else content.resize(change.size)
}

interface Write {
  readonly position: number
  readonly bytes: Uint8Array
}

/**
 * Applies to `content` what could have been written back of `writes`. Each page is as it was after some number of the writes that touch
 * it; a torn page mixes two such states by sector. The size is as it was after some write; pages beyond it are lost, and room
 * inside it that no page filled reads as zeros.
 */
function surviveWrites(content: FileBytes, writes: readonly Write[], random: SimRandom): void {
  if (writes.length === 0) return
  const sizes = [content.size]
  for (const write of writes) sizes.push(Math.max(sizes.at(-1)!, write.position + write.bytes.length))
  const size = sizes[survivingVersion(writes.length, random)]!
  for (const [page, touching] of writesByPage(writes)) {
    const kept = survivingVersion(touching.length, random)
    const torn = random.chance(0.25) ? survivingVersion(touching.length, random) : kept
    for (let start = page * pageBytes; start < (page + 1) * pageBytes; start += sectorBytes) {
      const version = random.chance(0.5) ? kept : torn
      for (let index = 0; index < version; index++)
        writePart(content, touching[index]!, start, start + sectorBytes)
    }
  }
  content.resize(size)
}

/** Which of the versions 0 (old) … `newest` survived: mostly one of the two ends. */
function survivingVersion(newest: number, random: SimRandom): number {
  const dice = random.float()
  if (dice < 0.3) return 0
  if (dice < 0.7) return newest
  return random.between(0, newest)
}

function writesByPage(writes: readonly Write[]): Map<number, Write[]> {
  const pages = new Map<number, Write[]>()
  for (const write of writes) {
    const last = Math.floor((write.position + write.bytes.length - 1) / pageBytes)
    for (let page = Math.floor(write.position / pageBytes); page <= last; page++) {
      const touching = pages.get(page)
      if (touching) touching.push(write)
      else pages.set(page, [write])
    }
  }
  return pages
}

/** The part of a write that falls into [start, end). */
function writePart(content: FileBytes, write: Write, start: number, end: number): void {
  const from = Math.max(write.position, start)
  const to = Math.min(write.position + write.bytes.length, end)
  if (to > from) content.write(write.bytes.subarray(from - write.position, to - write.position), from)
}
