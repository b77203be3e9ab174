// Hands fetched records to the user, and keeps track of what is in the user's hands and what is done with.
import { type Clock, invariant } from '@millrace/runtime'
import { ClosedError } from '../errors/index.ts'
import type { Assignment } from './assignment.ts'
import type { Chunk } from './chunk.ts'
import type { OffsetToCommit } from './committed-offsets.ts'
import type { Decoder } from './decoder.ts'
import { EventLoopShare } from './event-loop-share.ts'
import type { PartitionState } from './partition-state.ts'

/** A chunk in the user's hands. */
export interface Item {
  readonly state: PartitionState
  readonly chunk: Chunk
  /** The state's generation when it was handed out: after a seek, what the user does with the item no longer counts. */
  readonly generation: number
  /** The same for what is fetched: once that was dropped, what is left of the item is not handed out. */
  readonly fetchGeneration: number
  /** Records of the chunk that the user had before, when it was handed out for the first time. */
  readonly readBefore: number
  /** When it was handed out, on the monotonic clock; 0 where nobody wants to know. */
  readonly takenAt: number
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

/** What is committed by itself because records are handed out, and when. */
interface HandoutCommits {
  /** At most once: nothing is handed out before it is committed. */
  readonly first: boolean
  /** Offsets that one commit is about: ahead of the records at most once, behind them otherwise. `Infinity` for no limit. */
  readonly every: number
}

/** More is no news: whoever does not ask for so long hears of the first ones. */
const troublesMax = 100

export interface HandoutHost {
  /** Where records must be decoded before they are handed out. */
  readonly decoder: Decoder
  /** There is room for more. */
  onTaken(): void
  /** The user is done with a whole chunk of the partition. */
  onProcessed(state: PartitionState): void
  /** As many offsets are processed since the last time as one commit is about. */
  onCommitDue(): void
  /** Commits these offsets. */
  commit(offsets: readonly OffsetToCommit[]): Promise<void>
  /** What to remember as the time at which an item is handed out. */
  handedOutAt(): number
  /** An item has left the user's hands. */
  onReleased(item: Item): void
}

export class Handout {
  readonly #assignment: Assignment
  readonly #clock: Clock
  readonly #host: HandoutHost
  readonly #commits: HandoutCommits
  /** For loops, which are to ask it before each record. */
  readonly share: EventLoopShare
  /** Offsets processed since a commit was last due. */
  #uncommitted = 0
  readonly #inHand = new Set<Item>()
  /** Those of them that are on their way to the user only. */
  readonly #preparing = new Set<Item>()
  readonly #waiters = new Set<Waiter>()
  readonly #releaseWaiters = new Set<() => void>()
  #troubles: Trouble[] = []
  /** Why nothing will come any more. */
  #end: Error | undefined
  #closed = false
  /** The user asked for records since this was last reset. */
  #polled = false
  /** Since when somebody waits, on the monotonic clock; undefined while nobody does. */
  #idleSince: number | undefined
  #idleMs = 0

  constructor(assignment: Assignment, clock: Clock, commits: HandoutCommits, host: HandoutHost) {
    this.#assignment = assignment
    this.#clock = clock
    this.#commits = commits
    this.#host = host
    this.share = new EventLoopShare(clock)
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Why nothing will come any more; undefined while something may. */
  get end(): Error | undefined {
    return this.#end
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
    const trouble = this.takeTrouble()
    if (trouble) throw trouble.error
    if (this.#closed) return undefined
    if (this.#end) throw this.#end
    return this.takeReady()
  }

  /** Takes the next chunk, and leaves what the user must hear to the next {@link take}. */
  takeReady(): Item | undefined {
    for (;;) {
      const taken = this.#assignment.take()
      if (!taken) return undefined
      const { state, chunk } = taken
      const { generation, fetchGeneration } = state
      const readBefore = chunk.recordsRead
      const takenAt = this.#host.handedOutAt()
      const item: Item = { state, chunk, generation, fetchGeneration, readBefore, takenAt }
      invariant(!state.inHand, 'one chunk of a partition is in the hands of the user at a time')
      state.inHand = true
      this.#inHand.add(item)
      if (this.#host.decoder.mustPrepare(state, chunk)) {
        void this.#prepare(item)
      } else {
        state.leaderEpoch = chunk.leaderEpoch
        this.#host.onTaken()
        return item
      }
    }
  }

  /** Puts a chunk back in line when its records are decoded. Meanwhile it counts as in hand: a handler of poisoned records may work on it. */
  async #prepare(item: Item): Promise<void> {
    const { state } = item
    this.#preparing.add(item)
    const isWanted = () => this.#isFresh(item) && !this.#closed
    const prepared = await this.#host.decoder.prepare(state, item.chunk, isWanted)
    this.#preparing.delete(item)
    this.#inHand.delete(item)
    state.inHand = false
    if (this.#isFresh(item)) {
      this.#pass(item, prepared.nextOffset)
      this.#assignment.putBack(state, prepared)
    } else this.#assignment.list(state)
    for (const wake of this.#releaseWaiters) wake()
    this.wake()
  }

  /** Poisoned records that were seen to are done with, unless something before them is not. */
  #pass(item: Item, offset: number): void {
    const { delivered, processed } = item.state
    if (processed !== delivered || offset <= delivered) return
    this.delivered(item, offset)
    this.processed(item, offset)
  }

  /** Whether the item's records still belong to the user. */
  isCurrent({ state, generation }: Item): boolean {
    return !state.revoked && state.generation === generation
  }

  /** What is in the user's hands at present. */
  get inHand(): Iterable<Item> {
    return this.#inHand
  }

  /** For how long somebody has waited for records, in all. */
  get idleMs(): number {
    return this.#idleMs + (this.#idleSince === undefined ? 0 : this.now() - this.#idleSince)
  }

  /** Whether the user still works on something of a partition that was taken away. */
  get holdsRevoked(): boolean {
    for (const item of this.#inHand) if (item.state.revoked && !this.#preparing.has(item)) return true
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
    // At most once: whatever becomes of it, it does not come again.
    if (offset <= state.committedAhead) state.processed = offset
  }

  /** Whether a record that ends at `offset` may go out only when it is committed: {@link commitAhead}. */
  mustCommit({ state }: Item, offset: number): boolean {
    return this.#commits.first && offset > state.committedAhead
  }

  /**
   * Commits what comes next of an item, up to `offset` at least, before it is handed out. Returns whether it may be: not when the partition
   * went, or was sought in, meanwhile. Throws as `Consumer.commit` does.
   */
  async commitAhead(item: Item, offset: number): Promise<boolean> {
    const { state, chunk } = item
    const until = Math.min(chunk.endOffset, Math.max(offset, state.delivered + this.#commits.every))
    return this.#commitAhead([item], () => until)
  }

  /** The same for what was counted as handed out already, but is not yet: an array of records. */
  async commitDelivered(items: readonly Item[]): Promise<boolean> {
    if (!this.#commits.first || items.length === 0) return true
    if (!(await this.#commitAhead(items, state => state.delivered))) return false
    for (const { state } of items) state.processed = state.delivered
    return true
  }

  async #commitAhead(items: readonly Item[], until: (state: PartitionState) => number): Promise<boolean> {
    const offsets = items.map(({ state }) => {
      const { topic, partition, leaderEpoch } = state
      return { topic, partition, leaderEpoch, offset: until(state) }
    })
    const areCurrent = () => items.every(item => this.isCurrent(item))
    try {
      await this.#host.commit(offsets)
    } catch (error) {
      if (!areCurrent()) return false
      throw error
    }
    if (!areCurrent()) return false
    for (const [index, { state }] of items.entries()) state.committedAhead = offsets[index]!.offset
    return true
  }

  /** The user is done with everything of the item up to `offset`. */
  processed(item: Item, offset: number): void {
    if (!this.isCurrent(item)) return
    const { state } = item
    invariant(offset <= state.delivered, 'what is processed was handed out before')
    this.#count(offset - state.processed)
    state.processed = offset
    if (offset === item.chunk.endOffset) this.#host.onProcessed(state)
  }

  #count(offsets: number): void {
    this.#uncommitted += offsets
    if (this.#commits.first || this.#uncommitted < this.#commits.every) return
    this.#uncommitted = 0
    this.#host.onCommitDue()
  }

  /** The user is done with everything up to `offset` of what it got of a partition. Returns whether it got that. */
  markProcessed(state: PartitionState, offset: number): boolean {
    if (offset > state.delivered) return false
    if (offset > state.processed) {
      this.#count(offset - state.processed)
      state.processed = offset
    }
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
    this.#host.onReleased(item)
    const isFresh = this.#isFresh(item)
    // The chunk stands behind what was handed out when a commit that had to come first failed.
    const isAhead = state.processed < state.delivered || chunk.nextOffset > state.delivered
    if (this.isCurrent(item) && isAhead) {
      this.#assignment.rewind(state, isFresh ? chunk : undefined)
      this.#host.onTaken()
    } else {
      const left = state.delivered < chunk.endOffset ? chunk : chunk.rest
      if (isFresh && left) this.#assignment.putBack(state, left)
      else this.#assignment.list(state)
    }
    for (const wake of this.#releaseWaiters) wake()
    this.wake()
  }

  /** Hands nothing more of a partition out where it stands: only a seek makes it go on. */
  hold(state: PartitionState): void {
    state.heldGeneration = state.generation
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

  /** What the user must hear next, if anything. */
  takeTrouble(): Trouble | undefined {
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
        this.share.noteTurn()
        if (this.#waiters.size === 0) {
          this.#idleMs = this.idleMs
          this.#idleSince = undefined
        }
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
      this.#idleSince ??= this.now()
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
