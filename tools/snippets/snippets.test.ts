// The runner of snippets sees what is wrong with a page, and takes nothing for run that was not.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { parseMarker, type Snippet, snippetsOf } from './markdown.ts'
import { faultOf, pages, snippetsOfPage } from './pages.ts'
import { Place } from './place.ts'
import { cache, inCheckout } from './reader.ts'
import { runSnippet } from './run.ts'
import { shows, stepsOf } from './transcript.ts'
import { typeErrors } from './types.ts'

const fence = '```'

test('blocks are found with their line, language and marker', () => {
  const page = `# A\n\n${fence}sh\nls\n${fence}\n<!-- snippet: skip: too long -->\n${fence}ts\nlet a\n${fence}\n\n${fence}\nplain\n${fence}\n`
  assert.deepEqual(
    snippetsOf('a.md', page).map(({ line, language, code, marker }) => ({ line, language, code, marker })),
    [
      { line: 3, language: 'sh', code: 'ls\n', marker: {} },
      { line: 7, language: 'ts', code: 'let a\n', marker: { skip: 'too long' } },
      { line: 11, language: '', code: 'plain\n', marker: {} },
    ],
  )
})

test('a marker says something that is known, of a block', () => {
  assert.deepEqual(parseMarker('\nuntil: ready\nbefore:\nconst a = 1\nconst b: number = 2\n'), {
    until: 'ready',
    before: 'const a = 1\nconst b: number = 2',
  })
  assert.throws(() => parseMarker('skip:'), /says nothing/)
  assert.throws(() => parseMarker('untill: x'), /none of skip, until/)
  assert.throws(
    () => snippetsOf('a.md', '<!-- snippet: skip: x -->\ntext\n'),
    /a\.md:1: a marker without a block/,
  )
})

for (const page of pages()) {
  test(`${page} has markers that can be read, and commands where they are run`, () => {
    const faults = snippetsOfPage(page).flatMap(each => {
      const fault = faultOf(each)
      return fault === undefined ? [] : [`${page}:${each.line}: ${fault}`]
    })
    assert.deepEqual(faults, [])
  })
}

test('commands in a block that nobody runs, and output before the first command, are faults', () => {
  assert.match(faultOf(snippet('', 'millrace up\n')) ?? 'nothing', /stand in blocks of "sh"/)
  assert.match(faultOf(snippet('console', 'one\n$ a\n')) ?? 'nothing', /before the first/)
  assert.equal(faultOf(snippet('console', 'one\n', { skip: 'a sketch' })), undefined)
  assert.equal(faultOf(snippet('json', '{}\n')), undefined)
})

test('programs that Node 22 cannot parse, or that do not see the signal that ends them, are faults', () => {
  assert.match(faultOf(snippet('ts', 'await using a = b()\n')) ?? 'nothing', /Node 22 does not parse/)
  assert.match(faultOf(snippet('ts', 'serve()\n', { until: 'ready' })) ?? 'nothing', /by SIGTERM/)
  const stops = "process.once('SIGTERM', () => a.close())\n"
  assert.equal(faultOf(snippet('ts', stops, { until: 'ready' })), undefined)
})

test('output is what the page shows, but for what it leaves open', () => {
  assert.ok(shows(['a…c', '…', 'end'], 'abbbc  \n1\n2\nend\n'))
  assert.ok(shows(['…'], ''))
  assert.ok(shows([], ''))
  assert.ok(!shows([], 'something\n'))
  assert.ok(!shows(['a.c'], 'abc\n'))
  assert.ok(!shows(['a'], 'a\nb\n'))
  assert.ok(!shows(['a', 'b'], 'a\n'))
})

test('a transcript is commands, each with its output', () => {
  assert.deepEqual(stepsOf('$ a \\\n  -b\none\ntwo\n$ c\n'), [
    { command: 'a \\\n  -b', expected: ['one', 'two'] },
    { command: 'c', expected: [] },
  ])
  assert.throws(() => stepsOf('one\n$ a\n'), /before the first/)
})

let place: Place
before(async () => {
  const reader = inCheckout(join(cache, '../snippets-test'))
  place = await Place.open(reader)
})
after(() => place[Symbol.asyncDispose]())

const snippet = (language: string, code: string, marker: Snippet['marker'] = {}): Snippet => ({
  page: 'a.md',
  line: 1,
  language,
  code,
  marker,
})

const right: readonly (readonly [string, Snippet])[] = [
  ['a command', snippet('sh', 'echo hello | millrace produce greetings\n')],
  ['its output', snippet('console', '$ millrace consume greetings -o start -e\nhello\n')],
  ['a failure that is shown', snippet('console', '$ millrace topic describe nowhere\n…nowhere…\n…\n')],
  [
    'lines that the page leaves out',
    snippet('ts', 'if (a !== 1) throw a\n', { before: 'const a: number = 1' }),
  ],
  [
    'a program that is stopped',
    snippet(
      'ts',
      "process.once('SIGTERM', () => process.exit(0))\nsetInterval(() => console.log('up'), 10)\n",
      {
        until: 'up',
      },
    ),
  ],
]

for (const [what, given] of right) {
  test(`${what} is right`, async () => assert.equal(await runSnippet(given, place), undefined))
}

const wrong: readonly (readonly [string, Snippet, RegExp])[] = [
  ['a command that fails', snippet('sh', 'millrace topic describe nowhere\ntrue\n'), /ended with 4/],
  ['another output', snippet('console', '$ echo one\ntwo\n'), /shows\ntwo\nand it prints\none/],
  ['a failure that is not shown', snippet('console', '$ false\n'), /ended with 1/],
  ['a program that throws', snippet('ts', "throw new Error('no')\n"), /ended with 1[^]*no/],
  ['a name that is not exported', snippet('ts', "import { Nobody } from 'millrace'\nNobody()\n"), /Nobody/],
  [
    'a preparation that fails',
    snippet('sh', 'true\n', { prepare: 'false' }),
    /its preparation: it ended with 1/,
  ],
  ['a word that never comes', snippet('sh', 'echo a\n', { until: 'ready' }), /never printed "ready"/],
  [
    'a program that does not end as it was asked to',
    snippet(
      'ts',
      "process.once('SIGTERM', () => process.exit(7))\nsetInterval(() => console.log('up'), 10)\n",
      {
        until: 'up',
      },
    ),
    /ended with 7/,
  ],
]

for (const [what, given, reason] of wrong) {
  test(`${what} is wrong`, async () => assert.match((await runSnippet(given, place)) ?? 'nothing', reason))
}

test('a program that does not hold its types is wrong, and one that is skipped is not read', () => {
  const directory = join(cache, 'types-test')
  const wrongOption =
    "import { Producer } from '@millrace/client'\nexport const a = new Producer({ broker: 1 })\n"
  const right = 'export const a: number = 1\n'
  assert.match(typeErrors([snippet('ts', wrongOption)], directory) ?? 'nothing', /broker/)
  assert.equal(
    typeErrors([snippet('ts', right), snippet('ts', wrongOption, { skip: 'of another page' })], directory),
    undefined,
  )
})
