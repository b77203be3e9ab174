// One of the processes that keep messages: node worker.ts INSTANCE BROKERS DATABASE FLAKY. Ends, with what it has in hand done, on SIGTERM and when its parent is gone.
import { Service } from '@millrace/service'
import { MessageStore } from './message-store.ts'
import { declareNotifier } from './notifier.ts'
import { group } from './topics.ts'

const [instance, brokers, database, flaky] = process.argv.slice(2) as [string, string, string, string]
const store = new MessageStore(database)
const service = new Service({
  name: group,
  brokers: brokers.split(','),
  clientId: instance,
  createTopics: 'all',
  commitIntervalMs: 500,
})
declareNotifier(service, store, { instance, flaky: Number(flaky) })
process.on('disconnect', () => void service.stop())
try {
  await service.run()
} finally {
  store.close()
}
if (process.connected) process.disconnect()
