// One record and its id in the dedupe store: claimed before it is handled, and marked or released behind that.
import type { Claim, Deduper, Refusal } from './deduper.ts'

export class RecordDedupe {
  readonly id: string
  /** Undefined before it is claimed. */
  claim: Claim | undefined
  /** Another has the id now, though it was ours. */
  onLost: () => void
  readonly #deduper: Deduper
  #refusals = 0

  constructor(deduper: Deduper, id: string, onLost: () => void) {
    this.#deduper = deduper
    this.id = id
    this.onLost = onLost
  }

  /** Whether it is ours, for sure. */
  get isHeld(): boolean {
    return this.claim !== undefined && !this.claim.isOver && !this.claim.isMarked
  }

  /** Makes it ours, or says why it cannot be now. Never rejects. */
  async obtain(): Promise<Refusal | undefined> {
    if (this.claim && !this.claim.isOver) return this.#look(this.claim)
    const answer = await this.#deduper.claim(this.id)
    if (typeof answer === 'string') return answer
    this.#refusals = 0
    answer.onLost = () => this.onLost()
    this.claim = answer
    return undefined
  }

  /** Whether the transaction in which its handler has marked it was committed. Never rejects. */
  async wasMarked(): Promise<boolean> {
    return this.claim?.isMarked === true && (await this.#look(this.claim)) === 'done'
  }

  async #look(claim: Claim): Promise<Refusal | undefined> {
    const answer = await this.#deduper.look(claim)
    if (answer !== 'claimed') return answer
    claim.isMarked = false
    return undefined
  }

  /** How long it waits before it is asked for again, in ms. */
  waitMs(refusal: Refusal): number {
    return this.#deduper.waitMs(refusal, ++this.#refusals)
  }

  /** It was handled. Resolves when that is remembered. */
  complete(): Promise<void> {
    return this.claim?.complete() ?? Promise.resolve()
  }

  /** It was not, or not here. */
  release(): void {
    this.claim?.release()
  }
}
