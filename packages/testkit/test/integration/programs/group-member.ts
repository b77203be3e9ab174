// A process that is a member of a group: it says when it is ready, writes partition and offset of each record that it is done with, and leaves on SIGTERM.
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer } from '@millrace/client'

const { topic, ...options } = JSON.parse(process.argv[2]!)
const consumer = new Consumer(options)
process.once('SIGTERM', () => void consumer.close())
writeSync(1, 'ready\n')
consumer.subscribe(topic)
await consumer.run({
  partitionConcurrency: 3,
  async eachRecord({ partition, offset }) {
    // Something is in hand most of the time, so that members are hit in the middle of their work.
    if (offset % 10 === 0) await sleep(5)
    // What is written is in the pipe at once: it is known of, whatever happens to this process next.
    writeSync(1, `${partition} ${offset}\n`)
  },
})
