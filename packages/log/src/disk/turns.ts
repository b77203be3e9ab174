// Lets one after the other work on something that is not whole in between.

export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs `work` when all that was asked for before is over; settles as it does. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    // Who asked for it hears of a failure; it is no reason for the next one not to run.
    this.#last = turn.catch(() => {})
    return turn
  }
}
