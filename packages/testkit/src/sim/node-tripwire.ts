// Alarms for whatever would let the real world into a simulation and make a seed run differently the second time.
import { createHook } from 'node:async_hooks'

/**
 * Native resources that a simulation may make: its own turns of the event loop, and objects of native add-ons. Promises are not
 * watched.
 */
const allowedResources = new Set(['Immediate', 'TickObject', 'Microtask', 'CustomGC'])

/** Made for synchronous use, too: only their calling back from the thread pool gives them away. */
const resourcesWithSynchronousUse = new Set(['ZLIB', 'ZSTD'])

/** Code under simulation reached past its interfaces. */
export class TripwireError extends Error {
  override readonly name = 'TripwireError'
}

type World = Record<string, (...parameters: never[]) => unknown>

const forbiddenGlobals: readonly (readonly [string, World, string])[] = [
  ['Date.now', Date as unknown as World, 'now'],
  ['Math.random', Math as unknown as World, 'random'],
  ['performance.now', performance as unknown as World, 'now'],
  ['setTimeout', globalThis as unknown as World, 'setTimeout'],
  ['setInterval', globalThis as unknown as World, 'setInterval'],
  ['setImmediate', globalThis as unknown as World, 'setImmediate'],
]

/**
 * Runs `run` with the real clock, timers and randomness replaced by functions that throw, and with every native asynchronous operation
 * (files, sockets, zlib or crypto on the thread pool) noted: the first one makes the whole run fail, with the stack that started it.
 */
export async function withTripwires<T>(run: () => Promise<T>): Promise<T> {
  let tripped: TripwireError | undefined
  const trip = (what: string): TripwireError => {
    tripped ??= new TripwireError(`${what} was used inside a simulation`)
    return tripped
  }
  const originals = forbiddenGlobals.map(([, owner, name]) => owner[name]!)
  const doubtful = new Map<number, string>()
  const hook = createHook({
    init(id, type) {
      if (resourcesWithSynchronousUse.has(type)) doubtful.set(id, type)
      else if (!allowedResources.has(type)) trip(`a native ${type}`)
    },
    before(id) {
      const type = doubtful.get(id)
      if (type) trip(`a native ${type} on the thread pool`)
    },
    trackPromises: false,
  })
  forbiddenGlobals.forEach(([label, owner, name]) => {
    owner[name] = () => {
      throw trip(label)
    }
  })
  hook.enable()
  try {
    const result = await run()
    if (tripped) throw tripped
    return result
  } catch (error) {
    throw tripped ?? error
  } finally {
    hook.disable()
    forbiddenGlobals.forEach(([, owner, name], index) => {
      owner[name] = originals[index]!
    })
  }
}
