// ACLs on the command line: rules, shorthands, and asking before something goes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, startCluster } from './support/cluster.ts'
import { runInside } from './support/inside.ts'

const authorizer = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'

let cluster: Cluster
before(async () => {
  cluster = await startCluster({ 'authorizer.class.name': authorizer, 'super.users': 'User:ANONYMOUS' })
})
after(() => cluster[Symbol.asyncDispose]())

type Row = Readonly<Record<string, string>>

async function acl(args: readonly string[], input?: string): Promise<Row[]> {
  const { code, stdout, stderr } = await cluster.inside(['acl', ...args, '--json'], input)
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`)
  return JSON.parse(stdout) as Row[]
}

const short = (rows: readonly Row[]) =>
  rows
    .map(
      ({ permission, operation, resourceType, patternType, resourceName, principal, host }) =>
        `${permission} ${operation} ${resourceType} ${patternType}:${resourceName} ${principal} ${host}`,
    )
    .sort()

/** Every resource has its own flag. */
const flagsOf = ({ resourceType, resourceName }: Row): string[] => {
  if (resourceType === 'cluster') return ['--cluster']
  return [resourceType === 'transactionalId' ? '--transactional-id' : `--${resourceType}`, resourceName!]
}

async function clear(): Promise<void> {
  for (const row of await acl(['list'])) {
    await acl(['delete', ...flagsOf(row), '--resource-pattern-type', 'any', '--force'])
  }
  assert.deepEqual(await acl(['list']), [])
}

test('rules are made of each principal, host, operation and resource', async () => {
  const created = await acl([
    'create',
    '--topic',
    'a',
    '--topic',
    'b',
    '--resource-pattern-type',
    'prefixed',
    '--operation',
    'Read',
    '--operation',
    'DESCRIBE_CONFIGS',
    '--allow-principal',
    'User:alice',
    '--allow-host',
    '10.0.0.1',
    '--deny-principal',
    'User:bob',
  ])
  assert.ok(created.every(({ result, error }) => result === 'created' && error === null))
  assert.deepEqual(
    short(created),
    ['a', 'b']
      .flatMap(name =>
        ['read', 'describeConfigs'].flatMap(operation => [
          `allow ${operation} topic prefixed:${name} User:alice 10.0.0.1`,
          `deny ${operation} topic prefixed:${name} User:bob *`,
        ]),
      )
      .sort(),
  )
  assert.deepEqual(
    short(await acl(['list', '--topic', 'abc'])),
    short(created).filter(line => line.includes(':a ')),
  )
  assert.deepEqual(short(await acl(['list', '--principal', 'User:bob'])).length, 4)
  assert.deepEqual(await acl(['list', '--topic', 'a', '--resource-pattern-type', 'literal']), [])
  await clear()
})

test('the shorthands are those of kafka-acls', async () => {
  const producer = await acl([
    'create',
    '--producer',
    '--idempotent',
    '--topic',
    'orders',
    '--transactional-id',
    'tx',
    '--allow-principal',
    'User:shop',
  ])
  assert.deepEqual(short(producer), [
    'allow create topic literal:orders User:shop *',
    'allow describe topic literal:orders User:shop *',
    'allow describe transactionalId literal:tx User:shop *',
    'allow idempotentWrite cluster literal:kafka-cluster User:shop *',
    'allow write topic literal:orders User:shop *',
    'allow write transactionalId literal:tx User:shop *',
  ])
  const args = ['--consumer', '--topic', 'orders', '--group', 'billing', '--allow-principal', 'User:billing']
  assert.deepEqual(short(await acl(['create', ...args])), [
    'allow describe topic literal:orders User:billing *',
    'allow read group literal:billing User:billing *',
    'allow read topic literal:orders User:billing *',
  ])
  const gone = await acl(['delete', ...args, '--force'])
  assert.equal(gone.length, 3)
  assert.deepEqual(short(await acl(['list'])), short(producer))
  await clear()
})

test('what is to be deleted is shown first, and stays unless that is confirmed', async () => {
  await acl(['create', '--topic', 'kept', '--allow-principal', 'User:a', '--operation', 'read'])
  const remove = ['acl', 'delete', '--topic', 'kept']
  for (const answer of ['', 'n\n', 'nonsense\n']) {
    const { code, stdout, stderr } = await cluster.inside(remove, answer)
    assert.deepEqual([code, stdout], [2, ''], stderr)
    assert.match(stderr, /topic +kept +literal +User:a +\* +read +allow/)
    assert.match(stderr, /Delete this ACL\? \[y\/N\]\n.*not confirmed.*\n.*--force/s)
  }
  assert.equal((await acl(['list'])).length, 1)
  const { code, stdout } = await cluster.inside(remove, 'y\n')
  assert.equal(code, 0)
  assert.match(stdout, /kept.*deleted/)
  const none = await cluster.inside(remove)
  assert.deepEqual([none.code, none.stdout], [0, ''])
  assert.match(none.stderr, /no ACL/)
})

test('a command line that cannot be meant is refused with what is missing', async () => {
  const topic = ['--topic', 't']
  const alice = ['--allow-principal', 'User:alice']
  const cases: readonly [readonly string[], RegExp][] = [
    [['create', ...alice], /missing --topic, --group, --cluster/],
    [['create', ...topic], /missing --allow-principal or --deny-principal/],
    [['create', ...topic, '--allow-principal', 'alice'], /"alice" is no principal.*\n.*User:alice/],
    [
      ['create', ...topic, ...alice, '--operation', 'fly'],
      /'fly' is invalid.*Allowed choices are all, read/s,
    ],
    [
      ['create', ...topic, ...alice, '--operation', 'clusterAction'],
      /no operation clusterAction on a topic.*\n.*describe/,
    ],
    [['create', '--producer', '--group', 'g', ...alice], /missing --topic, which --producer/],
    [['create', '--consumer', ...topic, ...alice], /missing --topic and --group, which --consumer/],
    [
      ['create', '--consumer', ...topic, '--group', 'g', ...alice, '--operation', 'read'],
      /cannot be used with/,
    ],
    [['create', '--idempotent', ...topic, ...alice], /--idempotent goes with --producer/],
    [['create', ...topic, '--deny-principal', 'User:b', '--allow-host', 'h'], /missing --allow-principal/],
    [
      ['create', ...topic, ...alice, '--resource-pattern-type', 'match'],
      /Allowed choices are literal, prefixed/,
    ],
    [
      ['create', '--topic', '*', ...alice, '--resource-pattern-type', 'prefixed'],
      /every topic by itself; with "prefixed" it would be none/,
    ],
    [['delete'], /missing --topic/],
  ]
  for (const [args, message] of cases) {
    const { code, stderr } = await cluster.inside(['acl', ...args])
    assert.equal(code, 2, `${args.join(' ')}: ${stderr}`)
    assert.match(stderr, message, args.join(' '))
  }
})

test('a broker without an authorizer says so, and one that does not let a client look is another error', async () => {
  await using open = await startCluster()
  const off = await open.inside(['acl', 'list'])
  assert.notEqual(off.code, 0)
  assert.match(off.stderr, /SECURITY_DISABLED/)
  await using closed = await startCluster({ 'authorizer.class.name': authorizer })
  const denied = await closed.inside(['acl', 'list'])
  assert.equal(denied.code, 3, denied.stderr)
  assert.match(denied.stderr, /CLUSTER_AUTHORIZATION_FAILED/)
})

test('the help names the shorthands and every operation', async () => {
  const { stdout } = await runInside(['help', 'acl', 'create'])
  for (const word of ['--producer', '--consumer', '--idempotent', 'twoPhaseCommit', 'prefixed']) {
    assert.ok(stdout.includes(word), word)
  }
})
