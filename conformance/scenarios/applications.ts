// The applications in `examples` with the broker of this stage: their tests, with each database that they know, their pages in Debian's Chromium, and orders in a storm.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { chaos, seeded } from '@millrace/example-orders/chaos'
import { type DatabaseServer, startPostgres, startRedis } from '../harness/databases.ts'
import { repositoryDir } from '../harness/paths.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

const testsTimeoutMs = 600_000
const stormSeed = 20_261_201
/** How long orders come and things break, in s. */
const shortStorm = 15
const longStorm = 180

/** Tests of an application: files by the middle of their names. */
async function tests(
  stage: Stage,
  application: string,
  kind: 'test' | 'browser',
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  await stage.run(
    process.execPath,
    // One file after the other: they may share a database.
    [
      '--conditions=@millrace/source',
      '--test',
      '--test-concurrency=1',
      `examples/${application}/test/*.${kind}.ts`,
    ],
    { cwd: repositoryDir, env: { KAFKA_URI: stage.bootstrap, ...env }, timeoutMs: testsTimeoutMs },
  )
}

/** Does something with a database that is gone afterwards. */
async function withServer(
  stage: Stage,
  start: (logDir: string) => Promise<DatabaseServer>,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const server = await start(stage.dir)
  try {
    await use(server.url)
  } finally {
    await server.stop()
  }
}

export const applications: Scenario = {
  name: 'applications',
  title: 'the applications in examples, with SQLite, Redis and PostgreSQL, and their pages in a browser',
  needs: ['chromium', 'redis', 'postgresql'],
  run: async stage => {
    for (const name of ['notifications', 'orders']) {
      await stage.check(`${name}: it does what its README says`, () => tests(stage, name, 'test'))
      await stage.check(`${name}: its page, on a wide screen and on a phone, light and dark`, () =>
        tests(stage, name, 'browser'),
      )
    }
    await stage.check('notifications: the same with messages in Redis', () =>
      withServer(stage, startRedis, url => tests(stage, 'notifications', 'test', { REDIS_URL: url })),
    )
    await stage.check('orders: the same with PostgreSQL', () =>
      withServer(stage, startPostgres, url => tests(stage, 'orders', 'test', { DATABASE_URL: url })),
    )
  },
}

/** Broker and processes are killed (-9), database and provider go away, all under load. */
async function storm(stage: Stage, databaseUrl: string | undefined): Promise<void> {
  const { violations, ...report } = await chaos({
    brokers: [stage.bootstrap],
    databaseUrl,
    dataDir: join(stage.dir, databaseUrl === undefined ? 'sqlite' : 'postgres'),
    seconds: stage.isLong ? longStorm : shortStorm,
    rate: 60,
    instances: 2,
    pauseMs: 1_500,
    isQuiet: true,
    random: seeded(stormSeed),
    restartBroker: async () => {
      await stage.engine.kill9()
      await stage.engine.start()
    },
  })
  console.log(`              ${JSON.stringify(report)}`)
  assert.deepEqual(violations, [])
  // Apache Kafka may lose the marker of a transaction when its only node is killed; Millrace does not.
  if (stage.engineName === 'millrace') assert.equal(report.hangingTransactions, 0)
  assert.ok(report.brokerKills > 0 && report.processKills > 0 && report.deadLetters > 0, 'nothing happened')
}

export const ordersChaos: Scenario = {
  name: 'orders-chaos',
  title:
    'orders under load while broker and processes are killed and the database refuses: every order is accounted for',
  needs: ['postgresql'],
  ownEngine: true,
  run: async stage => {
    const properties = { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': '500' }
    stage.engine = await stage.newEngine({ properties })
    await stage.engine.start()
    await stage.check('each is in one final state, totals are exact, what failed says why (SQLite)', () =>
      storm(stage, undefined),
    )
    await stage.check('each is in one final state, totals are exact, what failed says why (PostgreSQL)', () =>
      withServer(stage, startPostgres, url => storm(stage, url)),
    )
  },
}
