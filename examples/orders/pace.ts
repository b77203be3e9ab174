// How fast orders are settled, and how long they wait for it: in the last seconds, by how urgent they are.
import type { Priority, Settled } from './topics.ts'

const secondsLooked = 5
const waitsLookedMs = 15_000
const waitsMax = 2_000

/** Medians, from placed to settled, in ms; null where there was none lately. */
export type Waits = Readonly<Record<Priority, number | null>>

interface Wait {
  /** When it was over, in ms since the epoch. */
  readonly at: number
  readonly ms: number
}

export class Pace {
  /** Orders settled by second. */
  readonly #counts = new Map<number, number>()
  readonly #waits: Record<Priority, Wait[]> = { normal: [], high: [] }
  readonly #now: () => number

  /** `now`: in ms since the epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** An order was settled. */
  note({ version, was, priority, placedAt, settledAt }: Settled): void {
    const second = Math.floor(this.#now() / 1_000)
    this.#counts.set(second, (this.#counts.get(second) ?? 0) + 1)
    if (this.#counts.size > secondsLooked + 1) this.#counts.delete(this.#counts.keys().next().value!)
    // A change comes whenever somebody thinks of it: that is no wait.
    if (version > 1 || was !== null) return
    const waits = this.#waits[priority]
    waits.push({ at: this.#now(), ms: settledAt - placedAt })
    if (waits.length > waitsMax) waits.shift()
  }

  /** Over the last whole seconds. */
  get perSecond(): number {
    const current = Math.floor(this.#now() / 1_000)
    let settled = 0
    for (let second = current - secondsLooked; second < current; second++)
      settled += this.#counts.get(second) ?? 0
    return settled / secondsLooked
  }

  get waits(): Waits {
    const since = this.#now() - waitsLookedMs
    const of = (waits: readonly Wait[]) => median(waits.filter(({ at }) => at >= since).map(({ ms }) => ms))
    return { normal: of(this.#waits.normal), high: of(this.#waits.high) }
  }
}

function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
