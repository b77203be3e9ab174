// What a start finds after a crash, and what it makes whole.
import assert from 'node:assert/strict'
import {
  appendFileSync,
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { defaultLogConfig, DirectoryFormatError, DirectoryLockedError } from '../src/index.ts'
import { batchOf, oneLog, openLogs, temporaryDirectory, topicId, valuesFrom } from './log-fixture.ts'

/** A partition of three segments with known values, closed; then the mark of the clean stop is taken away. */
async function crashed(
  context: Parameters<typeof oneLog>[0],
): Promise<{ directory: string; partition: string; values: string[] }> {
  const { logs, log, directory } = await oneLog(context, { segmentBytes: 1500, indexIntervalBytes: 150 })
  const values = Array.from({ length: 30 }, (_, index) => `value ${index}`.padEnd(60, '.'))
  for (const value of values) log.append(batchOf([value]))
  await logs.close()
  rmSync(`${directory}/.kafka_cleanshutdown`)
  // Nothing vouches for any of it.
  writeFileSync(`${directory}/recovery-point-offset-checkpoint`, '0\n0\n')
  return { directory, partition: `${directory}/t-0`, values }
}

async function recovered(directory: string): Promise<string[]> {
  const logs = await openLogs(directory)
  const values = await valuesFrom(logs.get('t', 0)!, 0)
  await logs.close()
  return values
}

test('after a crash the log is verified and whole', async context => {
  const { directory, partition, values } = await crashed(context)
  for (const name of readdirSync(partition))
    if (/\.(index|timeindex|snapshot)$/.test(name)) rmSync(`${partition}/${name}`)
  assert.deepEqual(await recovered(directory), values)
  assert.ok(existsSync(`${partition}/00000000000000000000.index`), 'the indexes are made anew')
})

test('the indexes of a segment that ends at the recovery point are made true: they may name batches that were lost', async context => {
  const { directory, partition, values } = await crashed(context)
  const logNames = readdirSync(partition).filter(name => name.endsWith('.log'))
  const [, second] = logNames.map(name => Number(name.slice(0, -'.log'.length))).sort((a, b) => a - b)
  assert.ok(second !== undefined && second > 0)
  writeFileSync(`${directory}/recovery-point-offset-checkpoint`, `0\n1\nt 0 ${second}\n`)
  const indexes = ['index', 'timeindex'].map(suffix => `${partition}/${'0'.repeat(20)}.${suffix}`)
  const before = indexes.map(path => readFileSync(path))
  const lost = Buffer.alloc(12)
  lost.writeBigInt64BE(2000n, 0)
  lost.writeInt32BE(second, 8)
  appendFileSync(indexes[1]!, lost)
  assert.deepEqual(await recovered(directory), values)
  assert.deepEqual(
    indexes.map(path => readFileSync(path)),
    before,
  )
})

test('what was cut off a segment that ends at the recovery point is cut off again when a loss of power brings it back', async context => {
  const { directory, partition, values } = await crashed(context)
  const logNames = readdirSync(partition).filter(name => name.endsWith('.log'))
  const [, second] = logNames.map(name => Number(name.slice(0, -'.log'.length))).sort((a, b) => a - b)
  writeFileSync(`${directory}/recovery-point-offset-checkpoint`, `0\n1\nt 0 ${second}\n`)
  const first = `${partition}/${'0'.repeat(20)}`
  const whole = readFileSync(`${first}.log`)
  // The index may still name a batch of what was lost.
  const lost = Buffer.alloc(8)
  lost.writeInt32BE(second!, 0)
  lost.writeInt32BE(whole.length, 4)
  appendFileSync(`${first}.index`, lost)
  appendFileSync(`${first}.log`, Buffer.alloc(555))
  assert.deepEqual(await recovered(directory), values)
  assert.deepEqual(readFileSync(`${first}.log`), whole)
})

test('bytes that are no batch are cut off, whatever they are', async context => {
  const { directory, partition, values } = await crashed(context)
  const last = readdirSync(partition)
    .filter(name => name.endsWith('.log'))
    .sort()
    .at(-1)!
  const whole = readFileSync(`${partition}/${last}`)
  for (const tail of [
    Buffer.alloc(4096),
    Buffer.alloc(30, 0xff),
    batchOf(['torn']).subarray(0, 65),
    batchOf(['old offset']),
  ]) {
    appendFileSync(`${partition}/${last}`, tail)
    rmSync(`${directory}/.kafka_cleanshutdown`, { force: true })
    assert.deepEqual(await recovered(directory), values)
    assert.deepEqual(readFileSync(`${partition}/${last}`), whole)
  }
})

test('a wrong byte anywhere cuts the log there, and what is left is a beginning of what was', async context => {
  const { directory, partition, values } = await crashed(context)
  const pristine = new Map(readdirSync(partition).map(name => [name, readFileSync(`${partition}/${name}`)]))
  const logs = [...pristine.keys()].filter(name => name.endsWith('.log')).sort()
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (file, at, mask) => {
      for (const name of readdirSync(partition)) rmSync(`${partition}/${name}`)
      for (const [name, bytes] of pristine) writeFileSync(`${partition}/${name}`, bytes)
      rmSync(`${directory}/.kafka_cleanshutdown`, { force: true })
      writeFileSync(`${directory}/recovery-point-offset-checkpoint`, '0\n0\n')
      const name = logs[file % logs.length]!
      const bytes = Buffer.from(pristine.get(name)!)
      const position = at % bytes.length
      // Base offset and leader epoch are not under the checksum.
      const inBatch = position % (bytes.length / countOf(name, logs))
      fc.pre((inBatch >= 8 && inBatch < 12) || inBatch >= 16)
      bytes[position]! ^= mask
      writeFileSync(`${partition}/${name}`, bytes)
      const left = await recovered(directory)
      assert.ok(left.length < values.length)
      assert.deepEqual(left, values.slice(0, left.length))
    }),
    { numRuns: 25 },
  )
})

/** Batches in a segment: all are of one size, and the names tell the offsets. */
function countOf(name: string, logs: readonly string[]): number {
  const next = logs[logs.indexOf(name) + 1]
  return (next === undefined ? 30 : Number.parseInt(next, 10)) - Number.parseInt(name, 10)
}

test('what lies below the recovery point is not read', async context => {
  const { directory, partition, values } = await crashed(context)
  writeFileSync(`${directory}/recovery-point-offset-checkpoint`, '0\n1\nt 0 30\n')
  const first = `${partition}/00000000000000000000.log`
  const bytes = readFileSync(first)
  // The checksum of the first batch, which only a verification looks at.
  bytes[17]! ^= 1
  writeFileSync(first, bytes)
  assert.equal((await recovered(directory)).length, values.length)
})

test('files that a crash left half done are settled', async context => {
  const { directory, partition, values } = await crashed(context)
  const log = readFileSync(`${partition}/00000000000000000000.log`)
  writeFileSync(`${partition}/00000000000000000000.log.deleted`, 'x')
  writeFileSync(`${partition}/00000000000000000999.index`, '')
  writeFileSync(`${partition}/00000000000000000500.log.cleaned`, 'x')
  writeFileSync(`${partition}/00000000000000000600.log.swap`, log)
  writeFileSync(`${partition}/00000000000000000000.log.swap`, log)
  assert.deepEqual(await recovered(directory), values)
  const names = readdirSync(partition)
  assert.deepEqual(
    names.filter(name => /deleted|cleaned|swap|999/.test(name)),
    [],
  )
  assert.ok(names.includes('00000000000000000000.log'))
})

test('a producer that was idempotent before a crash is so after it', async context => {
  const { logs, log, directory } = await oneLog(context)
  const timestamp = Date.now()
  const send = (baseSequence: number) =>
    batchOf(['a'], { producerId: 9, producerEpoch: 1, baseSequence, timestamp })
  for (let sequence = 0; sequence < 20; sequence++) log.append(send(sequence))
  await logs.close()
  rmSync(`${directory}/.kafka_cleanshutdown`)
  for (const name of readdirSync(`${directory}/t-0`))
    if (name.endsWith('.snapshot')) rmSync(`${directory}/t-0/${name}`)
  writeFileSync(`${directory}/recovery-point-offset-checkpoint`, '0\n0\n')
  const again = await openLogs(directory)
  const recoveredLog = again.get('t', 0)!
  assert.equal(recoveredLog.append(send(17)).baseOffset, 17)
  assert.throws(() => recoveredLog.append(send(21)), /sequence 21 after 19/)
  assert.equal(recoveredLog.append(send(20)).baseOffset, 20)
  await again.close()
})

test('a log whose files are shorter than was deleted goes on where the deletion said', async context => {
  const { directory, partition } = await crashed(context)
  writeFileSync(`${directory}/log-start-offset-checkpoint`, '0\n1\nt 0 25\n')
  for (const name of readdirSync(partition))
    if (name.endsWith('.log')) truncateSync(`${partition}/${name}`, 0)
  const logs = await openLogs(directory)
  const log = logs.get('t', 0)!
  assert.deepEqual([log.logStartOffset, log.logEndOffset, log.highWatermark], [25, 25, 25])
  assert.equal(log.append(batchOf(['x'])).baseOffset, 25)
  await logs.commit('durable')
  assert.deepEqual(await valuesFrom(log, 25), ['x'])
  await logs.close()
})

test('a directory that does not say whose it is is taken out of the way', async context => {
  const { directory, partition, values } = await crashed(context)
  rmSync(`${partition}/partition.metadata`)
  const logs = await openLogs(directory)
  assert.equal(logs.get('t', 0), undefined)
  const stray = readdirSync(directory).find(name => name.endsWith('-stray'))
  assert.ok(stray !== undefined && readdirSync(`${directory}/${stray}`).length > 3, 'its records are kept')
  logs.create('t', 0, topicId)
  await logs.close()
  assert.ok(values.length > 0)
})

test('a directory is used by one storage at a time, in this process too', async context => {
  const { logs, directory } = await oneLog(context)
  await assert.rejects(openLogs(directory), (error: unknown) => {
    assert.ok(error instanceof DirectoryLockedError)
    assert.match(error.message, new RegExp(`is in use by process ${process.pid}`))
    return true
  })
  await logs.close()
  await (await openLogs(directory)).close()
})

test('the lock of a dead process is taken over, an empty one of Kafka too', async context => {
  const directory = temporaryDirectory(context)
  for (const left of ['', '999999999\nboot:1\nnonce\n', `${process.pid}\n\nother\n`]) {
    writeFileSync(`${directory}/.lock`, left)
    const logs = await openLogs(directory)
    await logs.close()
    assert.deepEqual(
      readdirSync(directory).filter(name => name.startsWith('.lock')),
      [],
    )
  }
})

test('a directory of another node, cluster or version is refused with its reason', async context => {
  const directory = temporaryDirectory(context)
  const logs = await openLogs(directory, { nodeId: 3, clusterId: topicId })
  assert.deepEqual([logs.nodeId, logs.clusterId], [3, topicId])
  await logs.close()
  const refused = (options: object, message: RegExp) =>
    assert.rejects(openLogs(directory, options), (error: unknown) => {
      assert.ok(error instanceof DirectoryFormatError)
      assert.match(error.message, message)
      return true
    })
  await refused({ nodeId: 4 }, /says node id 3, the configuration 4/)
  await refused({ clusterId: 'BBECAwQFBgcICQoLDA0ODw' }, /says cluster id AAEC/)
  writeFileSync(`${directory}/meta.properties`, 'version=9\n')
  await refused({}, /version 9/)
  writeFileSync(`${directory}/meta.properties`, 'version=1\ncluster.id=x\nnode.id=3\n')
  writeFileSync(`${directory}/recovery-point-offset-checkpoint`, '7\n0\n')
  await refused({}, /recovery-point-offset-checkpoint has version "7"/)
})

test('ten files may be open, and a hundred partitions work', async context => {
  const directory = temporaryDirectory(context)
  const limits = { openFilesMax: 10, directFilesMax: 1000 }
  const logs = await openLogs(directory, { fsync: 'never', limits })
  for (let partition = 0; partition < 100; partition++) logs.create('t', partition, topicId)
  for (let round = 0; round < 3; round++) {
    for (let partition = 0; partition < 100; partition++)
      logs.get('t', partition)!.append(batchOf([`${round}`]))
    await logs.commit('durable')
  }
  // Where the system tells.
  const open = existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0
  assert.ok(open < 100, `${open} files are open`)
  assert.deepEqual(await valuesFrom(logs.get('t', 50)!, 0), ['0', '1', '2'])
  await logs.close()
})

test('a gap among segments that were deleted takes nothing behind them away', async context => {
  const directory = temporaryDirectory(context)
  const logs = await openLogs(directory)
  const log = logs.create('t', 0, topicId, { ...defaultLogConfig, segmentBytes: 200 })
  for (const value of ['a', 'b', 'c', 'd']) log.append(batchOf([value.repeat(100)]))
  await logs.commit('durable')
  await log.deleteRecords(2)
  await logs.close()
  // Power was lost while retention renamed the first two: of the new names only the second one's survived.
  rmSync(`${directory}/.kafka_cleanshutdown`)
  rmSync(`${directory}/recovery-point-offset-checkpoint`)
  rmSync(`${directory}/t-0/00000000000000000001.log`)
  const again = await openLogs(directory)
  const found = again.get('t', 0)!
  assert.deepEqual([found.logStartOffset, found.logEndOffset], [2, 4])
  assert.deepEqual(await valuesFrom(found, 2), ['c'.repeat(100), 'd'.repeat(100)])
  await again.close()
})

const damages: readonly (readonly [string, string | undefined])[] = [
  ['empty', ''],
  ['cut off', '0\n5\n0 0\n'],
  ['of zeros', '\0'.repeat(20)],
  ['not there', undefined],
]
for (const [damage, content] of damages) {
  for (const stop of ['a clean stop', 'a crash']) {
    test(`leader epochs are read from the batches after ${stop} when their checkpoint is ${damage}`, async context => {
      const { logs, log, directory } = await oneLog(context, { segmentBytes: 700 })
      // Epochs change inside of segments, at their borders and not at all; the second is out of the log.
      for (const epoch of [1, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 9, 9])
        log.append(batchOf(['x'.repeat(60)]), { leaderEpoch: epoch })
      await logs.commit('durable')
      await log.deleteRecords(3)
      await logs.close()
      const path = `${directory}/t-0/leader-epoch-checkpoint`
      const before = readFileSync(path, 'utf8')
      assert.equal(before, '0\n3\n4 3\n5 11\n9 18\n')
      if (content === undefined) rmSync(path)
      else writeFileSync(path, content)
      if (stop === 'a crash') rmSync(`${directory}/.kafka_cleanshutdown`)
      const again = await openLogs(directory)
      const opened = again.get('t', 0)!
      const ends = [3, 4, 5, 9].map(epoch => opened.epochEndOffset(epoch).endOffset)
      await again.close()
      assert.deepEqual(ends, [3, 11, 18, 20])
      assert.equal(readFileSync(path, 'utf8'), before, 'and written down again')
    })
  }
}

const checkpointNames = [
  'recovery-point-offset-checkpoint',
  'log-start-offset-checkpoint',
  'replication-offset-checkpoint',
  'meta.properties',
]
for (const stop of ['a clean stop', 'a crash']) {
  test(`small files that a loss of power has emptied or torn do not refuse a start after ${stop}, and it is said what is done`, async context => {
    for (const name of checkpointNames) {
      // One line of text can be torn only to nothing or to zeros: it is smaller than a sector.
      const contents =
        name === 'meta.properties'
          ? ['', '\0'.repeat(90)]
          : ['', '\0'.repeat(30), '0\n9\nt 0 1\n', '0\n1\nt 0 \0\0\0']
      for (const content of contents) {
        const warnings: string[] = []
        const logger = { info() {}, warn: (message: string) => void warnings.push(message), error() {} }
        const { logs, log, directory } = await oneLog(context, { segmentBytes: 700 })
        const values = Array.from({ length: 20 }, (_, index) => `value ${index}`.padEnd(60, '.'))
        for (const value of values) log.append(batchOf([value]))
        await logs.commit('durable')
        await log.deleteRecords(3)
        await logs.close()
        writeFileSync(`${directory}/${name}`, content)
        if (stop === 'a crash') rmSync(`${directory}/.kafka_cleanshutdown`)
        const again = await openLogs(directory, { logger })
        const opened = again.get('t', 0)!
        // Where the log start is lost, deleted records come again as far as their segment is there.
        const start = name === 'log-start-offset-checkpoint' ? 0 : 3
        assert.deepEqual([opened.logStartOffset, opened.logEndOffset], [start, 20], name)
        assert.deepEqual(await valuesFrom(opened, start), values.slice(start))
        assert.ok(
          warnings.some(message => message.includes(`${directory}/${name} `)),
          `${name}: ${warnings.join('; ')}`,
        )
        await again.close()
      }
    }
  })
}

test('a log that begins again behind its snapshots knows no producer by them', async context => {
  const directory = temporaryDirectory(context)
  const producer = (baseSequence: number) =>
    batchOf(['v'], { producerId: 7, producerEpoch: 0, baseSequence, timestamp: Date.now() })
  const first = await openLogs(directory)
  first.create('t', 0, topicId).append(producer(0))
  await first.close()
  // A loss of power has taken the log, but not what was said of it: where it begins, and the producers before that.
  for (const name of readdirSync(`${directory}/t-0`))
    if (/\.(log|index|timeindex)$/.test(name)) unlinkSync(`${directory}/t-0/${name}`)
  unlinkSync(`${directory}/.kafka_cleanshutdown`)
  writeFileSync(`${directory}/log-start-offset-checkpoint`, '0\n1\nt 0 10\n')
  const second = await openLogs(directory)
  const log = second.get('t', 0)!
  assert.deepEqual([log.append(producer(5)).baseOffset, log.activeProducers().length], [10, 1])
  await log.flush()
  const copy = temporaryDirectory(context)
  cpSync(directory, copy, { recursive: true, filter: path => !path.includes('.lock') })
  await second.close()
  const third = await openLogs(copy)
  assert.equal(third.get('t', 0)!.append(producer(6)).baseOffset, 11)
  await third.close()
})
