// When a segment is closed, as Kafka's `LogSegment.shouldRoll` has it, rule by rule.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultLogConfig, type LogConfig } from '../src/index.ts'
import { offsetEntryBytes, OffsetIndex, relativeOffsetMax } from '../src/segment/offset-index.ts'
import { mustRoll, type RollCandidate, type RollSegment } from '../src/segment/roll-policy.ts'
import { TimeIndex, timeEntryBytes } from '../src/segment/time-index.ts'

const now = 1_000_000

function segment(changes: Partial<RollSegment> = {}, offsets = 0, times = 0, indexBytes = 80): RollSegment {
  const index = new OffsetIndex(indexBytes)
  for (let entry = 1; entry <= offsets; entry++) index.append(entry, entry * 100)
  const timeIndex = new TimeIndex(indexBytes)
  for (let entry = 1; entry <= times; entry++) timeIndex.maybeAppend(entry, entry)
  return {
    baseOffset: 50,
    sizeInBytes: 900,
    createdAtMs: now,
    rollTimestamp: now,
    rollJitterMs: 0,
    lookUpTimestamps: () => {},
    indexes: () => ({ offsets: index, times: timeIndex }),
    ...changes,
  }
}

const config: LogConfig = { ...defaultLogConfig, segmentBytes: 1000, segmentMs: 5000, segmentIndexBytes: 800 }
const batch: RollCandidate = { sizeInBytes: 100, maxTimestamp: now, lastOffset: 60 }
const compacted = { cleanupCompact: true, maxCompactionLagMs: 2000 }

const cases: readonly [
  what: string,
  rolls: boolean,
  segment: RollSegment,
  batch?: Partial<RollCandidate>,
  config?: Partial<LogConfig>,
][] = [
  ['a batch just fits', false, segment()],
  ['a batch is a byte too large for the rest', true, segment(), { sizeInBytes: 101 }],
  [
    'a batch is larger than any segment, and the segment is empty',
    false,
    segment({ sizeInBytes: 0 }),
    { sizeInBytes: 5000 },
  ],
  ['the records are segment.ms apart', false, segment(), { maxTimestamp: now + 5000 }],
  ['the records are further apart', true, segment(), { maxTimestamp: now + 5001 }],
  ['the jitter makes it earlier', true, segment({ rollJitterMs: 500 }), { maxTimestamp: now + 4501 }],
  ['the jitter does not make it later', false, segment({ rollJitterMs: 500 }), { maxTimestamp: now + 4500 }],
  [
    'records have no time, and the segment is young',
    false,
    segment({ rollTimestamp: -1, createdAtMs: now - 5000 }),
  ],
  [
    'records have no time, and the segment is old',
    true,
    segment({ rollTimestamp: -1, createdAtMs: now - 5001 }),
  ],
  [
    'a record waits longer for compaction than it may',
    true,
    segment(),
    { maxTimestamp: now + 2001 },
    compacted,
  ],
  [
    'the wait for compaction counts for compacted logs alone',
    false,
    segment(),
    { maxTimestamp: now + 2001 },
    { maxCompactionLagMs: 2000 },
  ],
  ['the offset index has room for one more', false, segment({}, 9)],
  ['the offset index is full', true, segment({}, 10)],
  [
    'the time index has room for one more, and for the entry that closes it',
    false,
    segment({}, 0, 8, 10 * timeEntryBytes),
  ],
  [
    'the time index has room for the entry that closes it alone',
    true,
    segment({}, 0, 9, 10 * timeEntryBytes),
  ],
  [
    'segment.index.bytes has become smaller since',
    true,
    segment({}, 5),
    {},
    { segmentIndexBytes: 5 * offsetEntryBytes },
  ],
  ['offsets fit 31 bits', false, segment(), { lastOffset: 50 + relativeOffsetMax }],
  ['offsets do not fit 31 bits', true, segment(), { lastOffset: 51 + relativeOffsetMax }],
]

for (const [what, rolls, active, candidate, changed] of cases) {
  test(`a segment is ${rolls ? '' : 'not '}closed: ${what}`, () => {
    const next = { ...batch, ...candidate }
    assert.equal(
      mustRoll(active, { ...config, ...changed }, next, () => now),
      rolls,
    )
  })
}
