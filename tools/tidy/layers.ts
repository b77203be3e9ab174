// Holds every import of the packages to layers.json, and the outside world to its shell files.
import { readFileSync } from 'node:fs'
import { importsOf, type Source, withoutComments } from './sources.ts'

interface PackageRule {
  readonly imports: readonly string[]
  /** What files of a folder of `src` may import besides. */
  readonly inFolders?: Readonly<Record<string, readonly string[]>>
  readonly external?: readonly string[]
  readonly node?: readonly string[]
  /** What a package exports beside its main door, as patterns. */
  readonly doors?: readonly string[]
  readonly apps?: boolean
  readonly testOnly?: boolean
}

interface Layers {
  readonly packages: Readonly<Record<string, PackageRule>>
  readonly impure: { readonly modules: readonly string[]; readonly globals: readonly string[] }
}

export const layers = JSON.parse(readFileSync(new URL('./layers.json', import.meta.url), 'utf8')) as Layers

const packagePath = /^packages\/([^/]+)\/(src|bin|generator)\//
const workspacePackage = /^(?:@millrace\/([^/]+)|(millrace))(\/.*)?$/

/** Breaches of the layering by one file, each as one readable line; none for files outside `packages/<name>/src`. */
export function layerBreaches(source: Source, rules: Layers = layers): string[] {
  const match = packagePath.exec(source.path)
  if (!match) return []
  const name = match[1]!
  const rule = rules.packages[name]
  if (!rule) return [`${source.path}: package "${name}" has no entry in layers.json`]
  if (match[2] === 'generator') return []
  const breaches: string[] = []
  const shell = rule.apps === true || /(^|\/)node-[^/]*\.ts$/.test(source.path)
  for (const specifier of importsOf(source)) {
    const breach = specifierBreach(specifier, name, ruleIn(source.path, rule), rules, shell)
    if (breach) breaches.push(`${source.path}: ${breach}`)
  }
  if (!shell) {
    const code = withoutComments(source.text)
    for (const used of rules.impure.globals) {
      const pattern = new RegExp(
        `(?<![\\w.])${used.replaceAll('.', '\\.').replaceAll('(', '\\(').replaceAll(')', '\\)')}(?!\\w)`,
      )
      if (pattern.test(code))
        breaches.push(
          `${source.path}: uses ${used}; take a Clock or Random by argument, or put it into a node-*.ts file`,
        )
    }
  }
  return breaches
}

function ruleIn(path: string, rule: PackageRule): PackageRule {
  const more = rule.inFolders?.[path.split('/')[3] ?? '']
  return more ? { ...rule, imports: [...rule.imports, ...more] } : rule
}

function specifierBreach(
  specifier: string,
  name: string,
  rule: PackageRule,
  rules: Layers,
  shell: boolean,
): string | undefined {
  const workspace = workspacePackage.exec(specifier)
  if (workspace) {
    const target = workspace[1] ?? workspace[2]!
    const inner = rule.testOnly === true && workspace[3] === '/internal'
    const isDoor = rules.packages[target]?.doors?.some(door => new RegExp(`^/${door}$`).test(workspace[3]!))
    if (workspace[3] && !inner && !isDoor)
      return `imports "${specifier}": a package is entered by its door only`
    if (target !== name && !rule.imports.includes(target))
      return `imports "${specifier}": ${name} may import ${rule.imports.join(', ') || 'nothing'}`
    return undefined
  }
  if (specifier.startsWith('.')) {
    return /(^|\/)\.\.\/(\.\.\/)+[^.]*\/src\//.test(specifier)
      ? `reaches into another package by path: "${specifier}"`
      : undefined
  }
  if (specifier.startsWith('node:')) {
    if (!shell && rules.impure.modules.includes(specifier))
      return `imports "${specifier}" outside a node-*.ts shell file`
    return undefined
  }
  if (
    rule.apps ||
    rule.external?.includes(
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  )
    return undefined
  return `imports "${specifier}", which layers.json does not allow for ${name}`
}
