// Batches that were deleted while a journal alone had them: what they say of their producers holds through crashes.
import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { test, type TestContext } from 'node:test'
import { defaultLogConfig, type LogManager, type LogManagerOptions, type PartitionLog } from '../src/index.ts'
import { stampBatch } from '../src/format/batch.ts'
import { DeletedBatches } from '../src/producers/deleted-batches.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { batchOf, openLogs, temporaryDirectory, topicId, valuesFrom } from './log-fixture.ts'

const otherTopicId = 'BBECAwQFBgcICQoLDA0ODw'
/** Two partitions go through the journal, and stay in it. */
const throughJournal = { journalIdleMs: 3600_000, directFilesMax: 1 }
/** What is in the journal is filed as soon as it comes. */
const filedAtOnce = { ...throughJournal, tailMaxBytes: 1 }
const filler = '.'.repeat(100)

/** A batch that has a segment of 200 bytes for itself. */
function produce(log: PartitionLog, producerId: number, timestamp = Date.now()): void {
  log.append(batchOf([filler], { producerId, producerEpoch: 0, baseSequence: 0, timestamp }))
}

interface Journaled {
  readonly logs: LogManager
  readonly log: PartitionLog
  readonly directory: string
  /** Makes durable what was appended, in the journal. */
  readonly commit: () => Promise<void>
}

async function journaled(
  context: TestContext,
  segmentBytes: number,
  options: Partial<LogManagerOptions>,
): Promise<Journaled> {
  const directory = temporaryDirectory(context)
  const logs = await openLogs(directory, options)
  context.after(() => logs.close().catch(() => {}))
  const log = logs.create('t', 0, topicId, { ...defaultLogConfig, segmentBytes, fileDeleteDelayMs: 0 })
  const other = logs.create('other', 0, otherTopicId)
  const commit = async () => {
    other.append(batchOf(['beside']))
    await logs.commit('durable')
  }
  return { logs, log, directory, commit }
}

/** What another process would find if this one were killed now. */
function copyOf(context: TestContext, directory: string): string {
  const copy = temporaryDirectory(context)
  cpSync(directory, copy, { recursive: true, filter: from => !from.includes('.lock') })
  return copy
}

const segmentFile = (directory: string, baseOffset: number) =>
  `${directory}/t-0/${String(baseOffset).padStart(20, '0')}.log`

const producersOf = (log: PartitionLog) => log.activeProducers().map(({ producerId }) => producerId)

test('who wrote what was deleted is known when a start dies after it has filed what follows', async context => {
  const { log, directory, commit } = await journaled(context, 10_000, { limits: throughJournal })
  produce(log, 7)
  produce(log, 8)
  await commit()
  await log.deleteRecords(1)
  const copy = copyOf(context, directory)
  let second: string | undefined
  const faults = new FaultyDisk()
  faults.onWrite = path => {
    if (path.includes('/t-0/') && path.endsWith('.snapshot')) second ??= copyOf(context, copy)
    return undefined
  }
  const first = await openLogs(copy, { disk: faults.disk, limits: filedAtOnce })
  assert.deepEqual(producersOf(first.get('t', 0)!), [7, 8])
  await first.close()
  assert.ok(statSync(segmentFile(second!, 0)).size > 0, 'what follows is in its file')
  const again = await openLogs(second!)
  const found = again.get('t', 0)!
  assert.deepEqual(producersOf(found), [7, 8])
  assert.deepEqual([found.logStartOffset, await valuesFrom(found, 1)], [1, [filler]])
  await again.close()
})

test('who wrote what was deleted is known when a loss of power has left the files of what follows alone', async context => {
  const { log, directory, commit } = await journaled(context, 200, { limits: filedAtOnce })
  for (const producerId of [7, 8, 9]) produce(log, producerId)
  await commit()
  await log.deleteRecords(2)
  const copy = copyOf(context, directory)
  // Names that were never synced: some are lost, others not.
  for (const baseOffset of [0, 1]) rmSync(segmentFile(copy, baseOffset))
  assert.ok(existsSync(segmentFile(copy, 2)))
  const again = await openLogs(copy)
  const found = again.get('t', 0)!
  assert.deepEqual(producersOf(found), [7, 8, 9])
  assert.deepEqual([found.logStartOffset, await valuesFrom(found, 2)], [2, [filler]])
  await again.close()
})

test('a snapshot in front of what was deleted counts where a journal has all that came between', async context => {
  const { logs, log, directory, commit } = await journaled(context, 200, { limits: throughJournal })
  log.configure({ ...log.config, retentionMs: 1000 })
  produce(log, 7, Date.now() - 5000)
  await logs.commit('durable')
  for (const producerId of [8, 9]) produce(log, producerId)
  await commit()
  await logs.enforceRetention()
  assert.equal(log.logStartOffset, 1)
  await log.deleteRecords(2)
  const copy = copyOf(context, directory)
  assert.ok(!existsSync(segmentFile(copy, 1)), 'the journal alone has it')
  const again = await openLogs(copy)
  const found = again.get('t', 0)!
  assert.deepEqual(producersOf(found), [7, 8, 9])
  assert.deepEqual([found.logStartOffset, await valuesFrom(found, 2)], [2, [filler]])
  await again.close()
})

test('what is known of deleted batches outlives appends that are taken back, where no snapshot could be written', async context => {
  const { log, directory, commit } = await journaled(context, 10_000, { limits: throughJournal })
  produce(log, 7)
  produce(log, 8)
  await commit()
  await log.deleteRecords(1)
  const faults = new FaultyDisk()
  faults.onWrite = path => (path.endsWith('.snapshot') || path.endsWith('.log') ? 'ENOSPC' : undefined)
  const again = await openLogs(copyOf(context, directory), {
    disk: faults.disk,
    limits: { ...throughJournal, directFilesMax: 8 },
  })
  context.after(() => again.close().catch(() => {}))
  const found = again.get('t', 0)!
  found.append(batchOf(['no room']), { makesRoom: true })
  await assert.rejects(again.commit('written'))
  assert.deepEqual([found.logEndOffset, producersOf(found)], [2, [7, 8]])
  faults.onWrite = () => undefined
})

test('a journal stays that tells of deleted batches when what they say cannot be made durable', async context => {
  const { log, directory, commit } = await journaled(context, 10_000, { limits: throughJournal })
  produce(log, 7)
  produce(log, 8)
  await commit()
  await log.deleteRecords(1)
  const copy = copyOf(context, directory)
  const faults = new FaultyDisk()
  let refusals = 0
  // There is room by the time when the journal is empty.
  faults.onWrite = path => (path.endsWith('.snapshot') && refusals++ === 0 ? 'ENOSPC' : undefined)
  faults.onSync = path => (path.endsWith('.snapshot') ? 'EIO' : undefined)
  const failing = await openLogs(copy, { disk: faults.disk, limits: throughJournal })
  while (!failing.failure) await new Promise(resolve => setTimeout(resolve, 1))
  await failing.close().catch(() => {})
  const again = await openLogs(copy)
  assert.deepEqual(producersOf(again.get('t', 0)!), [7, 8])
  await again.close()
})

function stamped(baseOffset: number, producerId: number, leaderEpoch = 0): Buffer {
  const batch = batchOf(['a', 'b'], { producerId, producerEpoch: 0, baseSequence: 0 })
  stampBatch(batch, 0, baseOffset, leaderEpoch)
  return batch
}

test('of deleted batches those count that were not left out by a start, behind the last gap', () => {
  const deleted = new DeletedBatches()
  const offsets = (from = 0, to = 100) =>
    deleted.between(from, to).map(batch => Number(batch.readBigInt64BE(0)))
  for (const [baseOffset, producerId] of [
    [4, 1],
    [6, -1],
    [8, 2],
    [10, 3],
  ] as const)
    deleted.note(stamped(baseOffset, producerId), true)
  assert.deepEqual([deleted.from, deleted.to, offsets()], [4, 12, [4, 8, 10]])
  assert.deepEqual([offsets(5, 11), offsets(4, 10)], [[8], [4, 8]])
  deleted.note(stamped(8, 4, 1), true)
  assert.deepEqual([deleted.from, deleted.to, offsets()], [4, 10, [4, 8]], 'the one at 10 was left out')
  deleted.note(stamped(20, 5, 1), true)
  assert.deepEqual([deleted.from, deleted.to, offsets()], [20, 22, [20]])
  deleted.note(stamped(22, 6, 1), false)
  assert.deepEqual([deleted.to, offsets()], [24, [20]], 'a snapshot has it')
})

test('a segment of which only the name is left does not hide where the log is known to begin, and who wrote there', async context => {
  const { logs, log, directory, commit } = await journaled(context, 200, {})
  produce(log, 7)
  produce(log, 8)
  await commit()
  produce(log, 9)
  const begin = 2
  await log.deleteRecords(begin)
  await logs.enforceRetention()
  const copy = copyOf(context, directory)
  // What was rolled to behind it, and never synced: the power went, and left a name.
  for (const name of readdirSync(`${copy}/t-0`))
    if (!/snapshot|metadata|epoch/.test(name)) rmSync(`${copy}/t-0/${name}`)
  writeFileSync(segmentFile(copy, begin + 5), '')
  const again = await openLogs(copy)
  const found = again.get('t', 0)!
  assert.equal(found.logStartOffset, begin)
  assert.equal(found.logEndOffset, begin)
  assert.deepEqual(producersOf(found), [7, 8])
  assert.equal(
    found.append(batchOf(['next'], { producerId: 7, producerEpoch: 0, baseSequence: 1 })).baseOffset,
    begin,
  )
  await again.close()
})
