// The journal: its bytes, its damage, and what recovery makes of it.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { nodeClock } from '@millrace/runtime'
import { DirectoryFormatError, type Disk, type DiskFile, nodeDisk } from '../src/index.ts'
import {
  encodeJournalFileHeader,
  encodeJournalPartition,
  journalHeaderBytes,
  journalKinds,
  journalName,
  parseJournalName,
  readEntry,
  writeEntryHeader,
} from '../src/format/journal-format.ts'
import { Journal } from '../src/journal/journal.ts'
import { Journals } from '../src/journal/journals.ts'
import type { LocalLog } from '../src/partition/local-log.ts'
import { follows, walkJournal } from '../src/journal/journal-replay.ts'
import type { Storage } from '../src/storage/storage.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { batchOf, openLogs, temporaryDirectory, topicId, valuesFrom } from './log-fixture.ts'

const manyPartitions = 20
const turn = () => new Promise<void>(resolve => setTimeout(resolve, 10))

function entry(kind: number, slot: number, payload: Buffer, offset = 0): Buffer {
  const out = Buffer.alloc(journalHeaderBytes + payload.length)
  payload.copy(out, journalHeaderBytes)
  const checked = kind === journalKinds.batch ? payload.subarray(0, 21) : payload
  writeEntryHeader(out, 0, kind, slot, payload.length, offset, checked)
  return out
}

function journal(): Buffer {
  return Buffer.concat([
    encodeJournalFileHeader(1),
    entry(journalKinds.partition, 0, encodeJournalPartition({ topicId, topic: 'größe', partition: 3 })),
    entry(journalKinds.batch, 0, batchOf(['a']), 7),
    entry(journalKinds.forget, 0, Buffer.alloc(0)),
    entry(journalKinds.batch, 0, batchOf(['b', 'c']), 7),
  ])
}

function walk(bytes: Buffer): string[] {
  const seen: string[] = []
  walkJournal(bytes, 'j', ({ kind, offset, payload }, partition, sequence) => {
    seen.push(`${sequence} ${kind} ${partition.name} ${partition.topicId} ${offset} ${payload.length}`)
  })
  return seen
}

test('the bytes of a journal are those that the format says', () => {
  const header = encodeJournalFileHeader(258)
  assert.equal(
    header.toString('hex'),
    '4d494c4c52414345' + '00000001' + '0000000000000102' + header.toString('hex', 20),
  )
  const payload = encodeJournalPartition({ topicId, topic: 'ab', partition: 5 })
  assert.equal(payload.toString('hex'), '000102030405060708090a0b0c0d0e0f' + '00000005' + '6162')
  const bytes = entry(journalKinds.partition, 9, payload)
  assert.equal(bytes.toString('hex', 4, 24), '02000000' + '00000009' + '00000016' + '0000000000000000')
  assert.deepEqual(readEntry(bytes, 0), { kind: 2, slot: 9, offset: 0, payload })
  assert.equal(parseJournalName(journalName(42)), 42)
  assert.equal(parseJournalName('millrace-journal-42'), undefined)
})

test('a journal is walked entry by entry, with names for its slots', () => {
  const name = `größe-3 ${topicId}`
  assert.deepEqual(walk(journal()), [
    `0 2 ${name} 0 ${20 + 7}`,
    `1 1 ${name} 7 ${batchOf(['a']).length}`,
    `2 3 ${name} 0 0`,
    `3 1 ${name} 7 ${batchOf(['b', 'c']).length}`,
  ])
})

test('a journal that is cut off anywhere gives its whole entries and no others', () => {
  const bytes = journal()
  const all = walk(bytes)
  let entries = 0
  for (let length = 0; length <= bytes.length; length++) {
    const seen = walk(bytes.subarray(0, length))
    assert.deepEqual(seen, all.slice(0, seen.length))
    assert.ok(seen.length >= entries)
    entries = seen.length
  }
  assert.equal(entries, 4)
})

test('a journal with a wrong bit gives what stands before it', () => {
  const bytes = journal()
  const all = walk(bytes)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), bit => {
      const damaged = Buffer.from(bytes)
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      const seen = walk(damaged)
      assert.ok(seen.length < all.length, 'the damage is noticed')
      assert.deepEqual(seen, all.slice(0, seen.length))
    }),
  )
})

test('a journal of a later version is an error, not an empty journal', () => {
  const header = encodeJournalFileHeader(1)
  header.writeInt32BE(2, 8)
  assert.deepEqual(walk(header), [], 'the version is under the checksum')
  assert.throws(
    () => {
      const later = encodeJournalFileHeader(1, 2)
      walk(later)
    },
    (error: unknown) => error instanceof DirectoryFormatError && /version 2/.test(error.message),
  )
})

async function manyLogs(directory: string, fsync: 'group' | 'never') {
  const logs = await openLogs(directory, {
    fsync,
    limits: { journalIdleMs: 3600_000, directFilesUnsyncedMax: 8 },
  })
  for (let partition = 0; partition < manyPartitions; partition++) logs.create('t', partition, topicId)
  const round = async (value: string) => {
    for (let partition = 0; partition < manyPartitions; partition++) {
      logs.get('t', partition)!.append(batchOf([`${value} ${partition}`]))
    }
    await logs.commit('durable')
  }
  return { logs, round }
}

const journals = (directory: string) =>
  readdirSync(directory).filter(name => parseJournalName(name) !== undefined)

for (const fsync of ['group', 'never'] as const) {
  test(`many partitions go through the journal and are readable at once, fsync ${fsync}`, async context => {
    const directory = temporaryDirectory(context)
    const { logs, round } = await manyLogs(directory, fsync)
    for (let index = 0; index < 10; index++) await round(`r${index}`)
    assert.equal(journals(directory).length, 1)
    assert.ok(!readdirSync(`${directory}/t-7`).some(name => name.endsWith('.log')), 'their files wait')
    const values = await valuesFrom(logs.get('t', 7)!, 0)
    assert.deepEqual(
      values,
      Array.from({ length: 10 }, (_, index) => `r${index} 7`),
    )
    await logs.close()
    assert.deepEqual(journals(directory), [])
    const again = await openLogs(directory)
    assert.deepEqual(await valuesFrom(again.get('t', 7)!, 0), values)
    await again.close()
  })
}

test('a partition that was written to directly in between loses and repeats nothing', async context => {
  const directory = temporaryDirectory(context)
  const { logs, round } = await manyLogs(directory, 'group')
  await round('first')
  logs.get('t', 3)!.append(batchOf(['alone']))
  await logs.commit('durable')
  await round('second')
  assert.deepEqual(await valuesFrom(logs.get('t', 3)!, 0), ['first 3', 'alone', 'second 3'])
  assert.equal(
    readFileSync(`${directory}/t-3/00000000000000000000.log`).length,
    2 * batchOf(['first 3']).length - 2,
  )
  await logs.close()
})

test('what comes behind a note that found room the second time only is read like what comes in front of it', async context => {
  const directory = temporaryDirectory(context)
  const faults = new FaultyDisk()
  const logs = await openLogs(directory, {
    disk: faults.disk,
    limits: { journalIdleMs: 3600_000, directFilesMax: 1, reserveBytes: 4096 },
  })
  for (let partition = 0; partition < 3; partition++) logs.create('t', partition, topicId)
  const round = async (value: string) => {
    for (const partition of [0, 1]) logs.get('t', partition)!.append(batchOf([value]))
    await logs.commit('durable')
  }
  await round('before')
  while (readdirSync(directory).filter(name => name.startsWith('millrace-reserve')).length < 4)
    await new Promise(resolve => setTimeout(resolve, 10))
  // The reserve is released for the note that a partition was deleted which the journal has not named yet.
  let refusals = 0
  faults.onWrite = path => (path.includes('millrace-journal') && refusals++ === 0 ? 'ENOSPC' : undefined)
  await logs.delete('t', 2)
  assert.equal(refusals, 2)
  while (logs.get('t', 0)!.logEndOffset < 2) await round('behind').catch(() => turn())
  const copy = temporaryDirectory(context)
  copyDirectory(directory, copy)
  const again = await openLogs(copy)
  const values = await valuesFrom(again.get('t', 1)!, 0)
  await again.close()
  await logs.close()
  assert.deepEqual(values, ['before', 'behind'])
})

test('a topic that is deleted and made anew gets nothing of the old one back', async context => {
  const directory = temporaryDirectory(context)
  const { logs, round } = await manyLogs(directory, 'group')
  await round('old')
  await logs.delete('t', 4)
  logs.create('t', 4, 'BBECAwQFBgcICQoLDA0ODw')
  await round('new')
  const copy = temporaryDirectory(context)
  copyDirectory(directory, copy)
  await logs.close()
  const again = await openLogs(copy)
  assert.deepEqual(await valuesFrom(again.get('t', 4)!, 0), ['new 4'])
  assert.deepEqual(await valuesFrom(again.get('t', 5)!, 0), ['old 5', 'new 5'])
  await again.close()
})

test('what stands in a directory that only a journal gives a topic is not believed: a lost deletion may have brought it back', async context => {
  const directory = temporaryDirectory(context)
  const { logs, round } = await manyLogs(directory, 'group')
  await round('new')
  const copy = temporaryDirectory(context)
  copyDirectory(directory, copy)
  await logs.close()
  rmSync(`${copy}/t-4/partition.metadata`)
  writeFileSync(`${copy}/t-4/00000000000000000000.log`, batchOf(['old']))
  const again = await openLogs(copy)
  assert.deepEqual(await valuesFrom(again.get('t', 4)!, 0), ['new 4'])
  assert.deepEqual(await valuesFrom(again.get('t', 5)!, 0), ['new 5'])
  await again.close()
})

/** What another process would find after this one was killed. */
function copyDirectory(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory() || entry.name.startsWith('.lock')) continue
    const relative = entry.parentPath.slice(from.length)
    mkdirSync(`${to}${relative}`, { recursive: true })
    writeFileSync(`${to}${relative}/${entry.name}`, readFileSync(`${entry.parentPath}/${entry.name}`))
  }
}

test('a truncation is not undone by the journal', async context => {
  const directory = temporaryDirectory(context)
  const { logs, round } = await manyLogs(directory, 'group')
  await round('one')
  await round('two')
  await logs.get('t', 6)!.truncateTo(1)
  const copy = temporaryDirectory(context)
  copyDirectory(directory, copy)
  const again = await openLogs(copy)
  assert.deepEqual(await valuesFrom(again.get('t', 6)!, 0), ['one 6'])
  assert.deepEqual(await valuesFrom(again.get('t', 7)!, 0), ['one 7', 'two 7'])
  await again.close()
  await logs.close()
})

test('a journal is not closed over a sync that begins when the one before ends', async context => {
  const directory = temporaryDirectory(context)
  let syncing = Promise.resolve()
  let running = 0
  const closedOver: number[] = []
  const disk: Disk = {
    ...nodeDisk,
    open: (path, mode) =>
      new Proxy(nodeDisk.open(path, mode), {
        get(file, name: keyof DiskFile) {
          if (name === 'datasync')
            return () => {
              running++
              return syncing.then(() => void running--)
            }
          if (name === 'close')
            return () => {
              closedOver.push(running)
              file.close()
            }
          const value = file[name]
          return typeof value === 'function' ? value.bind(file) : value
        },
      }),
  }
  const storage = { disk, directory, clock: nodeClock, syncRoot: () => Promise.resolve() }
  const one = new Journal(storage as unknown as Storage, 1)
  await one.sync()
  const { promise, resolve } = Promise.withResolvers<void>()
  syncing = promise
  const syncs = [one.sync()]
  void promise.then(() => {}).then(() => syncs.push(one.sync()))
  const removed = one.remove()
  resolve()
  await removed
  await Promise.all(syncs)
  assert.deepEqual([syncs.length, closedOver], [2, [0]])
})

test('what was cut off a journal is gone for good before its name goes', async context => {
  const directory = temporaryDirectory(context)
  const faults = new FaultyDisk()
  const seen: string[] = []
  const disk: Disk = {
    ...faults.disk,
    unlink: path => {
      seen.push('unlink')
      nodeDisk.unlink(path)
    },
  }
  const storage = { disk, directory, clock: nodeClock, syncs: true, syncRoot: () => Promise.resolve() }
  const one = new Journal(storage as unknown as Storage, 1)
  await one.sync()
  faults.onWrite = () => 'ENOSPC'
  assert.throws(() => one.write([]), /ENOSPC/)
  faults.onSync = () => {
    seen.push('sync')
    return undefined
  }
  await one.remove()
  assert.deepEqual(seen, ['sync', 'unlink'])
})

test('a full journal is emptied while appending goes on', async context => {
  const directory = temporaryDirectory(context)
  const logs = await openLogs(directory, { limits: { journalMaxBytes: 5000 } })
  for (let partition = 0; partition < manyPartitions; partition++) logs.create('t', partition, topicId)
  for (let index = 0; index < 50; index++) {
    for (let partition = 0; partition < manyPartitions; partition++) {
      logs.get('t', partition)!.append(batchOf([`${index}`]))
    }
    await logs.commit('durable')
  }
  assert.ok(journals(directory).length <= 5)
  for (const partition of [0, 19]) {
    assert.deepEqual(
      await valuesFrom(logs.get('t', partition)!, 0),
      Array.from({ length: 50 }, (_, index) => `${index}`),
    )
  }
  await logs.close()
})

test('a clean stop leaves no journal, however close it comes to the end of one that was being emptied', async context => {
  for (let turns = 0; turns < 40; turns++) {
    const directory = temporaryDirectory(context)
    const closed = Promise.withResolvers<void>()
    let emptied = false
    const append = () => {
      for (let partition = 0; partition < 3; partition++)
        logs.get('t', partition)!.append(batchOf([`value ${partition}`]))
    }
    const unlink = (path: string) => {
      nodeDisk.unlink(path)
      if (emptied || !path.includes('millrace-journal')) return
      emptied = true
      append()
      void closeAfter(turns).then(closed.resolve, closed.reject)
    }
    const closeAfter = async (microtasks: number) => {
      for (let turn = 0; turn < microtasks; turn++) await Promise.resolve()
      await logs.close()
    }
    const limits = { journalMaxBytes: 1, directFilesUnsyncedMax: 2, reserveBytes: 0 }
    const logs = await openLogs(directory, { fsync: 'never', disk: { ...nodeDisk, unlink }, limits })
    for (let partition = 0; partition < 3; partition++) logs.create('t', partition, topicId)
    append()
    await closed.promise
    assert.deepEqual(journals(directory), [], `${turns} turns after the end`)
  }
})

for (const { what, end, sizeInBytes, latest, taken } of [
  { what: 'goes on where the log ends', end: 0, sizeInBytes: 100, latest: 0, taken: true },
  { what: 'begins behind a gap', end: -1, sizeInBytes: 100, latest: 0, taken: false },
  { what: 'overlaps other batches', end: 1, sizeInBytes: 100, latest: 0, taken: false },
  { what: 'lies over the start of an empty log', end: 1, sizeInBytes: 0, latest: 0, taken: true },
  { what: 'was left out by a start that has led since', end: 0, sizeInBytes: 100, latest: 1, taken: false },
]) {
  test(`a batch of a journal that ${what} is ${taken ? '' : 'not '}replayed`, () => {
    const batch = batchOf(['a', 'b'], { partitionLeaderEpoch: 0 })
    assert.equal(follows({ endOffset: end, sizeInBytes, latestEpoch: latest }, batch), taken)
  })
}

test('journals are emptied one at a time, also where the first one finds no room at once and the current one is retired for it', async context => {
  const failures: unknown[] = []
  /** Emptyings that wait for room. */
  let waiting = 0
  const later = (ms: number, run: () => void) => {
    if (ms > 1000) return { cancel: () => {} }
    waiting++
    return nodeClock.setTimer(0, () => {
      waiting--
      run()
    })
  }
  const storage = {
    disk: nodeDisk,
    directory: temporaryDirectory(context),
    clock: { ...nodeClock, setTimer: later },
    limits: { journalIdleMs: 3600_000 },
    room: { blocked: false, block: () => {}, unblock: () => {} },
    syncs: false,
    fail: (_: string, error: unknown) => failures.push(error),
  }
  const journals = new Journals(storage as unknown as Storage)
  journals.write([])
  let tries = 0
  const log = {
    closed: false,
    tail: { hasUnfiled: true, unfiledOffset: 0 },
    file: () => {
      if (++tries === 1) throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
      log.tail.hasUnfiled = false
    },
  }
  let removed = 0
  const remove = () => Promise.resolve(void removed++)
  journals.adopt([{ logs: [log as unknown as LocalLog], ends: [], remove, close: () => {} }], 1)
  while (journals.any || waiting > 0) await turn()
  await turn()
  assert.deepEqual(failures, [])
  assert.equal(removed, 1)
})
