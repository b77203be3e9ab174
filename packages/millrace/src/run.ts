// Runs the command line of this process: its signals and standard streams around the program.
import type { Context } from './context.ts'
import { execute } from './execute.ts'
import { ExitCode } from './output/errors.ts'
import { ProcessTerminal } from './output/terminal.ts'

/** What ends a command before it is done: Ctrl-C and its like, or an output that nobody reads. */
class Interruption {
  readonly #controller = new AbortController()

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (this.signal.aborted) process.exit(ExitCode.interrupted)
        this.#controller.abort(new DOMException(`ended by ${name}`, 'AbortError'))
      })
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  abort(reason: Error): void {
    this.#controller.abort(reason)
  }
}

/** Runs one command line (without `node` and the script) and returns its exit code. Never throws. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const interruption = new Interruption()
  let inputOpened = false
  const context: Context = {
    terminal: new ProcessTerminal(reason => interruption.abort(reason)),
    now: () => Date.now(),
    signal: interruption.signal,
    input: () => {
      inputOpened = true
      return process.stdin
    },
    environment: process.env,
  }
  try {
    return await execute(args, context)
  } finally {
    // An input that never ends must not keep the process alive.
    if (inputOpened) process.stdin.destroy()
  }
}
