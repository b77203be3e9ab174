// Log files by size and day: names, and the file itself on a real disk with a clock that the test moves.
import assert from 'node:assert/strict'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createLogger } from '@millrace/pino'
import { ManualClock } from '@millrace/testkit/clocks'
import { expiredNames, readFileName, rotatedName } from '../src/rotation.ts'
import { RotatingFile } from '../src/node-rotating-file.ts'

const dayMs = 86_400_000
const folder = mkdtempSync(join(tmpdir(), 'millrace-logs-'))
after(() => rmSync(folder, { recursive: true }))

/** A file in a folder of its own. */
function setUp(name: string, { maxBytes = 1_000_000, maxDays = 7 } = {}) {
  const clock = new ManualClock()
  const own = join(folder, name)
  const file = join(own, 'shop.log')
  const problems: string[] = []
  const open = () =>
    new RotatingFile({ file, maxBytes, maxDays, clock, onProblem: problem => problems.push(problem) })
  const today = (days = 0) => new Date(clock.now() + days * dayMs).toISOString().slice(0, 10)
  const names = () => readdirSync(own).sort()
  return { clock, own, file, open, today, names, problems }
}

test('names say the day and count up within it; files of others are let alone', () => {
  const name = readFileName('logs/shop.log')
  assert.deepEqual(name, { folder: 'logs', stem: 'shop', extension: '.log' })
  const day = Date.UTC(2026, 10, 30) / dayMs
  const cases: readonly [present: string[], next: string][] = [
    [[], 'shop.2026-11-30.1.log'],
    [['shop.2026-11-30.9.log', 'shop.2026-11-30.10.log'], 'shop.2026-11-30.11.log'],
    [
      ['shop.2026-11-29.7.log', 'shop.log', 'other.2026-11-30.3.log', 'shop.2026-11-30.x.log'],
      'shop.2026-11-30.1.log',
    ],
  ]
  for (const [present, next] of cases) assert.equal(rotatedName(name, day, present), next)
  const old = [
    'shop.2026-11-22.1.log',
    'shop.2026-11-23.1.log',
    'shop.2026-11-22.1.log.gz',
    'shopping.2026-01-01.1.log',
  ]
  assert.deepEqual(expiredNames(name, old, day, 7), ['shop.2026-11-22.1.log'])
  assert.equal(rotatedName(readFileName('/var/log/shop'), day, []), 'shop.2026-11-30.1')
})

test('a file is put aside before a line would make it too large, and none is lost or divided', async () => {
  const { open, names, own, today, problems } = setUp('size', { maxBytes: 100 })
  const file = open()
  const lines = Array.from({ length: 10 }, (_, n) => `${'x'.repeat(28)}${n}\n`)
  for (const line of lines) file.write(line)
  await file.close()
  assert.deepEqual(names(), [...[1, 2, 3].map(n => `shop.${today()}.${n}.log`), 'shop.log'])
  const written = names().map(name => readFileSync(join(own, name), 'utf8'))
  assert.equal(written.join(''), lines.join(''))
  assert.ok(written.every(text => text.length <= 100))
  assert.deepEqual(problems, [])
})

test('a restart goes on in the file, and puts aside one of another day under the day of its last line', async () => {
  const { open, names, file, today, clock } = setUp('restart')
  const first = open()
  first.write('one\n')
  await first.close()
  utimesSync(file, clock.now() / 1_000, clock.now() / 1_000)
  const second = open()
  second.write('two\n')
  await second.close()
  assert.equal(readFileSync(file, 'utf8'), 'one\ntwo\n')
  const [yesterday, before] = [today(), clock.now() / 1_000]
  utimesSync(file, before, before)
  await clock.pass(dayMs)
  const third = open()
  assert.deepEqual(names(), [`shop.${yesterday}.1.log`, 'shop.log'])
  third.write('three\n')
  await third.close()
  assert.equal(readFileSync(file, 'utf8'), 'three\n')
})

test('old files go when their days are over, though nothing is logged', async () => {
  const { open, names, own, today, clock } = setUp('age', { maxDays: 2 })
  const file = open()
  writeFileSync(join(own, `shop.${today(-2)}.1.log`), 'old')
  writeFileSync(join(own, `shop.${today(-2)}.2.log.bak`), 'not ours')
  const [bak, old, now] = [`shop.${today(-2)}.2.log.bak`, `shop.${today(-2)}.1.log`, `shop.${today()}.1.log`]
  file.write('line\n')
  assert.deepEqual(names(), [bak, old, 'shop.log'].sort())
  await clock.pass(dayMs)
  assert.deepEqual(names(), [bak, now, 'shop.log'].sort())
  await clock.pass(dayMs)
  assert.deepEqual(names(), [bak, now, 'shop.log'].sort())
  await clock.pass(dayMs)
  assert.deepEqual(names(), [bak, 'shop.log'])
  await file.close()
})

test('a full disk is told of once, and the lines that are missing stand in the file when it takes lines again', {
  skip: !existsSync('/dev/full') && 'there is no /dev/full here',
}, async () => {
  const problems: string[] = []
  const clock = new ManualClock()
  const full = new RotatingFile({
    file: '/dev/full',
    maxBytes: 1_000,
    maxDays: 1,
    clock,
    onProblem: problem => problems.push(problem),
  })
  for (let n = 0; n < 5; n++) full.write('line\n')
  await full.close()
  assert.equal(problems.length, 1)
  assert.match(problems[0]!, /cannot be written to \/dev\/full: ENOSPC/)
})

test('lines that could not be written are counted in the first one that could', async () => {
  const { open, file, own, clock, problems } = setUp('lost')
  const log = open()
  log.write('one\n')
  await log.close()
  // Where the folder was there is a file now: nothing can be opened in it.
  rmSync(own, { recursive: true })
  writeFileSync(own, '')
  log.write('two\n')
  log.write('three\n')
  assert.equal(problems.length, 1)
  rmSync(own)
  const again = createLogger({ file, clock, stdout: false })
  await again.close()
  log.write('four\n')
  await log.close()
  const [loss, line] = readFileSync(file, 'utf8').split('\n')
  assert.equal((JSON.parse(loss!) as { lostLines: number }).lostLines, 2)
  assert.equal(line, 'four')
})

test('what cannot be opened at start is thrown', () => {
  assert.throws(() => createLogger({ file: '/dev/null/shop.log' }), /ENOTDIR|EEXIST/)
})
