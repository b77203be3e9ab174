// Cleaning goes through a log in pieces: the next ones are read and unpacked ahead, in bounded memory, and the event loop is given back often.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { type Codec, codecs, forEachRecord, RecordBatchWriter } from '@millrace/protocol'
import { type Clock, nodeClock } from '@millrace/runtime'
import {
  defaultCleanerSettings,
  type Disk,
  type LogManager,
  nodeDisk,
  type PartitionLog,
} from '../src/index.ts'
import { oneLog } from './log-fixture.ts'

const compacted = { cleanupCompact: true, cleanupDelete: false, minCleanableDirtyRatio: 0.01 }

/** Numbers that look like chance, and are the same in each run. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Half of it cannot be compressed. */
function valueOf(next: () => number, bytes: number): Buffer {
  const value = Buffer.alloc(bytes, 'v')
  for (let at = 0; at < bytes / 2; at++) value[at] = next() * 256
  return value
}

interface Shape {
  readonly codec: Codec
  readonly segments: number
  readonly batches: number
  readonly records: number
  readonly valueBytes: number
  readonly keys: number
}

/** Fills a log, and returns the offset of the last record of each key. */
async function fill(logs: LogManager, log: PartitionLog, shape: Shape): Promise<Map<string, number>> {
  const next = chance(1)
  const last = new Map<string, number>()
  const writer = new RecordBatchWriter()
  for (let index = 0; index < shape.segments; index++) {
    for (let batch = 0; batch < shape.batches; batch++) {
      const base = log.logEndOffset
      for (let record = 0; record < shape.records; record++) {
        const key = `key-${Math.floor(next() * shape.keys)}`
        last.set(key, base + record)
        writer.append(1000, key, valueOf(next, shape.valueBytes))
      }
      log.append(writer.finish({ codec: shape.codec }))
    }
    await logs.commit('durable')
    log.roll()
  }
  // What is in the active segment is not cleaned.
  writer.append(1000, 'end', 'end')
  last.set('end', log.append(writer.finish()).baseOffset)
  await logs.commit('durable')
  return last
}

/** The offset of every record that is left, in the order of the log, by its key. */
async function offsets(log: PartitionLog): Promise<[key: string, offset: number][]> {
  const found: [string, number][] = []
  for (let at = log.logStartOffset; at < log.highWatermark; ) {
    const { chunks, nextOffset, release } = await log.read(at, 4 << 20)
    for (const chunk of chunks)
      forEachRecord(chunk, cursor => {
        if (cursor.offset >= at) found.push([cursor.keyString()!, cursor.offset])
      })
    release?.()
    at = nextOffset
  }
  return found
}

function byOffset(last: ReadonlyMap<string, number>): [string, number][] {
  return [...last].sort(([, a], [, b]) => a - b)
}

const large = { segments: 4, batches: 5, records: 300, valueBytes: 500, keys: 900 }

for (const codec of Object.values(codecs)) {
  test(`of large batches that lose some of their records the last of each key is left: ${codec.name}`, async context => {
    const { logs, log } = await oneLog(context, compacted)
    const last = await fill(logs, log, { ...large, codec })
    assert.equal(await logs.cleanDirtiest(), true)
    assert.deepEqual(await offsets(log), byOffset(last))
    assert.ok(log.sizeInBytes < 0.4 * logs.cleanerFigures.bytesRead)
  })
}

test('batches that grow too much to wait for their turn in memory are unpacked in it', async context => {
  for (const codec of [codecs.lz4, codecs.zstd]) {
    const { logs, log } = await oneLog(context, compacted)
    const writer = new RecordBatchWriter()
    for (const key of ['a', 'b', 'a']) {
      writer.append(1000, key, Buffer.alloc(18 << 20, 'x'))
      writer.append(1000, `beside ${key}`, 'x')
      log.append(writer.finish({ codec }))
      await logs.commit('durable')
      log.roll()
    }
    assert.equal(await logs.cleanDirtiest(), true)
    assert.deepEqual(await offsets(log), [
      ['b', 2],
      ['beside b', 3],
      ['a', 4],
      ['beside a', 5],
    ])
  }
})

/** Tells of the reads of a disk. */
function watchedDisk(onRead: (target: Uint8Array, path: string) => void): Disk {
  return {
    ...nodeDisk,
    open(path, mode) {
      const file = nodeDisk.open(path, mode)
      const read = file.read.bind(file)
      file.read = (target, position) => {
        onRead(target, path)
        return read(target, position)
      }
      return file
    },
  }
}

async function memoryOfCleaning(
  context: TestContext,
  shape: Shape,
  ioBufferBytes: number,
): Promise<number[]> {
  const memory = new Set<ArrayBufferLike>()
  const disk = watchedDisk(target => memory.add(target.buffer))
  const { logs, log } = await oneLog(context, compacted, { disk })
  logs.startCleaner({ ...defaultCleanerSettings, ioBufferBytes, backoffMs: 1_000_000 })
  await fill(logs, log, shape)
  memory.clear()
  assert.equal(await logs.cleanDirtiest(), true)
  return [...memory].map(({ byteLength }) => byteLength)
}

test('a log is read in three pieces of the size that the settings say, however long it is', async context => {
  for (const segments of [1, 6]) {
    const shape = { ...large, codec: codecs.lz4, segments }
    assert.deepEqual(await memoryOfCleaning(context, shape, 200 * 1024), Array(3).fill(200 * 1024))
  }
})

/** A clock by which every look is a millisecond later than the one before; counts how often the event loop was given back. */
function slowClock(): Clock & { deferred: number } {
  let looks = 0
  return {
    deferred: 0,
    now: () => nodeClock.now(),
    monotonic: () => ++looks,
    setTimer: (delayMs, run, options) => nodeClock.setTimer(delayMs, run, options),
    defer(run) {
      this.deferred++
      nodeClock.defer(run)
    },
  }
}

test('the event loop is given back within a batch, when keys are noted and when records are judged and copied', async context => {
  const clock = slowClock()
  const { logs, log } = await oneLog(context, compacted, { clock })
  const records = 20_000
  await fill(logs, log, { codec: codecs.none, segments: 1, batches: 1, records, valueBytes: 10, keys: 5000 })
  clock.deferred = 0
  assert.equal(await logs.cleanDirtiest(), true)
  assert.ok(clock.deferred >= (3 * records) / 256 - 3, `${clock.deferred} times for ${records} records`)
})
