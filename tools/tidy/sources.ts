// The tree as the tidy checks see it: tracked and new files, their text and their imports.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

export interface Source {
  /** Path from the root of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly lines: readonly string[]
}

export const root = new URL('../../', import.meta.url)

/** Every file that git tracks or would add, except deleted ones. */
export function listFiles(): string[] {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(output.split('\n'))].filter(path => path !== '' && existsSync(new URL(path, root)))
}

export function readSource(path: string): Source {
  const text = readFileSync(new URL(path, root), 'utf8')
  return { path, text, lines: text.split('\n') }
}

/** Module specifiers of `import … from`, `export … from`, `import()` and `import 'x'`, comments left out. */
export function importsOf(source: Source): string[] {
  const code = withoutComments(source.text)
  const specifiers: string[] = []
  const pattern =
    /(?:^|[\s;}])(?:import|export)\s+(?:type\s+)?(?:[\w$*\s{},]+?\s+from\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g
  for (const match of code.matchAll(pattern)) specifiers.push((match[1] ?? match[2])!)
  return specifiers
}

/** The code with comments blanked out; strings stay. Good enough to search for names. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
}
