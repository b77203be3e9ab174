// Orders: HTTP in, stock and payment that fail in chosen ways, retries, dead letters, totals that are exact, and a live page.
//
// npm run orders [-- --port 8080 --instances 2 --rate 20 --data-dir DIR]   a broker of its own, SQLite
// KAFKA_URI=host:port npm run orders                                       the same on any Kafka
// DATABASE_URL=postgres://user:password@host/name npm run orders           the same on PostgreSQL
import { fileURLToPath } from 'node:url'
import { CommandLine } from '@millrace/example-kit'
import { Application } from './application.ts'

const usage = `Usage: npm run orders [-- options]

  --port N       of the page (default 8080; 0 for any)
  --instances N  processes that work on orders, 1 to 16 (default 2)
  --rate N       orders a second that it makes by itself, 0 to 1000 (default 10)
  --prefix TEXT  of the names of topics and groups (default none)
  --data-dir DIR the database, and the broker's data (default data/orders)
  -h, --help     this text

KAFKA_URI=host:port,... uses those brokers instead of one of its own.
DATABASE_URL=postgres://user:password@host:port/name uses PostgreSQL instead of SQLite.
A database and its topics belong together: one that is new wants a --prefix of its own on a cluster that has topics of another.`

const options = new CommandLine(usage, {
  port: '8080',
  instances: '2',
  rate: '10',
  prefix: '',
  'data-dir': fileURLToPath(new URL('../../data/orders', import.meta.url)),
})
const application = await Application.start({
  brokers: process.env['KAFKA_URI']?.split(','),
  databaseUrl: process.env['DATABASE_URL'],
  dataDir: options.text('data-dir'),
  prefix: options.text('prefix'),
  port: options.wholeNumber('port', 0, 65_535),
  instances: options.wholeNumber('instances', 1, 16),
  rate: options.wholeNumber('rate', 0, 1_000),
})
console.log(`the page is at ${application.address}; brokers: ${application.brokers.join(',')}; Ctrl-C ends`)
CommandLine.endWith(() => application.stop())
