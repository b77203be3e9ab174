// A process that copies a topic exactly once, until it is told to stop, or killed: `node worker.ts BROKERS GROUP SOURCE TARGET [TRANSACTIONAL-ID]`.
import { ExactlyOnceProcessor } from '@millrace/client'

const [brokers, groupId, source, target, transactionalId] = process.argv.slice(2)
if (!brokers || !groupId || !source || !target) throw new Error('worker.ts BROKERS GROUP SOURCE TARGET [ID]')

const processor = new ExactlyOnceProcessor({
  brokers: brokers.split(','),
  groupId,
  topics: source,
  transactionIntervalMs: 50,
  ...(transactionalId && { transactionalId }),
  consumer: { sessionTimeoutMs: 6_000, heartbeatIntervalMs: 200 },
  producer: { transactionTimeoutMs: 3_000 },
  onWarning: error => console.error(`warning: ${error.message}`),
  // Two records for one, in different partitions, now and then after a while: enough to be interrupted anywhere.
  eachRecord: async record => {
    if (record.offset % 500 === 0) await new Promise(resolve => setTimeout(resolve, 5))
    const value = `${record.partition}/${record.offset}`
    return [
      { topic: target, partition: record.partition, value },
      { topic: target, partition: record.partition + 1, value: `${value}/copy` },
    ]
  },
})
process.once('SIGTERM', () => void processor.close())
// Who started it is gone: nobody will stop it.
process.stdin.once('end', () => process.exit(1)).resume()
console.log('ready')
await processor.run()
console.log(JSON.stringify(processor.statistics))
process.stdin.destroy()
