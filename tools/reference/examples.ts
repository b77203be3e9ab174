// Examples of docstrings through the compiler, with the options of the house: each as a program that imports what it names.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../tidy/sources.ts'
import { readModule } from './declarations.ts'
import type { Export, Signature } from './model.ts'

/** An example, and where it stands. */
export interface Example {
  /** `@millrace/client`: what its reader imports from. */
  readonly door: string
  /** `admin.createTopics`. */
  readonly of: string
  readonly path: string
  readonly code: string
}

/** The examples of exports and of their members. */
export function examplesOf(exports: readonly Export[]): Example[] {
  return exports.flatMap(each => {
    const of = ({ signatures }: { readonly signatures: readonly Signature[] }, name: string, path: string) =>
      signatures
        .flatMap(({ doc }) => doc?.examples ?? [])
        .map(code => ({ door: each.door, of: name, path, code }))
    return [
      ...of(each, each.name, each.path),
      ...each.members.flatMap(member => of(member, `${each.name}.${member.name}`, member.path ?? each.path)),
    ]
  })
}

/** What examples take for granted, by the module that has it: its path from the programs, and its names. */
export interface Stage {
  readonly path: string
  readonly names: readonly string[]
}

/** The program: what the example names of the doors is imported, from its own first, and what is its reader's from the stage. */
export function programOf(
  { door, code, of, path }: Example,
  exports: readonly Pick<Export, 'name' | 'door'>[],
  stage: Stage,
): string {
  const words = new Set(code.replaceAll(/'[^'\n]*'|\/\/.*$/gm, '').match(/(?<![.\w])[A-Za-z_]\w*/g))
  const doorOf = new Map<string, string>()
  for (const each of exports) {
    if (words.has(each.name) && (!doorOf.has(each.name) || each.door === door))
      doorOf.set(each.name, each.door)
  }
  const staged = stage.names.filter(name => words.has(name) && !doorOf.has(name))
  const imports = Array.from(doorOf, ([name, from]) => `import { ${name} } from '${from}'`)
  if (staged.length > 0) imports.push(`import { ${staged.join(', ')} } from '${stage.path}'`)
  return [
    `// ${of}, ${path}`,
    ...imports,
    'export async function example() {',
    code.replaceAll(/^/gm, '  '),
    '}',
    '',
  ].join('\n')
}

const here = fileURLToPath(root)

/** Reads what a stage has. */
function stageOf(name: string): Stage {
  const { declarations, reExports } = readModule(
    name,
    readFileSync(join(here, 'tools/reference/stages', name), 'utf8'),
  )
  const others = reExports.flatMap(({ names = [] }) => names.map(each => each.name))
  return { path: `../../../tools/reference/stages/${name}`, names: [...declarations.keys(), ...others] }
}

/** The stage of a door: that of its package, or that of the client. */
function stageFor(door: string, read: Map<string, Stage>): Stage {
  const [own = ''] = door.replace('@millrace/', '').split('/')
  const name = existsSync(join(here, 'tools/reference/stages', `${own}.ts`)) ? `${own}.ts` : 'client.ts'
  const stage = read.get(name) ?? stageOf(name)
  read.set(name, stage)
  return stage
}

/** What the compiler says of the examples; undefined when nothing. */
export function exampleErrors(exports: readonly Export[]): string | undefined {
  const directory = join(here, '.cache/reference/examples')
  const stages = new Map<string, Stage>()
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  examplesOf(exports).forEach((example, index) => {
    const name = `${String(index).padStart(3, '0')}-${example.of.replaceAll(/\W+/g, '-')}.ts`
    writeFileSync(join(directory, name), programOf(example, exports, stageFor(example.door, stages)))
  })
  const compilerOptions = {
    composite: false,
    declaration: false,
    noEmit: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
    // Which imports are of types, the reader's editor knows.
    verbatimModuleSyntax: false,
    isolatedModules: false,
    // Examples look into the first outcome without saying that there is one.
    noUncheckedIndexedAccess: false,
  }
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ extends: join(here, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] }),
  )
  const { status, stdout } = spawnSync(join(here, 'node_modules/.bin/tsc'), ['-p', directory], {
    encoding: 'utf8',
  })
  return status === 0 ? undefined : stdout
}
