// Runs one command line, and says how failures end it. What a command needs is loaded when it is called.
import { readUpArguments } from './commands/up-arguments.ts'
import type { Context } from './context.ts'
import { ExitCode } from './output/errors.ts'
import { errorLine, OutputClosedError } from './output/terminal.ts'

/** Runs one command line (without `node` and the script) and returns its exit code. Never throws. */
export async function execute(args: readonly string[], context: Context): Promise<ExitCode> {
  try {
    const upOptions = readUpArguments(args)
    if (!upOptions) return await (await import('./program.ts')).runProgram(args, context)
    await (await import('./actions/up.ts')).up(upOptions, context)
    return ExitCode.ok
  } catch (error) {
    return await report(error, context)
  }
}

/** Tells what went wrong; the exit code of it. */
async function report(error: unknown, { signal, terminal }: Context): Promise<ExitCode> {
  // Whatever fails after the reader has gone fails because of it: nobody is there to be told.
  if (error instanceof OutputClosedError || signal.reason instanceof OutputClosedError) return ExitCode.ok
  if (signal.aborted && error === signal.reason && error instanceof DOMException) return ExitCode.interrupted
  const { describeFailure } = await import('./output/failure.ts')
  const { message, advice, exitCode } = describeFailure(error)
  const { plain } = await import('./output/plain.ts')
  const [first = '', ...rest] = message.split('\n')
  terminal.note(errorLine(terminal, plain(first)))
  for (const line of [...rest, ...(advice?.split('\n') ?? [])]) terminal.note(`  ${plain(line)}`)
  return exitCode
}
