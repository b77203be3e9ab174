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
  ['groups', 'groups behave and are stored as with Apache Kafka'],
]
const scriptTimeoutMs = 300_000

async function script(stage: Stage, path: string): Promise<void> {
  await stage.run(process.execPath, ['--conditions=@millrace/source', path], {
    cwd: repositoryDir,
    env: { KAFKA_LIBS: kafkaLibs },
    timeoutMs: scriptTimeoutMs,
  })
}

export const formats: Scenario = {
  name: 'formats',
  title: "message definitions, messages, records, log and groups compared with Apache Kafka's own classes",
  engines: ['millrace'],
  needs: ['kafka'],
  ownEngine: true,
  async run(stage) {
    for (const [name, what] of scripts) {
      const path = join(conformanceDir, `${name}.ts`)
      if (existsSync(path)) await stage.check(`${name}: ${what}`, () => script(stage, path))
    }
  },
}

/** The client's integration tests, unchanged, against the broker of this stage. */
async function suite(stage: Stage): Promise<void> {
  const output = await stage.run(
    process.execPath,
    ['tools/test.ts', '--test-reporter=tap', 'packages/testkit/test/integration'],
    { cwd: repositoryDir, env: { KAFKA_URI: stage.bootstrap }, timeoutMs: scriptTimeoutMs, codes: [0, 1] },
  )
  const failed = [...output.stdout.matchAll(/^not ok \d+ - (.*)$/gm)].map(match => match[1])
  const passed = output.stdout.match(/^# pass (\d+)/m)?.[1]
  console.log(`              ${passed ?? 0} tests passed`)
  assert.deepEqual(failed, [])
  assert.equal(output.code, 0)
  assert.ok(Number(passed) > 0, 'no test ran')
}

export const integration: Scenario = {
  name: 'integration',
  title: "the Millrace client's integration suite",
  needs: [],
  run: async stage => {
    await stage.check('every integration test passes', () => suite(stage))
  },
}
