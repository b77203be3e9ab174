// Who waits for the position of a partition.
import type { Clock } from '@millrace/runtime'
import { ClosedError, OperationTimeoutError, StateError } from '../errors/index.ts'
import type { PartitionState } from './partition-state.ts'

interface Waiter {
  readonly state: PartitionState
  readonly resolve: (position: number) => void
  readonly reject: (error: Error) => void
}

export class PositionWaiters {
  readonly #clock: Clock
  readonly #waiters = new Set<Waiter>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether anybody waits for this partition. */
  has(state: PartitionState): boolean {
    for (const waiter of this.#waiters) if (waiter.state === state) return true
    return false
  }

  /** Resolves with the position once there is one. Throws OperationTimeoutError, the signal's reason, and what {@link fail} and {@link look} say. */
  wait(state: PartitionState, timeoutMs: number, signal: AbortSignal | undefined): Promise<number> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error)
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.#waiters.delete(waiter)
        timer.cancel()
        signal?.removeEventListener('abort', onAbort)
      }
      const waiter: Waiter = {
        state,
        resolve: position => {
          settle()
          resolve(position)
        },
        reject: error => {
          settle()
          reject(error)
        },
      }
      const onAbort = () => waiter.reject(signal?.reason as Error)
      const late = `the position in ${state.name} was not found within ${timeoutMs} ms`
      const timer = this.#clock.setTimer(timeoutMs, () => waiter.reject(new OperationTimeoutError(late)))
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#waiters.add(waiter)
      this.look()
    })
  }

  /** Positions may have been found, and partitions may have gone. */
  look(): void {
    for (const { state, resolve, reject } of this.#waiters) {
      const { position } = state
      if (state.revoked) reject(new StateError(`${state.name} is not assigned to this consumer any more`))
      else if (position !== undefined) resolve(position)
    }
  }

  /** The position cannot be found before the user does something about it. */
  fail(state: PartitionState, error: Error): void {
    for (const waiter of this.#waiters) if (waiter.state === state) waiter.reject(error)
  }

  close(): void {
    for (const { reject } of this.#waiters) reject(new ClosedError('the consumer'))
  }
}
