// Notifications: HTTP in, events by user, a group of processes that keeps each user's latest messages, and a live page.
//
// npm run notifications [-- --port 8080 --instances 2 --flaky 0.1 --data-dir DIR]   a broker of its own
// KAFKA_URI=host:port npm run notifications                                         the same on any Kafka
import { fileURLToPath } from 'node:url'
import { CommandLine } from '@millrace/example-kit'
import { Application } from './application.ts'

const usage = `Usage: npm run notifications [-- options]

  --port N       of the page (default 8080; 0 for any)
  --instances N  processes that keep messages, 1 to 16 (default 2)
  --flaky SHARE  share of look-ups that fail and are tried again, 0 to 0.9 (default 0)
  --data-dir DIR messages, and the broker's data (default data/notifications)
  -h, --help     this text

KAFKA_URI=host:port,... uses those brokers instead of one of its own.
REDIS_URL=redis://host:port keeps messages in Redis instead of SQLite.`

const options = new CommandLine(usage, {
  port: '8080',
  instances: '2',
  flaky: '0',
  'data-dir': fileURLToPath(new URL('../../data/notifications', import.meta.url)),
})
const application = await Application.start({
  brokers: process.env['KAFKA_URI']?.split(','),
  dataDir: options.text('data-dir'),
  redisUrl: process.env['REDIS_URL'],
  port: options.wholeNumber('port', 0, 65_535),
  instances: options.wholeNumber('instances', 1, 16),
  flaky: options.number('flaky', 0, 0.9),
})
console.log(`the page is at ${application.address}; brokers: ${application.brokers.join(',')}; Ctrl-C ends`)
CommandLine.endWith(() => application.stop())
