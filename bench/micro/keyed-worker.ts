// A process with handlers of 0 to 5 ms: node keyed-worker.ts SETTINGS, as JSON. Writes down each record when it is done, so that a kill takes nothing of that away.
import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { json, string } from '@millrace/client'
import { events, Service } from '@millrace/service'

/** What the process is told. */
export interface KeyedSettings {
  readonly brokers: readonly string[]
  readonly topic: string
  readonly group: string
  /** What stays in order. */
  readonly by: 'partition' | 'key'
  /** Where it writes down what is done: a line "time number" for each. */
  readonly done: string
}

/** Longest that a handler takes, in ms. */
const handlerMaxMs = 5
const handlersMax = 100

const { brokers, topic, group, by, done } = JSON.parse(process.argv[2]!) as KeyedSettings
const numbers = events(topic, { counted: json<{ n: number }>() }, { key: string() })
const service = new Service({
  name: group,
  brokers,
  commitIntervalMs: 100,
  // Who comes after one that was killed takes its place at once.
  consumer: { groupInstanceId: 'keyed', sessionTimeoutMs: 6_000 },
})
service.handle(
  numbers,
  {
    counted: async ({ data: { n } }) => {
      await sleep((n * 7) % (handlerMaxMs + 1))
      appendFileSync(done, `${performance.timeOrigin + performance.now()} ${n}\n`)
    },
  },
  { deadLetter: true, concurrency: by === 'key' ? { by, max: handlersMax } : { by } },
)
await service.run()
