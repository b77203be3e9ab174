// The life of what runs in the background: started once, stopped once, or failed.
import { ClosedError, StateError } from '@millrace/client'

/** Where it stands: a failed one stops by itself. */
export type RunState = 'CREATED' | 'STARTING' | 'RUNNING' | 'STOPPED' | 'FAILED'

export class Lifecycle {
  readonly #what: string
  readonly #onFailed: () => void
  readonly #stop = new AbortController()
  #state: RunState = 'CREATED'
  #error: Error | undefined
  #end: () => void = () => {}
  /** Resolves when it has come to an end. */
  readonly ended: Promise<void>
  #stopping: Promise<void> | undefined

  /** `what`: `the scheduler`. `onFailed`: stops it. */
  constructor(what: string, onFailed: () => void) {
    this.#what = what
    this.#onFailed = onFailed
    this.ended = new Promise(resolve => {
      this.#end = resolve
    })
  }

  get state(): RunState {
    return this.#state
  }

  get error(): Error | undefined {
    return this.#error
  }

  /** Aborts when it stops or fails. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  /** Runs what starts it; what that rejects with makes it a failed one. Rejects with that, StateError when it was started before, ClosedError when it was stopped meanwhile. */
  async start(work: () => Promise<void>): Promise<void> {
    if (this.#state !== 'CREATED')
      throw new StateError(`start: ${this.#what} is ${this.#state}; it is started once`)
    this.#state = 'STARTING'
    try {
      await work()
    } catch (error) {
      this.#throwIfStopped()
      this.fail(error as Error)
      throw error
    }
    this.#throwIfStopped()
    this.#state = 'RUNNING'
  }

  #throwIfStopped(): void {
    if (this.#stop.signal.aborted) throw this.#error ?? (this.#stop.signal.reason as Error)
  }

  /** Nothing more can be done: it stops by itself. */
  fail(error: Error): void {
    if (this.#state === 'STOPPED' || this.#state === 'FAILED' || this.#stopping) return
    this.#state = 'FAILED'
    this.#error = error
    this.#onFailed()
  }

  /** Stops it, once: `work` ends what runs. Never rejects where `work` does not. */
  stop(work: () => Promise<void>): Promise<void> {
    this.#stopping ??= this.#stopOnce(work)
    return this.#stopping
  }

  async #stopOnce(work: () => Promise<void>): Promise<void> {
    this.#stop.abort(new ClosedError(this.#what))
    await work()
    if (this.#state !== 'FAILED') this.#state = 'STOPPED'
    this.#end()
  }
}
