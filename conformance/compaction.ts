// Compaction against Kafka's own cleaner: the same log, cleaned by both, has the same records, and the same batches but for those that ours
// keeps, emptied, at the end of a segment; and a broker of Apache Kafka goes on with a log that ours has cleaned.
// node conformance/compaction.ts [class path]   (default: the environment's KAFKA_LIBS)
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultCleanerSettings, defaultLogConfig, type LogConfig, LogManager, nodeDisk } from '@millrace/log'
import { type Clock, nodeClock, nodeRandom, randomUuid } from '@millrace/runtime'
import { classPath } from './harness/apache-node.ts'
import { checkAdoption } from './log/adoption.ts'
import { contentOf } from './log/content.ts'
import { java } from './log/java.ts'
import { keyedBatches } from './log/keyed-batches.ts'
import { dumpPartition } from './log/dump.ts'

const oracle = fileURLToPath(new URL('java/CleanerOracle.java', import.meta.url))

const logOracle = fileURLToPath(new URL('java/LogOracle.java', import.meta.url))

interface Case {
  readonly what: string
  readonly records: number
  readonly keys: number
  readonly segmentBytes: number
  readonly deleteRetentionMs: number
  readonly dedupeBufferBytes: number
  /** Between two passes. */
  readonly stepMs: number
  /**
   * Not with several passes: a transaction that was aborted in the segment in which a pass begins, in front of its beginning, makes Kafka take all
   * later ones of its producer for aborted when it looks for keys, so that it leaves records which are superseded.
   */
  readonly transactions: boolean
}

const cases: readonly Case[] = [
  {
    what: 'all keys at once',
    records: 200_000,
    keys: 20_000,
    segmentBytes: 400_000,
    deleteRetentionMs: 60_000,
    dedupeBufferBytes: 10_000_000,
    stepMs: 1000,
    transactions: true,
  },
  {
    what: 'keys in several passes, tombstones and markers kept',
    records: 200_000,
    keys: 20_000,
    segmentBytes: 400_000,
    deleteRetentionMs: 3_600_000,
    dedupeBufferBytes: 24 * 2_500,
    stepMs: 1000,
    transactions: false,
  },
  {
    what: 'keys in several passes, tombstones and markers gone with the third',
    records: 200_000,
    keys: 20_000,
    segmentBytes: 400_000,
    deleteRetentionMs: 2_000,
    dedupeBufferBytes: 24 * 2_500,
    stepMs: 1000,
    transactions: false,
  },
  {
    what: 'all keys at once, tombstones and markers gone at once',
    records: 30_000,
    keys: 2_000,
    segmentBytes: 50_000,
    deleteRetentionMs: 0,
    dedupeBufferBytes: 10_000_000,
    stepMs: 1,
    transactions: true,
  },
  {
    what: 'tombstones gone at once',
    records: 30_000,
    keys: 500,
    segmentBytes: 50_000,
    deleteRetentionMs: 0,
    dedupeBufferBytes: 24 * 300,
    stepMs: 1,
    transactions: false,
  },
]

const indexIntervalBytes = 1_000
const libs = classPath(process.argv[2])

/** The wall clock, as it is set. */
class SetClock implements Clock {
  nowMs = nodeClock.now()

  now(): number {
    return this.nowMs
  }

  monotonic(): number {
    return nodeClock.monotonic()
  }

  setTimer(...parameters: Parameters<Clock['setTimer']>): ReturnType<Clock['setTimer']> {
    return nodeClock.setTimer(...parameters)
  }

  defer(run: () => void): void {
    nodeClock.defer(run)
  }
}

function openManager(directory: string, clock: Clock): Promise<LogManager> {
  return LogManager.open({ disk: nodeDisk, random: nodeRandom, clock, directory, fsync: 'never' })
}

function configOf({ segmentBytes, deleteRetentionMs }: Case): LogConfig {
  return {
    ...defaultLogConfig,
    segmentBytes,
    deleteRetentionMs,
    indexIntervalBytes,
    cleanupCompact: true,
    cleanupDelete: false,
    minCleanableDirtyRatio: 0,
    fileDeleteDelayMs: 0,
  }
}

async function fill(
  directory: string,
  test: Case,
  nowMs: number,
  topicId = randomUuid(nodeRandom),
): Promise<number> {
  const manager = await openManager(directory, nodeClock)
  const log = manager.create('t', 0, topicId, configOf(test))
  let count = 0
  for (const batch of keyedBatches({ ...test, seed: test.records + test.keys, nowMs })) {
    log.append(batch, { origin: 'coordinator', verification: 'off' })
    if (++count % 100 === 0) await manager.commit('written')
  }
  await manager.close()
  return count
}

/** Cleans in passes; returns where each has ended. */
async function cleanOurs(directory: string, test: Case, nowMs: number): Promise<string[]> {
  const clock = new SetClock()
  clock.nowMs = nowMs
  const manager = await openManager(directory, clock)
  manager.startCleaner({
    ...defaultCleanerSettings,
    dedupeBufferBytes: test.dedupeBufferBytes,
    backoffMs: 2 ** 30,
  })
  manager.get('t', 0)!.configure(configOf(test))
  const ends: string[] = []
  while (await manager.cleanDirtiest()) {
    clock.nowMs += test.stepMs
    ends.push(/t 0 (\d+)/.exec(readFileSync(join(directory, 'cleaner-offset-checkpoint'), 'utf8'))![1]!)
  }
  await manager.close()
  return ends
}

function cleanKafkas(directory: string, test: Case, nowMs: number): string[] {
  const settings = [
    `internal.segment.bytes=${test.segmentBytes}`,
    `index.interval.bytes=${indexIntervalBytes}`,
    'cleanup.policy=compact',
    `delete.retention.ms=${test.deleteRetentionMs}`,
    'min.cleanable.dirty.ratio=0',
  ]
  const parameters = [
    settings.join(),
    nowMs,
    test.stepMs,
    test.dedupeBufferBytes,
    defaultCleanerSettings.loadFactor,
  ]
  const output = java(oracle, [join(directory, 't-0'), ...parameters.map(String)])
  return output.split('\n').flatMap(line => (line.startsWith('> ') ? [line.split(' ')[1]!] : []))
}

async function check(folder: string, test: Case): Promise<void> {
  const nowMs = nodeClock.now()
  const ours = mkdtempSync(join(folder, 'ours-'))
  const appended = await fill(ours, test, nowMs)
  const kafkas = mkdtempSync(join(folder, 'kafka-'))
  cpSync(ours, kafkas, { recursive: true })
  const before = contentOf(join(ours, 't-0'))
  const ends = await cleanOurs(ours, test, nowMs)
  assert.deepEqual(ends, cleanKafkas(kafkas, test, nowMs), 'where the passes end')
  const expected = contentOf(join(kafkas, 't-0'))
  const actual = contentOf(join(ours, 't-0'))
  assert.deepEqual(actual.records, expected.records, 'the records that are left')
  assert.deepEqual([...actual.batches], [...expected.batches], 'the batches that are left')
  const kept = new Set(actual.emptyBatches)
  assert.ok(
    expected.emptyBatches.every(offset => kept.has(offset)),
    'batches that are kept without records',
  )
  console.log(
    `${test.what}: ${actual.records.length} of ${before.records.length} records in ${actual.batches.size} of ${appended} batches are left by both after ${ends.length} passes` +
      ` (emptied: ${actual.emptyBatches.length}, by Kafka ${expected.emptyBatches.length})`,
  )
  dumpPartition(join(ours, 't-0'))
  checkOpening(ours, kafkas)
}

/** Kafka opens what ours has left as what its own has: offsets, aborted transactions and producers, by the snapshot and by the batches. */
function checkOpening(ours: string, kafkas: string): void {
  for (const without of ['nothing', '.snapshot']) {
    const found = [ours, kafkas].map(directory => {
      const copy = mkdtempSync(join(directory, 'copy-'))
      cpSync(join(directory, 't-0'), join(copy, 't-0'), { recursive: true })
      for (const name of readdirSync(join(copy, 't-0')))
        if (name.endsWith(without)) rmSync(join(copy, 't-0', name))
      const output = java(logOracle, ['open', join(copy, 't-0'), 'unclean'])
      return output.split('\n').filter(line => /^> (offsets|producer)/.test(line))
    })
    assert.deepEqual(found[0], found[1], `what Kafka finds in them without ${without}`)
    assert.ok(found[0]!.length > 1)
  }
  console.log('opened: Kafka finds the same offsets and producers in both')
}

const folder = mkdtempSync(join(tmpdir(), 'millrace-conformance-compaction-'))
try {
  for (const test of cases) await check(folder, test)
  // Readers here do not tell aborted records from others.
  const adopted = { ...cases[3]!, transactions: false }
  await checkAdoption(libs, folder, async (directory, topicId) => {
    const nowMs = nodeClock.now()
    await fill(directory, adopted, nowMs, topicId)
    await cleanOurs(directory, adopted, nowMs)
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
