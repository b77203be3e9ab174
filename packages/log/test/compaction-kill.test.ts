// Real processes are killed while they compact: the last value of every key is there, and nothing is left lying about.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { toRecords } from '@millrace/protocol'
import type { PartitionLog } from '../src/index.ts'
import { keyAt, keyCount, valueAt } from './compaction-kill-records.ts'
import { openLogs, temporaryDirectory } from './log-fixture.ts'

const child = fileURLToPath(new URL('compaction-kill-child.ts', import.meta.url))

/** What a child has told before it was killed. */
interface Told {
  /** The last offset that was acknowledged. */
  readonly offset: number
  readonly cleanings: number
}

/** Lets the child append until it has acknowledged so many batches, and compacted, and kills it. */
async function killAfter(batches: number, directory: string, fsync: string): Promise<Told> {
  const running = spawn(process.execPath, ['--conditions=@millrace/source', child, directory, fsync], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(running, 'exit')
  let told: Told = { offset: -1, cleanings: 0 }
  let seen = 0
  for await (const line of createInterface({ input: running.stdout })) {
    const [offset = -1, cleanings = 0] = line.split(' ').map(Number)
    told = { offset, cleanings }
    if (++seen >= batches && cleanings > 0) running.kill('SIGKILL')
  }
  const [, signal] = (await exited) as [number | null, string | null]
  assert.equal(signal, 'SIGKILL', 'the child lives until it is killed')
  return told
}

/** The last value of each key. Fails for a record that is not the one of its offset. */
async function lastOf(log: PartitionLog): Promise<Map<string, string | null>> {
  const last = new Map<string, string | null>()
  let before = -1
  for (let at = log.logStartOffset; at < log.highWatermark; ) {
    const { chunks, nextOffset, release } = await log.read(at, 1 << 20)
    for (const chunk of chunks) {
      for (const { offset, key, value } of toRecords(chunk)) {
        assert.ok(offset > before, `offset ${offset} behind ${before}`)
        before = offset
        const found = value === null ? null : String(value)
        assert.deepEqual([String(key), found], [keyAt(offset), valueAt(offset)], `offset ${offset}`)
        last.set(String(key), found)
      }
    }
    release?.()
    assert.ok(nextOffset > at, `a read at ${at} brings something`)
    at = nextOffset
  }
  return last
}

/** A start on what a kill has left, in a copy: what lies about there is still there for the next process. */
async function verify(
  context: TestContext,
  directory: string,
  fsync: 'never' | 'group',
  acknowledged: number,
  isTorn: boolean,
): Promise<void> {
  const copy = temporaryDirectory(context)
  cpSync(directory, copy, { recursive: true })
  if (isTorn) writeFileSync(join(copy, 'recovery-point-offset-checkpoint'), '')
  const logs = await openLogs(copy, { fsync })
  const log = logs.get('t', 0)!
  const end = log.highWatermark
  assert.ok(end > acknowledged, `${acknowledged} was acknowledged, ${end} are there`)
  const last = await lastOf(log)
  for (let offset = end - keyCount; offset < end; offset++)
    assert.equal(last.get(keyAt(offset)) ?? null, valueAt(offset), `the last value of key ${keyAt(offset)}`)
  const names = readdirSync(join(copy, 't-0'))
  assert.deepEqual(
    names.filter(name => /\.(cleaned|swap|deleted)/.test(name)),
    [],
  )
  const strays = names.filter(
    name => name.endsWith('.snapshot') && !names.includes(name.replace('.snapshot', '.log')),
  )
  // That of the last recovery point.
  assert.ok(strays.length <= 1, `snapshots that are of no segment: ${strays.join(' ')}`)
  await logs.close()
}

for (const [fsync, kills] of [
  ['never', 8],
  ['group', 2],
] as const) {
  test(`kill -9 amid compaction loses no last value, ${kills} times in a row: fsync ${fsync}`, async context => {
    const directory = temporaryDirectory(context)
    for (let kill = 0; kill < kills; kill++) {
      const { offset } = await killAfter(20 + ((kill * 7) % 40), directory, fsync)
      await verify(context, directory, fsync, offset, kill % 3 === 2)
    }
  })
}
