// A request that waits for the state machine of a coordinator: carried by its events, named by the effect that answers it.
import { invariant } from '@millrace/runtime'

/** Who waits for a reply. The state machine only carries it; every ticket it was given is answered exactly once. */
export interface Ticket<Reply> {
  readonly answer: (reply: Reply) => void
}

/** Answers its request once. */
class PendingReply<Reply> implements Ticket<Reply> {
  readonly #resolve: (reply: Reply) => void
  #answered = false

  constructor(resolve: (reply: Reply) => void) {
    this.#resolve = resolve
  }

  answer(reply: Reply): void {
    invariant(!this.#answered, 'a request to a coordinator is answered once')
    this.#answered = true
    this.#resolve(reply)
  }
}

/** What the request that `run` brings to a state machine is answered with, or the error that `run` throws. */
export function answered<Reply>(run: (ticket: Ticket<Reply>) => void): Promise<Reply> {
  return new Promise(resolve => run(new PendingReply(resolve)))
}
