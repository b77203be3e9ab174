// Groups on the command line: going on, looking, moving.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, startCluster } from './support/cluster.ts'

let cluster: Cluster
before(async () => {
  cluster = await startCluster({ 'num.partitions': 1 })
})
after(() => cluster[Symbol.asyncDispose]())

interface Group {
  group: string
  state: string
  lag: number
  members: unknown[]
  partitions: {
    topic: string
    partition: number
    committed: number | null
    end: number
    lag: number | null
  }[]
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index}\n`).join('')

async function describe(group: string): Promise<Group> {
  const [described] = await cluster.json<Group[]>(['group', 'describe', group])
  assert.ok(described)
  return described
}

const consume = async (topic: string, group: string, ...more: string[]) =>
  (await cluster.out(['consume', topic, '-g', group, ...more])).trim().replaceAll('\n', ' ')

test('a group goes on where it stopped, and commits no more than was printed', async () => {
  await cluster.out(['produce', 'steps'], numbers(10))
  assert.equal(await consume('steps', 'walker', '-n', '3'), '0 1 2')
  const described = await describe('walker')
  assert.deepEqual(described.partitions, [
    { topic: 'steps', partition: 0, committed: 3, end: 10, lag: 7, member: null, host: null },
  ])
  assert.deepEqual([described.state, described.lag, described.members], ['Empty', 7, []])
  assert.equal(await consume('steps', 'walker', '-e'), '3 4 5 6 7 8 9')
  assert.equal((await describe('walker')).lag, 0)
  assert.equal(await consume('steps', 'walker', '-e'), '')
})

test('a running member is shown with what it has, and holds off changes to its group', async () => {
  await cluster.out(['topic', 'create', 'held', '-p', '2'])
  await cluster.out(['produce', 'held', '-p', '0'], 'x\n')
  await using member = cluster.start(['consume', 'held', '-g', 'busy'])
  await member.waitFor(/x/)
  const table = await cluster.out(['group', 'describe', 'busy', '--members'])
  assert.match(table, /^busy {3}Stable, 1 member \(cooperative-sticky\), lag \d/)
  assert.match(table, /held:0-1$/m)
  const [reset, remove] = await Promise.all([
    cluster.run(['group', 'reset', 'busy', '--to', 'start', '-t', 'held', '--execute']),
    cluster.run(['group', 'delete', 'busy']),
  ])
  assert.equal(reset.code, 6, reset.stderr)
  assert.match(reset.stderr, /stop its consumers first/)
  assert.equal(remove.code, 6, remove.stderr)
  assert.match(remove.stderr, /NON_EMPTY_GROUP/)
  member.process.kill('SIGINT')
  assert.equal((await member.ended).code, 130)
  assert.equal((await describe('busy')).state, 'Empty', 'it left')
})

test('committed offsets are moved by position, time and distance, and only when told to', async () => {
  await cluster.out(['topic', 'create', 'moved', '-p', '2'])
  await cluster.out(['produce', 'moved', '-p', '0'], numbers(10))
  await cluster.out(['produce', 'moved', '-p', '1'], numbers(4))
  await consume('moved', 'mover', '-e')
  const reset = async (...args: string[]) =>
    (await cluster.json<{ before: number; after: number }[]>(['group', 'reset', 'mover', ...args])).map(
      ({ before, after }) => [before, after],
    )
  assert.deepEqual(await reset('--to', 'start'), [
    [10, 0],
    [4, 0],
  ])
  assert.equal((await describe('mover')).lag, 0, 'nothing was changed')
  assert.deepEqual(await reset('--to', 'shift:-3', '--execute'), [
    [10, 7],
    [4, 1],
  ])
  assert.equal((await describe('mover')).lag, 6)
  assert.deepEqual(await reset('--to', '2', '-t', 'moved:0', '--execute'), [[7, 2]])
  assert.deepEqual(await reset('--to', '@-1h'), [
    [2, 0],
    [1, 0],
  ])
  assert.deepEqual(await reset('--to', 'end', '-t', 'moved', '--execute'), [
    [2, 10],
    [1, 4],
  ])
})

test('groups are listed by state and deleted', async () => {
  await cluster.out(['produce', 'listed'], 'x\n')
  await consume('listed', 'short-lived', '-e')
  const empty = await cluster.json<{ group: string }[]>(['group', 'list', '-s', 'Empty'])
  assert.ok(empty.some(({ group }) => group === 'short-lived'))
  assert.match(await cluster.out(['group', 'list']), /^GROUP +STATE +TYPE +PROTOCOL +COORDINATOR\n/)
  assert.match(await cluster.out(['group', 'delete', 'short-lived']), /short-lived {2}deleted/)
  const [described, deleted, untouched, pointless] = await Promise.all([
    cluster.run(['group', 'describe', 'short-lived']),
    cluster.run(['group', 'delete', 'short-lived']),
    cluster.run(['group', 'reset', 'short-lived', '--to', 'start']),
    cluster.run(['group', 'reset', 'short-lived', '--to', 'somewhere']),
  ])
  assert.deepEqual([described.code, deleted.code, untouched.code, pointless.code], [4, 4, 2, 2])
  assert.match(described.stderr, /short-lived/)
  assert.match(untouched.stderr, /has committed nothing/)
})
