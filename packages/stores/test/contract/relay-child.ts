// The program of that process: works, slowly enough to be killed amid it.
import { OutboxRelay } from '@millrace/stores'
import { openPlace } from './places.ts'

const outbox = await openPlace(process.env['OUTBOX_PLACE']!)
const relay = new OutboxRelay({
  outbox,
  brokers: process.env['OUTBOX_BROKERS']!.split(','),
  pollIntervalMs: 20,
  // What it holds when it is killed is another's this much later.
  leaseMs: 1_000,
  maxInFlightRows: 20,
  producer: { lingerMs: 20 },
})
await relay.start()
console.log('ready')
