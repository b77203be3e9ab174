// Quotas on the command line.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, startCluster } from './support/cluster.ts'

let cluster: Cluster
before(async () => {
  cluster = await startCluster()
})
after(() => cluster[Symbol.asyncDispose]())

async function quota(...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await cluster.inside(['quota', ...args, '--json'])
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}

const row = (entity: object, name: string, value: number | null) => ({ ...entity, quota: name, value })

test('quotas are set, listed and removed for users, client ids, addresses and their defaults', async () => {
  const set = await quota(
    'set',
    '--user',
    'alice',
    '--producer-byte-rate',
    '1MB',
    '--request-percentage',
    '12.5',
  )
  const done = { result: 'set', error: null }
  assert.deepEqual(set, [
    { ...row({ user: 'alice' }, 'producer_byte_rate', 1_000_000), ...done },
    { ...row({ user: 'alice' }, 'request_percentage', 12.5), ...done },
  ])
  await quota('set', '--user', 'alice', '--client-id', 'app', '--consumer-byte-rate', '16KiB')
  await quota('set', '--default-client-id', '--controller-mutation-rate', '0.5')
  await quota('set', '--default-ip', '--connection-creation-rate', '7')
  const all = [
    row({ clientId: null }, 'controller_mutation_rate', 0.5),
    row({ ip: null }, 'connection_creation_rate', 7),
    row({ user: 'alice' }, 'producer_byte_rate', 1_000_000),
    row({ user: 'alice' }, 'request_percentage', 12.5),
    row({ user: 'alice', clientId: 'app' }, 'consumer_byte_rate', 16_384),
  ]
  const listed = (await quota('list')) as object[]
  assert.deepEqual(
    new Set(listed.map(each => JSON.stringify(each))),
    new Set(all.map(each => JSON.stringify(each))),
  )
  assert.equal(((await quota('list', '--user', 'alice')) as object[]).length, 3)
  assert.equal(((await quota('list', '--user', 'alice', '--strict')) as object[]).length, 2)
  const removed = (await quota('remove', '--user', 'alice', '--quota', 'producer-byte-rate')) as object[]
  assert.deepEqual(removed, [
    { ...row({ user: 'alice' }, 'producer_byte_rate', null), result: 'removed', error: null },
  ])
  await quota('rm', '--user', 'alice')
  await quota('rm', '--user', 'alice', '--client-id', 'app')
  await quota('rm', '--default-client-id')
  await quota('rm', '--default-ip')
  assert.deepEqual(await quota('list'), [])
  assert.deepEqual(await quota('rm', '--default-ip'), [])
})

test('a trial run changes nothing', async () => {
  await quota('set', '--user', 'bob', '--producer-byte-rate', '1', '--dry-run')
  assert.deepEqual(await quota('list', '--user', 'bob'), [])
})

test('a table shows who has which quota', async () => {
  await quota('set', '--default-user', '--producer-byte-rate', '5000')
  const { stdout } = await cluster.inside(['quota', 'list'])
  assert.match(stdout, /USER +CLIENT-ID +IP +QUOTA +VALUE\n\(default\) +producer_byte_rate +5000/)
  await quota('rm', '--default-user')
})

/** Command line, exit code and what is said. */
const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
  [['set', '--producer-byte-rate', '1'], 2, /missing --user, --client-id, --ip, or a default/],
  [['set', '--user', 'a'], 2, /no quota is named/],
  [['set', '--user', 'a', '--ip', '::1', '--producer-byte-rate', '1'], 2, /stand for themselves/],
  [['set', '--user', 'a', '--default-user', '--producer-byte-rate', '1'], 2, /cannot be used with/],
  [['set', '--user', 'a', '--producer-byte-rate', '0'], 2, /A size from 1/],
  [['set', '--user', 'a', '--request-percentage', 'some'], 2, /A number above 0/],
  [['remove', '--user', 'a', '--quota', 'bytes'], 2, /Allowed choices are producer_byte_rate/],
  [
    ['set', '--user', 'a', '--connection-creation-rate', '5'],
    2,
    /Invalid configuration key connection_creation_rate/,
  ],
  [['set', '--ip', 'nowhere', '--connection-creation-rate', '5'], 2, /nowhere is not a valid IP/],
]

test('what is wrong with a command line is said, and nothing changes', async () => {
  for (const [args, code, message] of wrong) {
    const outcome = await cluster.inside(['quota', ...args])
    assert.match(outcome.stderr, message)
    assert.equal(outcome.code, code, `${args.join(' ')}: ${outcome.stderr}`)
  }
  assert.deepEqual(await quota('list'), [])
})

test('a quota for a principal in place of a name is told of', async () => {
  const set = ['quota', 'set', '--user', 'User:alice', '--producer-byte-rate', '1MB', '--dry-run']
  const { code, stderr } = await cluster.inside(set)
  assert.equal(code, 0)
  assert.match(stderr, /the user is called "User:alice" by that: quotas name users without "User:"/)
})
