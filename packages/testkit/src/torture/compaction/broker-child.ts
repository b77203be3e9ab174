// The broker that the torture of compaction kills: `node broker-child.ts DIRECTORY PORT FSYNC`. Says its address when it is ready.
import { Broker } from '@millrace/broker'

const [dataDir, port, fsync] = process.argv.slice(2)
if (!dataDir || !port || !fsync) throw new Error('broker-child.ts DIRECTORY PORT FSYNC')

const broker = await Broker.start({
  dataDir,
  port: Number(port),
  config: { 'log.fsync': fsync, 'log.cleaner.backoff.ms': 1 },
})
console.log(broker.address)
