// Commands that administer a cluster, against a broker of the test: descriptions, offsets, resets, contexts.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Cluster, startCluster } from './support/cluster.ts'

let cluster: Cluster
let root: string
before(async () => {
  cluster = await startCluster({ 'num.partitions': 1 })
  root = await mkdtemp(join(tmpdir(), 'millrace-admin-'))
})
after(async () => {
  await cluster[Symbol.asyncDispose]()
  await rm(root, { recursive: true, force: true })
})

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index}\n`).join('')

test('one name that is wrong hides none of the others that are described', async () => {
  await cluster.out(['topic', 'create', 'seen', '-p', '2'])
  await cluster.out(['produce', 'seen'], 'x\n')
  await cluster.out(['consume', 'seen', '-g', 'reader', '-e'])
  const [topics, topicsJson, groups, groupsJson] = await Promise.all([
    cluster.run(['topic', 'describe', 'nowhere', 'seen', 'nothing']),
    cluster.run(['topic', 'describe', 'nowhere', 'seen', '--json']),
    cluster.run(['group', 'describe', 'nobody', 'reader']),
    cluster.run(['group', 'describe', 'nobody', 'reader', '--json']),
  ])
  assert.deepEqual(
    [topics, topicsJson, groups, groupsJson].map(({ code }) => code),
    [4, 4, 4, 4],
  )
  assert.match(topics.stdout, /^seen {3}id /)
  assert.match(
    topics.stderr,
    /^millrace: 2 of 3 topics failed\n.*"?nowhere.*UNKNOWN_TOPIC_OR_PARTITION.*\n.*nothing/,
  )
  assert.match(groups.stdout, /^reader {3}Empty, 0 members/)
  assert.match(groups.stderr, /^millrace: 1 of 2 groups failed\n.*"nobody"/)
  const [missing, seen] = JSON.parse(topicsJson.stdout) as { topic: string; error?: string }[]
  assert.match(missing?.error ?? '', /UNKNOWN_TOPIC_OR_PARTITION/)
  assert.deepEqual([missing?.topic, seen?.topic, seen?.error], ['nowhere', 'seen', undefined])
  const described = JSON.parse(groupsJson.stdout) as { group: string; error?: string }[]
  assert.deepEqual(
    described.map(({ group, error }) => [group, error === undefined]),
    [
      ['nobody', false],
      ['reader', true],
    ],
  )
})

test('--if-not-exists and --if-exists say what was found, in text and in JSON', async () => {
  await cluster.out(['topic', 'create', 'there'])
  const [again, mixed, gone, goneJson] = await Promise.all([
    cluster.out(['topic', 'create', 'there', '--if-not-exists']),
    cluster.json(['topic', 'create', 'there', 'fresh', '--if-not-exists']),
    cluster.out(['topic', 'delete', 'nowhere', '--if-exists']),
    cluster.json(['topic', 'delete', 'nowhere', '--if-exists']),
  ])
  assert.equal(again, 'TOPIC  RESULT\nthere  exists already\n')
  assert.deepEqual(mixed, [
    { topic: 'there', result: 'exists already', error: null },
    { topic: 'fresh', result: 'created', error: null },
  ])
  assert.equal(gone, 'TOPIC    RESULT\nnowhere  did not exist\n')
  assert.deepEqual(goneJson, [{ topic: 'nowhere', result: 'did not exist', error: null }])
})

test('the cluster is described: brokers with what they hold, the controller, features', async () => {
  await cluster.out(['topic', 'create', 'held', '-p', '3'])
  await cluster.out(['produce', 'held'], numbers(10))
  interface Shown {
    clusterId: string
    controller: number
    topics: number
    partitions: number
    internal: { topics: number; partitions: number }
    brokers: {
      id: number
      host: string
      port: number
      controller: boolean
      replicas: number
      sizeBytes: number
      freeBytes: number | null
    }[]
    features: { name: string; min: number; max: number }[]
  }
  const shown = await cluster.json<Shown>(['cluster'])
  const [broker] = shown.brokers
  assert.equal(shown.brokers.length, 1)
  assert.deepEqual([broker!.host, broker!.port], ['127.0.0.1', cluster.broker.port])
  assert.equal(broker!.controller, true)
  assert.equal(shown.controller, broker!.id)
  assert.ok(broker!.replicas >= 3 && broker!.sizeBytes > 0, JSON.stringify(broker))
  // Kafka's own are counted beside those of users.
  const { length } = await cluster.json<object[]>(['topic', 'list'])
  assert.deepEqual([shown.topics, shown.partitions >= 3], [length, true])
  assert.deepEqual(shown.internal, { topics: 1, partitions: 50 })
  const text = await cluster.out(['cluster'])
  assert.ok(text.startsWith(`cluster ${shown.clusterId}   controller ${shown.controller}   `), text)
  assert.match(text, /^BROKER {2}ADDRESS +RACK {2}ROLE +REPLICAS +SIZE +FREE$/m)
  assert.match(text, /^ +\d+ {2}127\.0\.0\.1:\d+ +- +controller +\d+ /m)
})

test('topics show which replicas are in sync, and can be narrowed to those that are behind', async () => {
  await cluster.out(['topic', 'create', 'synced', '-p', '2'])
  const [described] = await cluster.json<{ partitions: object[] }[]>(['topic', 'describe', 'synced'])
  const id = (await cluster.json<{ controller: number }>(['cluster'])).controller
  assert.deepEqual(described?.partitions[0], {
    partition: 0,
    leader: id,
    replicas: [id],
    isr: [id],
    underReplicated: false,
    start: 0,
    end: 0,
    maxRecords: 0,
    sizeBytes: 0,
  })
  assert.match(
    await cluster.out(['topic', 'describe', 'synced']),
    /^PARTITION {2}LEADER {2}REPLICAS {2}ISR {2}START/m,
  )
  const behind = await cluster.run(['topic', 'describe', '--under-replicated'])
  assert.deepEqual([behind.code, behind.stdout, behind.stderr], [0, '', 'no partition is under-replicated\n'])
  assert.deepEqual(await cluster.json(['topic', 'describe', '--under-replicated']), [])
})

test('offsets of partitions are found by themselves, by time and by position', async () => {
  await cluster.out(['topic', 'create', 'timed', '-p', '2'])
  await cluster.out(
    ['produce', 'timed', '--json', '-p', '0'],
    [1000, 2000, 3000].map(timestamp => JSON.stringify({ value: 'x', timestamp })).join('\n'),
  )
  const at = async (point: string, topic = 'timed') =>
    (
      await cluster.json<{ partition: number; offset: number | null; timestamp: number | null }[]>([
        'topic',
        'offsets',
        topic,
        '--at',
        point,
      ])
    ).map(({ partition, offset, timestamp }) => [partition, offset, timestamp])
  assert.deepEqual(await cluster.json(['topic', 'offsets', 'timed']), [
    { topic: 'timed', partition: 0, start: 0, end: 3 },
    { topic: 'timed', partition: 1, start: 0, end: 0 },
  ])
  assert.deepEqual(await at('@1970-01-01T00:00:01.500Z'), [
    [0, 1, 2000],
    [1, null, null],
  ])
  assert.deepEqual(await at('@-1h', 'timed:0'), [[0, null, null]])
  assert.deepEqual(await at('max-timestamp', 'timed:0'), [[0, 2, 3000]])
  assert.deepEqual(await at('-1', 'timed:0'), [[0, 2, null]])
  assert.equal(
    await cluster.out(['topic', 'offsets', 'timed:0']),
    'TOPIC  PARTITION  START  END\ntimed          0      0    3\n',
  )
  for (const [args, code, message] of [
    [['timed:9'], 4, /has no partition 9: it has 2/],
    [['nowhere'], 4, /UNKNOWN_TOPIC_OR_PARTITION/],
    [['timed:x'], 2, /"timed:x" is not topic:0,1,2/],
    [['timed', '--at', '1:2'], 2, /is a range/],
  ] as const) {
    const outcome = await cluster.inside(['topic', 'offsets', ...args])
    assert.equal(outcome.code, code, outcome.stderr)
    assert.match(outcome.stderr, message)
  }
})

test('a topic is trimmed when it is told to, and only before the point', async () => {
  await cluster.out(['topic', 'create', 'trimmed', '-p', '2'])
  await cluster.out(['produce', 'trimmed', '-p', '0'], numbers(10))
  await cluster.out(['produce', 'trimmed', '-p', '1'], numbers(4))
  const trim = (...args: string[]) =>
    cluster.json<{ partition: number; before: number; after: number; maxRecords: number }[]>([
      'topic',
      'trim',
      ...args,
    ])
  const planned = await trim('trimmed', '--to', '4')
  assert.deepEqual(planned, [
    { topic: 'trimmed', partition: 0, before: 0, after: 4, maxRecords: 4 },
    { topic: 'trimmed', partition: 1, before: 0, after: 4, maxRecords: 4 },
  ])
  const rest = () => cluster.out(['consume', 'trimmed', '-o', 'start', '-e', '-f', '%p:%o '])
  assert.match(await rest(), /0:0 /, 'nothing was deleted')
  await trim('trimmed:0', '--to', '-2', '--execute')
  assert.deepEqual((await rest()).trim().split(' ').sort(), ['0:8', '0:9', '1:0', '1:1', '1:2', '1:3'])
  assert.deepEqual(
    (await trim('trimmed', '--to', 'end', '--execute')).map(({ after }) => after),
    [10, 4],
  )
  assert.equal(await rest(), '')
  const again = await cluster.inside(['topic', 'trim', 'trimmed', '--to', 'end', '--execute'])
  assert.equal(again.stderr, 'nothing was deleted: there is nothing before that point\n')
  const lacking = await cluster.inside(['topic', 'trim', 'trimmed'])
  assert.equal(lacking.code, 2)
  assert.match(
    lacking.stderr,
    /^millrace: required option '--to <point>' not specified\nUsage: millrace topic trim \[options\] <topic\.\.\.>\n\("millrace topic trim --help" tells what there is\)\n$/,
  )
})

test('an offset that a partition has not reached deletes nothing of any', async () => {
  await cluster.out(['topic', 'create', 'short', '-p', '2'])
  await cluster.out(['produce', 'short', '-p', '0'], numbers(10))
  for (const execute of [[], ['--execute']]) {
    const { code, stdout, stderr } = await cluster.inside(['topic', 'trim', 'short', '--to', '7', ...execute])
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(
      stderr,
      /^millrace: --to 7 is beyond the end: short:1 ends at 0\n {2}"--to end" deletes all there is/,
    )
  }
  const { stderr } = await cluster.inside(['topic', 'trim', 'short:0', '--to', '7', '--execute'])
  assert.equal(stderr, 'deleted at most 7 records of 1 partition\n')
  assert.equal(await cluster.out(['consume', 'short', '-o', 'start', '-e', '-f', '%o ']), '7 8 9 ')
})

test('a topic that is there already is a conflict that says what passes over it', async () => {
  await cluster.out(['topic', 'create', 'taken'])
  for (const names of [['taken'], ['taken', 'untaken']]) {
    const { code, stderr } = await cluster.inside(['topic', 'create', ...names])
    assert.equal(code, 6)
    assert.match(stderr, /\n {2}with --if-not-exists a topic that is there is no failure\n$/)
  }
})

test('names of others move nothing on the terminal, in tables and in messages', async () => {
  const group = 'a\u001b[2Jb\u202ec'
  await cluster.out(['topic', 'create', 'escaped'])
  await cluster.out(['produce', 'escaped'], 'x\n')
  await cluster.out(['consume', 'escaped', '-g', group, '-e'])
  const [listed, described, missing] = await Promise.all([
    cluster.inside(['group', 'list']),
    cluster.inside(['group', 'describe', group]),
    cluster.inside(['group', 'describe', `${group}!`]),
  ])
  for (const { stdout } of [listed, described]) assert.ok(stdout.includes('a\\x1b[2Jb\\u202ec'), stdout)
  assert.ok(missing.stderr.includes('"a\\x1b[2Jb\\u202ec!"'), missing.stderr)
  for (const { stdout, stderr } of [listed, described, missing])
    assert.doesNotMatch(stdout + stderr, /\p{Cf}|(?!\n)\p{Cc}/u)
})

test('what a group committed in a topic is forgotten, and nothing else of it', async () => {
  await cluster.out(['produce', 'left'], numbers(3))
  await cluster.out(['produce', 'kept'], numbers(2))
  await cluster.out(['consume', 'left', 'kept', '-g', 'forgetful', '-e'])
  const deleted = await cluster.json(['group', 'delete-offsets', 'forgetful', '-t', 'left'])
  assert.deepEqual(deleted, [{ topic: 'left', partition: 0, offset: 3, result: 'deleted', error: null }])
  const [described] = await cluster.json<{ partitions: { topic: string; committed: number }[] }[]>([
    'group',
    'describe',
    'forgetful',
  ])
  assert.deepEqual(
    described!.partitions.map(({ topic, committed }) => [topic, committed]),
    [['kept', 2]],
  )
  const again = await cluster.run(['group', 'delete-offsets', 'forgetful', '-t', 'left'])
  assert.equal(again.code, 2)
  assert.match(again.stderr, /group "forgetful" has committed nothing in left/)
})

interface Reset {
  group: string
  topic: string
  partition: number
  before: number | null
  after: number
}

const reset = async (...args: string[]) =>
  (await cluster.json<Reset[]>(['group', 'reset', ...args])).map(
    ({ group, topic, partition, before, after: to }) => `${group} ${topic}-${partition} ${before} ${to}`,
  )

test('groups are reset together, to what they have, and from a file', async () => {
  await cluster.out(['topic', 'create', 'shared', '-p', '2'])
  await cluster.out(['produce', 'shared', '-p', '0'], numbers(10))
  await cluster.out(['produce', 'shared', '-p', '1'], numbers(4))
  for (const group of ['all-a', 'all-b']) await cluster.out(['consume', 'shared', '-g', group, '-e'])
  const saved = await cluster.out(['group', 'reset', 'all-a', 'all-b', '--to', 'current', '--json'])
  const file = join(root, 'offsets.json')
  await writeFile(file, saved)
  assert.deepEqual(await reset('all-a', 'all-b', '--to', '3', '-t', 'shared:0', '--execute'), [
    'all-a shared-0 10 3',
    'all-b shared-0 10 3',
  ])
  const every = await reset('--all-groups', '-t', 'shared', '--to', 'shift:1')
  assert.deepEqual(
    every.filter(row => row.startsWith('all-')),
    ['all-a shared-0 3 4', 'all-a shared-1 4 4', 'all-b shared-0 3 4', 'all-b shared-1 4 4'],
  )
  assert.deepEqual(await reset('--from-file', file, '--execute'), [
    'all-a shared-0 3 10',
    'all-a shared-1 4 4',
    'all-b shared-0 3 10',
    'all-b shared-1 4 4',
  ])
  const csv = join(root, 'offsets.csv')
  await writeFile(csv, '"shared",0,2\nshared,1,99\n')
  assert.deepEqual(await reset('all-a', '--from-file', csv, '--execute'), [
    'all-a shared-0 10 2',
    'all-a shared-1 4 4',
  ])
  await writeFile(csv, 'all-a,shared,0,5\nall-b,shared,0,6\n')
  assert.deepEqual(await reset('--from-file', csv), ['all-a shared-0 2 5', 'all-b shared-0 10 6'])
  assert.deepEqual(await reset('newcomer', '-t', 'shared', '--to', 'current'), [
    'newcomer shared-0 null 10',
    'newcomer shared-1 null 4',
  ])
})

test('a reset is done whole or not at all, and says what is wrong with it', async () => {
  await cluster.out(['produce', 'whole'], numbers(3))
  await cluster.out(['consume', 'whole', '-g', 'idle', '-e'])
  const file = join(root, 'bad.csv')
  await writeFile(file, 'whole,0,1\nwhole,zero,1\n')
  const other = join(root, 'other.csv')
  await writeFile(other, 'someone,whole,0,1\n')
  const help = /\nUsage: millrace group reset \[options\] \[group\.\.\.\]\n\("millrace group reset --help"/
  const cases: readonly (readonly [readonly string[], RegExp, RegExp?])[] = [
    [['idle'], /^millrace: missing --to, which says where to/, help],
    [['--to', 'start'], /^millrace: missing required argument 'group' \(or --all-groups\)/, help],
    [[], /^millrace: missing --to/, help],
    [['idle', '--all-groups', '--to', 'start'], /--all-groups excludes naming groups/, help],
    [['idle', '--to', 'end', '--from-file', file], /cannot be used with option/, help],
    [['idle', '--to', '1:2'], /"1:2" is a range; one point is wanted/],
    [['idle', '--to', ':end'], /":end" is a range; one point is wanted/],
    [['idle', '--to', '@-2h:@-1h'], /is a range/],
    [['idle', '--to', 'soon'], /"soon" is no offset/],
    [['idle', '--to', '@2026-02-30'], /"2026-02-30" is no time/],
    [['idle', '--to', 'shift:99999999999999999999'], /further than offsets go/],
    [['idle', '--from-file', file], /bad\.csv, line 2: "whole,zero,1" is no offset/],
    [['idle', '--from-file', other], /group "someone", which the command line does not name/],
    [['idle', '--from-file', join(root, 'missing.csv')], /--from-file .*missing\.csv: ENOENT/],
  ]
  for (const [args, message, more] of cases) {
    const { code, stderr, stdout } = await cluster.inside(['group', 'reset', ...args])
    assert.deepEqual([code, stdout], [2, ''], `${args.join(' ')}: ${stderr}`)
    assert.match(stderr, message, args.join(' '))
    if (more) assert.match(stderr, more, args.join(' '))
  }
  await using member = cluster.start(['consume', 'whole', '-g', 'busy-one'])
  await member.waitFor(/2\n/)
  const both = await cluster.run([
    'group',
    'reset',
    'idle',
    'busy-one',
    '--to',
    'start',
    '-t',
    'whole',
    '--execute',
  ])
  assert.equal(both.code, 6, both.stderr)
  assert.match(both.stderr, /group "busy-one" has members.*\n {2}.*stop its consumers first/)
  assert.deepEqual(await reset('idle', '--to', 'current'), ['idle whole-0 3 3'], 'the other is as it was')
})

test('a member that gets no partition ends with --exit, and says so', async () => {
  await cluster.out(['topic', 'create', 'single', '-p', '1'])
  await cluster.out(['produce', 'single'], 'x\n')
  await using owner = cluster.start(['consume', 'single', '-g', 'crowd'])
  await owner.waitFor(/x/)
  const { code, stdout, stderr } = await cluster.run(['consume', 'single', '-g', 'crowd', '-e'])
  assert.deepEqual([code, stdout], [0, ''])
  assert.match(stderr, /group "crowd" has no partition for this member/)
})

test('perf produce writes as many records as it is told to', async () => {
  for (const count of [1, 10, 65]) {
    await cluster.out(['perf', 'produce', `perf-${count}`, '-n', String(count)])
    const [row] = await cluster.json<{ end: number }[]>(['topic', 'offsets', `perf-${count}`])
    assert.equal(row!.end, count)
  }
})

test('contexts that cannot be written are said so at once', {
  skip: process.platform !== 'linux',
}, async () => {
  const create = ['context', 'create', 'here', '-b', '127.0.0.1:9092']
  const { code, stderr } = await cluster.run(create, {
    environment: { HOME: '/proc/nobody', XDG_CONFIG_HOME: '', APPDATA: '', MILLRACE_CONFIG: '' },
  })
  assert.equal(code, 3)
  assert.match(
    stderr,
    /^millrace: the contexts cannot be written: ENOENT.*\/proc\/nobody'\n {2}MILLRACE_CONFIG names/,
  )
})

test('contexts say where commands go, by name, unless something nearer does', async () => {
  const path = join(root, 'config', 'contexts.json')
  const environment = { MILLRACE_CONFIG: path, MILLRACE_BROKERS: '' }
  const millrace = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    cluster.run(args, { environment: { ...environment, ...more } })
  await cluster.out(['topic', 'create', 'by-context'])
  const { address } = cluster.broker
  const none = await millrace(['context', 'list'])
  assert.match(none.stderr, /no contexts are saved/)
  const created = await millrace(['context', 'create', 'here', '-b', address, '-X', 'client.id=me', '--use'])
  assert.equal(created.code, 0, created.stderr)
  await millrace(['context', 'create', 'away', '-b', '127.0.0.1:1, 127.0.0.1:2'])
  assert.equal((await stat(path)).mode & 0o777, 0o600, 'what it holds may be secret')
  assert.match((await millrace(['topic', 'list'])).stdout, /by-context/)
  const list = await millrace(['context', 'list', '--json'])
  assert.deepEqual(JSON.parse(list.stdout), [
    { context: 'away', current: false, brokers: ['127.0.0.1:1', '127.0.0.1:2'] },
    { context: 'here', current: true, brokers: [address] },
  ])
  const away = ['--timeout', '1s']
  const cases: readonly (readonly [readonly string[], Readonly<Record<string, string>>, number])[] = [
    [[], {}, 0],
    [['--context', 'away', ...away], {}, 5],
    [away, { MILLRACE_CONTEXT: 'away' }, 5],
    [away, { MILLRACE_BROKERS: '127.0.0.1:1' }, 5],
    [[], { MILLRACE_CONTEXT: 'away', MILLRACE_BROKERS: address }, 0],
    [['--context', 'here'], { MILLRACE_BROKERS: '127.0.0.1:1' }, 0],
    [['-b', address], { MILLRACE_CONTEXT: 'away' }, 0],
  ]
  const outcomes = await Promise.all(cases.map(([args, more]) => millrace(['topic', 'list', ...args], more)))
  outcomes.forEach(({ code, stderr }, index) => assert.equal(code, cases[index]![2], `${index}: ${stderr}`))
  const misspelt = await millrace(['topic', 'list', '--context', 'heer'])
  assert.equal(misspelt.code, 4)
  assert.match(misspelt.stderr, /there is no context "heer"; did you mean "here"\?/)
  const [exists, nowhere, spaced, foreign, shown] = await Promise.all([
    millrace(['context', 'create', 'here', '-b', address]),
    millrace(['context', 'create', 'third', '-b', 'here:port']),
    millrace(['context', 'create', 'third', '-b', 'here there']),
    millrace(['context', 'create', 'third', '-b', address, '-X', 'linger.ms=5']),
    millrace(['context', 'show']),
  ])
  assert.deepEqual([exists.code, nowhere.code, spaced.code, foreign.code], [6, 2, 2, 2])
  assert.match(nowhere.stderr, /"here:port" is not an address; write "host:port"/)
  assert.equal(shown.stdout, `context   here\nbrokers   ${address}\nsetting   client.id=me\n`)
  await millrace(['context', 'delete', 'here'])
  assert.equal((JSON.parse(await readFile(path, 'utf8')) as { current: null }).current, null)
  await writeFile(path, '{"contexts":[1]}')
  const broken = await millrace(['topic', 'list'])
  assert.equal(broken.code, 2)
  assert.match(broken.stderr, /contexts\.json does not hold contexts/)
})
