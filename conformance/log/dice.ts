// Chance for scripts that are played twice: a small generator, so that a seed gives the same steps everywhere.

export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  below(bound: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.#state / 2 ** 32) * bound)
  }

  chance(probability: number): boolean {
    return this.below(1000) < probability * 1000
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!
  }
}
