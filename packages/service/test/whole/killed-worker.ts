// A process that is killed amid its work: node killed-worker.ts SETTINGS, as JSON. Writes each number down when it is done; those that are stuck never are.
import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Service } from '@millrace/service'
import { numbersTopic, quick } from './support.ts'

export interface KilledSettings {
  readonly brokers: readonly string[]
  readonly topic: string
  readonly group: string
  readonly stuck: readonly number[]
  readonly done: string
}

const { brokers, topic, group, stuck, done } = JSON.parse(process.argv[2]!) as KilledSettings
const options = quick({ brokers })
const service = new Service({
  ...options,
  name: group,
  // Who comes after it takes its place at once.
  consumer: { ...options.consumer, groupInstanceId: 'the-one' },
})
service.handle(
  numbersTopic(topic),
  {
    counted: async ({ data: { n } }, { signal }) => {
      if (stuck.includes(n)) await sleep(600_000, undefined, { signal })
      await sleep(n % 6)
      appendFileSync(done, `${n}\n`)
    },
  },
  { concurrency: { by: 'key', max: 100 } },
)
process.on('disconnect', () => process.exit(1))
await service.run()
