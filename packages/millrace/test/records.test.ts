// Records in and out by the command line.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, startCluster } from './support/cluster.ts'

let cluster: Cluster
before(async () => {
  cluster = await startCluster({ 'num.partitions': 1 })
})
after(() => cluster[Symbol.asyncDispose]())

interface JsonRecord {
  topic: string
  partition: number
  offset: number
  timestamp: number
  timestampType: string
  headers: { key: string; value: string | null }[]
  key: string | null
  value: string | null
}

/** Everything in a topic, one line a record, by a format. */
const all = (topic: string, format: string, ...more: string[]) =>
  cluster.out(['consume', topic, '-o', 'start', '-e', '-f', `${format}\\n`, ...more])

const jsonLines = async (topic: string): Promise<JsonRecord[]> =>
  (await cluster.out(['consume', topic, '-o', 'start', '-e', '--json']))
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as JsonRecord)

test('lines become records, with keys, headers, null values and formats of input', async () => {
  await cluster.out(['produce', 'lines'], 'one\ntwo\r\n\nlast')
  await Promise.all([
    cluster.out(
      ['produce', 'keyed', '-K', ':', '-H', 'a=1', '-H', 'b=x=y', '-H', 'a=2', '-H', '1=z', '-Z', 'NULL'],
      'k:v\nk:NULL\n',
    ),
    cluster.out(['produce', 'formatted', '-f', '%k{hex}=%v;', '-k', 'all'], '6869=a;00=b;'),
    cluster.out(['produce', 'cut', '-D', '|'], 'a|b\nc|'),
  ])
  const [lines, keyed, formatted, cut] = await Promise.all([
    all('lines', '%o <%v>'),
    all('keyed', '%k/%v/%V/%h'),
    all('formatted', '%k %v'),
    all('cut', '%v{json}'),
  ])
  assert.equal(lines, '0 <one>\n1 <two>\n2 <>\n3 <last>\n')
  assert.equal(keyed, 'k/v/1/a=1,b=x=y,a=2,1=z\nk//-1/a=1,b=x=y,a=2,1=z\n')
  assert.equal(formatted, 'all a\nall b\n')
  assert.equal(cut, '"a"\n"b\\nc"\n')
})

test('every codec is written and read back, and the log says which it was', async () => {
  const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd']
  const value = 'x'.repeat(2000)
  await Promise.all(
    codecs.map(codec => cluster.out(['produce', `codec-${codec}`, '-z', codec], `${value}\n`)),
  )
  const shown = await all('^codec-', '%t %a{compression} %V', '--regex')
  assert.deepEqual(
    shown.trim().split('\n').sort(),
    codecs.map(codec => `codec-${codec} ${codec} 2000`).sort(),
  )
})

test('a partition, acks, a rate, tombstones and a line for each delivery', async () => {
  await cluster.out(['topic', 'create', 'chosen', '-p', '4'])
  const delivered = await cluster.out(
    ['produce', 'chosen', '-p', '2', '-a', '1', '-o', '%t %p %o %k %v %i\\n', '-k', 'key'],
    'a\nb\n',
  )
  assert.deepEqual(delivered.trim().split('\n').sort(), ['chosen 2 0 key a 1', 'chosen 2 1 key b 2'])
  await cluster.out(['produce', 'chosen', '-p', '2', '--tombstone', '-k', 'key'])
  assert.equal(await all('chosen', '%p %k %V', '-p', '2', '-p', '3'), '2 key 1\n2 key 1\n2 key -1\n')
  const startedAt = performance.now()
  const paced = await cluster.run(['produce', 'paced', '-r', '20', '-a', '0'], { input: 'x\n'.repeat(11) })
  assert.equal(paced.code, 0)
  assert.ok(performance.now() - startedAt >= 500, 'ten waits of 50 ms')
  assert.match(paced.stderr, /^topic "paced" was not there .*\nsent 11 records \(11 bytes\) in /)
})

test('JSON lines of one topic make the same topic again, whatever the bytes', async () => {
  await cluster.out(['topic', 'create', 'origin', 'copy', '-p', '2'])
  await cluster.out(['produce', 'origin', '-p', '1', '-k', 'grün', '-H', 'h=1'], '{"a":1}\n\u{1f600}\n')
  await cluster.out(['produce', 'origin', '-p', '0', '-f', '%k{hex} %v{hex}\\n'], 'ff00 c3\n')
  await cluster.out(['produce', 'origin', '-p', '0', '--tombstone', '-k', 'gone'])
  const lines = await cluster.out(['consume', 'origin', '-o', 'start', '-e', '--json'])
  await cluster.out(['topic', 'create', 'again', '-p', '2'])
  await cluster.out(['produce', '--json'], lines.replaceAll('"topic":"origin"', '"topic":"again"'))
  const [first, second] = await Promise.all([jsonLines('origin'), jsonLines('again')])
  const sorted = (records: JsonRecord[]) =>
    records
      .map(record => ({ ...record, topic: '' }))
      .sort((a, b) => a.partition - b.partition || a.offset - b.offset)
  assert.equal(first.length, 4)
  assert.deepEqual(sorted(second), sorted(first))
  assert.deepEqual(Object.keys(first.find(({ partition }) => partition === 1)!), [
    'topic',
    'partition',
    'offset',
    'timestamp',
    'timestampType',
    'headers',
    'key',
    'value',
  ])
})

test('where consuming starts and stops', async () => {
  await cluster.out(['produce', 'range'], Array.from({ length: 10 }, (_, index) => `${index}\n`).join(''))
  const times = (await all('range', '%d')).trim().split('\n').map(Number)
  const cases: [string[], string][] = [
    [['-o', 'start', '-e'], '0 1 2 3 4 5 6 7 8 9'],
    [['-o', '7', '-e'], '7 8 9'],
    [['-o', '+8', '-e'], '8 9'],
    [['-o', '-2', '-e'], '8 9'],
    [['-o', '3:6'], '3 4 5'],
    [['-o', ':2'], '0 1'],
    [['-o', '-3:end'], '7 8 9'],
    [['-o', '8:'], '8 9'],
    [['-o', 'start', '-n', '3'], '0 1 2'],
    [['-o', 'end', '-e'], ''],
    [['-o', '99', '-e'], ''],
    [['-o', `@${times[0]}`, '-n', '1'], '0'],
    [['-o', '@-1h:end'], '0 1 2 3 4 5 6 7 8 9'],
    [['-o', `@${times.at(-1)! + 60_000}`, '-e'], ''],
    [['-o', '@2026-01-01T00:00Z:@2026-01-02'], ''],
    [['-o', 'start', '-e', '--grep', '[13579]'], '1 3 5 7 9'],
    [['-o', 'start', '-n', '2', '--grep', '[678]'], '6 7'],
  ]
  const outputs = await Promise.all(
    cases.map(async ([args]) => {
      const { code, stdout, stderr } = await cluster.inside(['consume', 'range', ...args])
      assert.deepEqual([code, stderr], [0, ''])
      return stdout
    }),
  )
  assert.deepEqual(
    outputs.map((output, index) => [cases[index]![0].join(' '), output.trim().replaceAll('\n', ' ')]),
    cases.map(([args, expected]) => [args.join(' '), expected]),
  )
})

test('what the log says of a record can be shown', async () => {
  await cluster.out(['topic', 'create', 'stamped', '-c', 'message.timestamp.type=LogAppendTime'])
  await cluster.out(['produce', 'stamped'], 'a\nb\n')
  const format = '%i %e %a{timestamp-type} %a{transactional} %[ %| %] %y'
  assert.equal(
    await all('stamped', format),
    '1 0 LogAppendTime false 0 2 2 0\n2 0 LogAppendTime false 0 2 2 0\n',
  )
  const [record] = await jsonLines('stamped')
  assert.equal(record?.timestampType, 'LogAppendTime')
  assert.match(await all('stamped', '%x', '-n', '1'), /^\d+\n$/)
})

test('following a topic shows what comes, until Ctrl-C', async () => {
  await cluster.out(['produce', 'followed'], 'before\n')
  await using follower = cluster.start(['consume', 'followed', '-o', 'start'])
  await follower.waitFor(/before/)
  await cluster.out(['produce', 'followed'], 'after\n')
  await follower.waitFor(/after/)
  follower.process.kill('SIGINT')
  const { code, stdout, stderr } = await follower.ended
  assert.deepEqual([code, stdout, stderr], [130, 'before\nafter\n', ''])
})

test('Ctrl-C while producing sends what was read and says so', async () => {
  await using producer = cluster.start(['produce', 'broken-off', '-o', 'got %v\\n'], { input: null })
  producer.process.stdin?.write('one\ntwo\nhalf of a li')
  await producer.waitFor(/got two/)
  producer.process.kill('SIGINT')
  const { code, stderr } = await producer.ended
  assert.equal(code, 130)
  assert.match(stderr, /^topic [^\n]*\nsent 2 records [^\n]*\n$/, 'once')
  assert.equal(await all('broken-off', '%v'), 'one\ntwo\n')
})

test('a reader that goes away ends consuming quietly', async () => {
  await cluster.out(['produce', 'much'], `${'x'.repeat(100)}\n`.repeat(5000))
  await using reader = cluster.start(['consume', 'much', '-o', 'start'])
  await reader.waitFor(/x\n/)
  reader.process.stdout?.destroy()
  // Something must be written for the closed pipe to be noticed.
  await cluster.out(['produce', 'much'], `${'x'.repeat(100)}\n`.repeat(5000))
  const { code, stderr } = await reader.ended
  assert.deepEqual([code, stderr], [0, ''])
})

test('bad input and contradictions are told in a line', async () => {
  const cases = [
    [2, ['produce'], '', /name a topic/],
    [2, ['produce', 'x', '-K', ':'], 'no delimiter\n', /record 1 of the input has no key delimiter/],
    [2, ['produce', '--json'], '{"value":1}\n', /record 1 of the input names no topic/],
    [2, ['produce', 'x', '--json'], 'nope\n', /input line 1: not JSON/],
    [2, ['produce', 'x', '-f', '%z'], '', /unknown verb "%z"/],
    [2, ['produce', 'x', '-o', '%]'], 'a\n', /consumed records only/],
    [2, ['produce', 'x', '--tombstone'], '', /needs --key/],
    [2, ['produce', 'x', '-z', 'brotli'], '', /Allowed choices are none, gzip/],
    [2, ['produce', 'x', '-H', 'nothing'], 'a\n', /is not name=value/],
    [2, ['consume', 'lines', '-o', 'soon'], '', /"soon" is no offset/],
    [2, ['consume', 'lines', '--json', '-f', '%v'], '', /exclude each other/],
    [2, ['consume', 'lines', '-f', '%a{colour}'], '', /no attribute/],
    [2, ['consume', 'lines', '--grep', '('], '', /not a regular expression/],
    [2, ['consume', 'lines', '-g', 'g', '-p', '1'], '', /exclude each other/],
    [4, ['consume', 'nowhere'], '', /UNKNOWN_TOPIC_OR_PARTITION/],
    [4, ['consume', 'nowhere', '-g', 'g'], '', /UNKNOWN_TOPIC_OR_PARTITION/],
    [4, ['consume', 'lines', '-p', '9'], '', /has no partition 9/],
    [4, ['consume', '--regex', 'nothing.*'], '', /no topic matches/],
  ] as const
  await cluster.out(['produce', 'lines'], 'x\n')
  const outcomes = await Promise.all(cases.map(([, args, input]) => cluster.inside(args, input)))
  outcomes.forEach(({ code, stderr }, index) => {
    const [expected, args, , message] = cases[index]!
    assert.equal(code, expected, `${args.join(' ')}: ${stderr}`)
    assert.match(stderr, message)
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack')
  })
})

test('settings of the client go over what the command line sets by itself', async () => {
  await cluster.out(['produce', 'set', '-X', 'client.id=me', '-X', 'compression.type=zstd'], 'a\n')
  const shown = await all('set', '%a{compression}', '-X', 'fetch.min.bytes=1', '-X', 'client.id=me')
  assert.equal(shown, 'zstd\n')
})
