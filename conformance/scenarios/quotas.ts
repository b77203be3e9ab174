// Quotas: set by Kafka's own tool on both brokers, and what clients are told by each.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ApacheKafka } from '../harness/apache-kafka.ts'
import { conformanceDir } from '../harness/paths.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

async function configs(stage: Stage, args: string): Promise<string> {
  return (await stage.kafka('kafka.admin.ConfigCommand', args)).stdout
}

/** Who has a quota, as the tool's options say it, and what it shows of that. */
const entities: readonly (readonly [options: string, shown: RegExp, quota: string, value: string])[] = [
  [
    '--entity-type users --entity-name alice',
    /user-principal 'alice' are .*producer_byte_rate=1024/,
    'producer_byte_rate',
    '1024',
  ],
  [
    '--entity-type users --entity-default',
    /default user-principal are .*consumer_byte_rate=2048/,
    'consumer_byte_rate',
    '2048',
  ],
  [
    '--entity-type clients --entity-name app',
    /client-id 'app' are .*request_percentage=12\.5/,
    'request_percentage',
    '12.5',
  ],
  [
    '--entity-type users --entity-name alice --entity-type clients --entity-name app',
    /user-principal 'alice', client-id 'app' are .*controller_mutation_rate=3/,
    'controller_mutation_rate',
    '3',
  ],
  [
    '--entity-type ips --entity-name 192.0.2.1',
    /ip '192\.0\.2\.1' are .*connection_creation_rate=7/,
    'connection_creation_rate',
    '7',
  ],
  [
    '--entity-type ips --entity-default',
    /default ip are .*connection_creation_rate=9/,
    'connection_creation_rate',
    '9',
  ],
]

async function setShowAndRemove(stage: Stage): Promise<void> {
  for (const [options, shown, quota, value] of entities) {
    await configs(stage, `--alter ${options} --add-config ${quota}=${value}`)
    assert.match(await configs(stage, `--describe ${options}`), shown)
  }
  for (const [options, shown, quota] of entities) {
    await configs(stage, `--alter ${options} --delete-config ${quota}`)
    assert.doesNotMatch(await configs(stage, `--describe ${options}`), shown)
  }
}

async function refusals(stage: Stage): Promise<void> {
  await assert.rejects(
    configs(stage, '--alter --entity-type users --entity-name alice --add-config producer_byte_rate=-5'),
    /producer_byte_rate must be greater than 0/,
  )
  await assert.rejects(
    configs(stage, '--alter --entity-type users --entity-name alice --add-config bogus=5'),
    /Unexpected config names/,
  )
}

async function logLevels(stage: Stage): Promise<void> {
  const loggers = '--entity-type broker-loggers --entity-name 1'
  const name = 'kafka.request.logger'
  await configs(stage, `--alter ${loggers} --add-config ${name}=DEBUG`)
  assert.match(await configs(stage, `--describe ${loggers}`), /kafka\.request\.logger=DEBUG/)
  await configs(stage, `--alter ${loggers} --delete-config ${name}`)
  assert.doesNotMatch(await configs(stage, `--describe ${loggers}`), /kafka\.request\.logger=DEBUG/)
  await assert.rejects(
    configs(stage, `--alter ${loggers} --add-config ${name}=LOUD`),
    /not a supported log level|Cannot set the log level/,
  )
}

export const quotas: Scenario = {
  name: 'quotas',
  title: 'ConfigCommand: quotas of users, clients and addresses, and levels of loggers',
  needs: [],
  async run(stage) {
    await stage.check('ConfigCommand sets, shows and removes quotas of each kind of entity', () =>
      setShowAndRemove(stage),
    )
    await stage.check('ConfigCommand is told what is wrong with a quota', () => refusals(stage))
    await stage.check('ConfigCommand changes levels of loggers', () => logLevels(stage))
  },
}

export const throttling: Scenario = {
  name: 'throttling',
  title: 'one script of quotas on both brokers: the same errors, and the same times to wait',
  engines: ['millrace'],
  needs: [],
  async run(stage) {
    const dir = join(stage.dir, 'oracle')
    mkdirSync(dir, { recursive: true })
    const oracle = await ApacheKafka.create({ dir })
    try {
      await oracle.start()
      const script = join(conformanceDir, 'wire', 'throttle.ts')
      await stage.program('throttle', process.execPath, ['--conditions=@millrace/source', script], {
        env: { ORACLE: oracle.bootstrap },
        timeoutMs: 120_000,
      })
    } finally {
      await oracle.kill9()
    }
  },
}
