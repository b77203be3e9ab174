// A clock that stands still until a test moves it, for what has real sockets, files or turns of the event loop beside it.
import { nodeClock } from '@millrace/runtime'
import { ManualClock } from './manual-clock.ts'

/** Turns of the event loop in which what a timer has set off gets on. */
const turnsPerMove = 3

export class StandingClock extends ManualClock {
  override now(): number {
    return nodeClock.now()
  }

  override defer(run: () => void): void {
    nodeClock.defer(run)
  }

  override async turn(): Promise<void> {
    for (let turn = 0; turn < turnsPerMove; turn++) await new Promise(resolve => setImmediate(resolve))
  }

  /** Moves the time on, a bit at a time, until `holds`. For what begins to wait only when something else is over. */
  async passUntil(holds: () => boolean, stepMs = 10): Promise<void> {
    while (!holds()) await this.pass(stepMs)
  }

  /** The same, until a promise settles, which comes out. */
  async passDuring<T>(promise: Promise<T>, stepMs = 10): Promise<T> {
    let isSettled = false
    const settle = () => {
      isSettled = true
    }
    promise.then(settle, settle)
    await this.passUntil(() => isSettled, stepMs)
    return await promise
  }
}
