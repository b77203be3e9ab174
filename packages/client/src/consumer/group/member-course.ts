// The course of a group member, whatever its protocol: has the effects of a membership state machine carried out, and wakes it when it is time.
import type { Clock, Timer } from '@millrace/runtime'

/** What every membership is told without a request that is answered. */
type CourseEvent = { readonly type: 'start' } | { readonly type: 'polled' } | { readonly type: 'tick' }

/** A membership as a pure state machine. */
interface Membership<Event, Effect> {
  readonly phase: string
  step(event: Event | CourseEvent, now: number): readonly Effect[]
  /** When it wants to be woken, on the monotonic clock. */
  nextTickAt(): number
}

interface CourseHost<Effect> {
  perform(effect: Effect): void
  /** Called at least once an interval. Returns whether the user asked for something since the last call. */
  onTick(): boolean
  onError(error: Error): void
}

export class MemberCourse<Event, Effect> {
  readonly #clock: Clock
  readonly #membership: Membership<Event, Effect>
  readonly #intervalMs: number
  readonly #host: CourseHost<Effect>
  readonly #left = Promise.withResolvers<void>()
  #timer: Timer | undefined
  #closed = false

  /** The membership is looked at once in `intervalMs` at least: polls and metadata are looked at then. */
  constructor(
    clock: Clock,
    membership: Membership<Event, Effect>,
    intervalMs: number,
    host: CourseHost<Effect>,
  ) {
    this.#clock = clock
    this.#membership = membership
    this.#intervalMs = intervalMs
    this.#host = host
  }

  start(): void {
    this.dispatch({ type: 'start' })
  }

  dispatch(event: Event | CourseEvent): void {
    if (this.#closed) return
    for (const effect of this.#membership.step(event, this.#clock.monotonic())) this.#host.perform(effect)
    this.#armTimer()
  }

  /** Does work of the member's own, whose failures are the user's (hooks) and do not stop the group's course. */
  run(work: () => Promise<void>, then: Event): void {
    work()
      .catch((error: unknown) => this.#host.onError(error as Error))
      .finally(() => this.dispatch(then))
  }

  /** Has the member give everything up and leave, by `stop`. Resolves when {@link end} says that it has. */
  leave(stop: Event): Promise<void> {
    this.dispatch(stop)
    return this.#left.promise
  }

  /** The coordinator knows that the member has left, or cannot be told. */
  end(): void {
    this.#left.resolve()
  }

  /** Ends at once, without a word to the group. */
  close(): void {
    this.#closed = true
    this.#timer?.cancel()
    this.end()
  }

  #armTimer(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    const { phase } = this.#membership
    if (phase === 'left' || phase === 'failed') return
    const dueMs = Math.min(this.#membership.nextTickAt() - this.#clock.monotonic(), this.#intervalMs)
    this.#timer = this.#clock.setTimer(Math.max(0, dueMs), () => {
      if (this.#host.onTick()) this.dispatch({ type: 'polled' })
      this.dispatch({ type: 'tick' })
    })
  }
}
