// Memory of the replies to fetches that have not left yet, over all connections.
import { fetchRepliesMaxBytes } from '../limits.ts'

/** Consumers that do not take their replies must not fill the memory: the more is out, the less new replies carry. */
export class ReplyBudget {
  #outBytes = 0

  /** What a reply may still add. One batch goes out whatever this says, so that every consumer gets on. */
  get leftBytes(): number {
    return Math.max(fetchRepliesMaxBytes - this.#outBytes, 0)
  }

  get outBytes(): number {
    return this.#outBytes
  }

  take(bytes: number): void {
    this.#outBytes += bytes
  }

  giveBack(bytes: number): void {
    this.#outBytes -= bytes
  }
}
