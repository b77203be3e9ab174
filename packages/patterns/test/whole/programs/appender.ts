// Appends two events at a time to a stream until it is killed: `appender.ts BROKERS TOPIC STREAM`. Prints each version that is acknowledged.
import { json, string } from '@millrace/client'
import { EventStore } from '@millrace/patterns'
import { events } from '@millrace/service'

const [brokers = '', name = '', stream = ''] = process.argv.slice(2)
const counts = events(name, { counted: json<{ n: number }>() }, { key: string(), partitions: 1 })
const store = new EventStore({ brokers: brokers.split(','), events: counts })
await store.start()
for (let { version } = await store.load(stream); ; ) {
  const pair = [version + 1, version + 2].map(n => ({ type: 'counted' as const, data: { n } }))
  ;({ version } = await store.append(stream, pair, { expectedVersion: version }))
  console.log(version)
}
