// Asks before something is done that cannot be taken back.
import type { Context } from '../context.ts'
import { CommandError, ExitCode } from '../output/errors.ts'

/** Throws CommandError unless the input answers yes. Whoever has no one to answer says `--force`. */
export async function confirm(question: string, { input, signal, terminal }: Context): Promise<void> {
  terminal.note(`${question} [y/N]`)
  const answer = await Promise.race([firstLine(input()), aborted(signal)])
  if (/^y(es)?$/i.test(answer.trim())) return
  throw new CommandError(
    'nothing was done: it was not confirmed',
    ExitCode.usage,
    '--force does it without asking',
  )
}

async function firstLine(input: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const bytes of input) {
    text += bytes.toString()
    if (text.includes('\n')) break
  }
  return text.split('\n', 1)[0]!
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason as Error)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}
