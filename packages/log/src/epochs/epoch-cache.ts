// Which leader epoch began at which offset (`leader-epoch-checkpoint`).
import type { EpochEntry } from '../format/checkpoint-file.ts'

/** Entries ascend in both fields. */
export class EpochCache {
  #entries: EpochEntry[]

  constructor(entries: readonly EpochEntry[] = []) {
    this.#entries = []
    for (const entry of entries) this.assign(entry.epoch, entry.startOffset)
  }

  get entries(): readonly EpochEntry[] {
    return this.#entries
  }

  /** The newest epoch, −1 for none. */
  get latest(): number {
    return this.#entries.at(-1)?.epoch ?? -1
  }

  /** Notes that batches from `startOffset` on carry `epoch`. True when that was news. */
  assign(epoch: number, startOffset: number): boolean {
    const last = this.#entries.at(-1)
    if (epoch < 0 || (last && epoch === last.epoch && startOffset >= last.startOffset)) return false
    while (this.#entries.length > 0) {
      const entry = this.#entries.at(-1)!
      if (entry.epoch < epoch && entry.startOffset < startOffset) break
      this.#entries.pop()
    }
    this.#entries.push({ epoch, startOffset })
    return true
  }

  /**
   * The largest epoch at or below `epoch` and the offset at which it ends (that of the next epoch's start, or the end of the log):
   * what OffsetForLeaderEpoch answers. Both −1 when nothing is known of it. `leaderEpoch`, the leader's own, is not smaller than
   * any here, and begins at the end of the log while no batch carries it.
   */
  endOffsetFor(
    epoch: number,
    leaderEpoch: number,
    logEndOffset: number,
  ): { epoch: number; endOffset: number } {
    if (epoch < 0 || epoch > leaderEpoch) return { epoch: -1, endOffset: -1 }
    const { latest } = this
    if (epoch === leaderEpoch || latest < 0) return { epoch, endOffset: logEndOffset }
    if (epoch >= latest) return { epoch: latest, endOffset: logEndOffset }
    const above = this.#entries.findIndex(entry => entry.epoch > epoch)
    // Before the first known epoch: nothing of the epoch itself is left, its end is where the log begins to be known.
    if (above === 0) return { epoch, endOffset: this.#entries[0]!.startOffset }
    return { epoch: this.#entries[above - 1]!.epoch, endOffset: this.#entries[above]!.startOffset }
  }

  /** The epoch of the batch at `offset`, −1 when not known. */
  epochAt(offset: number): number {
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      if (this.#entries[index]!.startOffset <= offset) return this.#entries[index]!.epoch
    }
    return -1
  }

  /** Forgets epochs that begin at or beyond `endOffset`. */
  truncateFromEnd(endOffset: number): boolean {
    const count = this.#entries.length
    while (this.#entries.length > 0 && this.#entries.at(-1)!.startOffset >= endOffset) this.#entries.pop()
    return this.#entries.length !== count
  }

  /** Forgets epochs that end before `startOffset`; the one that holds at `startOffset` now begins there. */
  truncateFromStart(startOffset: number): boolean {
    const first = this.#entries[0]
    if (!first || first.startOffset >= startOffset) return false
    const epoch = this.epochAt(startOffset)
    this.#entries = [
      { epoch, startOffset },
      ...this.#entries.filter(entry => entry.startOffset > startOffset),
    ]
    return true
  }
}
