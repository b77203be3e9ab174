// Orders that the application makes by itself, as its users would: most are new, some are changed, a few are cancelled.
import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderDesk, Placement } from './order-desk.ts'

const tickMs = 50
/** Orders that may still be changed. */
const recentMax = 500
const names = [
  'anna',
  'ben',
  'chioma',
  'dmitri',
  'emi',
  'farid',
  'gita',
  'hugo',
  'ines',
  'jonas',
  'kemal',
  'lea',
]
const usersOfName = 20
const skus = ['lamp', 'kettle', 'notebook']

/** What a user may do next. */
export type Step =
  | { readonly kind: 'place'; readonly placement: Placement }
  | { readonly kind: 'update'; readonly order: string; readonly quantity: number }
  | { readonly kind: 'cancel'; readonly order: string }

/** Chooses steps. `random`: uniform in [0, 1). */
export class Shoppers {
  readonly #random: () => number
  readonly #recent: string[] = []

  constructor(random: () => number = Math.random) {
    this.#random = random
  }

  /** An order was placed, and may be changed from now on. */
  remember(order: string): void {
    this.#recent.push(order)
    if (this.#recent.length > recentMax) this.#recent.shift()
  }

  next(): Step {
    const dice = this.#random()
    if (this.#recent.length > 0 && dice < 0.12)
      return { kind: 'update', order: this.#pick(this.#recent), quantity: this.#quantity() }
    if (this.#recent.length > 0 && dice < 0.2) {
      const [order] = this.#recent.splice(Math.floor(this.#random() * this.#recent.length), 1)
      return { kind: 'cancel', order: order! }
    }
    const user = `${this.#pick(names)}-${1 + Math.floor(this.#random() * usersOfName)}`
    // The chairs do not last long.
    const sku = this.#random() < 0.03 ? 'chair' : this.#pick(skus)
    const priority = this.#random() < 0.1 ? 'high' : 'normal'
    return { kind: 'place', placement: { user, sku, quantity: this.#quantity(), priority } }
  }

  #quantity(): number {
    return 1 + Math.floor(this.#random() * 5)
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!
  }
}

export class Generator {
  readonly #desk: OrderDesk
  readonly #shoppers = new Shoppers()
  readonly #ending = new AbortController()
  readonly #done: Promise<void>
  /** Orders a second; 0 for none. */
  rate = 0

  constructor(desk: OrderDesk) {
    this.#desk = desk
    this.#done = this.#run()
  }

  /** Resolves when what is under way is written, or refused. */
  async close(): Promise<void> {
    this.#ending.abort()
    await this.#done
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending
    let [due, at] = [0, performance.now()]
    while (!signal.aborted) {
      await sleep(tickMs, undefined, { signal }).catch(() => {})
      const now = performance.now()
      // What could not be done in time is not made good: users would have left.
      due = Math.min(due + ((now - at) / 1_000) * this.rate, this.rate)
      at = now
      for (; due >= 1 && !signal.aborted; due--) await this.#step().catch(() => {})
    }
  }

  async #step(): Promise<void> {
    const step = this.#shoppers.next()
    if (step.kind === 'update') await this.#desk.update(step.order, step.quantity)
    else if (step.kind === 'cancel') await this.#desk.cancel(step.order)
    else this.#shoppers.remember((await this.#desk.place(step.placement)).order)
  }
}
