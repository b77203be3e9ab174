// The dedupe stores and outboxes of @millrace/stores in Debian's PostgreSQL, MariaDB and Redis, their relays sending to the broker of this stage.
import assert from 'node:assert/strict'
import { type DatabaseServer, startMariadb, startPostgres, startRedis } from '../harness/databases.ts'
import { repositoryDir } from '../harness/paths.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

const servers: readonly (readonly [
  name: string,
  variable: string,
  start: (logDir: string) => Promise<DatabaseServer>,
])[] = [
  ['postgres', 'POSTGRES_URL', startPostgres],
  ['mysql', 'MYSQL_URL', startMariadb],
  ['redis', 'REDIS_URL', startRedis],
]
const suiteTimeoutMs = 900_000

async function suite(stage: Stage, name: string, variable: string, url: string): Promise<void> {
  const { stdout, code } = await stage.run(
    process.execPath,
    ['tools/test.ts', '--tap', `packages/stores/test/databases/${name}.test.ts`],
    {
      cwd: repositoryDir,
      env: { KAFKA_URI: stage.bootstrap, [variable]: url },
      timeoutMs: suiteTimeoutMs,
      codes: [0, 1],
    },
  )
  const failed = [...stdout.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(match => match[1])
  assert.deepEqual(failed, [])
  assert.equal(code, 0)
  const passed = Number(stdout.match(/^# pass (\d+)/m)?.[1] ?? 0)
  const skipped = Number(stdout.match(/^# skipped (\d+)/m)?.[1] ?? 0)
  console.log(`              ${passed} tests passed`)
  assert.ok(passed > 0 && skipped === 0, `${passed} ran, ${skipped} were passed over`)
}

export const stores: Scenario = {
  name: 'stores',
  title: 'dedupe stores and outboxes in PostgreSQL, MariaDB and Redis',
  needs: ['postgresql', 'mariadb', 'redis'],
  run: async stage => {
    for (const [name, variable, start] of servers) {
      const server = await start(stage.dir)
      try {
        await stage.check(`${name}: every store and relay does what it has to`, () =>
          suite(stage, name, variable, server.url),
        )
      } finally {
        await server.stop()
      }
    }
  },
}
