// Notifications: HTTP in, events by user, a group of processes that keeps each user's latest messages, and a live page.
//
// npm run notifications [-- --port 8080 --instances 2 --flaky 0.1 --data-dir DIR]   a broker of its own
// KAFKA_URI=host:port npm run notifications                                         the same on any Kafka
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Application } from './application.ts'

const usage = `Usage: npm run notifications [-- options]

  --port N       of the page (default 8080; 0 for any)
  --instances N  processes that keep messages, 1 to 16 (default 2)
  --flaky SHARE  share of look-ups that fail and are tried again, 0 to 0.9 (default 0)
  --data-dir DIR messages, and the broker's data (default data/notifications)
  -h, --help     this text

KAFKA_URI=host:port,... uses those brokers instead of one of its own.`

function fail(message: string): never {
  console.error(`${message}\n\n${usage}`)
  process.exit(2)
}

function numberOf(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= min && value <= max) return value
  return fail(`--${name} must be ${min} to ${max}, not "${text}"`)
}

function optionsOf() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '8080' },
        instances: { type: 'string', default: '2' },
        flaky: { type: 'string', default: '0' },
        'data-dir': {
          type: 'string',
          default: fileURLToPath(new URL('../../data/notifications', import.meta.url)),
        },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    return fail((error as Error).message)
  }
}

const values = optionsOf()
if (values.help) {
  console.log(usage)
  process.exit(0)
}
const application = await Application.start({
  brokers: process.env['KAFKA_URI']?.split(','),
  dataDir: values['data-dir'],
  port: numberOf('port', values.port, 0, 65_535),
  instances: Math.floor(numberOf('instances', values.instances, 1, 16)),
  flaky: numberOf('flaky', values.flaky, 0, 0.9),
})
console.log(`the page is at ${application.address}; brokers: ${application.brokers.join(',')}; Ctrl-C ends`)
let ending = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    // The second one is for who does not want to wait.
    if (ending) process.exit(130)
    ending = true
    void application.stop()
  })
