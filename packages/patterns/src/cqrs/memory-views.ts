// Views in memory: collections of values by key, with a way back for changes that did not come to their end.
import { StateError } from '@millrace/client'
import type { ProjectionMove, ViewStore } from './view-store.ts'

/** Values by key. */
export interface MemoryCollection<Value> {
  /** How many values there are. */
  readonly size: number
  /** The value of a key; undefined for none. Do not change it: put another one. */
  get(key: string): Value | undefined
  /** Puts a value in place of the one before. */
  set(key: string, value: Value): void
  /** Puts what `change` makes of the value before, or of undefined. */
  update(key: string, change: (before: Value | undefined) => Value): void
  /** Takes a value away. */
  delete(key: string): void
  /** Keys and values, in the order in which keys came. */
  entries(): IterableIterator<[string, Value]>
}

/** Collections by name. */
export interface MemoryView {
  /** The collection of a name; an empty one where there was none. */
  collection<Value>(name: string): MemoryCollection<Value>
}

class Collection implements MemoryCollection<unknown> {
  readonly #values = new Map<string, unknown>()
  readonly #undo: () => (() => void)[] | undefined

  constructor(undo: () => (() => void)[] | undefined) {
    this.#undo = undo
  }

  get size(): number {
    return this.#values.size
  }

  get(key: string): unknown {
    return this.#values.get(key)
  }

  set(key: string, value: unknown): void {
    this.#remember(key)
    this.#values.set(key, value)
  }

  update(key: string, change: (before: unknown) => unknown): void {
    this.set(key, change(this.get(key)))
  }

  delete(key: string): void {
    this.#remember(key)
    this.#values.delete(key)
  }

  entries(): IterableIterator<[string, unknown]> {
    return this.#values.entries()
  }

  #remember(key: string): void {
    const undo = this.#undo()
    if (!undo) throw new StateError('a view in memory is changed by handlers of its projections only')
    const had = this.#values.has(key)
    const before = this.#values.get(key)
    undo.push(() => (had ? this.#values.set(key, before) : this.#values.delete(key)))
  }
}

/**
 * Views in memory, for one process, which makes them anew at each start. Handlers of several projections that share a store take turns.
 *
 * @example
 * const views = memoryViews()
 * const balances = views.view.collection<number>('balances')
 */
export function memoryViews(): ViewStore<MemoryView> {
  const collections = new Map<string, Collection>()
  const positions = new Map<string, Map<number, number>>()
  let undo: (() => void)[] | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const view = {
    collection(name: string) {
      let collection = collections.get(name)
      if (!collection) {
        collection = new Collection(() => undo)
        collections.set(name, collection)
      }
      return collection
    },
  } as MemoryView
  const whole = async (work: (view: MemoryView) => unknown): Promise<void> => {
    const changes: (() => void)[] = []
    undo = changes
    try {
      await work(view)
    } catch (error) {
      for (const back of changes.reverse()) back()
      throw error
    } finally {
      undo = undefined
    }
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work)
    turn = next.catch(() => {})
    return next
  }
  return {
    view,
    positions: projection => positions.get(projection) ?? new Map(),
    advance: ({ projection, partition, from, to }: ProjectionMove, work) =>
      inTurn(async () => {
        const own = positions.get(projection) ?? new Map<number, number>()
        if ((own.get(partition) ?? 0) !== from) return false
        await whole(work)
        positions.set(projection, own.set(partition, to))
        return true
      }),
    reset: (projection, clear) =>
      inTurn(async () => {
        await whole(clear)
        positions.delete(projection)
      }),
  }
}
