// What was renamed out of the way is removed beside the event loop, one file after the other.
import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { test } from 'node:test'
import type { Clock } from '@millrace/runtime'
import type { Disk, DiskEntry } from '../src/disk/disk.ts'
import { Deletions } from '../src/retention/deletions.ts'

const file = (name: string): DiskEntry => ({ name, directory: false })

/** A disk with one directory of three files, on which an unlink lasts until it is told to end. */
function slowDisk() {
  const gone: string[] = []
  const waiting: (() => void)[] = []
  const disk = {
    readDirectory: () => [file('a.log'), file('b.log'), file('c.log')],
    removeDirectory: (path: string) => {
      gone.push(`${path}/`)
    },
    unlinkAside: (path: string) =>
      new Promise<void>(resolve => {
        waiting.push(() => {
          gone.push(path)
          resolve()
        })
      }),
  } as Partial<Disk> as Disk
  const endOne = async () => {
    waiting.shift()?.()
    await setImmediate()
  }
  return { disk, gone, waiting, endOne }
}

/** Timers go off when `fire` is called, whatever they were set to. */
function handClock() {
  let due: (() => void) | undefined
  const clock = {
    monotonic: () => 0,
    setTimer: (_delayMs: number, callback: () => void) => {
      due = callback
      return { cancel: () => (due = undefined) }
    },
  } as Partial<Clock> as Clock
  return { clock, fire: () => due?.() }
}

function setUp() {
  const { clock, fire } = handClock()
  const warnings: string[] = []
  const disk = slowDisk()
  const deletions = new Deletions(disk.disk, clock, message => warnings.push(message))
  return { ...disk, fire, warnings, deletions }
}

test('files of a directory are removed one after the other, and the event loop goes on meanwhile', async () => {
  const { deletions, fire, waiting, gone, endOne, warnings } = setUp()
  deletions.add('topic-0-delete', true, 0)
  deletions.add('00.log.deleted', false, 0)
  fire()
  for (const expected of [[], ['a'], ['a', 'b']]) {
    assert.deepEqual(
      gone,
      expected.map(name => `topic-0-delete/${name}.log`),
    )
    assert.equal(waiting.length, 1)
    assert.equal(deletions.pending, 2)
    await endOne()
  }
  assert.equal(gone.at(-1), 'topic-0-delete/')
  assert.equal(deletions.pending, 1)
  await endOne()
  assert.equal(gone.at(-1), '00.log.deleted')
  assert.equal(deletions.pending, 0)
  assert.deepEqual(warnings, [])
})

test('what comes while others are removed is removed after them', async () => {
  const { deletions, fire, gone, endOne } = setUp()
  deletions.add('00.log.deleted', false, 0)
  fire()
  deletions.add('10.log.deleted', false, 0)
  await endOne()
  assert.deepEqual(gone, ['00.log.deleted'])
  fire()
  await endOne()
  assert.deepEqual(gone, ['00.log.deleted', '10.log.deleted'])
})

test('closing leaves the rest to the next start, a directory with files in it too', async () => {
  const { deletions, fire, gone, waiting, endOne, warnings } = setUp()
  deletions.add('topic-0-delete', true, 0)
  deletions.add('00.log.deleted', false, 0)
  fire()
  deletions.close()
  await endOne()
  assert.deepEqual(gone, ['topic-0-delete/a.log'])
  assert.equal(waiting.length, 0)
  assert.deepEqual(warnings, [])
})
