// The one place where a simulation touches Node's own event loop: it runs steps with all microtasks drained in between.

// Kept from before any tripwire replaces the global.
const nextTurn = setImmediate

const stepsPerTurn = 64

/**
 * Calls `step` until it returns false; before each call every promise reaction and `process.nextTick` callback that can run has run
 * (Node drains both queues between two immediates). Rejects with what `step` throws.
 */
export function runSteps(step: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let ended = false
    let queued = 0
    const runOne = () => {
      queued--
      if (ended) return
      try {
        if (!step()) {
          ended = true
          resolve()
          return
        }
      } catch (error) {
        ended = true
        reject(error as Error)
        return
      }
      if (queued === 0) queueSteps()
    }
    // Several immediates of one turn cost one poll of the operating system instead of one each.
    const queueSteps = () => {
      for (; queued < stepsPerTurn; queued++) nextTurn(runOne)
    }
    queueSteps()
  })
}
