// A broker is started and stopped by the command line.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Broker } from '@millrace/broker'
import { type CommandOptions, run, start } from './support/command.ts'
import { runInside } from './support/inside.ts'

let root: string
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-up-'))
})
after(() => rm(root, { recursive: true, force: true }))

/** `millrace up` on a free port, which ends with the test. */
const startUp = (args: readonly string[], options?: CommandOptions) =>
  start(['up', '--port', '0', ...args], options)

const ready = /millrace is ready on (127\.0\.0\.1:(\d+)) /

test('a broker says when it is ready, stops on SIGTERM with 0, and has everything when it starts again', async () => {
  const dataDir = join(root, 'life')
  await using first = startUp(['-d', dataDir, '-t', 'orders:3', '-t', 'plain'])
  const [, brokers = ''] = await first.waitFor(ready)
  const sent = await run(['produce', 'orders', '-b', brokers, '-p', '1'], { input: 'kept\n' })
  assert.equal(sent.code, 0, sent.stderr)
  first.process.kill('SIGTERM')
  const stopped = await first.ended
  assert.equal(stopped.code, 0, stopped.stderr)
  assert.match(stopped.stderr, /stopping/)

  await using second = startUp(['-d', dataDir, '--log-format', 'json'])
  const [, again = ''] = await second.waitFor(ready)
  const kept = await run(['consume', 'orders', '-b', again, '-o', 'start', '-e', '-f', '%p %v\\n'])
  assert.equal(kept.stdout, '1 kept\n')
  second.process.kill('SIGINT')
  const { code, stderr } = await second.ended
  assert.equal(code, 0)
  const events = stderr
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => (JSON.parse(line) as { event: string }).event)
  assert.ok(events.includes('broker.started') && events.includes('broker.stopped'), stderr)
})

test('metrics are served on this machine alone unless something else is said, and another broker is no reason not to start', async () => {
  const quiet = startUp(['-d', join(root, 'quiet'), '-X', 'http.listener='])
  await using silent = quiet
  await using served = startUp(['-d', join(root, 'served'), '--log-format', 'json'])
  const [, url = ''] = await served.waitFor(/"event":"http.started","url":"(http:\/\/127\.0\.0\.1:\d+)"/)
  assert.match(await (await fetch(`${url}/metrics`)).text(), /^kafka_brokers 1$/m)
  await using named = startUp(['-d', join(root, 'named'), '-X', 'http.listener=127.0.0.1:0'])
  const [, other = ''] = await named.waitFor(/ready on .*, metrics on (http:\/\/127\.0\.0\.1:\d+), started/)
  assert.equal((await fetch(`${other}/readyz`)).status, 200)
  const taken = startUp(['-d', join(root, 'taken'), '-X', `http.listener=${new URL(other).host}`])
  const { code, stderr } = await taken.ended
  assert.equal(code, 6)
  assert.match(stderr, /http:\/\/127\.0\.0\.1:\d+: the port is taken .*"http\.listener"/)
  assert.doesNotMatch(stderr, /--port/)
  silent.process.kill('SIGTERM')
  assert.doesNotMatch((await silent.ended).stderr, /http\.started/)
})

/** A client that asks and never reads: its replies keep a broker from closing in good order. */
async function stubbornClient(port: number): Promise<AsyncDisposable> {
  // ApiVersions version 0, correlation id 1, no client id.
  const request = Buffer.from('0000000a0012000000000001ffff', 'hex')
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('error', () => {})
  await new Promise(connected => socket.once('connect', connected))
  socket.pause()
  const asked = new Promise(resolve => socket.once('readable', resolve))
  socket.write(Buffer.concat(Array.from({ length: 40_000 }, () => request)))
  await asked
  return {
    [Symbol.asyncDispose]: async () => {
      socket.destroy()
    },
  }
}

test('a second Ctrl-C ends a broker at once', async () => {
  await using broker = startUp(['-d', join(root, 'stubborn')])
  const [, , port] = await broker.waitFor(ready)
  await using _ = await stubbornClient(Number(port))
  broker.process.kill('SIGINT')
  await broker.waitFor(/stopping/)
  broker.process.kill('SIGINT')
  const { code, stderr } = await broker.ended
  assert.equal(code, 130, stderr)
})

test('settings come from a file, the environment and the command line, the later over the earlier', async () => {
  const file = join(root, 'server.properties')
  await writeFile(
    file,
    '# as for Apache Kafka\nlisteners=PLAINTEXT://127.0.0.1:1\nnum.partitions=2\nlog.retention.hours=1\n',
  )
  await using broker = startUp(
    ['-d', join(root, 'settings'), '-c', file, '-X', 'default.replication.factor=1'],
    {
      environment: { KAFKA_NUM_PARTITIONS: '3', MILLRACE_NUM_PARTITIONS: '4', KAFKA_HEAP_OPTS: '-Xmx1G' },
    },
  )
  const [, brokers = ''] = await broker.waitFor(ready)
  const { code, stderr } = await run(['topic', 'create', 'sized', '-b', brokers])
  assert.equal(code, 0, stderr)
  const described = await run(['topic', 'describe', 'sized', '--json', '--all', '-b', brokers])
  const [topic] = JSON.parse(described.stdout) as {
    partitions: unknown[]
    configs: { name: string; value: string }[]
  }[]
  assert.equal(topic?.partitions.length, 4)
  assert.equal(topic.configs.find(({ name }) => name === 'retention.ms')?.value, '3600000')
})

test('variables of others are told of and never keep a broker from starting', async () => {
  await using broker = startUp(['-d', join(root, 'foreign'), '--log-format', 'json'], {
    environment: {
      KAFKA_SERVICE_HOST: '10.0.0.7',
      KAFKA_UI_SERVICE_PORT: '8080',
      MILLRACE_DEBUG: '1',
      KAFKA_NUM_PARTITION: '3',
    },
  })
  await broker.waitFor(ready)
  broker.process.kill('SIGTERM')
  const { stderr } = await broker.ended
  const told = stderr
    .split('\n')
    .filter(line => line.includes('config.unknown_variable'))
    .map(line => JSON.parse(line) as { variable: string; nearest?: string })
  assert.deepEqual(told.map(({ variable }) => variable).sort(), [
    'KAFKA_NUM_PARTITION',
    'KAFKA_SERVICE_HOST',
    'KAFKA_UI_SERVICE_PORT',
    'MILLRACE_DEBUG',
  ])
  assert.equal(told.find(({ variable }) => variable === 'KAFKA_NUM_PARTITION')?.nearest, 'num.partitions')
})

test('every way in which a start can fail is told in a line, with what to do and an exit code', async () => {
  await using running = await Broker.start({
    port: 0,
    dataDir: join(root, 'taken'),
    config: { 'log.fsync': 'never' },
  })
  const file = join(root, 'file')
  await writeFile(file, 'not a directory')
  await mkdir(join(root, 'newer'))
  await writeFile(join(root, 'newer', 'meta.properties'), 'version=9\nnode.id=1\ncluster.id=x\n')
  const bad = join(root, 'bad.properties')
  await writeFile(bad, 'num.partitions=1\nlog.retention.hours 24\n')
  const fresh = ['--port', '0', '-d', join(root, 'fresh')]
  const cases: readonly (readonly [number, readonly string[], RegExp])[] = [
    [6, ['--port', String(running.port), '-d', join(root, 'other')], /port is taken.*\n {2}--port/],
    [3, ['--port', '0', '-d', file], /data directory .*file cannot be used.*ENOTDIR.*\n.*--data-dir/],
    [3, ['--port', '0', '-d', join(file, 'below')], /ENOTDIR/],
    [6, ['--port', '0', '-d', join(root, 'newer')], /meta\.properties has version 9.*\n.*--data-dir/],
    [6, ['--port', '0', '-d', join(root, 'taken')], new RegExp(`in use by process ${process.pid}`)],
    [2, [...fresh, '-X', 'log.retention.hour=3'], /did you mean log\.retention\.hours\?/],
    [2, [...fresh, '-X', 'log.retention.hours=soon'], /Invalid value soon.*log\.retention\.hours/],
    [2, [...fresh, '-X', 'nonsense'], /--set "nonsense" is not name=value/],
    [2, [...fresh, '-c', bad], /bad\.properties: line 2: expected name=value/],
    [2, [...fresh, '-c', join(root, 'missing.properties')], /missing\.properties: .*no such file/],
    [2, [...fresh, '-t', 'a:0'], /"a:0" is not name:partitions/],
    [2, [...fresh, '-t', 'bad name'], /--topic: the topic name "bad name"/],
    [2, ['--port', '99999', '-d', join(root, 'fresh2')], /99999/],
    [2, [...fresh, '--log-format', 'xml'], /Allowed choices are pretty, json/],
    [
      3,
      ['--port', '0', '--host', '192.0.2.1', '-d', join(root, 'fresh3')],
      /no such address.*\n {2}--host takes an address of this machine/,
    ],
    [
      3,
      ['--port', '0', '--host', 'nosuch.invalid', '-d', join(root, 'fresh4')],
      /nosuch\.invalid.*\n {2}--host takes an address of this machine/,
    ],
  ]
  const outcomes = await Promise.all(
    cases.map(([code, args]) => (code === 2 ? runInside(['up', ...args]) : run(['up', ...args]))),
  )
  outcomes.forEach(({ code, stdout, stderr }, index) => {
    const [expected, args, message] = cases[index]!
    assert.equal(code, expected, `up ${args.join(' ')}\n${stderr}`)
    assert.match(stderr, message)
    assert.doesNotMatch(stderr, /broker\.stopped/, 'it never ran')
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack')
    assert.equal(stdout, '')
  })
})

test('a directory with files of others is refused unless told, and left as it is', async () => {
  const dataDir = join(root, 'project')
  await mkdir(join(dataDir, 'src'), { recursive: true })
  await writeFile(join(dataDir, 'package.json'), '{}')
  const refused = await run(['up', '--port', '0', '-d', dataDir])
  assert.equal(refused.code, 6, refused.stderr)
  assert.match(
    refused.stderr,
    /project holds files of others: package\.json, src\n.*--data-dir.*--allow-foreign-files/,
  )
  assert.deepEqual((await readdir(dataDir)).sort(), ['package.json', 'src'])

  await using told = startUp(['-d', dataDir, '--allow-foreign-files'])
  await told.waitFor(ready)
  told.process.kill('SIGTERM')
  assert.equal((await told.ended).code, 0)
  // From now on it is a data directory.
  await using again = startUp(['-d', dataDir])
  await again.waitFor(ready)

  const harmless = join(root, 'harmless')
  await mkdir(join(harmless, 'lost+found'), { recursive: true })
  await writeFile(join(harmless, '.gitignore'), '*')
  await using third = startUp(['-d', harmless])
  await third.waitFor(ready)
})

test('a broker on all addresses says what it tells clients', async () => {
  await using open = startUp(['-d', join(root, 'open'), '--host', '0.0.0.0'])
  await open.waitFor(
    /clients are told localhost:\d+, which other machines cannot reach; -X advertised\.listeners=/,
  )
  await using named = startUp([
    '-d',
    join(root, 'named'),
    '--host',
    '0.0.0.0',
    '-X',
    'advertised.listeners=PLAINTEXT://127.0.0.1:0',
  ])
  await named.waitFor(ready)
  await using own = startUp(['-d', join(root, 'own')])
  await own.waitFor(ready)
  for (const running of [named, own]) {
    running.process.kill('SIGTERM')
    assert.doesNotMatch((await running.ended).stderr, /clients are told/)
  }
})

test('a terminal that goes away (SIGHUP) stops a broker and ends a command in good order', async () => {
  const dataDir = join(root, 'hung-up')
  await using broker = startUp(['-d', dataDir])
  const [, brokers = ''] = await broker.waitFor(ready)
  await run(['produce', 'x', '-b', brokers], { input: 'kept\n' })
  await using member = start(['consume', 'x', '-g', 'g', '-b', brokers])
  await member.waitFor(/kept/)
  member.process.kill('SIGHUP')
  assert.equal((await member.ended).code, 130)
  const committed = await run(['group', 'describe', 'g', '--json', '-b', brokers])
  assert.match(committed.stdout, /"committed": 1/)
  broker.process.kill('SIGHUP')
  const { code, stderr } = await broker.ended
  assert.equal(code, 0, stderr)
  assert.match(stderr, /broker\.stopped/)
})
