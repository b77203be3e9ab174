// A scheduler in a process of its own, which is killed: `scheduler.ts BROKERS SCHEDULES SESSION_TIMEOUT_MS`. Prints a line for every record that is delivered.
import { Scheduler, scheduleTopic } from '@millrace/patterns'

const [brokers = '', name = '', sessionTimeoutMs = ''] = process.argv.slice(2)
const scheduler = new Scheduler({
  brokers: brokers.split(','),
  schedules: scheduleTopic(name),
  maxBatch: 5,
  consumer: { sessionTimeoutMs: Number(sessionTimeoutMs), heartbeatIntervalMs: 100 },
})
let told = 0
setInterval(() => {
  const { delivered } = scheduler.statistics
  if (delivered > told) console.log(`delivered ${delivered}`)
  told = delivered
}, 1)
await scheduler.run()
