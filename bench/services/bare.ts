// Our client alone, as the service framework uses it: loops over batches and records, and handlers, with automatic commits.
import { Consumer } from '@millrace/client'
import { group, handle, handleAll, reportAndEnd, run, values } from './run.ts'

const consumer = new Consumer({
  brokers: run.brokers,
  groupId: group,
  autoOffsetReset: 'earliest',
  topics: [values],
})
consumer.subscribe()

async function read(): Promise<void> {
  switch (run.variant) {
    case 'batch':
      for await (const batch of consumer.batches()) handleAll(Array.from(batch, ({ value }) => value))
      return
    case 'record':
      for await (const { value } of consumer) handle(value)
      return
    default:
      await consumer.run({ eachRecord: async ({ value }) => handle(value) })
  }
}

void read()
await reportAndEnd()
