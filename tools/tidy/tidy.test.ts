// The house holds itself to its rules, and the checks see what they are for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { circularImports, entanglementBreaches } from './cycles.ts'
import { doorBreaches } from './doors.ts'
import { functionBreaches, functionLinesMax } from './functions.ts'
import { fileMapBreaches } from './file-maps.ts'
import { linkBreaches, pathBreaches, purposeBreaches, sizeBreaches, wordBreaches } from './habits.ts'
import { missingEntries, platformOf } from '../lockfile.ts'
import { readReference } from '../reference/reference.ts'
import { layerBreaches } from './layers.ts'
import { logEventBreaches } from './log-events.ts'
import { namedTestBreaches, namedTests } from './named-tests.ts'
import { roomBreaches } from './rooms.ts'
import { listFiles, readSource, type Source } from './sources.ts'

const files = listFiles()
const written = files
  .filter(path => /\.(ts|js)$/.test(path) && !/(^|\/)(generated|dist|fixtures)\//.test(path))
  .map(readSource)
const product = written.filter(source => !/(^|\/)test\/|\.test\.ts$/.test(source.path))
/** With generated code: it imports, too. */
const modules = files
  .filter(path => /^(packages|bench|conformance|examples|tools)\/.*\.(ts|js)$/.test(path))
  .map(readSource)
const documents = files.filter(path => path.endsWith('.md')).map(readSource)

function none(breaches: readonly string[]): void {
  assert.deepEqual(breaches, [])
}

test('packages import only what their layer allows', () => {
  none(product.flatMap(source => layerBreaches(source)))
})

test('the types of every door are found without exports, too', () => {
  const manifests = files.filter(path => /^packages\/[^/]+\/package\.json$/.test(path)).map(readSource)
  assert.ok(manifests.length > 5)
  none(manifests.flatMap(({ path, text }) => doorBreaches(path, text)))
  const lacking = { exports: { '.': { types: './a.d.ts' }, './b': { types: './b.d.ts' } }, types: './a.d.ts' }
  assert.match(doorBreaches('p', JSON.stringify(lacking)).join(), /"\.\/b" .* "b": \["\.\/b\.d\.ts"\]/)
})

test('no modules need each other in a circle', () => {
  none(circularImports(modules))
})

test('folders of a package import only what rooms.json allows', () => {
  none(roomBreaches(modules))
})

test('no more files than before know each other in circles, types included', () => {
  none(entanglementBreaches(modules))
})

test('no function outgrows what can be read at once', () => {
  none(functionBreaches(written))
})

test('every source file says in its first line what it is for', () => {
  none(written.flatMap(purposeBreaches))
})

test('no hand-written source file outgrows its room', () => {
  none(product.flatMap(sizeBreaches))
})

test('nothing is left unfinished or skipped', () => {
  none(written.filter(source => !source.path.startsWith('tools/tidy/')).flatMap(wordBreaches))
})

test('log events have one spelling', () => {
  none(product.filter(({ path }) => /^packages\/(broker|log)\//.test(path)).flatMap(logEventBreaches))
})

test('the check of log events sees them in calls, in choices and in effects', () => {
  const breachesOf = (text: string) => logEventBreaches(sourceOf('packages/broker/src/a.ts', text)).length
  assert.equal(breachesOf("logger.log('warn', 'group.store-failed', fields)"), 1)
  assert.equal(breachesOf("logger.log(\n  bad ? 'warn' : 'info',\n  bad ? 'a.b_c' : 'a.bC',\n  {}\n)"), 1)
  assert.equal(breachesOf("effects.push({ type: 'log', event: 'stable', fields })"), 1)
  assert.equal(breachesOf("logger.log('warn', 'list_offsets.not_found', { error: 'no-such' })"), 0)
})

test('links between documents lead somewhere, and so do the paths that are named', () => {
  none(documents.flatMap(linkBreaches))
  none([...documents, ...written].filter(({ path }) => !path.startsWith('tools/tidy/')).flatMap(pathBreaches))
})

test('tests that documents name are there, and every defect of a peer that is written down has one', () => {
  none(documents.flatMap(document => namedTestBreaches(document)))
  const page = documents.find(({ path }) => path === 'docs/peers-defects.md')!
  const rows = page.lines.filter(line => line.startsWith('| ') && !/^\| (?:Defect|Complaint) /.test(line))
  assert.ok(rows.length >= 25)
  none(rows.filter(line => namedTests(sourceOf(page.path, line)).length === 0))
})

test('the check of named tests sees one that is gone', () => {
  const breaches = (name: string) =>
    namedTestBreaches(sourceOf('docs/a.md', `| [x](../t/x.test.ts): \`${name}\` |`), path =>
      sourceOf(path, path === 't/x.test.ts' ? "test('it holds (always)', () => {})\ntest(\n  'too',\n" : ''),
    )
  assert.deepEqual(breaches('it holds (always)'), [])
  assert.deepEqual(breaches('too'), [])
  assert.deepEqual(breaches('it holds'), ['docs/a.md: t/x.test.ts has no test "it holds"'])
})

test('the maps of DESIGN files are whole', () => {
  none(documents.flatMap(document => fileMapBreaches(document, files)))
})

test('the check of maps sees what is missing and what is gone', () => {
  const map = (text: string) =>
    fileMapBreaches(sourceOf('packages/a/DESIGN.md', text), [
      'packages/a/src/x/y.ts',
      'packages/a/src/z.ts',
      'packages/a/DESIGN.md',
    ])
  assert.deepEqual(map('| Where | What |\n|---|---|\n| `x/`, `z.ts` | `anything` |\n'), [])
  assert.match(map('| Room | What |\n|---|---|\n| `z.ts` | |\n').join(), /does not name x\/$/)
  assert.match(
    map('| Where | What |\n|---|---|\n| `x/`, `w/` | |\n').join(),
    /names w\/, which is not there$/,
  )
  assert.match(map('| File | What |\n|---|---|\n| `src/x/y.ts` | |\n').join(), /does not name z\.ts$/)
})

test('what users hold in their hands says what it is where it is used', () => {
  none(readReference().holes)
})

function sourceOf(path: string, text: string): Source {
  return { path, text, lines: text.split('\n') }
}

const breaching: readonly [string, string, RegExp][] = [
  ['packages/protocol/src/a.ts', "import { Broker } from '@millrace/broker'", /protocol may import nothing/],
  ['packages/client/src/a.ts', "export { x } from '@millrace/broker'", /client may import/],
  ['packages/broker/src/a.ts', "const x = await import('@millrace/client')", /broker may import/],
  ['packages/broker/src/a.ts', "import type { X } from '@millrace/log/src/x.ts'", /door only/],
  ['packages/millrace/src/a.ts', "import { X } from '@millrace/broker/internal'", /door only/],
  ['packages/broker/src/a.ts', "import { X } from '@millrace/protocol/records'", /door only/],
  ['packages/log/src/segment.ts', "import { openSync } from 'node:fs'", /outside a node-/],
  ['packages/log/src/segment.ts', "process.getBuiltinModule('node:fs')", /outside a node-/],
  ['packages/log/src/segment.ts', 'const at = Date.now()', /Clock/],
  ['packages/log/src/segment.ts', 'queue.push(setTimeout(run, 5))', /Clock/],
  ['packages/client/src/a.ts', "import x from 'left-pad'", /layers\.json/],
]

for (const [path, text, expected] of breaching) {
  test(`the layer check sees: ${text}`, () => {
    assert.match(layerBreaches(sourceOf(path, text)).join('\n'), expected)
  })
}

test('the layer check lets through what is allowed', () => {
  none(layerBreaches(sourceOf('packages/testkit/src/a.ts', "import { X } from '@millrace/broker/internal'")))
  none(
    layerBreaches(
      sourceOf('packages/log/src/node-disk.ts', "import { openSync } from 'node:fs'\nDate.now()"),
    ),
  )
  none(
    layerBreaches(
      sourceOf(
        'packages/broker/src/a.ts',
        "import { Reader } from '@millrace/protocol'\n// setTimeout is not used here",
      ),
    ),
  )
  none(layerBreaches(sourceOf('packages/broker/src/a.ts', 'clock.setTimeout(1)')))
  none(
    layerBreaches(sourceOf('packages/log/src/a.ts', "import { X } from '@millrace/protocol/messages/data'")),
  )
})

test('the search for circles sees static and lazy imports, and lets types through', () => {
  const [a, b] = ['packages/log/src/a.ts', 'packages/log/src/deep/b.ts']
  const circle = (there: string, back: string) => circularImports([sourceOf(a, there), sourceOf(b, back)])
  const [there, back] = ["import { b } from './deep/b.ts'", "export { a } from '../a.ts'"]
  assert.deepEqual(circle(there, back), [`circular import: ${a} → ${b} → ${a}`])
  assert.equal(circle("const b = () => import('./deep/b.ts')", back).length, 1)
  assert.equal(circle("import './deep/b.ts'", "import { type A, a } from '../a.ts'").length, 1)
  none(circle(there, "import type { A } from '../a.ts'"))
  none(circle(there, "import { type A, type B } from '../a.ts'"))
  none(circle(there, "type A = typeof import('../a.ts')"))
  none(circle(there, "import { c } from '../c.ts'"))
})

test('the search for entangled files counts types, and the count only goes down', () => {
  const [a, b] = ['packages/log/src/a.ts', 'packages/log/src/b.ts']
  const circle = [
    sourceOf(a, "import type { B } from './b.ts'"),
    sourceOf(b, "import type { A } from './a.ts'"),
    sourceOf('packages/log/src/c.ts', "import { a } from './a.ts'"),
  ]
  assert.match(entanglementBreaches(circle, {}).join(), /2 files .* there were 0:\n.*a\.ts, .*b\.ts/)
  none(entanglementBreaches(circle, { 'packages/log': 2 }))
  assert.match(entanglementBreaches(circle, { 'packages/log': 3 }).join(), /only 2 files .* write that/)
  none(entanglementBreaches(circle.slice(0, 1), {}))
})

test('the check of functions sees those within others, and a listed one may only shrink', () => {
  const body = (lines: number) => `  call()\n`.repeat(lines - 2)
  const long = sourceOf(
    'packages/log/src/deep/a.ts',
    `class A {\n  walk() {\n    const inner = () => {\n${body(functionLinesMax + 1)}}\n  }\n}`,
  )
  const listed = {
    'packages/log: a.ts walk': functionLinesMax + 3,
    'packages/log: a.ts inner': functionLinesMax + 1,
  }
  assert.deepEqual(functionBreaches([long], {}).length, 2)
  none(functionBreaches([long], listed))
  assert.match(functionBreaches([long], { ...listed, 'packages/log: a.ts inner': 99 }).join(), /71 lines now/)
  assert.match(functionBreaches([long], { ...listed, 'packages/log: a.ts walk': 72 }).join(), /only shrink/)
  assert.match(functionBreaches([], { 'packages/log: a.ts walk': 99 }).join(), /take it out/)
  none(functionBreaches([sourceOf('bench/a.ts', `function a() {\n${body(functionLinesMax)}}`)], {}))
})

test('the check of folders takes the nearest one that is named, and wants no rule in vain', () => {
  const [table, classic] = ['packages/broker/src/groups/classic/deep/a.ts', 'packages/broker/src/groups/b.ts']
  const sources = [
    sourceOf(
      table,
      "import type { B } from '../../b.ts'\nimport './c.ts'\nimport { x } from '@millrace/log'",
    ),
    sourceOf(classic, "import { d } from '../core.ts'"),
  ]
  none(roomBreaches(sources, { broker: { groups: ['.'] } }))
  const divided = { groups: ['.'], 'groups/classic': ['groups'] }
  none(roomBreaches(sources, { broker: divided }))
  assert.match(
    roomBreaches(sources, { broker: { ...divided, 'groups/classic': [] } }).join(),
    /imports "\.\.\/\.\.\/b\.ts": groups\/classic of broker may import no other folder/,
  )
  assert.match(roomBreaches(sources, { broker: { ...divided, '.': ['groups'] } }).join(), /take it out/)
  assert.match(roomBreaches(sources, { broker: {} }).join(), /is not in/)
})

test('the check of links sees headings and paths that are not there', () => {
  const here = sourceOf('docs/a.md', '# The `first` heading\n[a](#the-first-heading) [b](#second)')
  assert.deepEqual(linkBreaches(here).length, 1)
  assert.match(linkBreaches(here).join(), /no such heading/)
  assert.match(linkBreaches(sourceOf('docs/a.md', '[a](nowhere.md)')).join(), /leads nowhere/)
  assert.match(pathBreaches(sourceOf('a.ts', '// see packages/log/src/nowhere.ts')).join(), /not there/)
  none(pathBreaches(sourceOf('a.ts', '// see packages/log/DESIGN.md, and node_modules/tools/x.ts')))
})

test('the lock file names the packages of every platform, or npm ci refuses it', () => {
  const lock = JSON.parse(readSource('package-lock.json').text) as Parameters<typeof missingEntries>[0]
  none([...missingEntries(lock).keys()])
})

test('a platform is told from the name of its package', () => {
  assert.deepEqual(platformOf('@biomejs/cli-linux-arm64-musl'), {
    cpu: ['arm64'],
    libc: ['musl'],
    os: ['linux'],
  })
  assert.deepEqual(platformOf('@oxlint/binding-win32-ia32-msvc'), { cpu: ['ia32'], os: ['win32'] })
  assert.deepEqual(platformOf('@scope/binding-wasm32-wasi'), { cpu: ['wasm32'] })
  assert.equal(platformOf('left-pad'), undefined)
})
