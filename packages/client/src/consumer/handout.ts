// Hands fetched records to the user, and keeps track of what is in the user's hands and what is done with.
import { type Clock, invariant } from '@millrace/runtime'
import { ClosedError } from '../errors/index.ts'
import type { Assignment } from './assignment.ts'
import type { FetchedChunk } from './fetched-chunk.ts'
import type { PartitionState } from './partition-state.ts'

/** A chunk in the user's hands. */
export interface Item {
  readonly state: PartitionState
  readonly chunk: FetchedChunk
  /** The state's generation when it was handed out: after a seek, what the user does with the item no longer counts. */
  readonly generation: number
  /** The same for what is fetched: once that was dropped, what is left of the item is not handed out. */
  readonly fetchGeneration: number
}

interface Waiter {
  readonly wake: () => void
}

/** An error that waits for the user. */
interface Trouble {
  readonly error: Error
  /** The partition it is about, if it is about one, as it was then: a seek or a revocation settles it. */
  readonly state: PartitionState | undefined
  readonly generation: number
}

/** More is no news: whoever does not ask for so long hears of the first ones. */
const troublesMax = 100

export interface HandoutHost {
  /** There is room for more. */
  onTaken(): void
  /** The user is done with a whole chunk of the partition. */
  onProcessed(state: PartitionState): void
}

export class Handout {
  readonly #assignment: Assignment
  readonly #clock: Clock
  readonly #host: HandoutHost
  readonly #inHand = new Set<Item>()
  readonly #waiters = new Set<Waiter>()
  readonly #releaseWaiters = new Set<() => void>()
  #troubles: Trouble[] = []
  /** Why nothing will come any more. */
  #end: Error | undefined
  #closed = false
  /** The user asked for records since this was last reset. */
  #polled = false

  constructor(assignment: Assignment, clock: Clock, host: HandoutHost) {
    this.#assignment = assignment
    this.#clock = clock
    this.#host = host
  }

  get closed(): boolean {
    return this.#closed
  }

  /** The monotonic clock. */
  now(): number {
    return this.#clock.monotonic()
  }

  /** The user is there: called whenever something is asked for. */
  notePoll(): void {
    this.#polled = true
  }

  /** Whether the user asked since the last call of this, or is waiting right now. */
  takePolled(): boolean {
    const polled = this.#polled || this.#waiters.size > 0
    this.#polled = false
    return polled
  }

  /** Takes the next chunk, if one is there. Throws what the user must hear first. */
  take(): Item | undefined {
    const trouble = this.#nextTrouble()
    if (trouble) throw trouble.error
    if (this.#closed) return undefined
    if (this.#end) throw this.#end
    return this.takeReady()
  }

  /** Takes the next chunk, and leaves what the user must hear to the next {@link take}. */
  takeReady(): Item | undefined {
    const taken = this.#assignment.take()
    if (!taken) return undefined
    const { state, chunk } = taken
    const { generation, fetchGeneration } = state
    const item: Item = { state, chunk, generation, fetchGeneration }
    invariant(!state.inHand, 'one chunk of a partition is in the hands of the user at a time')
    state.inHand = true
    state.leaderEpoch = chunk.leaderEpoch
    this.#inHand.add(item)
    this.#host.onTaken()
    return item
  }

  /** Whether the item's records still belong to the user. */
  isCurrent({ state, generation }: Item): boolean {
    return !state.revoked && state.generation === generation
  }

  /** Whether the user still works on something of a partition that was taken away. */
  get holdsRevoked(): boolean {
    for (const { state } of this.#inHand) if (state.revoked) return true
    return false
  }

  /** Whether the next record of an item may go out: not when its partition was paused or is being taken away. */
  mayGoOn(item: Item): boolean {
    const { state } = item
    return this.#isFresh(item) && !state.paused && !state.suspended && !this.#closed
  }

  /** Whether the rest of the item is still what the log has. */
  #isFresh(item: Item): boolean {
    return this.isCurrent(item) && item.state.fetchGeneration === item.fetchGeneration
  }

  /** The user got everything of the item up to `offset`. */
  delivered(item: Item, offset: number): void {
    if (!this.isCurrent(item)) return
    const { state } = item
    invariant(offset >= state.delivered, 'records are handed out in the order of their offsets')
    state.delivered = offset
  }

  /** The user is done with everything of the item up to `offset`. */
  processed(item: Item, offset: number): void {
    if (!this.isCurrent(item)) return
    invariant(offset <= item.state.delivered, 'what is processed was handed out before')
    item.state.processed = offset
    if (offset === item.chunk.endOffset) this.#host.onProcessed(item.state)
  }

  /** The user is done with everything up to `offset` of what it got of a partition. Returns whether it got that. */
  markProcessed(state: PartitionState, offset: number): boolean {
    if (offset > state.delivered) return false
    state.processed = Math.max(state.processed, offset)
    return true
  }

  /**
   * The item leaves the user's hands: what was not handed out of it goes back in line, and so does what was handed out and is not
   * processed, since its handler threw or its loop was left.
   */
  release(item: Item): void {
    if (!this.#inHand.delete(item)) return
    const { state, chunk } = item
    state.inHand = false
    const isFresh = this.#isFresh(item)
    if (this.isCurrent(item) && state.processed < state.delivered) {
      this.#assignment.rewind(state, isFresh ? chunk : undefined)
      this.#host.onTaken()
    } else if (isFresh && state.delivered < chunk.endOffset) this.#assignment.putBack(state, chunk)
    else this.#assignment.list(state)
    for (const wake of this.#releaseWaiters) wake()
    this.wake()
  }

  /** Something changed: who waits looks again. */
  wake(): void {
    for (const { wake } of this.#waiters) wake()
  }

  /** An error for whoever asks next; the same one twice is told once. `state`: the partition that a seek would mend. */
  fail(error: Error, state?: PartitionState): void {
    this.#dropSettled()
    const isTold = this.#troubles.some(
      trouble => trouble.state === state && trouble.error.message === error.message,
    )
    if (isTold || this.#troubles.length >= troublesMax) return
    this.#troubles.push({ error, state, generation: state?.generation ?? 0 })
    this.wake()
  }

  /** Nothing will come any more: everyone who asks is told why. */
  failForGood(error: Error): void {
    this.#end = error
    this.wake()
  }

  #nextTrouble(): Trouble | undefined {
    if (this.#troubles.length === 0) return undefined
    this.#dropSettled()
    return this.#troubles.shift()
  }

  #dropSettled(): void {
    this.#troubles = this.#troubles.filter(
      ({ state, generation }) => !state || (!state.revoked && state.generation === generation),
    )
  }

  close(): void {
    this.#closed = true
    this.wake()
    for (const wake of this.#releaseWaiters) wake()
  }

  throwIfClosed(): void {
    if (this.#closed) throw new ClosedError('the consumer')
  }

  /** Waits until there may be something to take; at most `timeoutMs`. Throws the signal's reason. */
  wait(timeoutMs: number | undefined, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error)
    if (this.#closed || this.#end || this.#troubles.length > 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const finish = () => {
        this.#waiters.delete(waiter)
        this.#polled = true
        timer?.cancel()
        signal?.removeEventListener('abort', onAbort)
      }
      const waiter: Waiter = {
        wake: () => {
          finish()
          resolve()
        },
      }
      const onAbort = () => {
        finish()
        reject(signal?.reason as Error)
      }
      const timer = timeoutMs === undefined ? undefined : this.#clock.setTimer(timeoutMs, waiter.wake)
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#waiters.add(waiter)
    })
  }

  /** Waits until nothing of these partitions is in the user's hands; at most `timeoutMs`. Returns whether that came about. */
  async quiesce(states: ReadonlySet<PartitionState>, timeoutMs: number): Promise<boolean> {
    const busy = () => [...this.#inHand].some(({ state }) => states.has(state))
    const deadline = this.#clock.monotonic() + timeoutMs
    while (busy() && !this.#closed) {
      const leftMs = deadline - this.#clock.monotonic()
      if (leftMs <= 0) return false
      await new Promise<void>(resolve => {
        const wake = () => {
          timer.cancel()
          this.#releaseWaiters.delete(wake)
          resolve()
        }
        const timer = this.#clock.setTimer(leftMs, wake, { unref: true })
        this.#releaseWaiters.add(wake)
      })
    }
    return !busy()
  }
}
