// `millrace group lag` and `millrace logs`.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, startCluster } from './support/cluster.ts'

let cluster: Cluster
before(async () => {
  cluster = await startCluster({ 'num.partitions': 1 })
})
after(() => cluster[Symbol.asyncDispose]())

/** Runs a command within this process, and returns what it prints. */
async function out(args: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await cluster.inside(args, input)
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`)
  return stdout
}

test('groups are watched, shown with their verdicts, and one in error is told by the exit code', async () => {
  await out(['topic', 'create', 'orders'])
  await out(['produce', 'orders', '-q'], 'a\nb\nc\n')
  await out(['consume', 'orders', '-g', 'billing', '-e'])
  const well = await cluster.inside(['group', 'lag', 'billing', '--for', '100ms', '--all'])
  assert.equal(well.code, 0, well.stderr)
  assert.match(well.stdout, /^billing\s+OK, Empty, 0 members, lag 0$/m)
  assert.match(well.stdout, /^orders\s+0\s+3\s+3\s+0\s+0s\s+OK/m)
  await out(['produce', 'orders', '-q'], 'd\n')
  const stopped = await cluster.inside(['group', 'lag', '--for', '100ms'])
  assert.equal(stopped.code, 1)
  assert.match(stopped.stdout, /^billing\s+ERR, Empty, 0 members, lag 1, \d+s behind$/m)
  assert.match(stopped.stdout, /^orders\s+0\s+3\s+4\s+1\s+\d+s\s+STOP/m)
  assert.match(stopped.stderr, /1 group in error: billing/)
  const { stdout, code } = await cluster.inside([
    'group',
    'lag',
    'billing',
    '--for',
    '100ms',
    '--json',
    '--allowed',
    '1',
  ])
  assert.equal(code, 0)
  const [group] = JSON.parse(stdout) as { group: string; verdict: string; partitions: { lag: number }[] }[]
  assert.deepEqual([group!.group, group!.verdict, group!.partitions[0]!.lag], ['billing', 'OK', 1])
  const unknown = await cluster.inside(['group', 'lag', 'nobody', '--for', '100ms'])
  assert.equal(unknown.code, 4)
  assert.match(unknown.stderr, /group "nobody" does not exist, or has committed nothing/)
})

test('log lines are searched, shown for people or as they were written, and followed', async () => {
  await out(['topic', 'create', 'logs'])
  const at = Math.floor(Date.now() / 1_000) * 1_000 - 20_000
  const iso = (n: number) => new Date(at + n * 1_000).toISOString()
  const line = (n: number, more: object) =>
    JSON.stringify({ time: at + n * 1_000, service: 'shop', correlationId: `c-${n}`, ...more })
  const lines = [
    line(0, { level: 'info', msg: 'started' }),
    line(1, { level: 'warn', msg: 'slow', ms: 1_200, what: 'a query' }),
    line(2, {
      level: 'error',
      msg: 'failed',
      service: 'billing',
      err: { type: 'Error', stack: 'Error: no\n    at x' },
    }),
    'plain text',
  ]
  await out(['produce', 'logs', '-q'], `${lines.join('\n')}\n`)
  const shown = await out(['logs', 'logs', '--level', 'warn', '--grep', 'slow|failed'])
  assert.equal(
    shown,
    `${iso(1)} WARN  shop: slow correlationId=c-1 ms=1200 what="a query"\n` +
      `${iso(2)} ERROR billing: failed correlationId=c-2\n    Error: no\n        at x\n`,
  )
  const json = async (...options: string[]) =>
    (await out(['logs', 'logs', '--json', ...options])).trim().split('\n')
  assert.deepEqual(await json('--correlation', 'c-0'), [lines[0]])
  assert.deepEqual(await json('--service', 'billing', '--oldest'), [lines[2]])
  assert.deepEqual(await json('--since', iso(1), '--until', iso(2)), [lines[1]])
  assert.deepEqual(
    await json('-n', '1', '--grep', 'PLAIN', '-i').then(
      ([text]) => (JSON.parse(text!) as { msg: string }).msg,
    ),
    'plain text',
  )
  await using following = cluster.start([
    'logs',
    'logs',
    '--follow',
    '-n',
    '1',
    '--level',
    'error',
    '--service',
    'billing',
  ])
  await following.waitFor(/billing: failed/)
  await out(['produce', 'logs', '-q'], `${line(3, { level: 'fatal', msg: 'gone', service: 'billing' })}\n`)
  await following.waitFor(/FATAL billing: gone/)
  assert.equal((await cluster.inside(['logs', 'nowhere'])).code, 4)
  assert.equal((await cluster.inside(['logs', 'logs', '--level', 'loud'])).code, 2)
})
