// Apache Kafka's jars, and small Java programs run against them.
import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, kafkaLibs } from '../harness/install.ts'

const programs = fileURLToPath(new URL('../java/', import.meta.url))
/** A program's whole output: some tens of megabytes for every message in every version. */
const outputBytesMax = 512 * 1024 * 1024

/** The folder that was named, or the one that the other conformance runs install. */
export async function libsFolder(named: string | undefined): Promise<string> {
  if (named !== undefined) return named
  await install('kafka')
  return dirname(kafkaLibs)
}

/** Runs a program of conformance/java from source, and returns what it prints. */
export function runJava(
  libs: string,
  program: string,
  arguments_: readonly string[] = [],
  input = '',
): string {
  return execFileSync('java', ['-cp', join(libs, '*'), join(programs, program), ...arguments_], {
    input,
    encoding: 'utf8',
    maxBuffer: outputBytesMax,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}
