// Mean and maximum of what was measured since it was last looked at.

export class Window {
  #count = 0
  #sum = 0
  #max = 0

  add(value: number): void {
    this.#count++
    this.#sum += value
    if (value > this.#max) this.#max = value
  }

  /** Undefined where nothing was measured. */
  get figures(): { readonly avg: number; readonly max: number } | undefined {
    return this.#count === 0 ? undefined : { avg: this.#sum / this.#count, max: this.#max }
  }

  clear(): void {
    this.#count = 0
    this.#sum = 0
    this.#max = 0
  }
}
