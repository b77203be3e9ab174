// All `ts` blocks of all pages through the compiler, with the options of the house.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decoratorOptions } from './decorators.ts'
import type { Snippet } from './markdown.ts'
import { cache } from './reader.ts'
import { programOf } from './run.ts'

/** What the compiler says of them, `undefined` when nothing. They are written into the directory, which is a folder of `cache`. */
export function typeErrors(
  snippets: readonly Snippet[],
  directory = join(cache, 'types'),
): string | undefined {
  const programs = snippets.filter(({ language, marker }) => language === 'ts' && marker.skip === undefined)
  const [decorated, plain] = [true, false].map(is =>
    programs.filter(each => (each.marker.compile !== undefined) === is),
  )
  const errors = [
    errorsOf(plain!, directory, {}),
    errorsOf(decorated!, join(directory, '../types-decorators'), decoratorOptions),
  ].filter(each => each !== undefined)
  return errors.length === 0 ? undefined : errors.join('')
}

function errorsOf(programs: readonly Snippet[], directory: string, options: object): string | undefined {
  if (programs.length === 0) return undefined
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  for (const snippet of programs) {
    // `export {}` makes a module of a block without imports.
    const name = `${snippet.page.replaceAll(/\W+/g, '-')}-line-${snippet.line}.ts`
    writeFileSync(join(directory, name), `${programOf(snippet)}\nexport {}\n`)
  }
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../tsconfig.base.json',
      compilerOptions: {
        composite: false,
        declaration: false,
        noEmit: true,
        noUnusedLocals: false,
        noUnusedParameters: false,
        ...options,
      },
      include: ['*.ts'],
    }),
  )
  const tsc = join(cache, '../../node_modules/.bin/tsc')
  const { status, stdout } = spawnSync(tsc, ['-p', directory], { encoding: 'utf8' })
  return status === 0 ? undefined : stdout
}
