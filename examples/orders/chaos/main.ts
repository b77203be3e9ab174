// npm run orders:chaos [-- --seconds 30 --rate 100 --seed 7]: the application under load, while everything it needs breaks, on a broker of its own in a process of its own.
//
// DATABASE_URL=postgres://user:password@host/name npm run orders:chaos   the same on PostgreSQL
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandLine } from '@millrace/example-kit'
import { BrokerProcess } from './broker-process.ts'
import { chaos } from './chaos.ts'
import { seeded } from './seeded.ts'

const usage = `Usage: npm run orders:chaos [-- options]

  --seconds N    how long orders come and things break, 5 to 3600 (default 30)
  --rate N       requests a second, 1 to 2000 (default 100)
  --instances N  processes that work on orders, 1 to 8 (default 2)
  --pause-ms N   time between two disasters, 100 to 60000 (default 1500)
  --seed N       decides what breaks when (default: another one each time)
  -h, --help     this text

DATABASE_URL=postgres://user:password@host:port/name uses PostgreSQL instead of SQLite.`

const options = new CommandLine(usage, {
  seconds: '30',
  rate: '100',
  instances: '2',
  'pause-ms': '1500',
  seed: String(Date.now() % 1_000_000),
})
const seed = options.wholeNumber('seed', 0, 2 ** 32 - 1)
const dataDir = mkdtempSync(join(tmpdir(), 'orders-chaos-'))
const broker = await BrokerProcess.start(join(dataDir, 'broker'))
console.log(`seed ${seed}, against ${broker.address}`)
try {
  const report = await chaos({
    brokers: [broker.address],
    databaseUrl: process.env['DATABASE_URL'],
    dataDir,
    seconds: options.number('seconds', 5, 3_600),
    rate: options.number('rate', 1, 2_000),
    instances: options.wholeNumber('instances', 1, 8),
    pauseMs: options.number('pause-ms', 100, 60_000),
    random: seeded(seed),
    restartBroker: () => broker.restart(),
    isQuiet: true,
    log: line => console.log(`${(performance.now() / 1_000).toFixed(1)} s: ${line}`),
  })
  console.log(JSON.stringify(report, undefined, 2))
  process.exitCode = report.violations.length > 0 ? 1 : 0
} finally {
  await broker.kill()
  rmSync(dataDir, { recursive: true, force: true })
}
