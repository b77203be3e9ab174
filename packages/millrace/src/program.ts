// The grammar of the `millrace` command, and how failures end it. Actions are loaded when they are called.
import { Command, CommanderError } from 'commander'
import { registerConsume } from './commands/consume.ts'
import { registerGroup } from './commands/group.ts'
import { registerPerf } from './commands/perf.ts'
import { registerProduce } from './commands/produce.ts'
import { registerTopic } from './commands/topic.ts'
import { registerUp } from './commands/up.ts'
import type { Context } from './context.ts'
import { describeFailure } from './output/failure.ts'
import { ExitCode } from './output/errors.ts'
import { ProcessTerminal } from './output/terminal.ts'
import { version } from './version.ts'

function interruptSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(ExitCode.interrupted)
      controller.abort(new DOMException(`ended by ${name}`, 'AbortError'))
    })
  }
  return controller.signal
}

/** The whole grammar. `context` is what actions run with. */
export function buildProgram(context: Context): Command {
  const program = new Command('millrace')
    .description('Kafka for TypeScript: a durable broker, and the tools to work with any Kafka cluster.')
    .version(version(), '-V, --version')
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      `
Exit codes: 0 ok, 1 failed, 2 wrong usage or input, 3 not allowed, 4 not found, 5 no broker answered in time, 6 conflict.
The first message: millrace up    then    echo hello | millrace produce greetings    and    millrace consume greetings -o start`,
    )
  registerUp(program, context)
  registerTopic(program, context)
  registerProduce(program, context)
  registerConsume(program, context)
  registerGroup(program, context)
  registerPerf(program, context)
  return program
}

/** Runs one command line (without `node` and the script) and returns its exit code. Never throws. */
export async function run(args: readonly string[]): Promise<number> {
  const terminal = new ProcessTerminal()
  const context: Context = {
    terminal,
    now: () => Date.now(),
    signal: interruptSignal(),
    input: process.stdin,
  }
  // A reader that went away (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? ExitCode.ok : ExitCode.failure),
  )
  try {
    await buildProgram(context).parseAsync(args, { from: 'user' })
    return process.exitCode === undefined ? ExitCode.ok : Number(process.exitCode)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage
    if (context.signal.aborted && error === context.signal.reason) return ExitCode.interrupted
    const failure = describeFailure(error)
    terminal.note(`millrace: ${failure.message}`)
    if (failure.advice) terminal.note(`  ${failure.advice}`)
    return failure.exitCode
  }
}
