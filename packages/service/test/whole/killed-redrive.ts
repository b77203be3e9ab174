// A redrive in a process of its own, killed when a transaction of it has its records written and is not committed: as a test's child it redrives, imported it starts that child.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DeadLetterQueue } from '@millrace/service'

const self = fileURLToPath(import.meta.url)

/** Records of each transaction: as many as are sent in a second. */
const recordsPerSecond = 10

/** Sends dead letters of `topic` back until transaction number `transactions` is open, and is killed. */
export async function killedRedrive(
  brokers: readonly string[],
  topic: string,
  transactions: number,
): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--conditions=@millrace/source', self, brokers.join(), topic, String(transactions)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), exited])
  child.kill('SIGKILL')
  assert.deepEqual(await exited, [null, 'SIGKILL'], 'the child lives until it is killed')
}

async function redrive([brokers, topic, transactions]: readonly string[]): Promise<void> {
  let written = 0
  const stand = () => {
    written++
    if (written < Number(transactions)) return
    writeSync(1, 'written\n')
    // Nothing more happens here: no commit, no heartbeat.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }
  await using queue = new DeadLetterQueue({
    brokers: brokers!.split(','),
    topic: topic!,
    hooks: [{ onBatch: stand }],
  })
  await queue.redrive({ recordsPerSecond })
}

if (process.argv[1] === self) await redrive(process.argv.slice(2))
