// What was seen of a partition of a group: the last commits and the last ends of the log, and no more. Pure.
import { type Commit, judgePartition, type PartitionVerdict, type VerdictRules } from './verdict.ts'

/** What a look at a partition found. */
export interface Sighting {
  /** In ms since the epoch. */
  readonly at: number
  readonly committed: number
  readonly end: number
  readonly lag: number
  /** Whether a member of the group has the partition at present. */
  readonly isOwned: boolean
}

export class PartitionHistory {
  readonly #window: number
  readonly #commits: Commit[] = []
  readonly #ends: number[] = []
  #sightings = 0
  #last: Sighting | undefined

  /** `window`: commits, and ends, that are kept. */
  constructor(window: number) {
    this.#window = window
  }

  /**
   * Takes in what was seen. Brokers do not tell when something was committed, so that a look at an offset that is where it was counts as a commit of it where a member has the partition (it is at work,
   * and does not get on), and as none where nobody has (nobody commits).
   */
  add(seen: Sighting): void {
    const before = this.#last
    this.#last = seen
    this.#sightings++
    keep(this.#ends, seen.end, this.#window)
    const hasMoved = before === undefined || before.committed !== seen.committed
    if (hasMoved || seen.isOwned)
      keep(this.#commits, { offset: seen.committed, at: seen.at, lag: seen.lag }, this.#window)
  }

  get last(): Sighting | undefined {
    return this.#last
  }

  /** How much of the window there is, from 0 to 1. */
  get complete(): number {
    return Math.min(1, this.#sightings / this.#window)
  }

  /** `OK` as long as less than `minComplete` of the window is there. */
  judge(now: number, minComplete: number, rules: VerdictRules): PartitionVerdict {
    if (!this.#last || this.complete < minComplete) return 'OK'
    return judgePartition({ commits: this.#commits, ends: this.#ends, lag: this.#last.lag }, now, rules)
  }
}

function keep<T>(list: T[], item: T, max: number): void {
  list.push(item)
  if (list.length > max) list.shift()
}
