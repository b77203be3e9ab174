// Runs the tests that need no foreign software: `npm test [-- path …]`. Paths narrow the run to files that contain one of them.
//
// --test-name-pattern=REGEX   only tests of such a name
// --long                      the tests that take minutes (*.long.test.ts), and no others
// --slowest                   ends with what took longest
// --tap                       in the Test Anything Protocol, for programs
import { mkdirSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec, tap } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { slowest } from './slowest.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    long: { type: 'boolean', default: false },
    slowest: { type: 'boolean' },
    tap: { type: 'boolean' },
    'test-name-pattern': { type: 'string', multiple: true },
  },
})

const files: string[] = []
const patterns = ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'tools/**/*.test.ts']
for await (const file of glob(patterns, { cwd: root })) {
  if (file.endsWith('.long.test.ts') !== values.long) continue
  if (positionals.length === 0 || positionals.some(part => file.includes(part))) files.push(join(root, file))
}
if (files.length === 0) {
  console.error(`no test file matches ${positionals.join(' ') || patterns.join(', ')}`)
  process.exit(2)
}

// Each file is a process of its own: what they load is parsed and compiled once, not three hundred times.
const cache = join(root, 'node_modules/.cache/compile')
mkdirSync(cache, { recursive: true })
process.env['NODE_COMPILE_CACHE'] = cache

/** Long files are in `tools` and `testkit`: what begins last keeps the other core waiting. */
const order = files.sort().toReversed()

// Who ends the run ends the files that are under way.
const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort())

const stream = run({
  files: order,
  signal: ending.signal,
  cwd: root,
  // Many wait most of their time, for brokers that are silent or sessions that end: one more than there are cores keeps those busy.
  concurrency: availableParallelism() + 1,
  timeout: 300_000,
  execArgv: ['--conditions=@millrace/source'],
  ...(values['test-name-pattern'] && { testNamePatterns: values['test-name-pattern'] }),
})
stream.on('test:fail', () => {
  process.exitCode = 1
})
if (values.tap) stream.compose(tap).pipe(process.stdout)
else stream.compose(new spec()).pipe(process.stdout)
if (values.slowest) stream.compose(slowest).pipe(process.stdout)
