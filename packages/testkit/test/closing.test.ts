// The short form of `npm run closing`: however a broker vanishes, clients of every kind are closed in time, their calls can be given up, and nothing keeps the process alive.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ClosingCourse, closeBehindProxy } from '../src/closing/closing.ts'
import { lateEndings } from '../src/closing/closing-round.ts'

const courses: readonly (readonly [string, ClosingCourse])[] = [
  ['the broker is there', { way: 'there', workMs: 3_000, lostMs: 0, aborts: false }],
  ['its connections are cut', { way: 'reset', workMs: 3_000, lostMs: 0, aborts: false }],
  ['it dies and does not come back', { way: 'cut', workMs: 3_000, lostMs: 500, aborts: true }],
  ['it stands still', { way: 'frozen', workMs: 3_000, lostMs: 500, aborts: false }],
  ['it stands still, and calls are given up', { way: 'frozen', workMs: 3_000, lostMs: 500, aborts: true }],
  ['it was never there', { way: 'cut', workMs: 0, lostMs: 0, aborts: true }],
  ['it stood still all the time', { way: 'frozen', workMs: 0, lostMs: 1_000, aborts: false }],
]

test('every client ends in time, and the process with it', { concurrency: 4, timeout: 240_000 }, async t => {
  await Promise.all(
    courses.map(([what, course]) =>
      t.test(`when ${what}`, async sub => {
        const endings = await closeBehindProxy(course)
        const slowest = endings.toSorted((a, b) => b.ms - a.ms).slice(0, 3)
        sub.diagnostic(slowest.map(({ name, ms }) => `${name}: ${ms} ms`).join('; '))
        assert.deepEqual(lateEndings(endings), [])
      }),
    ),
  )
})
