// The same load twice, beside each other: by Millrace's clients in this process, and by Java's in one of their own.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer, Producer } from '@millrace/client'
import { clientJava } from '../harness/java.ts'
import { conformanceDir } from '../harness/paths.ts'
import { Child, describeExit, tail } from '../harness/process.ts'
import type { History } from './history.ts'

export interface LoadOptions {
  readonly brokers: readonly string[]
  readonly partitions: number
  readonly recordsPerSecond: number
}

export interface Load {
  readonly history: History
  /** Throws when it has ended by itself. */
  check(): void
  /** Sends no more, and waits until everything that was acknowledged is consumed. Throws when that does not come about in a minute. */
  finish(): Promise<void>
}

const restMs = 60_000

const nowMs = (): number => performance.timeOrigin + performance.now()

/** Sends at the rate, whatever the answers do. */
async function send(
  producer: Producer,
  history: History,
  { partitions, recordsPerSecond }: LoadOptions,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now()
  const answers: Promise<void>[] = []
  for (let sent = 0; !signal.aborted; ) {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * recordsPerSecond)
    for (; sent < due; sent++) {
      const partition = sent % partitions
      const number = Math.floor(sent / partitions)
      answers.push(
        producer.send({ topic: history.topic, partition, value: String(number) }).then(
          () => history.acknowledged(partition, number, nowMs()),
          (error: Error) => history.gaveUp(partition, number, error.message),
        ),
      )
    }
    await sleep(2)
  }
  await Promise.all(answers)
}

export function millraceLoad(history: History, options: LoadOptions): Load {
  const { brokers } = options
  const { topic } = history
  const producer = new Producer({ brokers })
  const consumer = new Consumer({ brokers, groupId: `${topic}-readers`, autoOffsetReset: 'earliest' })
  consumer.subscribe(topic)
  const stop = new AbortController()
  const sending = send(producer, history, options, stop.signal)
  const reading = consumer.run({
    eachRecord: ({ partition, value }) => {
      history.consumed(partition, Number(value), nowMs())
    },
  })
  let failure: unknown
  reading.catch((error: unknown) => {
    failure = error
  })
  return {
    history,
    check() {
      if (failure !== undefined) throw failure
    },
    async finish() {
      stop.abort()
      await sending
      await producer.close()
      for (let waitedMs = 0; !history.isConsumed && waitedMs < restMs; waitedMs += 100) await sleep(100)
      await consumer.close()
      await reading
    },
  }
}

export function javaLoad(history: History, options: LoadOptions & { libs: string; logFile: string }): Load {
  const { brokers, partitions, recordsPerSecond, libs, logFile } = options
  const program = join(conformanceDir, 'java', 'ClusterLoad.java')
  const parameters = [brokers.join(','), history.topic, String(partitions), String(recordsPerSecond)]
  const onLine = (line: string) => {
    const [kind, partition, number, ...rest] = line.split(' ')
    if (kind === 'A') history.acknowledged(Number(partition), Number(number), Number(rest[0]))
    else if (kind === 'C') history.consumed(Number(partition), Number(number), Number(rest[0]))
    else if (kind === 'E') history.gaveUp(Number(partition), Number(number), rest.join(' '))
  }
  const child = new Child('java', clientJava(libs, program, ...parameters), { logFile, onLine })
  return {
    history,
    check() {
      if (child.exit) throw new Error(`Java's load has ended (${describeExit(child.exit)}):\n${tail(child)}`)
    },
    async finish() {
      child.stdin.end()
      await child.waitFor(/^DONE$/m, 2 * restMs)
      await child.stop(restMs)
    },
  }
}
