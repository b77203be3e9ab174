// Runs a program of this folder until it has printed so many lines, and kills it without a word.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** What it printed, and the lines that were on their way. */
export async function runAndKill(
  program: string,
  parameters: readonly string[],
  lines: number,
): Promise<string[]> {
  const child = start(program, parameters)
  const printed: string[] = []
  createInterface(child.stdout).on('line', line => {
    printed.push(line)
    if (printed.length >= lines) child.kill('SIGKILL')
  })
  await once(child, 'close')
  return printed
}

export function start(program: string, parameters: readonly string[]) {
  const path = fileURLToPath(new URL(program, import.meta.url))
  return spawn(process.execPath, ['--conditions=@millrace/source', path, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
