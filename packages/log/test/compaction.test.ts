// Of records with one key the last one is kept, at its offset; everything else of a log lives on with the gaps.
import assert from 'node:assert/strict'
import { closeSync, openSync, readdirSync, unlinkSync, writeSync } from 'node:fs'
import { test } from 'node:test'
import {
  batches,
  codecs,
  type FinishOptions,
  RecordBatchCursor,
  RecordBatchWriter,
  writeTransactionMarker,
} from '@millrace/protocol'
import { type Clock, nodeClock } from '@millrace/runtime'
import {
  defaultCleanerSettings,
  defaultLogConfig,
  type Disk,
  type LogManager,
  nodeDisk,
  type PartitionLog,
} from '../src/index.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { oneLog, openLogs, topicId } from './log-fixture.ts'

const compacted = { cleanupCompact: true, cleanupDelete: false, minCleanableDirtyRatio: 0.01 }

type Pair = readonly [key: string | null, value: string | null]

function pairs(records: readonly Pair[], options: FinishOptions & { timestamp?: number } = {}): Buffer {
  const writer = new RecordBatchWriter()
  const { timestamp = 1000, ...rest } = options
  for (const [key, value] of records) writer.append(timestamp, key, value)
  return writer.finish(rest)
}

function marker(producerId: number, commit: boolean, timestamp = 1000): Buffer {
  return writeTransactionMarker({ producerId, producerEpoch: 0, coordinatorEpoch: 0, commit, timestamp })
}

const transaction = (producerId: number, baseSequence: number): FinishOptions => ({
  producerId,
  producerEpoch: 0,
  baseSequence,
  transactional: true,
})

interface Survivors {
  /** `offset key=value`, control records as `offset abort`. */
  readonly records: string[]
  /** First and last offset of each batch, and how many records are in it. */
  readonly batches: string[]
}

/** What is read from the log start on. */
async function survivors(log: PartitionLog): Promise<Survivors> {
  const found: Survivors = { records: [], batches: [] }
  for (let at = log.logStartOffset; at < log.highWatermark; ) {
    const { chunks, nextOffset, release } = await log.read(at, 1 << 20)
    const cursor = new RecordBatchCursor()
    for (const chunk of chunks) {
      for (const header of batches(chunk)) {
        found.batches.push(`${header.baseOffset}-${header.lastOffset}:${header.recordCount}`)
        cursor.open(header)
        while (cursor.next()) {
          const text = header.isControl ? 'marker' : `${cursor.keyString()}=${cursor.valueString()}`
          found.records.push(`${cursor.offset} ${text}`)
        }
      }
    }
    release?.()
    assert.ok(nextOffset > at, `a read at ${at} moves on`)
    at = nextOffset
  }
  return found
}

async function cleanAll(logs: LogManager): Promise<number> {
  let count = 0
  while (await logs.cleanDirtiest()) count++
  return count
}

/** Appends a batch and closes the segment behind it. */
async function segment(logs: LogManager, log: PartitionLog, ...appended: Buffer[]): Promise<void> {
  for (const batch of appended) log.append(batch, { origin: 'coordinator', verification: 'off' })
  await logs.commit('durable')
  log.roll()
}

/** The wall clock of the storage, `aheadMs` in front. */
function clockAhead(): Clock & { aheadMs: number } {
  return {
    aheadMs: 0,
    now() {
      return 1_000_000 + this.aheadMs
    },
    monotonic: () => nodeClock.monotonic(),
    setTimer: (delayMs, run, options) => nodeClock.setTimer(delayMs, run, options),
    defer: run => nodeClock.defer(run),
  }
}

test('the last record of each key is kept, at its offset', async context => {
  const { logs, log } = await oneLog(context, compacted)
  await segment(
    logs,
    log,
    pairs([
      ['a', '1'],
      ['b', '1'],
      ['c', '1'],
    ]),
  )
  await segment(
    logs,
    log,
    pairs([
      ['a', '2'],
      ['b', '2'],
    ]),
    pairs([['a', '3']]),
  )
  await segment(logs, log, pairs([['d', '1']]))
  assert.equal(await cleanAll(logs), 1)
  const { records } = await survivors(log)
  assert.deepEqual(records, ['2 c=1', '4 b=2', '5 a=3', '6 d=1'])
  assert.equal(log.logStartOffset, 0)
  assert.equal(log.logEndOffset, 7)
  assert.equal(logs.cleanerFigures.cleanings, 1)
  assert.equal(logs.cleanerFigures.recordsKept, 4)
})

test('the active segment is not cleaned, and superseded by it is what stands before', async context => {
  const { logs, log } = await oneLog(context, compacted)
  await segment(
    logs,
    log,
    pairs([
      ['a', '1'],
      ['b', '1'],
    ]),
  )
  log.append(pairs([['a', '2']]))
  await logs.commit('durable')
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).records, ['0 a=1', '1 b=1', '2 a=2'])
})

for (const codec of Object.values(codecs)) {
  test(`a batch keeps its compression when records fall out of it: ${codec.name}`, async context => {
    const { logs, log } = await oneLog(context, compacted)
    const value = 'v'.repeat(200)
    const many = Array.from({ length: 200 }, (_, index): Pair => [`k${index}`, `${value}${index}`])
    await segment(logs, log, pairs(many, { codec }))
    await segment(logs, log, pairs(many.slice(0, 100), { codec }))
    await segment(logs, log, pairs([['z', 'z']]))
    await cleanAll(logs)
    const { chunks } = await log.read(0, 1 << 20)
    const [first] = [...batches(chunks[0]!)]
    assert.equal(first!.compression, codec.id)
    assert.equal(first!.recordCount, 100)
    assert.equal(first!.lastOffset, 199)
    const { records } = await survivors(log)
    assert.equal(records.length, 201)
    assert.equal(records[0], `100 k100=${value}100`)
  })
}

test('a tombstone goes when its time is over, not before', async context => {
  const clock = clockAhead()
  const { logs, log } = await oneLog(context, { ...compacted, deleteRetentionMs: 60_000 }, { clock })
  await segment(
    logs,
    log,
    pairs([
      ['a', '1'],
      ['b', '1'],
    ]),
  )
  await segment(logs, log, pairs([['a', null]]))
  await segment(logs, log, pairs([['c', '1']]))
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).records, ['1 b=1', '2 a=null', '3 c=1'])
  // Its batch says until when.
  const { chunks } = await log.read(2, 1 << 20)
  assert.equal([...batches(chunks[0]!)].find(header => header.baseOffset === 2)!.deleteHorizonMs, 1_060_000)

  clock.aheadMs = 59_999
  await segment(logs, log, pairs([['d', '1']]))
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).records, ['1 b=1', '2 a=null', '3 c=1', '4 d=1'])

  clock.aheadMs = 60_000
  await segment(logs, log, pairs([['e', '1']]))
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).records, ['1 b=1', '3 c=1', '4 d=1', '5 e=1'])
})

test('records of an aborted transaction go, and its marker when they have gone and its time is over', async context => {
  const clock = clockAhead()
  const { logs, log } = await oneLog(context, { ...compacted, deleteRetentionMs: 60_000 }, { clock })
  await segment(
    logs,
    log,
    pairs([['a', 'old']]),
    pairs([['a', 'aborted']], transaction(7, 0)),
    marker(7, false),
  )
  await segment(logs, log, pairs([['b', 'committed']], transaction(8, 0)), marker(8, true))
  await segment(logs, log, pairs([['c', '1']]))
  assert.deepEqual(log.abortedTransactions(0, 100), [{ producerId: 7, firstOffset: 1 }])
  await cleanAll(logs)
  // The producer may go on: its last batch stays, emptied, and with it the marker and what the index says.
  assert.deepEqual((await survivors(log)).records, [
    '0 a=old',
    '2 marker',
    '3 b=committed',
    '4 marker',
    '5 c=1',
  ])
  assert.deepEqual((await survivors(log)).batches.slice(0, 3), ['0-0:1', '1-1:0', '2-2:1'])
  assert.deepEqual(log.abortedTransactions(0, 100), [{ producerId: 7, firstOffset: 1 }])

  // It has gone on elsewhere: nothing holds the batch any more, and the marker waits for readers under way.
  await segment(logs, log, pairs([['x', '1']], transaction(7, 1)), marker(7, true))
  await cleanAll(logs)
  await segment(logs, log, pairs([['y', '1']]))
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).batches.slice(0, 3), ['0-0:1', '2-2:1', '3-3:1'])
  assert.deepEqual(log.abortedTransactions(0, 100), [])
  clock.aheadMs = 60_000
  await segment(logs, log, pairs([['z', '1']]))
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).batches.slice(0, 2), ['0-0:1', '3-3:1'])
})

test('nothing at or behind an open transaction is cleaned', async context => {
  const { logs, log } = await oneLog(context, compacted)
  await segment(logs, log, pairs([['a', '1']]), pairs([['a', '2']]))
  await segment(logs, log, pairs([['b', '1']], transaction(7, 0)))
  await segment(
    logs,
    log,
    pairs([
      ['a', '3'],
      ['b', '2'],
    ]),
  )
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).records, ['1 a=2', '2 b=1', '3 a=3', '4 b=2'])
  await segment(logs, log, marker(7, true))
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).records, ['3 a=3', '4 b=2', '5 marker'])
})

test('a sequence number outlives the records it came with', async context => {
  const { logs, log, directory } = await oneLog(context, compacted)
  const producer = { producerId: 5, producerEpoch: 0, timestamp: nodeClock.now() }
  await segment(logs, log, pairs([['a', '1']], { ...producer, baseSequence: 0 }))
  await segment(logs, log, pairs([['a', '2']], { ...producer, baseSequence: 1 }))
  await segment(logs, log, pairs([['a', '3']]))
  await segment(logs, log, pairs([['b', '1']]))
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).batches, ['1-1:0', '2-2:1', '3-3:1'])
  await logs.close()
  // Without a snapshot the batches alone say it.
  for (const name of readdirSync(`${directory}/t-0`))
    if (name.endsWith('.snapshot')) unlinkSync(`${directory}/t-0/${name}`)
  unlinkSync(`${directory}/.kafka_cleanshutdown`)
  const again = await openLogs(directory)
  const reopened = again.get('t', 0)!
  assert.equal(reopened.append(pairs([['a', '2']], { ...producer, baseSequence: 1 })).duplicate, true)
  assert.equal(reopened.append(pairs([['a', '4']], { ...producer, baseSequence: 2 })).baseOffset, 4)
  await again.close()
})

test('records without a key are dropped', async context => {
  const { logs, log } = await oneLog(context, compacted)
  await segment(
    logs,
    log,
    pairs([
      [null, 'x'],
      ['a', '1'],
    ]),
  )
  await segment(logs, log, pairs([['b', '1']]))
  await segment(logs, log, pairs([['c', '1']]))
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).records, ['1 a=1', '2 b=1', '3 c=1'])
  assert.equal(logs.cleanerFigures.recordsInvalid, 1)
})

test('small segments become one, within the size of a segment', async context => {
  const { logs, log, directory } = await oneLog(context, { ...compacted, segmentBytes: 500 })
  const value = 'v'.repeat(80)
  for (let index = 0; index < 12; index++) await segment(logs, log, pairs([[`k${index}`, value]]))
  await cleanAll(logs)
  const sizes = log.describeSegments().map(({ sizeInBytes }) => sizeInBytes)
  assert.deepEqual(sizes, [456, 456, 456, 458, 0])
  assert.equal((await survivors(log)).records.length, 12)
  const files = readdirSync(`${directory}/t-0`)
  assert.deepEqual(
    files.filter(name => /cleaned|swap/.test(name)),
    [],
  )
})

test('keys that do not fit into memory are cleaned in further passes', async context => {
  const { logs, log } = await oneLog(context, compacted)
  logs.startCleaner({ ...defaultCleanerSettings, dedupeBufferBytes: 24 * 10, backoffMs: 1_000_000 })
  for (let round = 0; round < 4; round++) {
    const records = Array.from({ length: 15 }, (_, index): Pair => [`k${index}`, `${round}`])
    await segment(logs, log, pairs(records.slice(0, 8)), pairs(records.slice(8)))
  }
  assert.ok((await cleanAll(logs)) > 2)
  const { records } = await survivors(log)
  assert.deepEqual(
    records.map(record => record.slice(record.indexOf('k'))).sort(),
    Array.from({ length: 15 }, (_, index) => `k${index}=3`).sort(),
  )
})

test('compacted and deleted: what is old goes as a whole', async context => {
  const clock = clockAhead()
  const config = { ...compacted, cleanupDelete: true, retentionMs: 500_000 }
  const { logs, log } = await oneLog(context, config, { clock })
  await segment(
    logs,
    log,
    pairs(
      [
        ['a', '1'],
        ['b', '1'],
      ],
      { timestamp: 900_000 },
    ),
  )
  await segment(logs, log, pairs([['a', '2']], { timestamp: 1_000_000 }))
  await segment(logs, log, pairs([['c', '1']], { timestamp: 1_300_000 }))
  await cleanAll(logs)
  assert.deepEqual((await survivors(log)).records, ['1 b=1', '2 a=2', '3 c=1'])
  clock.aheadMs = 600_000
  await segment(logs, log, pairs([['d', '1']], { timestamp: 1_600_000 }))
  await logs.enforceRetention()
  assert.equal((await survivors(log)).records.at(-1), '4 d=1')
})

test('a log of gaps is whole after a restart, with a clean stop and without one', async context => {
  const { logs, log, directory } = await oneLog(context, {
    ...compacted,
    segmentBytes: 400,
    indexIntervalBytes: 50,
  })
  for (let index = 0; index < 60; index++) await segment(logs, log, pairs([[`k${index % 7}`, `${index}`]]))
  await cleanAll(logs)
  const before = await survivors(log)
  assert.ok(before.records.length < 12)
  await logs.close()
  const config = { ...defaultLogConfig, ...compacted }
  for (const crashed of [false, true]) {
    if (crashed) unlinkSync(`${directory}/.kafka_cleanshutdown`)
    if (crashed) unlinkSync(`${directory}/recovery-point-offset-checkpoint`)
    const again = await openLogs(directory)
    const reopened = again.get('t', 0)!
    reopened.configure(config)
    assert.deepEqual(await survivors(reopened), before)
    assert.equal(reopened.logEndOffset, 60)
    // Reads in a gap bring what comes next.
    const { chunks } = await reopened.read(3, 10)
    assert.ok([...batches(chunks[0]!)][0]!.lastOffset >= 3)
    assert.deepEqual(await reopened.offsetForTimestamp(1000), {
      timestamp: 1000,
      offset: Number(before.records[0]!.split(' ')[0]),
      leaderEpoch: 0,
    })
    await again.close()
  }
})

test('a log whose last records are compacted away, as by Apache Kafka, is read to its end and goes on there', async context => {
  const { logs, log, directory } = await oneLog(context, compacted)
  await segment(logs, log, pairs([['a', '1']]))
  for (let index = 0; index < 9; index++) await segment(logs, log, pairs([['b', `${index}`]]))
  await logs.close()
  // What Kafka leaves when all but the first record are gone: a first segment that ends before the active one begins, which is empty.
  for (const name of readdirSync(`${directory}/t-0`))
    if (/^0{19}[1-9]\./.test(name)) unlinkSync(`${directory}/t-0/${name}`)
  for (const crashed of [false, true]) {
    if (crashed) unlinkSync(`${directory}/.kafka_cleanshutdown`)
    const again = await openLogs(directory)
    const reopened = again.get('t', 0)!
    assert.equal(reopened.logEndOffset, 10)
    assert.deepEqual((await survivors(reopened)).records, ['0 a=1'])
    assert.equal((await reopened.read(1, 1000)).nextOffset, 10)
    await again.close()
  }
})

test('a partition that is corrupt is left alone and said once; others are cleaned', async context => {
  const said: string[] = []
  const logger = { info() {}, warn() {}, error: (message: string) => said.push(message) }
  const { logs, log, directory } = await oneLog(context, compacted, { logger })
  const other = logs.create('u', 0, topicId.replace('A', 'B'), { ...defaultLogConfig, ...compacted })
  for (const each of [log, other]) {
    await segment(
      logs,
      each,
      pairs([
        ['a', '1'],
        ['b', '1'],
      ]),
    )
    await segment(logs, each, pairs([['a', '2']]))
    await segment(logs, each, pairs([['c', '2']]))
  }
  await logs.commit('durable')
  const fd = openSync(`${directory}/t-0/00000000000000000000.log`, 'r+')
  writeSync(fd, Buffer.from([0xff]), 0, 1, 70)
  closeSync(fd)
  await cleanAll(logs)
  await cleanAll(logs)
  assert.deepEqual((await survivors(other)).records, ['1 b=1', '2 a=2', '3 c=2'])
  assert.equal(said.filter(message => /t-0 cannot be cleaned/.test(message)).length, 1)
  assert.equal(logs.cleanerFigures.uncleanablePartitions, 1)
})

test('where there is no room for cleaned segments they are removed, appends go on, and cleaning is tried again', async context => {
  const faulty = new FaultyDisk()
  const said: string[] = []
  const logger = { info() {}, error() {}, warn: (message: string) => said.push(message) }
  const { logs, log, directory } = await oneLog(context, compacted, { disk: faulty.disk, logger })
  await segment(logs, log, pairs([['a', '1']]))
  await segment(logs, log, pairs([['a', '2']]))
  await segment(logs, log, pairs([['b', '1']]))
  faulty.onWrite = path => (path.endsWith('.cleaned') ? 'ENOSPC' : undefined)
  logs.startCleaner({ ...defaultCleanerSettings, backoffMs: 5 })
  await logs.cleanDirtiest()
  log.append(pairs([['c', '1']]))
  await logs.commit('durable')
  assert.deepEqual((await survivors(log)).records, ['0 a=1', '1 a=2', '2 b=1', '3 c=1'])
  faulty.onWrite = () => undefined
  for (let tries = 0; logs.cleanerFigures.cleanings === 0 && tries < 1000; tries++)
    await new Promise(resolve => setTimeout(resolve, 5))
  assert.deepEqual((await survivors(log)).records, ['1 a=2', '2 b=1', '3 c=1'])
  assert.equal(said.filter(message => /given up and will be tried again/.test(message)).length, 1)
  assert.deepEqual(
    readdirSync(`${directory}/t-0`).filter(name => /cleaned|swap/.test(name)),
    [],
  )
})

test('a read that comes back from the disk when its segment has been replaced brings what is there now', async context => {
  let held: Promise<void> | undefined
  const disk: Disk = {
    ...nodeDisk,
    open(path, mode) {
      const file = nodeDisk.open(path, mode)
      const read = file.read.bind(file)
      file.read = async (target, position) => {
        const waited = held
        const count = await read(target, position)
        await waited
        return count
      }
      return file
    },
  }
  const { logs, log, directory } = await oneLog(context, compacted)
  await segment(logs, log, pairs([['a', 'aborted']], transaction(7, 0)), marker(7, false))
  await segment(logs, log, pairs([['a', '1']]), pairs([['b', '1']], transaction(7, 1)), marker(7, true))
  await segment(logs, log, pairs([['a', '2']]))
  await logs.close()
  // Nothing of it is in memory.
  const again = await openLogs(directory, { disk })
  const reopened = again.get('t', 0)!
  reopened.configure({ ...defaultLogConfig, ...compacted })
  let release = () => {}
  held = new Promise(resolve => (release = resolve))
  const reading = reopened.read(0, 1 << 20, { readCommitted: true })
  held = undefined
  assert.equal(await cleanAll(again), 1)
  release()
  const { chunks, abortedTransactions } = await reading
  const found = chunks.flatMap(chunk =>
    [...batches(chunk)].map(header => `${header.baseOffset}:${header.recordCount}`),
  )
  assert.deepEqual(found, ['1:1', '3:1', '4:1', '5:1'])
  // Its marker is still there, to end it.
  assert.deepEqual(abortedTransactions, [{ producerId: 7, firstOffset: 0 }])
  await again.close()
})
