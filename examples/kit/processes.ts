// Processes of an application: started again when they die, told and heard, ended in order.
import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

const stopMs = 15_000
/** How soon a process that has died is started again. */
const restartMs = 1_000

export interface ProcessesOptions {
  /** The module that each of them runs, with its settings as JSON for an argument. */
  readonly module: URL
  /** What each is called. */
  readonly names: readonly string[]
  /** What a process is told when it starts. */
  readonly settingsOf: (name: string) => object
  /** Hears what a process says. Default: nobody does. */
  readonly onMessage?: (name: string, message: unknown) => void
  /** Whether what they print, and that they end, is passed over. Default false. */
  readonly isQuiet?: boolean
}

export interface Processes {
  /** Those that run, by name. */
  readonly running: ReadonlyMap<string, ChildProcess>
  /** Tells all that run; who is not there is told by its settings. */
  tell(message: object): void
  /** Ends all of them; kills who takes more than a quarter of a minute. */
  stop(): Promise<void>
}

/** Starts them. One that ends by itself is told of on standard error, and started again a second later. */
export function startProcesses(options: ProcessesOptions): Processes {
  const { module, names, settingsOf, onMessage, isQuiet = false } = options
  const running = new Map<string, ChildProcess>()
  let stopping = false

  const start = (name: string): void => {
    const child = fork(module, [JSON.stringify(settingsOf(name))], {
      execArgv: [...process.execArgv, '--disable-warning=ExperimentalWarning'],
      stdio: isQuiet ? ['ignore', 'ignore', 'ignore', 'ipc'] : ['inherit', 'inherit', 'inherit', 'ipc'],
    })
    running.set(name, child)
    if (onMessage) child.on('message', message => onMessage(name, message))
    // Telling one that is about to die fails; it ends with an exit all the same.
    child.on('error', () => {})
    child.once('exit', (code, signal) => {
      if (stopping) return
      if (!isQuiet)
        console.error(`${name} ended (${signal ?? code}); the others go on, and it is started again`)
      setTimeout(() => !stopping && start(name), restartMs)
    })
  }

  for (const name of names) start(name)
  return {
    running,
    tell(message) {
      for (const child of running.values()) if (child.connected) child.send(message)
    },
    async stop() {
      stopping = true
      await Promise.all([...running.values()].map(end))
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  const patience = new AbortController()
  await Promise.race([ended, sleep(stopMs, undefined, { signal: patience.signal }).catch(() => {})])
  patience.abort()
  child.kill('SIGKILL')
  await ended
}
