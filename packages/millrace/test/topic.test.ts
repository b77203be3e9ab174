// Topics on the command line.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, startCluster } from './support/cluster.ts'

let cluster: Cluster
before(async () => {
  cluster = await startCluster()
})
after(() => cluster[Symbol.asyncDispose]())

interface Described {
  topic: string
  partitions: { partition: number; start: number; end: number; maxRecords: number; sizeBytes: number }[]
  configs: { name: string; value: string; source: string }[]
}

test('a topic is created, listed, described, altered and deleted', async () => {
  const created = await cluster.out(['topic', 'create', 'life', '-p', '3', '-c', 'retention.ms=60000'])
  assert.equal(created, 'TOPIC  RESULT\nlife   created\n')
  const [described] = await cluster.json<Described[]>(['topic', 'describe', 'life'])
  assert.deepEqual(
    described?.partitions.map(({ partition, start, end, maxRecords }) => [partition, start, end, maxRecords]),
    [
      [0, 0, 0, 0],
      [1, 0, 0, 0],
      [2, 0, 0, 0],
    ],
  )
  assert.deepEqual(described.configs, [{ name: 'retention.ms', value: '60000', source: 'topic' }])
  const altered = await cluster.out(
    'topic alter life -p 5 -c segment.bytes=1048576 --delete-config retention.ms'.split(' '),
  )
  assert.equal(altered, 'TOPIC  CHANGE      RESULT\nlife   partitions  altered\nlife   settings    altered\n')
  const [after] = await cluster.json<Described[]>(['topic', 'describe', 'life'])
  assert.equal(after?.partitions.length, 5)
  assert.deepEqual(
    after.configs.map(({ name, value }) => [name, value]),
    [['segment.bytes', '1048576']],
  )
  assert.match(
    await cluster.out(['topic', 'list', '^li.e$']),
    /^TOPIC {2}PARTITIONS {2}REPLICAS\nlife {12}5 {9}1\n$/,
  )
  await cluster.out(['topic', 'delete', 'life'])
  assert.deepEqual(await cluster.json(['topic', 'list', '^life$']), [])
})

test('a dry run changes nothing, and what exists or is missing can be forgiven', async () => {
  const [dry, first] = await Promise.all([
    cluster.out(['topic', 'create', 'dry', '--dry-run']),
    cluster.out(['topic', 'create', 'once']),
  ])
  assert.match(dry, /would be created/)
  assert.match(first, /created/)
  const [list, again, gone] = await Promise.all([
    cluster.json<{ topic: string }[]>(['topic', 'list', '^(dry|once)$']),
    cluster.run(['topic', 'create', 'once', '--if-not-exists']),
    cluster.run(['topic', 'delete', 'nowhere', '--if-exists']),
  ])
  assert.deepEqual(
    list.map(({ topic }) => topic),
    ['once'],
  )
  assert.deepEqual([again.code, gone.code], [0, 0])
})

test('each class of failure of a topic command has its exit code and one line', async () => {
  await cluster.out(['topic', 'create', 'taken'])
  const cases = [
    [6, ['create', 'taken'], /TOPIC_ALREADY_EXISTS/],
    [4, ['describe', 'nowhere'], /UNKNOWN_TOPIC_OR_PARTITION/],
    [4, ['delete', 'nowhere'], /UNKNOWN_TOPIC_OR_PARTITION/],
    [2, ['create', 'bad name'], /INVALID_TOPIC_EXCEPTION/],
    [2, ['create', 'x', '-c', 'retention.mss=1'], /INVALID_CONFIG/],
    [2, ['alter', 'taken', '-p', '1'], /INVALID_PARTITIONS/],
    [2, ['alter', 'taken'], /nothing to change/],
    [2, ['create', 'x', '-p', 'many'], /whole number/],
    [2, ['list', '['], /not a regular expression/],
    [2, ['list', '-X', 'client.di=me'], /did you mean "client.?[iI]d"/],
  ] as const
  const outcomes = await Promise.all(cases.map(([, args]) => cluster.inside(['topic', ...args])))
  outcomes.forEach(({ code, stderr, stdout }, index) => {
    const [expected, args, message] = cases[index]!
    assert.equal(code, expected, `${args.join(' ')}: ${stderr}`)
    assert.match(stderr, message)
    assert.match(stderr, /^millrace: /)
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack')
    assert.equal(stdout, '')
  })
})

test('of several topics each is told by itself', async () => {
  await cluster.out(['topic', 'create', 'second'])
  const { code, stdout, stderr } = await cluster.run(['topic', 'create', 'first', 'second'])
  assert.equal(code, 6)
  assert.match(stdout, /^first {3}created$/m)
  assert.match(stdout, /^second {2}.*already exists/m)
  assert.match(stderr, /1 of 2 topics failed/)
})

test('of two changes to a topic each is told, where one is refused, too', async () => {
  await cluster.out(['topic', 'create', 'grown', '-p', '1'])
  const args = ['topic', 'alter', 'grown', '-p', '3', '-c', 'retention.mss=1', '--json']
  const { code, stdout } = await cluster.run(args)
  assert.equal(code, 2)
  const rows = JSON.parse(stdout) as { change: string; result: string }[]
  assert.deepEqual(
    rows.map(({ change, result }) => [change, result]),
    [
      ['partitions', 'altered'],
      ['settings', 'failed'],
    ],
  )
})
