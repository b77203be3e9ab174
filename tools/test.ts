// Runs the tests that need no foreign software: `npm test [-- path …]`. Arguments narrow the run to files whose path contains one of them.
import { spawn } from 'node:child_process'
import { glob } from 'node:fs/promises'
import { availableParallelism } from 'node:os'

const wanted = process.argv.slice(2).filter(argument => !argument.startsWith('--'))
const flags = process.argv.slice(2).filter(argument => argument.startsWith('--'))

const files: string[] = []
for await (const file of glob(['packages/*/test/**/*.test.ts', 'tools/**/*.test.ts'])) {
  if (wanted.length === 0 || wanted.some(part => file.includes(part))) files.push(file)
}
if (files.length === 0) {
  console.error(`no test file matches ${wanted.join(' ') || 'packages/*/test/**/*.test.ts'}`)
  process.exit(2)
}
const child = spawn(
  process.execPath,
  [
    '--conditions=@millrace/source',
    '--test',
    `--test-concurrency=${availableParallelism()}`,
    '--test-timeout=300000',
    ...flags,
    ...files.sort(),
  ],
  { stdio: 'inherit' },
)
child.on('exit', code => process.exit(code ?? 1))
