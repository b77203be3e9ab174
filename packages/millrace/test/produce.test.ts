// What `millrace produce` says of records that are not written, and its ways to read them.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Cluster, startCluster } from './support/cluster.ts'
import { run } from './support/command.ts'

let cluster: Cluster
let root: string
before(async () => {
  cluster = await startCluster({ 'num.partitions': 1 })
  root = await mkdtemp(join(tmpdir(), 'millrace-produce-'))
})
after(async () => {
  await cluster[Symbol.asyncDispose]()
  await rm(root, { recursive: true, force: true })
})

const all = (topic: string, format: string) =>
  cluster.out(['consume', topic, '-o', 'start', '-e', '-f', `${format}\\n`])

test('a record that is not written is never said to be sent, with --output and without', async () => {
  await cluster.out(['topic', 'create', 'small', '-c', 'max.message.bytes=2000'])
  const long = `${'x'.repeat(2_000_000)}\n`
  const cases: readonly (readonly [string, number, readonly string[], string, RegExp])[] = [
    ['bad partition', 4, ['small', '-p', '7'], 'a\n', /no partition 7 of topic "small": it has 1/],
    ['2 MB line', 2, ['small'], `a\n${long}`, /RECORD_TOO_LARGE|2000\d\d\d bytes|maxRequestSize/],
    ['too large for the topic', 2, ['small'], `a\n${'x'.repeat(3000)}\n`, /larger than small-0 takes/],
    ['bad topic', 2, ['no such topic'], 'a\n', /INVALID_TOPIC_EXCEPTION/],
  ]
  for (const output of [[], ['-o', 'got %v\\n'], ['-o', 'got %v\\n', '-q']]) {
    const outcomes = await Promise.all(
      cases.map(([, , args, input]) => cluster.run(['produce', ...args, ...output], { input })),
    )
    outcomes.forEach(({ code, stderr, stdout }, index) => {
      const [what, expected, , , message] = cases[index]!
      assert.equal(code, expected, `${what} ${output.join(' ')}: ${stderr}`)
      assert.match(stderr, message, what)
      assert.doesNotMatch(stderr, /sent (?!0 of|1 of 2)/, what)
      assert.doesNotMatch(stdout, /got x/, what)
    })
  }
})

test('no broker: with --output, too, nothing is said to be sent, and it ends in time with 5', async () => {
  for (const output of [[], ['-o', '%o\\n']]) {
    const at = performance.now()
    const { code, stderr } = await run(['produce', 'x', '-b', '127.0.0.1:1', '--timeout', '2s', ...output], {
      input: 'a\nb\n',
    })
    assert.equal(code, 5, stderr)
    assert.match(stderr, /ECONNREFUSED/)
    assert.match(stderr, /\n {2}sent 0 of \d records? in /)
    assert.ok(performance.now() - at < 6000)
  }
})

test('a topic that was not there is said to be made, once, and one that was is not', async () => {
  const first = await cluster.run(['produce', 'mistyped'], { input: 'a\nb\n' })
  assert.match(
    first.stderr,
    /^topic "mistyped" was not there and was created, with 1 partition\nsent 2 records /,
  )
  const second = await cluster.run(['produce', 'mistyped'], { input: 'a\n' })
  assert.match(second.stderr, /^sent 1 record /)
  const input = '{"topic":"mistyped","value":"a"}\n{"topic":"mistyped-too","value":"a"}\n'
  const lines = await cluster.run(['produce', '--json'], { input })
  assert.match(lines.stderr, /^topic "mistyped-too" was not there and was created, with 1 partition\nsent 2 /)
  const quiet = await cluster.run(['produce', 'mistyped-again', '-q'], { input: 'a\n' })
  assert.deepEqual([quiet.code, quiet.stderr], [0, ''])
})

test('what was written before a failure is counted', async () => {
  const { code, stderr } = await cluster.run(['produce', 'counted', '--json'], {
    input: '{"value":"a"}\n{"value":"b"}\n{"valeu":"c"}\n',
  })
  assert.equal(code, 2)
  assert.match(
    stderr,
    /^millrace: input line 3: unknown field "valeu"; did you mean "value"\?\n {2}sent 2 records /,
  )
  assert.equal(await all('counted', '%v'), 'a\nb\n')
})

test('a whole file is one record, and so is the whole input', async () => {
  const binary = Buffer.from([0, 10, 13, 255, 10])
  const [one, two] = [join(root, 'one.bin'), join(root, 'two.txt')]
  await writeFile(one, binary)
  await writeFile(two, 'a\nb\n')
  await cluster.out(
    ['produce', 'files', '--file', one, '--file', two, '--file', '-', '-k', 'k', '-H', 'h=1'],
    'x\ny',
  )
  assert.equal(
    await all('files', '%k %h %v{hex}'),
    `k h=1 ${binary.toString('hex')}\nk h=1 ${Buffer.from('a\nb\n').toString('hex')}\nk h=1 ${Buffer.from('x\ny').toString('hex')}\n`,
  )
  for (const [args, message] of [
    [['--file', join(root, 'missing')], /--file .*missing: ENOENT/],
    [['--file', one, '--json'], /--file and --json exclude each other/],
    [['--file', one, '-K', ':'], /--file and --key-delimiter exclude each other/],
    [['--file', one, '-f', '%v\\n'], /--file and --format exclude each other/],
  ] as const) {
    const { code, stderr } = await cluster.inside(['produce', 'files', ...args])
    assert.equal(code, 2, stderr)
    assert.match(stderr, message)
  }
})

test('JSON text, headers, escapes and null make the way through the commands', async () => {
  await cluster.out(['produce', 'text', '--json'], '{"value":{"b":9007199254740993,"a":1.10,"a":2}}\n')
  assert.equal(await all('text', '%v'), '{"b":9007199254740993,"a":1.10,"a":2}\n')
  await cluster.out(['produce', 'escaped', '-D', '\\0', '-K', '\\t'], 'a\tb\0c\td\0')
  assert.equal(await all('escaped', '%k=%v'), 'a=b\nc=d\n')
  await cluster.out(['produce', 'headed', '-f', '%h|%k|%v\\n', '-Z', 'NULL'], 'a=1,b=2|k|v\n|k|NULL\n')
  assert.equal(
    await cluster.out(['consume', 'headed', '-o', 'earliest', '-e', '-f', '%h|%k|%v\\n', '-Z', '(null)']),
    'a=1,b=2|k|v\n|k|(null)\n',
  )
})
