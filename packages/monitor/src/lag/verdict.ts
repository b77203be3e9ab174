// Burrow's rules: how a group is doing in a partition, told by what it committed over a sliding window, without a threshold that anybody would have to find. Pure.

/** How a partition of a group is, from the best to the worst. */
export type PartitionVerdict = 'OK' | 'WARN' | 'STOP' | 'STALL' | 'REWIND'

/** How a group is: the worst of its partitions, where all that is worse than `WARN` is `ERR`. `NOTFOUND`: it is none, or has committed nothing. */
export type GroupVerdictName = 'NOTFOUND' | 'OK' | 'WARN' | 'ERR'

/** What was committed, and when that was seen. */
export interface Commit {
  /** The next offset that the group will read. */
  readonly offset: number
  /** In ms since the epoch. */
  readonly at: number
  /** Records behind the end of the log at that time. */
  readonly lag: number
}

/** What is known of a partition of a group. */
export interface PartitionWindow {
  /** The last commits, the oldest first. */
  readonly commits: readonly Commit[]
  /** The last ends of the log, in any order: a consumer that had caught up a moment ago has not stopped. */
  readonly ends: readonly number[]
  /** Records that are left to read at present. */
  readonly lag: number
}

/** How a partition is judged. */
export interface VerdictRules {
  /** Records that may be left to read before anything is said about it. Default 0. */
  readonly allowedLag?: number
}

/**
 * The verdict on a partition, by the rules of LinkedIn's Burrow, in this order:
 *
 * 1. `OK` where no more is left to read than `allowedLag`.
 * 2. `STOP` where the last commit is longer ago than the time that all commits of the window took, unless the group had read everything a moment ago.
 * 3. `REWIND` where an offset is lower than one before it, and that one has not been reached again.
 * 4. `OK` where everything was read at any time of the window.
 * 5. `STALL` where all commits are of the same offset.
 * 6. `WARN` where the lag has never become less from one commit to the next.
 * 7. `OK` otherwise.
 *
 * @example
 * judgePartition({ commits: [{ offset: 5, at: 0, lag: 3 }, { offset: 5, at: 10_000, lag: 9 }], ends: [8, 14], lag: 9 }, 11_000) // STALL
 */
export function judgePartition(
  { commits, ends, lag }: PartitionWindow,
  now: number,
  { allowedLag = 0 }: VerdictRules = {},
): PartitionVerdict {
  const [first, last] = [commits[0], commits.at(-1)]
  if (lag <= allowedLag || !first || !last) return 'OK'
  const hadCaughtUp = ends.some(end => end <= last.offset)
  if (now - last.at > last.at - first.at && !hadCaughtUp) return 'STOP'
  if (hasRewound(commits)) return 'REWIND'
  if (commits.some(commit => commit.lag === 0)) return 'OK'
  // One commit alone says nothing of how things go.
  if (commits.length < 2) return 'OK'
  if (commits.every(({ offset }) => offset === first.offset)) return 'STALL'
  const shrinks = commits.some((commit, index) => index > 0 && commit.lag < commits[index - 1]!.lag)
  return shrinks ? 'OK' : 'WARN'
}

/** Whether an offset is lower than one before it, which no later one has reached. */
function hasRewound(commits: readonly Commit[]): boolean {
  let highest = Number.NEGATIVE_INFINITY
  for (const { offset } of commits) highest = Math.max(highest, offset)
  return commits.at(-1)!.offset < highest
}

/** The verdict on a group. */
export function judgeGroup(partitions: Iterable<PartitionVerdict>): GroupVerdictName {
  let worst: GroupVerdictName = 'NOTFOUND'
  for (const verdict of partitions) {
    if (verdict !== 'OK' && verdict !== 'WARN') return 'ERR'
    if (verdict === 'WARN' || worst === 'NOTFOUND') worst = verdict
  }
  return worst
}

/** Burrow's numbers for group verdicts, as metrics have them. */
export const groupLevels: Readonly<Record<GroupVerdictName, number>> = { NOTFOUND: 0, OK: 1, WARN: 2, ERR: 3 }
/** Burrow's numbers for verdicts on partitions. */
export const partitionLevels: Readonly<Record<PartitionVerdict, number>> = {
  OK: 1,
  WARN: 2,
  STOP: 4,
  STALL: 5,
  REWIND: 6,
}
