// The level of a logger and of the children that were made of it: pino's children keep the level that they were made with.
import type { Logger } from 'pino'

/** Children that are remembered before those that are gone are looked for. */
const sweepMin = 64

export class LevelTree {
  #children: WeakRef<Logger>[] = []
  #sweepAt = sweepMin

  /** A child was made; it is not kept alive by that. */
  add(child: Logger): void {
    this.#children.push(new WeakRef(child))
    if (this.#children.length < this.#sweepAt) return
    this.#children = this.#children.filter(reference => reference.deref() !== undefined)
    this.#sweepAt = Math.max(sweepMin, this.#children.length * 2)
  }

  /** Gives a level to all children. */
  set(level: string): void {
    for (const reference of this.#children) {
      const child = reference.deref()
      if (child) child.level = level
    }
  }
}
