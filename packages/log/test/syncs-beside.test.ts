// Syncs of different partitions beside each other: when, and in which order they are told of.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { type Disk, type LogManager, nodeDisk, type PartitionLog } from '../src/index.ts'
import { batchOf, openLogs, temporaryDirectory, topicId } from './log-fixture.ts'

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

async function turns(count = 5): Promise<void> {
  for (let index = 0; index < count; index++) await turn()
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn()
}

/** Once it is slow, syncs of segments take until `release` and nothing else. */
class SlowDisk {
  /** Partitions whose segments are being synced, in the order in which it began. */
  readonly running: string[] = []
  /** Called when a directory is synced: what it returns is thrown. */
  onDirectory: (path: string) => Error | undefined = () => undefined
  #waiting: (() => void)[] = []
  slow = false

  get disk(): Disk {
    return {
      ...nodeDisk,
      syncDirectory: async path => {
        const error = this.onDirectory(path)
        if (error) throw error
        await nodeDisk.syncDirectory(path)
      },
      open: (path, mode) => {
        const file = nodeDisk.open(path, mode)
        const partition = /([^/]+)\/\d+\.log$/.exec(path)?.[1]
        if (partition === undefined) return file
        return {
          path,
          sizeInBytes: () => file.sizeInBytes(),
          writev: (chunks: readonly Uint8Array[], position: number) => file.writev(chunks, position),
          readNow: (target: Uint8Array, position: number) => file.readNow(target, position),
          read: (target: Uint8Array, position: number) => file.read(target, position),
          truncate: (bytes: number) => file.truncate(bytes),
          close: () => file.close(),
          datasyncNow: () => file.datasyncNow(),
          datasync: async () => {
            if (this.slow) await this.#wait(partition)
            else await file.datasync()
          },
        }
      },
    }
  }

  async #wait(partition: string): Promise<void> {
    this.running.push(partition)
    await new Promise<void>(resolve => this.#waiting.push(resolve))
    this.running.splice(this.running.indexOf(partition), 1)
  }

  /** Ends the sync that began as the `index`th of those that run. */
  async release(index = 0): Promise<void> {
    this.#waiting.splice(index, 1)[0]!()
    await turns(20)
  }

  releaseAll(): void {
    this.slow = false
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}

interface Fixture {
  readonly disk: SlowDisk
  readonly logs: LogManager
  readonly partitions: readonly PartitionLog[]
  /** Appends one batch, and notes its partition in `durable` when it is. */
  readonly append: (partition: number) => void
  readonly durable: number[]
}

/** Partitions whose names are durable; from then on the disk is slow. */
async function slowPartitions(context: TestContext, count: number): Promise<Fixture> {
  const disk = new SlowDisk()
  const logs = await openLogs(temporaryDirectory(context), { disk: disk.disk })
  context.after(async () => {
    disk.releaseAll()
    await logs.close().catch(() => {})
  })
  const partitions = Array.from({ length: count }, (_, index) => logs.create('t', index, topicId))
  // One by one, so that nobody is expected to come together.
  for (const log of partitions) {
    log.append(batchOf(['first']))
    await logs.commit('durable')
  }
  disk.slow = true
  const durable: number[] = []
  const append = (partition: number) => {
    partitions[partition]!.append(batchOf(['x']))
    logs.commit('durable').then(
      () => durable.push(partition),
      () => durable.push(-1),
    )
  }
  return { disk, logs, partitions, append, durable }
}

test('a lone batch of another partition is synced beside the one under way, and told of after it', async context => {
  const { disk, append, durable, partitions } = await slowPartitions(context, 2)
  append(0)
  await turns()
  append(1)
  await turns()
  assert.deepEqual(disk.running, ['t-0', 't-1'])
  await disk.release(1)
  assert.deepEqual(durable, [], 'what was appended before is not durable yet')
  assert.equal(partitions[1]!.highWatermark, 1)
  await disk.release()
  assert.deepEqual(durable, [0, 1])
  assert.deepEqual(
    partitions.map(log => log.highWatermark),
    [2, 2],
  )
})

test('two syncs of one file never run beside each other', async context => {
  const { disk, append, durable } = await slowPartitions(context, 2)
  append(0)
  await turns()
  append(0)
  await turns()
  assert.deepEqual(disk.running, ['t-0'], 'the system would tell only one of them that data was lost')
  await disk.release()
  await until(() => disk.running.length > 0)
  append(1)
  await turns()
  append(1)
  append(0)
  await turns()
  assert.deepEqual([disk.running, durable], [['t-0', 't-1'], [0]])
  // The next sync is for both partitions, and one of them is still being synced.
  await disk.release()
  assert.deepEqual([disk.running, durable], [['t-1'], [0, 0]])
  await disk.release()
  await until(() => disk.running.length === 2)
  assert.deepEqual(
    [disk.running.toSorted(), durable],
    [
      ['t-0', 't-1'],
      [0, 0, 1],
    ],
  )
  await disk.release()
  await disk.release()
  assert.deepEqual(durable, [0, 0, 1, 1, 0])
})

test('batches of several partitions wait for the sync under way, and share the next', async context => {
  const { disk, append, durable } = await slowPartitions(context, 4)
  append(0)
  await turns()
  append(1)
  append(2)
  append(3)
  await turns()
  assert.deepEqual(disk.running, ['t-0'])
  await disk.release()
  disk.releaseAll()
  await until(() => durable.length === 4)
  assert.deepEqual(durable, [0, 1, 2, 3])
})

test('what is durable behind a sync that has to be tried again is told of after it', async context => {
  const { disk, logs, append, durable, partitions } = await slowPartitions(context, 2)
  const fresh = logs.create('fresh', 0, topicId)
  let refusals = 1
  disk.onDirectory = () =>
    refusals-- > 0 ? Object.assign(new Error('EMFILE: open'), { code: 'EMFILE', syscall: 'open' }) : undefined
  fresh.append(batchOf(['a']))
  const first = logs.commit('durable').then(() => assert.deepEqual(durable, []))
  await until(() => disk.running.length === 1)
  append(1)
  await until(() => disk.running.length === 2)
  assert.deepEqual(disk.running, ['fresh-0', 't-1'])
  await disk.release(1)
  await disk.release()
  assert.deepEqual([durable, fresh.highWatermark, partitions[1]!.highWatermark], [[], 0, 1])
  disk.releaseAll()
  await first
  await until(() => durable.length > 0)
  assert.deepEqual([durable, fresh.highWatermark, partitions[1]!.highWatermark], [[1], 1, 2])
  assert.equal(logs.failure, undefined)
})
