// Many files: handles that run out, and syncs that are bounded.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { DiskFile } from '../src/disk/disk.ts'
import { CachedFile, FileCache } from '../src/disk/file-cache.ts'
import { forEachAtOnce, syncsAtOnce } from '../src/disk/many-syncs.ts'
import { nodeDisk } from '../src/disk/node-disk.ts'

/** A disk that gives out at most so many handles; only `open` is asked of it here. */
function scarceDisk(handlesMax: number) {
  let open = 0
  return {
    ...nodeDisk,
    open(path: string): DiskFile {
      if (open >= handlesMax) throw Object.assign(new Error(`EMFILE: open '${path}'`), { code: 'EMFILE' })
      open++
      return { path, close: () => open-- } as unknown as DiskFile
    },
    get openCount() {
      return open
    },
  }
}

test('a process that runs out of handles goes on with fewer, and leaves some to others', () => {
  const disk = scarceDisk(20)
  const cache = new FileCache(disk, 100)
  const files = Array.from({ length: 60 }, (_, index) => new CachedFile(`file-${index}`))
  for (const file of [...files, ...files]) assert.equal(cache.use(file).path, file.path)
  assert.ok(disk.openCount <= 15, `${disk.openCount} handles are open`)
})

test('handles that are all in use are not taken away: the error is told', () => {
  const disk = scarceDisk(3)
  const cache = new FileCache(disk, 100)
  const files = Array.from({ length: 4 }, (_, index) => new CachedFile(`file-${index}`))
  for (const file of files.slice(0, 3)) cache.pin(file)
  assert.throws(() => cache.use(files[3]!), { code: 'EMFILE' })
  cache.unpin(files[1]!)
  assert.equal(cache.use(files[3]!).path, 'file-3')
})

test('work on many items is bounded, and an error is told when nothing is under way any more', async () => {
  let running = 0
  let runningMax = 0
  let done = 0
  const work = async (item: number) => {
    runningMax = Math.max(runningMax, ++running)
    await new Promise(resolve => setImmediate(resolve))
    running--
    if (item === 3) throw new Error('item 3')
    done++
  }
  const items = Array.from({ length: 50 }, (_, index) => index)
  await assert.rejects(forEachAtOnce(items, 7, work), /item 3/)
  assert.equal(running, 0)
  assert.equal(runningMax, 7)
  assert.equal(done, 49)
  assert.equal(syncsAtOnce(1), 16)
  assert.equal(syncsAtOnce(10_000), 157)
})
