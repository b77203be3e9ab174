// A file that a command reads whole; "-" is standard input.
import { readFile } from 'node:fs/promises'
import type { Context } from '../context.ts'
import { readWhole } from '../format/input.ts'
import { UsageError } from '../output/errors.ts'

/** Throws UsageError that names `option` for a file that cannot be read. */
export async function readText(path: string, option: string, { input }: Context): Promise<string> {
  if (path === '-') return (await readWhole(input())).toString()
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${option} ${path}: ${(error as Error).message}`)
  }
}
