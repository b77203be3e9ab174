// Our own checks against Apache Kafka: formats compared with its jars, and the integration suite against either broker.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { kafkaLibs } from '../harness/install.ts'
import { conformanceDir, repositoryDir } from '../harness/paths.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

/** Scripts of this folder that compare a part of ours with Apache Kafka's jars; each fails by its exit code. */
const scripts: readonly (readonly [string, string])[] = [
  ['definitions', 'message definitions and errors equal those in the jars'],
  ['configs', 'settings of a broker are those of Apache Kafka, and can be changed where its can'],
  ['acls', 'decisions on ACLs, and the refusals of every API key, are those of Apache Kafka'],
  ['messages', "random messages go through Kafka's classes and back"],
  ['records', "record batches and codecs are read and written as Kafka's classes do"],
  ['log', 'log directories are read by kafka-dump-log'],
  ['transactions', 'transactions are coordinated, look and are stored as with Apache Kafka'],
  ['compaction', "logs are compacted as by Kafka's own cleaner"],
  ['client-metrics', 'metrics of clients are encoded as by Kafka’s classes, and taken in by Apache Kafka'],
  ['groups', 'groups behave and are stored as with Apache Kafka'],
]
// Compaction alone takes three minutes of processor time.
const scriptTimeoutMs = 600_000
const suiteTimeoutMs = 900_000

/** Returns what it prints. */
async function script(stage: Stage, path: string, ...parameters: string[]): Promise<string> {
  const { stdout } = await stage.run(
    process.execPath,
    ['--conditions=@millrace/source', path, ...parameters],
    { cwd: repositoryDir, env: { KAFKA_LIBS: kafkaLibs }, timeoutMs: scriptTimeoutMs },
  )
  return stdout
}

export const formats: Scenario = {
  name: 'formats',
  title: "message definitions, messages, records, log and groups compared with Apache Kafka's own classes",
  engines: ['millrace'],
  needs: [],
  ownEngine: true,
  async run(stage) {
    for (const [name, what] of scripts) {
      const path = join(conformanceDir, `${name}.ts`)
      if (existsSync(path)) await stage.check(`${name}: ${what}`, () => script(stage, path))
    }
  },
}

const suites = [
  'packages/testkit/test/integration',
  'packages/service/test/whole',
  'packages/patterns/test/whole',
  'packages/nestjs/test',
  'packages/fastify/test',
]

/** The integration tests of client, services, patterns and adapters, unchanged, against the broker of this stage. */
async function suite(stage: Stage): Promise<void> {
  const output = await stage.run(process.execPath, ['tools/test.ts', '--tap', ...suites], {
    cwd: repositoryDir,
    env: { KAFKA_URI: stage.bootstrap },
    timeoutMs: suiteTimeoutMs,
    codes: [0, 1],
  })
  const failed = [...output.stdout.matchAll(/^not ok \d+ - (.*)$/gm)].map(match => match[1])
  const passed = output.stdout.match(/^# pass (\d+)/m)?.[1]
  console.log(`              ${passed ?? 0} tests passed`)
  assert.deepEqual(failed, [])
  assert.equal(output.code, 0)
  assert.ok(Number(passed) > 0, 'no test ran')
}

/** With the defaults, a rebalance of groups that the broker divides takes tens of seconds, and so does a record's lock. */
const quickGroups = {
  'group.consumer.min.session.timeout.ms': '1000',
  'group.consumer.session.timeout.ms': '6000',
  'group.consumer.min.heartbeat.interval.ms': '50',
  'group.consumer.heartbeat.interval.ms': '200',
  'group.share.min.session.timeout.ms': '1000',
  'group.share.session.timeout.ms': '6000',
  'group.share.min.heartbeat.interval.ms': '50',
  'group.share.heartbeat.interval.ms': '200',
  'group.share.min.record.lock.duration.ms': '1000',
  'group.share.record.lock.duration.ms': '3000',
}

/** So that calls about ACLs do something: everybody is a super user. */
const withAcls = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
}

export const integration: Scenario = {
  name: 'integration',
  title: "the Millrace client's integration suite",
  needs: [],
  ownEngine: true,
  run: async stage => {
    const properties = stage.engineName === 'apache' ? { ...quickGroups, ...withAcls } : withAcls
    stage.engine = await stage.newEngine({ properties })
    await stage.engine.start()
    await stage.check('every integration test passes', () => suite(stage))
  },
}

export const racks: Scenario = {
  name: 'racks',
  title: 'the Millrace client reads from the nearest of three nodes of Apache Kafka',
  engines: ['apache'],
  needs: [],
  ownEngine: true,
  run: async stage => {
    await stage.check('records come from the follower in the same rack, while it is there', () =>
      script(stage, join(conformanceDir, 'racks.ts')),
    )
  },
}

export const severalBrokers: Scenario = {
  name: 'several-brokers',
  title: 'the Millrace client administers three nodes of Apache Kafka with two disks each',
  engines: ['apache'],
  needs: [],
  ownEngine: true,
  run: async stage => {
    await stage.check('partitions, leaders, replicas, voters and brokers go where they are told', () =>
      script(stage, join(conformanceDir, 'admin.ts')),
    )
  },
}

export const recovery: Scenario = {
  name: 'recovery',
  title:
    'the clients of Millrace and of Java under load, while each of three nodes of Apache Kafka is killed',
  engines: ['apache'],
  needs: [],
  ownEngine: true,
  run: async stage => {
    await stage.check(
      'what is acknowledged is there once and in order, and readers are given all of it',
      async () => {
        const printed = await script(
          stage,
          join(conformanceDir, 'recovery.ts'),
          kafkaLibs,
          stage.isLong ? '2' : '1',
        )
        for (const line of printed.trim().split('\n')) console.log(`              ${line}`)
      },
    )
  },
}
