// Burrow's rules on windows of commits, one row each, and what is remembered of a partition between looks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Commit, judgeGroup, judgePartition, type PartitionVerdict } from '@millrace/monitor'
import { PartitionHistory } from '../src/lag/partition-history.ts'

/** Commits ten seconds apart. */
function commits(...pairs: readonly (readonly [offset: number, lag: number])[]): Commit[] {
  return pairs.map(([offset, lag], index) => ({ offset, lag, at: index * 10_000 }))
}

interface Row {
  readonly name: string
  readonly commits: readonly Commit[]
  /** Lag at present. */
  readonly lag: number
  /** Seconds since the last commit. */
  readonly after?: number
  readonly ends?: readonly number[]
  readonly allowedLag?: number
  readonly verdict: PartitionVerdict
}

const rows: readonly Row[] = [
  { name: 'nothing committed', commits: [], lag: 5, verdict: 'OK' },
  {
    name: 'nothing left to read, whatever was',
    commits: commits([9, 5], [2, 5]),
    lag: 0,
    after: 999,
    verdict: 'OK',
  },
  {
    name: 'no more left than is allowed',
    commits: commits([9, 5], [9, 5], [9, 5]),
    lag: 5,
    allowedLag: 5,
    verdict: 'OK',
  },
  { name: 'lag that shrinks', commits: commits([1, 9], [3, 8], [9, 4]), lag: 4, verdict: 'OK' },
  { name: 'lag that shrank once', commits: commits([1, 5], [3, 4], [9, 9]), lag: 9, verdict: 'OK' },
  {
    name: 'lag that was nothing once',
    commits: commits([1, 5], [6, 0], [6, 9], [6, 20]),
    lag: 20,
    verdict: 'OK',
  },
  { name: 'lag that grows', commits: commits([1, 5], [3, 6], [9, 9]), lag: 9, verdict: 'WARN' },
  { name: 'lag that stays as it is', commits: commits([1, 5], [3, 5], [9, 5]), lag: 5, verdict: 'WARN' },
  { name: 'commits that do not get on', commits: commits([4, 5], [4, 6], [4, 7]), lag: 7, verdict: 'STALL' },
  {
    name: 'commits that do not get on while nothing comes',
    commits: commits([4, 5], [4, 5], [4, 5]),
    lag: 5,
    verdict: 'STALL',
  },
  {
    name: 'commits that have ceased',
    commits: commits([1, 5], [3, 4], [9, 3]),
    lag: 8,
    after: 21,
    verdict: 'STOP',
  },
  {
    name: 'commits that may still come',
    commits: commits([1, 5], [3, 4], [9, 3]),
    lag: 8,
    after: 20,
    verdict: 'OK',
  },
  {
    name: 'commits that have ceased behind all there was',
    commits: commits([1, 5], [3, 4], [9, 0]),
    lag: 8,
    after: 21,
    ends: [9, 12, 17],
    verdict: 'OK',
  },
  { name: 'one commit long ago', commits: commits([3, 4]), lag: 4, after: 1, verdict: 'STOP' },
  { name: 'one commit just now', commits: commits([3, 4]), lag: 4, verdict: 'OK' },
  {
    name: 'a reset to an earlier offset',
    commits: commits([5, 9], [9, 5], [2, 12]),
    lag: 12,
    verdict: 'REWIND',
  },
  { name: 'a reset that is made good', commits: commits([5, 9], [2, 12], [5, 9]), lag: 9, verdict: 'OK' },
  {
    name: 'a reset after everything was read',
    commits: commits([5, 0], [9, 0], [2, 7]),
    lag: 7,
    verdict: 'REWIND',
  },
]

for (const { name, commits: window, lag, after = 0, ends = [1_000], allowedLag, verdict } of rows) {
  test(`${verdict}: ${name}`, () => {
    const now = (window.at(-1)?.at ?? 0) + after * 1_000
    const rules = allowedLag === undefined ? {} : { allowedLag }
    assert.equal(judgePartition({ commits: window, ends, lag }, now, rules), verdict)
  })
}

test('a group is as its worst partition, and nothing worse than ERR', () => {
  const cases: readonly [partitions: PartitionVerdict[], verdict: string][] = [
    [[], 'NOTFOUND'],
    [['OK', 'OK'], 'OK'],
    [['OK', 'WARN', 'OK'], 'WARN'],
    [['WARN', 'STALL'], 'ERR'],
    [['REWIND', 'OK'], 'ERR'],
    [['OK', 'STOP', 'WARN'], 'ERR'],
  ]
  for (const [partitions, verdict] of cases) assert.equal(judgeGroup(partitions), verdict)
})

test('an offset that stands still is a commit of who has the partition, and none where nobody has', () => {
  const judge = (isOwned: boolean) => {
    const history = new PartitionHistory(3)
    const verdicts: PartitionVerdict[] = []
    for (let look = 1; look <= 5; look++) {
      history.add({ at: look * 10_000, committed: 7, end: 20, lag: 13, isOwned })
      verdicts.push(history.judge(look * 10_000 + 1, 1, {}))
    }
    return verdicts
  }
  assert.deepEqual(judge(true), ['OK', 'OK', 'STALL', 'STALL', 'STALL'])
  assert.deepEqual(judge(false), ['OK', 'OK', 'STOP', 'STOP', 'STOP'])
})

test('no more is kept than the window has', () => {
  const history = new PartitionHistory(3)
  for (let n = 0; n < 100; n++)
    history.add({ at: n, committed: n, end: 1_000, lag: 1_000 - n, isOwned: true })
  assert.equal(history.complete, 1)
  assert.equal(history.judge(99, 1, {}), 'OK')
  // Growing for three looks is all that there is in the window.
  for (let n = 100; n < 103; n++) history.add({ at: n, committed: n, end: 5_000, lag: n * 10, isOwned: true })
  assert.equal(history.judge(102, 1, {}), 'WARN')
})
