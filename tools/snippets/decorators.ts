// Programs with decorators, which Node does not read: compiled with their metadata, as the tools of NestJS do it.
import { spawnSync } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url))

/** What the compiler has to know of them, beside the options of the house. */
export const decoratorOptions = {
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  erasableSyntaxOnly: false,
  // As in new projects of NestJS: its own EventPattern does not take a handler with a typed context otherwise.
  strictFunctionTypes: false,
  // Declarations in place of sources, which are checked more strictly.
  customConditions: [],
} as const

/** Compiles a program, without a look at its types. Returns the path of what became of it; throws with what the compiler says. */
export function compileDecorators(file: string): string {
  const outDir = join(dirname(file), 'compiled')
  const shape = ['--target', 'es2023', '--module', 'nodenext', '--types', 'node', '--outDir', outDir]
  const decorators = ['--experimentalDecorators', '--emitDecoratorMetadata', '--verbatimModuleSyntax']
  const args = ['--ignoreConfig', '--noCheck', '--skipLibCheck', ...shape, ...decorators, file]
  const { status, stdout } = spawnSync(tsc, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${basename(file)} does not compile:\n${stdout}`)
  return join(outDir, basename(file).replace(/\.ts$/, '.js'))
}
