// How long requests wait for the disk: those to produce until their `timeoutMs`, commits of offsets as configured. One coarse timer serves all
// requests of a broker.
import type { Clock, Timer } from '@millrace/runtime'
import { commitDeadlineStepMs } from './limits.ts'
import type { Service, ServiceDefinition } from './core.ts'

interface Wait {
  readonly deadlineMs: number
  /** Gives up. Undefined once there is an answer. */
  expire: (() => void) | undefined
}

export class CommitDeadlines implements Service {
  readonly #clock: Clock
  #waits: Wait[] = []
  #timer: Timer | undefined
  #lastCommit: Promise<unknown> | undefined
  #lastTimeoutMs = 0
  #last: Promise<boolean> | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * True when `commit` resolves within `timeoutMs`, give or take a step of the timer, else false; rejects as `commit` does. The requests of
   * a turn share a commit and mostly a timeout, and then this wait.
   */
  within(timeoutMs: number, commit: Promise<unknown>): Promise<boolean> {
    if (commit !== this.#lastCommit || timeoutMs !== this.#lastTimeoutMs) {
      this.#lastCommit = commit
      this.#lastTimeoutMs = timeoutMs
      this.#last = this.#begin(timeoutMs, commit)
    }
    return this.#last!
  }

  #begin(timeoutMs: number, commit: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const deadlineMs = this.#clock.monotonic() + Math.max(timeoutMs, 0)
      const expire = () => {
        // Who sends the same again waits for the same commit, and has time of its own.
        this.#lastCommit = undefined
        resolve(false)
      }
      const wait: Wait = { deadlineMs, expire }
      this.#waits.push(wait)
      this.#arm()
      commit.then(
        () => {
          wait.expire = undefined
          resolve(true)
        },
        (error: unknown) => {
          wait.expire = undefined
          reject(error as Error)
        },
      )
    })
  }

  /** Requests that wait are answered by the storage, which is closed later. */
  close(): void {
    this.#timer?.cancel()
    this.#waits = []
  }

  #arm(): void {
    this.#timer ??= this.#clock.setTimer(commitDeadlineStepMs, () => this.#sweep(), { unref: true })
  }

  #sweep(): void {
    this.#timer = undefined
    const nowMs = this.#clock.monotonic()
    const waits = this.#waits
    this.#waits = []
    for (const wait of waits) {
      if (!wait.expire) continue
      if (wait.deadlineMs <= nowMs) wait.expire()
      else this.#waits.push(wait)
    }
    if (this.#waits.length > 0) this.#arm()
  }
}

export const commitDeadlines: ServiceDefinition<CommitDeadlines> = {
  name: 'commit deadlines',
  open: ({ clock }) => new CommitDeadlines(clock),
}
