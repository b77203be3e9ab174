// One of the processes that keep messages: node worker.ts SETTINGS, as JSON. Ends, with what it has in hand done, on SIGTERM and when its parent is gone.
import { Service } from '@millrace/service'
import { openStore, type StorePlace } from './messages/open-store.ts'
import { declareNotifier, type NotifierOptions } from './notifier.ts'
import { group } from './topics.ts'

/** What a process is told. */
export interface WorkerSettings extends NotifierOptions {
  readonly brokers: readonly string[]
  readonly store: StorePlace
}

/** After this long without a sign of life the others of the group take a process's partitions. */
const sessionTimeoutMs = 6_000
/** How soon the others hear of one that came. */
const heartbeatIntervalMs = 500

const settings = JSON.parse(process.argv[2]!) as WorkerSettings
const store = await openStore(settings.store)
const service = new Service({
  name: group,
  brokers: settings.brokers,
  clientId: settings.instance,
  createTopics: 'all',
  commitIntervalMs: 500,
  // A process that dies is back in a second or two, and goes on with its partitions: they wait for a member of that name.
  consumer: { groupInstanceId: settings.instance, sessionTimeoutMs, heartbeatIntervalMs },
})
declareNotifier(service, store, settings)
process.on('disconnect', () => void service.stop())
try {
  await service.run()
} finally {
  await store.close()
}
if (process.connected) process.disconnect()
