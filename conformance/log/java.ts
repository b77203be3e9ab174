// Runs one of Kafka's programs, or a program of ours that uses Kafka's classes, to its end.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

/** The first argument of this process, else what the environment says. */
function classPath(): string {
  const given = process.argv[2] ?? process.env['KAFKA_LIBS']
  if (given === undefined) {
    console.error('Where are Kafka’s jars? Pass their folder, or set KAFKA_LIBS.')
    process.exit(2)
  }
  return !given.includes('*') && statSync(given, { throwIfNoEntry: false })?.isDirectory() === true
    ? join(given, '*')
    : given
}

/** Returns what it prints. Throws when it fails. */
export function java(main: string, args: readonly string[], input = ''): string {
  const result = spawnSync('java', ['-cp', classPath(), main, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 120_000,
  })
  if (result.error !== undefined) throw result.error
  if (result.status !== 0) throw new Error(`${main} ${args.join(' ')} failed:\n${result.stderr}`)
  return result.stdout
}
