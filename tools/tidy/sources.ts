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

/** The workspace that a file belongs to: `packages/log`, `bench`. */
export function workspaceOf(path: string): string {
  const [top = '', second] = path.split('/')
  return (top === 'packages' || top === 'examples') && second !== undefined ? `${top}/${second}` : top
}

/** Module specifiers of `import … from`, `export … from`, `import()`, `getBuiltinModule()` and `import 'x'`, comments left out. */
export function importsOf(source: Source): string[] {
  return findImports(source).map(({ specifier }) => specifier)
}

/** The same without what only types come through: these are left of it when the program runs. */
export function valueImportsOf(source: Source): string[] {
  return findImports(source)
    .filter(({ typeOnly, names }) => !typeOnly && !onlyTypes(names))
    .map(({ specifier }) => specifier)
}

interface Import {
  readonly specifier: string
  /** `import type`, `export type` and `typeof import()`. */
  readonly typeOnly: boolean
  /** What stands between `import` and `from`. */
  readonly names: string
}

function findImports(source: Source): Import[] {
  const code = withoutComments(source.text)
  const pattern =
    /(?:^|[\s;}])(?:import|export)\s+(type\s+)?(?:([\w$*\s{},]+?)\s+from\s+)?['"]([^'"\n]+)['"]|\b(typeof\s+)?(?:import|getBuiltinModule)\(\s*['"]([^'"\n]+)['"]\s*\)/g
  return Array.from(code.matchAll(pattern), ([, type, names = '', named, typeOf, called]) => ({
    specifier: (named ?? called)!,
    typeOnly: (type ?? typeOf) !== undefined,
    names,
  }))
}

/** `{ type A, type B }`: with `verbatimModuleSyntax` the module is loaded all the same, but nothing is taken from it. */
function onlyTypes(names: string): boolean {
  const list = /^\{([^}]*)\}$/.exec(names.trim())?.[1]
  if (list === undefined) return false
  const items = list.split(',').filter(item => item.trim() !== '')
  return items.length > 0 && items.every(item => item.trim().startsWith('type '))
}

/** The code with comments blanked out; strings stay. Good enough to search for names. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
}
