// What commands do when their broker is killed, frozen or cannot be reached.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Broker } from '@millrace/broker'
import { startCluster } from './support/cluster.ts'
import { type CommandOptions, type Outcome, run, type Running, start } from './support/command.ts'

/** A broker in a process of its own, which can be killed and frozen. */
interface Outside extends AsyncDisposable {
  readonly address: string
  readonly port: string
  readonly broker: Running
  readonly dataDir: string
}

async function startOutside(port = '0', given?: string): Promise<Outside> {
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'millrace-waiting-')))
  const broker = start(['up', '--port', port, '-d', dataDir, '-X', 'log.fsync=never', '-q'])
  const [, address = ''] = await broker.waitFor(/millrace is ready on (127\.0\.0\.1:\d+) /)
  return {
    address,
    port: address.split(':')[1]!,
    broker,
    dataDir,
    async [Symbol.asyncDispose]() {
      await broker[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function timed(running: Running): Promise<Outcome & { readonly ms: number }> {
  const at = performance.now()
  const outcome = await running.ended
  return { ...outcome, ms: performance.now() - at }
}

const within = (ms: number, from: number, to: number, what: string) =>
  assert.ok(ms >= from && ms <= to, `${what} took ${Math.round(ms)} ms, not ${from} to ${to}`)

const gone = (signal: 'SIGKILL' | 'SIGSTOP') => (signal === 'SIGKILL' ? 'killed' : 'frozen')

for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
  test(`a broker that is ${gone(signal)}: every command under way says so, keeps --timeout and ends with 5`, async () => {
    await using outside = await startOutside()
    const at = (args: readonly string[], options?: CommandOptions) =>
      start([...args, '-b', outside.address, '--timeout', '4s'], options)
    await run(['topic', 'create', 'x', '-b', outside.address])
    await run(['produce', 'x', '-b', outside.address], { input: 'first\n' })
    // Each has got something and wants more when the broker goes.
    await using follower = at(['consume', 'x', '-o', 'start'])
    await using member = at(['consume', 'x', '-g', 'g'])
    await using producer = at(['produce', 'x', '-o', 'got %v\\n', '-p', '0'], { input: null })
    producer.process.stdin?.write('one\n')
    await producer.waitFor(/got one/)
    await Promise.all([follower.waitFor(/one/), member.waitFor(/one/)])
    outside.broker.process.kill(signal)
    producer.process.stdin?.end('two\n')
    const all = { follower, member, producer }
    const outcomes = await Promise.all(
      Object.entries(all).map(async ([name, running]) => [name, await timed(running)] as const),
    )
    for (const [name, { code, stderr, ms }] of outcomes) {
      assert.equal(code, 5, `${name}: ${stderr}`)
      within(ms, 1500, 9000, name)
      assert.match(
        stderr,
        signal === 'SIGKILL'
          ? /(connection to 127\.0\.0\.1:\d+ lost|cannot connect to 127\.0\.0\.1:\d+) \(.+\), trying again for 4 s \(--timeout\)/
          : /no answer from 127\.0\.0\.1:\d+ yet, waiting for 4 s \(--timeout\)/,
        name,
      )
    }
    const { stderr } = outcomes.find(([name]) => name === 'producer')![1]
    assert.match(stderr, /\n {2}sent 1 of 2 records/)
  })
}

test('what reads to the end ends with 5 when its broker goes on the way there', async () => {
  await using outside = await startOutside()
  await run(['perf', 'produce', 'load', '-n', '300000', '-b', outside.address])
  const slowly = ['-b', outside.address, '--timeout', '3s', '-X', 'prefetchMaxBytes=100000']
  await using measuring = start(['perf', 'consume', 'load', ...slowly])
  await using reading = start(['consume', 'load', '-o', 'start', '-e', ...slowly])
  await using member = start(['consume', 'load', '-g', 'g', '-e', ...slowly])
  await Promise.all([reading.waitFor(/./), member.waitFor(/./)])
  outside.broker.process.kill('SIGSTOP')
  for (const running of [measuring, reading, member]) {
    const { code, stderr, ms } = await timed(running)
    assert.equal(code, 5, stderr)
    within(ms, 0, 9000, 'it')
    assert.match(stderr, /no answer from 127\.0\.0\.1:\d+ yet, waiting for 3 s/)
  }
})

test('who follows without a --timeout goes on when the broker is back, and says both', async () => {
  await using outside = await startOutside()
  await run(['produce', 'x', '-b', outside.address], { input: 'before\n' })
  await using follower = start(['consume', 'x', '-o', 'start', '-b', outside.address])
  await follower.waitFor(/before/)
  outside.broker.process.kill('SIGKILL')
  await follower.waitFor(/connection to 127\.0\.0\.1:\d+ lost \(.+\), trying again\n/)
  await outside.broker.ended
  await using again = await startOutside(outside.port, outside.dataDir)
  await follower.waitFor(/connected to 127\.0\.0\.1:\d+ again\n/)
  await run(['produce', 'x', '-b', again.address], { input: 'after\n' })
  await follower.waitFor(/after/)
  follower.process.kill('SIGINT')
  const { code, stdout, stderr } = await follower.ended
  assert.deepEqual([code, stdout], [130, 'before\nafter\n'])
  assert.equal(stderr.match(/lost/g)?.length, 1, stderr)
})

test('an address that a broker gives and that cannot be reached is named, with the reason', async () => {
  const port = await freePort()
  await using _ = await Broker.start({
    port,
    topics: ['x'],
    config: { 'log.fsync': 'never', 'advertised.listeners': 'PLAINTEXT://127.0.0.1:1' },
  })
  const bootstrap = `127.0.0.1:${port}`
  const commandLines: readonly (readonly [string[], string])[] = [
    [['produce', 'x'], 'a\n'],
    [['perf', 'produce', 'x', '-n', '10'], ''],
    [['consume', 'x', '-o', 'start', '-e'], ''],
    [['topic', 'describe', 'x'], ''],
  ]
  await Promise.all(
    commandLines.map(async ([args, input]) => {
      const { code, stderr } = await run([...args, '-b', bootstrap, '--timeout', '3s'], { input })
      assert.equal(code, 5, `${args.join(' ')}: ${stderr}`)
      assert.match(
        stderr,
        /^cannot connect to 127\.0\.0\.1:1 \(ECONNREFUSED\), trying again for 3 s \(--timeout\) \(a broker advertises this address\)$/m,
      )
    }),
  )
})

/** A port that nobody listens on at present. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise(closed => server.close(closed))
  return port
}

test('Ctrl-C ends a command in a few seconds when its broker does not answer any more', async () => {
  await using outside = await startOutside()
  await run(['produce', 'x', '-b', outside.address], { input: 'first\n' })
  const at = (args: readonly string[], options?: CommandOptions) =>
    start([...args, '-b', outside.address, '--timeout', '10m'], options)
  await using follower = at(['consume', 'x', '-o', 'start'])
  await using member = at(['consume', 'x', '-g', 'g'])
  await using producer = at(['produce', 'x', '-o', 'got %v\\n'], { input: null })
  await using measuring = at(['perf', 'produce', 'x', '-r', '10'])
  producer.process.stdin?.write('one\n')
  await Promise.all([producer.waitFor(/got one/), follower.waitFor(/one/), member.waitFor(/one/)])
  outside.broker.process.kill('SIGSTOP')
  producer.process.stdin?.write('two\n')
  await producer.waitFor(/no answer from/)
  for (const running of [follower, member, producer, measuring]) running.process.kill('SIGINT')
  const outcomes = await Promise.all([follower, member, producer, measuring].map(timed))
  for (const { code, stderr, ms } of outcomes) {
    assert.equal(code, 130, stderr)
    within(ms, 0, 7500, stderr)
  }
  assert.match(outcomes[2]!.stderr, /sending what was read, for 5 s(.|\n)*sent 1 of 2 records/)
})

test('who follows a topic is told when it goes, and does not bring it back', async () => {
  await using cluster = await startCluster({ 'num.partitions': 1 })
  await cluster.out(['produce', 'short-lived'], 'x\n')
  await using alone = cluster.start([
    'consume',
    'short-lived',
    '-o',
    'start',
    '-X',
    'metadata.max.age.ms=500',
  ])
  await using member = cluster.start(['consume', 'short-lived', '-g', 'g', '-X', 'metadata.max.age.ms=500'])
  await Promise.all([alone.waitFor(/x/), member.waitFor(/x/)])
  await cluster.out(['topic', 'delete', 'short-lived'])
  await Promise.all([alone, member].map(running => running.waitFor(/^topic "short-lived" is gone$/m)))
  for (const running of [alone, member]) {
    await running.waitFor(/does not exist, waiting for it$/m)
    const { stderr } = running.output()
    // Once, and not once more as a warning of Node or of the client.
    assert.equal(stderr.match(/is gone/g)?.length, 1, stderr)
  }
  assert.deepEqual(await cluster.json(['topic', 'list', '^short-lived$']), [])
})
