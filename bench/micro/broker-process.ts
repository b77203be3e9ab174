// A broker in a process of its own, so that its work is not counted.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export async function startBroker(): Promise<{ readonly brokers: readonly string[]; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  const program = fileURLToPath(new URL('../../packages/millrace/bin/millrace.js', import.meta.url))
  const child = spawn(
    process.execPath,
    [program, 'up', '--port', '0', '--data-dir', dataDir, '-X', 'log.fsync=never'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  for await (const line of createInterface(child.stdout)) {
    const ready = /is ready on (\S+:\d+)/.exec(line)
    if (!ready) continue
    return {
      brokers: [ready[1]!],
      async stop() {
        child.kill()
        await once(child, 'exit')
        await rm(dataDir, { recursive: true, force: true })
      },
    }
  }
  throw new Error('the broker did not start')
}
