// One directory of the simulated disk: its entries as programs see them, and as a loss of power leaves them.
import type { SimRandom } from './random.ts'
import { SimFile, type Survival } from './sim-file.ts'

export type SimNode = SimFile | SimDirectory

/** One change of entries that happens whole or not at all: a name set, a name removed, or a rename as both. */
export type EntryChange = readonly (readonly [name: string, node: SimNode | undefined])[]

/** Each change that was not synced may survive a loss of power by itself, whatever became of those before it. */
export class SimDirectory {
  readonly entries = new Map<string, SimNode>()
  readonly #durable = new Map<string, SimNode>()
  #pending: EntryChange[] = []
  #dropped = 0

  /** Changes made so far, a position in the history for `syncTo`. */
  get changeCount(): number {
    return this.#dropped + this.#pending.length
  }

  change(change: EntryChange): void {
    applyEntries(this.entries, change)
    this.#pending.push(change)
  }

  /** Every change up to `changeCount` has reached the platter. */
  syncTo(changeCount: number): void {
    const synced = this.#pending.splice(0, Math.max(0, changeCount - this.#dropped))
    this.#dropped += synced.length
    for (const change of synced) applyEntries(this.#durable, change)
  }

  /** A failed sync: programs still see the names, and no later sync makes them durable. */
  forgetTo(changeCount: number): void {
    this.#dropped += this.#pending.splice(0, Math.max(0, changeCount - this.#dropped)).length
  }

  /** The power fails, here and in everything below. */
  losePower(survival: Survival, random: SimRandom): void {
    // A journaling file system keeps a first part of the changes, others any of them.
    const journaled = random.chance(0.5)
    const kept = random.between(0, this.#pending.length)
    this.#pending.forEach((change, index) => {
      const survives =
        survival === 'everything' || (survival === 'some' && (journaled ? index < kept : random.chance(0.5)))
      if (survives) applyEntries(this.#durable, change)
    })
    this.#dropped += this.#pending.length
    this.#pending = []
    this.entries.clear()
    for (const [name, node] of this.#durable) {
      this.entries.set(name, node)
      node.losePower(survival, random)
    }
  }
}

function applyEntries(entries: Map<string, SimNode>, change: EntryChange): void {
  for (const [name, node] of change) {
    if (node) entries.set(name, node)
    else entries.delete(name)
  }
}
