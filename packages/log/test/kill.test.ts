// Real processes are killed while they append, and nothing acknowledged is lost.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openLogs, temporaryDirectory, valuesFrom } from './log-fixture.ts'

const child = fileURLToPath(new URL('kill-child.ts', import.meta.url))
const roundsBeforeKill = [5, 60, 150]

/** Lets the child append until it has acknowledged `rounds`, kills it, and returns the last acknowledged offset of each partition. */
async function killAfter(
  rounds: number,
  directory: string,
  fsync: string,
  partitions: number,
): Promise<Map<number, number>> {
  const running = spawn(
    process.execPath,
    ['--conditions=@millrace/source', child, directory, fsync, String(partitions)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const exited = once(running, 'exit')
  const acknowledged = new Map<number, number>()
  let seen = 0
  for await (const line of createInterface({ input: running.stdout })) {
    for (const pair of line.split(' ').filter(Boolean)) {
      const [partition, offset] = pair.split(':').map(Number)
      acknowledged.set(partition!, offset!)
    }
    if (++seen === rounds) running.kill('SIGKILL')
  }
  const [, signal] = (await exited) as [number | null, string | null]
  assert.equal(signal, 'SIGKILL', 'the child lives until it is killed')
  return acknowledged
}

for (const fsync of ['group', 'never'] as const) {
  for (const partitions of [3, 25]) {
    test(`kill -9 loses nothing acknowledged: ${partitions} partitions, fsync ${fsync}`, async context => {
      const directory = temporaryDirectory(context)
      for (const rounds of roundsBeforeKill) {
        const acknowledged = await killAfter(rounds, directory, fsync, partitions)
        const logs = await openLogs(directory, { fsync })
        for (const [partition, offset] of acknowledged) {
          const log = logs.get('t', partition)!
          assert.ok(
            log.highWatermark > offset,
            `t-${partition}: ${offset} was acknowledged, ${log.highWatermark} are there`,
          )
          const values = await valuesFrom(log, 0)
          assert.equal(values.length, log.highWatermark)
          for (const [at, value] of values.entries()) assert.equal(Number.parseInt(value, 10), at)
        }
        await logs.close()
      }
    })
  }
}
