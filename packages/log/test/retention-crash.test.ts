// A process that dies while retention takes segments of which only a journal has the end.
import assert from 'node:assert/strict'
import { cpSync, existsSync } from 'node:fs'
import { test } from 'node:test'
import { nodeClock } from '@millrace/runtime'
import type { PartitionLog } from '../src/index.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { type BatchInit, batchOf, oneLog, openLogs, temporaryDirectory, valuesFrom } from './log-fixture.ts'

const otherTopicId = 'BBECAwQFBgcICQoLDA0ODw'
const begun = { producerEpoch: 0, baseSequence: 0, supportsEpochBump: false }

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

function append(log: PartitionLog, value: string, init: BatchInit): void {
  log.append(batchOf([value.padEnd(100, '.')], init))
}

/** A transaction's first batch, which the coordinator knows of. */
function begin(log: PartitionLog, value: string, producerId: number, timestamp: number): void {
  const batch = batchOf([value.padEnd(100, '.')], { ...begun, producerId, timestamp, transactional: true })
  log.append(batch, { verification: log.startVerification({ ...begun, producerId })! })
}

for (const fsync of ['group', 'never'] as const) {
  test(`who began a transaction in segments that retention is taking is known after a crash, fsync ${fsync}`, async context => {
    const faults = new FaultyDisk()
    const { logs, log, directory } = await oneLog(
      context,
      { segmentBytes: 400, retentionMs: 1000, fileDeleteDelayMs: 0 },
      {
        fsync,
        disk: faults.disk,
        limits: { journalIdleMs: 3600_000, directFilesMax: 1, directFilesUnsyncedMax: 1 },
      },
    )
    const now = nodeClock.now()
    begin(log, 'filed', 7, now - 5000)
    await logs.commit('durable')
    // Two partitions go through the journal, one goes to its file.
    append(logs.create('other', 0, otherTopicId), 'beside', { timestamp: now })
    begin(log, 'journaled', 8, now - 5000)
    append(log, 'young', { timestamp: now })
    append(log, 'younger', { timestamp: now })
    await logs.commit('durable')
    const copy = temporaryDirectory(context)
    let copies = 0
    faults.onWrite = path => {
      if (path.includes('recovery-point') && copies++ === 0)
        cpSync(directory, copy, { recursive: true, filter: from => !from.includes('.lock') })
      return undefined
    }
    await logs.enforceRetention()
    assert.deepEqual([copies, log.logStartOffset], [1, 2])
    const again = await openLogs(copy, { fsync })
    const found = again.get('t', 0)!
    assert.equal(found.logStartOffset, 2)
    assert.deepEqual(
      (await valuesFrom(found, 2)).map(value => value.replaceAll('.', '')),
      ['young', 'younger'],
    )
    assert.deepEqual(
      found.activeProducers().map(each => [each.producerId, each.currentTxnStartOffset]),
      [
        [7, 0],
        [8, 1],
      ],
    )
    await again.close()
  })
}

test('retention waits until the recovery point is written down that somebody else is moving', async context => {
  const faults = new FaultyDisk()
  const { logs, log, directory } = await oneLog(
    context,
    { segmentBytes: 200, retentionMs: 1000, fileDeleteDelayMs: 0 },
    { disk: faults.disk, limits: { recoveryBytesMax: 1 } },
  )
  const now = nodeClock.now()
  faults.heldFor = 'recovery-point'
  const written = Promise.withResolvers<void>()
  faults.held = written.promise
  begin(log, 'old', 7, now - 5000)
  await logs.commit('durable')
  append(log, 'young', { timestamp: now })
  await logs.commit('durable')
  while (!existsSync(`${directory}/recovery-point-offset-checkpoint.tmp`)) await turn()
  const retained = logs.enforceRetention()
  // As long as a retention might take that does not wait.
  const first = `${directory}/t-0/00000000000000000000.log`
  for (let tries = 0; tries < 300 && existsSync(first); tries++)
    await new Promise(resolve => setTimeout(resolve, 1))
  const copy = temporaryDirectory(context)
  cpSync(directory, copy, { recursive: true, filter: from => !from.includes('.lock') })
  written.resolve()
  await retained
  assert.equal(log.logStartOffset, 1)
  const again = await openLogs(copy)
  assert.deepEqual(
    again
      .get('t', 0)!
      .activeProducers()
      .map(each => [each.producerId, each.currentTxnStartOffset]),
    [[7, 0]],
  )
  await again.close()
})
