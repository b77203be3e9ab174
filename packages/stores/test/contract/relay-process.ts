// A relay in a process of its own, to be killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface RelayProcess {
  readonly kill9: () => Promise<void>
  /** It stands still, as a machine that is suspended does. */
  readonly pause: () => void
  readonly resume: () => void
}

/** Resolves when it works. `place`: of the outbox, as `openPlace` reads it. */
export async function startRelayProcess(place: string, brokers: readonly string[]): Promise<RelayProcess> {
  const program = fileURLToPath(new URL('relay-child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@millrace/source', program], {
    env: { ...process.env, OUTBOX_PLACE: place, OUTBOX_BROKERS: brokers.join() },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await ready(child)
  return {
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill9: async () => {
      if (child.exitCode !== null) throw new Error(`the relay ended by itself (${child.exitCode})`)
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}

async function ready(child: ChildProcess): Promise<void> {
  const [what] = await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])
  if (!String(what).startsWith('ready')) throw new Error(`the relay did not start: ${String(what)}`)
}
