// Dead letters on the command line.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { eventually } from '@millrace/testkit'
import { type Cluster, startCluster } from './support/cluster.ts'

let cluster: Cluster
let directory: string
before(async () => {
  cluster = await startCluster()
  directory = await mkdtemp(join(tmpdir(), 'millrace-dlq-'))
})
after(async () => {
  await cluster[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

type Headers = Readonly<Record<string, string | { readonly base64: string }>>

interface Row {
  readonly key?: string | null
  readonly value: string | null
  readonly partition?: number
  readonly headers: Headers
}

function ofService(origin: string, n: number, headers: Headers = {}): Headers {
  return {
    tenant: 'a',
    '__millrace.errors.topic': origin,
    '__millrace.errors.partition': '0',
    '__millrace.errors.offset': `${n}`,
    '__millrace.errors.timestamp': '1700000000000',
    '__millrace.errors.group': 'billing',
    '__millrace.errors.attempts': '3',
    '__millrace.errors.class': 'TimeoutError',
    '__millrace.errors.message': `away ${n}`,
    '__millrace.errors.reason': 'attempts-exhausted',
    '__millrace.errors.stack': 'TimeoutError: away\n\tat handle (orders.ts:7)',
    '__millrace.errors.first.failed.at': '1700000001000',
    '__millrace.errors.failed.at': `${1_700_000_002_000 + n}`,
    ...headers,
  }
}

/** Writes records as JSON lines, headers included. */
async function write(topic: string, rows: readonly Row[]): Promise<void> {
  const lines = rows.map(({ key = null, value, partition = 0, headers }) =>
    JSON.stringify({
      topic,
      partition,
      key,
      value,
      headers: Object.entries(headers).map(([name, text]) =>
        typeof text === 'string' ? { key: name, value: text } : { key: name, valueBase64: text.base64 },
      ),
    }),
  )
  await cluster.out(['produce', '--json', '-q'], lines.join('\n'))
}

let serial = 0

/** A topic with three letters of a service, and the one that they came from. */
async function letters(count = 3): Promise<{ readonly origin: string; readonly topic: string }> {
  const origin = `orders${++serial}`
  const topic = `${origin}-billing-dlt`
  await cluster.out(['topic', 'create', origin, topic, '-p', '1'])
  await write(
    topic,
    Array.from({ length: count }, (_, n) => ({
      key: `user-${n}`,
      value: `{"total": ${n}}`,
      headers: ofService(origin, n),
    })),
  )
  return { origin, topic }
}

async function recordsOf(
  topic: string,
): Promise<{ key: string; value: string; headers: { key: string; value: string }[] }[]> {
  const lines = await cluster.out(['consume', topic, '-o', 'start', '--exit', '--json'])
  return lines
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}

/** One letter of a share group, one of Spring Kafka. */
async function lettersOfOthers(): Promise<void> {
  await cluster.out(['topic', 'create', 'dlq.shared', 'payments.DLT', 'no-letters', '-p', '1'])
  await write('dlq.shared', [
    {
      value: 'x',
      headers: {
        '__dlq.errors.topic': 'jobs',
        '__dlq.errors.partition': '0',
        '__dlq.errors.offset': '5',
        '__dlq.errors.group': 'workers',
        '__dlq.errors.delivery.count': '5',
        '__dlq.errors.message': 'Offset rejected by client.',
      },
    },
  ])
  await write('payments.DLT', [
    {
      value: 'y',
      headers: {
        'kafka_dlt-original-topic': 'payments',
        'kafka_dlt-original-partition': { base64: Buffer.from([0, 0, 0, 3]).toString('base64') },
        'kafka_dlt-original-offset': { base64: Buffer.from([0, 0, 0, 0, 0, 0, 1, 0]).toString('base64') },
        'kafka_dlt-original-consumer-group': 'ledger',
        'kafka_dlt-exception-fqcn': 'com.example.Declined',
        'kafka_dlt-exception-message': 'declined',
      },
    },
  ])
}

test('letters are found by their topics’ names, and counted by what their headers say, whoever wrote them', async () => {
  const { origin, topic } = await letters()
  await lettersOfOthers()
  interface Count {
    topic: string
    origin: string
    group: string
    error: string
    count: number
    pending: number
    first: number
    last: number
  }
  const counts = await cluster.json<Count[]>(['dlq', 'list', '--pattern', `^(${topic}|dlq|payments)`])
  assert.deepEqual(
    counts.map(({ topic: name, origin: from, group, error, count, pending }) => [
      name,
      from,
      group,
      error,
      count,
      pending,
    ]),
    [
      ['dlq.shared', 'jobs', 'workers', null, 1, 1],
      [topic, origin, 'billing', 'TimeoutError', 3, 3],
      ['payments.DLT', 'payments', 'ledger', 'com.example.Declined', 1, 1],
    ],
  )
  assert.deepEqual([counts[1]!.first, counts[1]!.last], [1_700_000_002_000, 1_700_000_002_002])
  const table = await cluster.out(['dlq', 'list', topic, '--by', 'error,day'])
  assert.match(
    table,
    /^DEAD LETTERS +ERROR +DAY +COUNT +PENDING +FIRST +LAST\n\S+ +TimeoutError +2023-11-14 +3 +3 /,
  )
  const declined = await cluster.json<{ origin: string }[]>([
    'dlq',
    'list',
    'payments.DLT',
    '-e',
    'Declined',
    '-r',
  ])
  assert.deepEqual(
    declined.map(({ origin: from }) => from),
    ['payments'],
  )
  const rows = await cluster.out(['dlq', 'list', topic, '--records', '-n', '2', '--since', '1700000002001'])
  assert.match(rows, / 0:1 +2023-11-14T22:13:22.001Z +pending +\S+ +billing +TimeoutError +away 1\n/)
  assert.doesNotMatch(rows, / 0:0 /)
})

test('a letter is shown with its history, and as JSON', async () => {
  const { origin, topic } = await letters()
  const text = await cluster.out(['dlq', 'show', topic, '0:1'])
  assert.match(text, new RegExp(`^${topic} 0:1 {2}pending {2}\\(headers: millrace\\)\n`))
  assert.match(text, new RegExp(`2023-11-14T22:13:20.000Z {2}written to ${origin}-0 at offset 1\n`))
  assert.match(text, /2023-11-14T22:13:21.000Z {2}failed for the first time\n/)
  assert.match(text, /given up by billing after 3 attempts: attempts-exhausted; TimeoutError: away 1\n/)
  assert.match(text, /Stack:\n {2}TimeoutError: away\n {6}at handle/)
  assert.match(text, /Headers:\n {2}tenant: a\n\nKey: user-1\nValue: \{"total": 1\}\n$/)
  interface Shown {
    pending: boolean
    key: string
    letter: { family: string; offset: number; redrives: number }
    history: { at: number | null; what: string }[]
  }
  const [shown] = await cluster.json<Shown[]>(['dlq', 'show', topic, '0:1'])
  assert.deepEqual(
    [shown!.pending, shown!.key, shown!.letter.family, shown!.letter.offset],
    [true, 'user-1', 'millrace', 1],
  )
  assert.equal(shown!.history.length, 3)
})

test('a dry run says what would go where; the run asks, sends once, and purging deletes what was sent', async () => {
  const { origin, topic } = await letters()
  const dry = await cluster.run(['dlq', 'redrive', topic, '--dry-run', '--at', '0:2', '--at', '0:1'])
  assert.equal(dry.code, 0, dry.stderr)
  assert.equal(
    dry.stdout,
    `DEAD LETTERS${' '.repeat(topic.length - 10)}WOULD GO TO  RECORDS\n${topic}  ${origin.padEnd(13)}      2\n`,
  )
  assert.match(dry.stderr, /nothing was sent: a dry run/)
  const refused = await cluster.run(['dlq', 'redrive', topic], { input: 'n\n' })
  assert.equal(refused.code, 2)
  assert.match(refused.stderr, new RegExp(`Send 3 dead letters to ${origin} \\(3\\)\\? \\[y/N\\]`))
  assert.deepEqual(await recordsOf(origin), [])
  const sent = await cluster.run(
    ['dlq', 'redrive', topic, '--error', 'TimeoutError', '-n', '2', '--rate', '1000'],
    { input: 'y\n' },
  )
  assert.equal(sent.code, 0, sent.stderr)
  interface Report {
    topic: string
    dryRun: boolean
    sent: number
    failed: number
    isComplete: boolean
    targets: { topic: string; records: number }[]
  }
  const [rest] = await cluster.json<Report[]>(['dlq', 'redrive', topic, '--force', '--for-all'])
  assert.deepEqual(
    [rest!.topic, rest!.dryRun, rest!.sent, rest!.failed, rest!.isComplete, rest!.targets],
    [topic, false, 1, 0, true, [{ topic: origin, records: 1 }]],
  )
  const again = await cluster.run(['dlq', 'redrive', topic, '--force'])
  assert.deepEqual([again.code, again.stdout], [0, ''])
  assert.match(again.stderr, /nothing to send back/)
  const records = await recordsOf(origin)
  assert.deepEqual(
    records.map(({ key, value }) => [key, value]),
    [0, 1, 2].map(n => [`user-${n}`, `{"total": ${n}}`]),
  )
  assert.deepEqual(records[0]!.headers, [
    { key: 'tenant', value: 'a' },
    { key: '__millrace.errors.redrives', value: '1' },
    { key: '__millrace.redrive.group', value: 'billing' },
  ])
  assert.equal(records[2]!.headers.length, 2, 'for all groups')
  const plan = await cluster.out(['dlq', 'purge', topic, '--dry-run'])
  assert.match(plan, /PARTITION +START +TO +END +MAX RECORDS\n\S+ +0 +0 +3 +3 +3\n/)
  const purged = await cluster.run(['dlq', 'purge', topic], { input: 'yes\n' })
  assert.equal(purged.code, 0, purged.stderr)
  assert.match(purged.stderr, /Delete up to 3 dead letters\?/)
  assert.deepEqual(await cluster.json(['dlq', 'list', topic]), [])
  const none = await cluster.run(['dlq', 'purge', topic, '--force'])
  assert.deepEqual([none.code, none.stdout], [0, ''])
})

test('purging leaves what was not sent back, unless all is to go', async () => {
  const { topic } = await letters()
  await cluster.out(['dlq', 'redrive', topic, '--at', '0:0', '--at', '0:2', '--force'])
  const [first] = await cluster.json<{ to: number }[]>(['dlq', 'purge', topic, '--force'])
  assert.equal(first!.to, 1)
  const rows = await cluster.json<{ offset: number; pending: boolean }[]>(['dlq', 'list', topic, '-r'])
  assert.deepEqual(
    rows.map(({ offset, pending }) => [offset, pending]),
    [
      [1, true],
      [2, false],
    ],
  )
  const [rest] = await cluster.json<{ to: number }[]>(['dlq', 'purge', topic, '--all', '--force'])
  assert.equal(rest!.to, 3)
})

test('a letter is edited from a file, or in an editor, and the new one goes back', async () => {
  const { origin, topic } = await letters()
  const file = join(directory, 'mended.json')
  await writeFile(file, '{ "value": { "total": 100 }, "headers": { "tenant": "b" } }')
  interface Edited {
    to: { partition: number; offset: number } | null
  }
  const mended = await cluster.json<Edited>(['dlq', 'edit', topic, '0:1', '--file', file])
  assert.deepEqual(mended.to, { partition: 0, offset: 3 })
  const seen = join(directory, 'seen.json')
  const script = join(directory, 'editor.cjs')
  await writeFile(
    script,
    `const fs = require('node:fs'); const path = process.argv.at(-1); const text = fs.readFileSync(path, 'utf8')
     fs.writeFileSync(process.env.SEEN, text); fs.writeFileSync(path, eval(process.env.CHANGE))`,
  )
  const editor = (change: string) => ({
    environment: { EDITOR: `${process.execPath} ${script}`, SEEN: seen, CHANGE: change },
  })
  const changed = await cluster.run(
    ['dlq', 'edit', topic, '0:2'],
    editor('text.replace(\'"total": 2\', \'"total": 200\')'),
  )
  assert.equal(changed.code, 0, changed.stderr)
  assert.match(changed.stderr, /stands anew at 0:\d/)
  assert.equal(
    await readFile(seen, 'utf8'),
    '{\n  "key": "user-2",\n  "value": {"total": 2},\n  "headers": [\n    {"key":"tenant","value":"a"}\n  ]\n}\n',
  )
  const same = await cluster.run(['dlq', 'edit', topic, '0:0'], editor('text'))
  assert.deepEqual([same.code, same.stderr], [0, 'nothing was changed\n'])
  const broken = await cluster.run(['dlq', 'edit', topic, '0:0'], editor('text + "}"'))
  assert.equal(broken.code, 2)
  const [, kept] = /what you wrote is kept in (\S+)/.exec(broken.stderr)!
  assert.match(await readFile(kept!, 'utf8'), /\}\n\}$/)
  const failed = await cluster.run(['dlq', 'edit', topic, '0:0'], { environment: { EDITOR: 'false' } })
  assert.equal(failed.code, 1)
  assert.match(failed.stderr, /editor \(false\) ended with code 1: nothing was changed/)
  const twice = await cluster.run(['dlq', 'edit', topic, '0:1', '--file', file])
  assert.equal(twice.code, 6)
  const shown = await cluster.out(['dlq', 'show', topic, '0:3'])
  assert.match(shown, /edited; it stood at 0:1/)
  await cluster.out(['dlq', 'redrive', topic, '--force'])
  const records = await recordsOf(origin)
  assert.deepEqual(
    records.map(({ key, value }) => [key, value]),
    [
      ['user-0', '{"total": 0}'],
      ['user-1', '{ "total": 100 }'],
      ['user-2', '{"total": 200}'],
    ],
  )
  assert.deepEqual(records[1]!.headers[0], { key: 'tenant', value: 'b' })
})

test('what cannot be sent back is named, stays, and the command fails', async () => {
  const topic = 'strays-dlq'
  await cluster.out(['topic', 'create', topic, 'elsewhere', '-p', '1'])
  await write(topic, [
    { value: 'bare', headers: {} },
    { value: 'lost', headers: ofService('was-deleted', 0) },
  ])
  const { code, stderr } = await cluster.run(['dlq', 'redrive', topic, '--force'])
  assert.equal(code, 1)
  assert.match(stderr, /strays-dlq 0:0: it has no headers of a dead letter/)
  assert.match(stderr, /strays-dlq 0:1: topic "was-deleted" does not exist/)
  assert.match(stderr, /2 dead letters cannot be sent back and stay as they are/)
  await cluster.out(['dlq', 'redrive', topic, '--force', '--to', 'elsewhere'])
  assert.equal((await recordsOf('elsewhere')).length, 2)
})

test('each mistake has one line and its exit code', async () => {
  const { topic } = await letters(1)
  const file = join(directory, 'nothing.json')
  await writeFile(file, '{}')
  const cases = [
    [4, ['list', 'nowhere'], /UNKNOWN_TOPIC_OR_PARTITION/],
    [4, ['list', '--pattern', '^nothing$'], /no topic matches/],
    [2, ['list', topic, '--by', 'colour'], /There is no "colour"; there are origin/],
    [2, ['list', topic, '--since', 'yesterday'], /"yesterday" is no time/],
    [2, ['list', topic, '-m', '['], /not a regular expression/],
    [2, ['list', topic, '--family', 'rabbit'], /Allowed choices/],
    [2, ['show', topic, '17'], /is not partition:offset/],
    [4, ['show', topic, '0:17'], /has no record at offset 17/],
    [4, ['show', topic, '7:0'], /has no record at offset 0/],
    [2, ['edit', topic, '0:0', '--file', file], /nothing to change/],
    [2, ['edit', topic, '0:0', '--file', `${file}x`], /no such file/],
    [2, ['redrive', topic, '--rate', '0'], /whole number/],
    [2, ['redrive', topic, '--for-all', '--for-group', 'x'], /cannot be used with/],
    [2, ['redrive', topic, 'other', '--progress-group', 'x'], /is for one topic/],
  ] as const
  const outcomes = await Promise.all(cases.map(([, args]) => cluster.inside(['dlq', ...args])))
  outcomes.forEach(({ code, stderr, stdout }, index) => {
    const [expected, args, message] = cases[index]!
    assert.equal(code, expected, `${args.join(' ')}: ${stderr}`)
    assert.match(stderr, message)
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack')
    assert.equal(stdout, '')
  })
})

test('a broker that goes away amid a redrive is said, in time, and so is what was sent', {
  timeout: 60_000,
}, async () => {
  const own = await startCluster()
  try {
    await own.out(['topic', 'create', 'jobs', 'jobs-dlt', '-p', '1'])
    const lines = Array.from({ length: 40 }, (_, n) =>
      JSON.stringify({
        value: `${n}`,
        headers: Object.entries(ofService('jobs', n)).map(([key, value]) => ({ key, value })),
      }),
    )
    await own.out(['produce', 'jobs-dlt', '--json', '-q'], lines.join('\n'))
    const redrive = own.start(['dlq', 'redrive', 'jobs-dlt', '--force', '--rate', '10', '--timeout', '2s'])
    await eventually('some are sent', async () => {
      const [{ end }] = await own.json<[{ end: number }]>(['topic', 'offsets', 'jobs'])
      return end >= 10
    })
    await own.broker.close()
    const { code, stderr } = await redrive.ended
    assert.equal(code, 5, stderr)
    assert.match(stderr, /jobs-dlt: \d+ records sent so far; another run goes on behind them/)
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack')
  } finally {
    await own[Symbol.asyncDispose]()
  }
})
