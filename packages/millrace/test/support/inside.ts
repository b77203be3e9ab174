// Runs a command line within the test's own process: for many cases of which only what is said differs.
import { Readable } from 'node:stream'
import type { Context } from '../../src/context.ts'
import { execute } from '../../src/execute.ts'
import type { Outcome } from './command.ts'

export async function runInside(
  args: readonly string[],
  input = '',
  environment: Context['environment'] = {},
): Promise<Outcome> {
  const printed: Buffer[] = []
  let stderr = ''
  const context: Context = {
    terminal: {
      write: async bytes => {
        printed.push(Buffer.from(bytes))
      },
      note: line => {
        stderr += `${line}\n`
      },
      progress: () => {},
      width: undefined,
      colors: { output: false, messages: false },
      chooseColors: () => {},
    },
    now: () => Date.now(),
    signal: new AbortController().signal,
    environment,
    input: () => Readable.from(input === '' ? [] : [Buffer.from(input)]),
  }
  const code = await execute(args, context)
  return { code, stdout: Buffer.concat(printed).toString(), stderr }
}
