// Kafka Connect on the broker: a worker by itself with a file source and a file sink; one of a group whose source writes exactly once and is killed.
import assert from 'node:assert/strict'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../harness/engine.ts'
import type { Child } from '../harness/process.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

type Properties = Readonly<Record<string, string | number>>

const patienceMs = 60_000
const pollMs = 100
const filePackage = 'org.apache.kafka.connect.file'
const converter = 'org.apache.kafka.connect.storage.StringConverter'

const linesOf = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}\n`).join('')

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come to be in ${patienceMs} ms`)
    await sleep(pollMs)
  }
}

/** A worker with its REST interface. */
class Worker {
  readonly #child: Child
  readonly #url: string

  private constructor(child: Child, url: string) {
    this.#child = child
    this.#url = url
  }

  /** Starts one of Connect's main classes with properties for it and for its connectors, and returns when it answers. */
  static async start(
    stage: Stage,
    main: 'ConnectStandalone' | 'ConnectDistributed',
    settings: Properties,
    connectors: readonly Properties[] = [],
  ): Promise<Worker> {
    const [port] = await freePorts(1)
    const all = {
      'bootstrap.servers': stage.bootstrap,
      listeners: `http://127.0.0.1:${port}`,
      'key.converter': converter,
      'value.converter': converter,
      'plugin.discovery': 'service_load',
      'offset.flush.interval.ms': 500,
      ...settings,
    }
    const files = [all, ...connectors].map((properties, index) =>
      propertiesFile(stage, `${main}-${index}`, properties),
    )
    const child = stage.spawnJava(`org.apache.kafka.connect.cli.${main}`, files)
    const worker = new Worker(child, `http://127.0.0.1:${port}`)
    await until('the REST interface', async () => {
      if (child.exit !== undefined) throw new Error(`the worker ended: ${child.stderr.slice(-2_000)}`)
      return (await worker.#get('/connectors')) !== undefined
    })
    return worker
  }

  async #get(path: string): Promise<unknown> {
    try {
      const response = await fetch(`${this.#url}${path}`)
      return response.ok ? await response.json() : undefined
    } catch {
      return undefined
    }
  }

  /** Makes a connector and returns when its task runs. */
  async run(name: string, config: Properties): Promise<void> {
    await until(`the connector ${name}`, async () => {
      const response = await fetch(`${this.#url}/connectors/${name}/config`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(config),
      })
      // While the group forms, the worker asks for patience.
      return response.ok
    })
    await this.untilRunning(name)
  }

  async untilRunning(name: string): Promise<void> {
    await until(`the task of ${name}`, async () => {
      const status = (await this.#get(`/connectors/${name}/status`)) as
        | { readonly tasks: readonly { readonly state: string; readonly trace?: string }[] }
        | undefined
      const task = status?.tasks[0]
      if (task?.state === 'FAILED') throw new Error(`the task of ${name} failed: ${task.trace}`)
      return task?.state === 'RUNNING'
    })
  }

  async stop(): Promise<void> {
    await this.#child.stop(20_000)
  }

  async kill9(): Promise<void> {
    await this.#child.stop(20_000, 'SIGKILL')
  }
}

function propertiesFile(stage: Stage, name: string, properties: Properties): string {
  const path = join(stage.dir, `${name}.properties`)
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${value}\n`)
  writeFileSync(path, lines.join(''))
  return path
}

const source = (file: string, topic: string): Properties => ({
  'connector.class': `${filePackage}.FileStreamSourceConnector`,
  'tasks.max': 1,
  file,
  topic,
})

/** What a worker by itself copies: a file into a topic, and the topic into another file. */
async function standalone(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('copied', 1)
  const [input, output] = ['in.txt', 'out.txt'].map(name => join(stage.dir, name)) as [string, string]
  writeFileSync(input, linesOf(0, 5_000))
  const worker = await Worker.start(
    stage,
    'ConnectStandalone',
    { 'offset.storage.file.filename': join(stage.dir, 'offsets') },
    [
      { name: 'from-file', ...source(input, topic) },
      {
        name: 'to-file',
        'connector.class': `${filePackage}.FileStreamSinkConnector`,
        'tasks.max': 1,
        file: output,
        topics: topic,
      },
    ],
  )
  try {
    appendFileSync(input, linesOf(5_000, 6_000))
    const expected = linesOf(0, 6_000)
    await until(
      'the copy',
      () => existsSync(output) && readFileSync(output, 'utf8').length >= expected.length,
    )
    assert.equal(readFileSync(output, 'utf8'), expected)
  } finally {
    await worker.stop()
  }
}

const total = 3_000
const step = 20

/** Each poll of the source is a transaction, its position in the file included: after a kill it goes on where the last one has ended. */
async function exactlyOnce(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('once', 1)
  const input = join(stage.dir, 'once.txt')
  writeFileSync(input, '')
  const storage = ['config', 'offset', 'status'].flatMap(name => [
    [`${name}.storage.topic`, `connect-${name}`],
    [`${name}.storage.replication.factor`, 1],
  ])
  const settings = {
    ...(Object.fromEntries(storage) as Properties),
    'offset.storage.partitions': 1,
    'status.storage.partitions': 1,
    'group.id': 'workers',
    'exactly.once.source.support': 'enabled',
    // The tasks of a worker that was killed are somebody's again at once.
    'scheduled.rebalance.max.delay.ms': 0,
    'session.timeout.ms': 6_000,
    'heartbeat.interval.ms': 1_000,
  }
  let worker = await Worker.start(stage, 'ConnectDistributed', settings)
  try {
    await worker.run('once', source(input, topic))
    for (let written = 0; written < total; written += step) {
      appendFileSync(input, linesOf(written, written + step))
      await sleep(10)
      if (written !== total / 2) continue
      await worker.kill9()
      worker = await Worker.start(stage, 'ConnectDistributed', settings)
      await worker.untilRunning('once')
    }
    const read = `--topic ${topic} --partition 0 --offset earliest --isolation-level read_committed`
    const consume = async (args: string) =>
      (await stage.kafka('consumer.ConsoleConsumer', `${read} ${args}`, { codes: [0, 1] })).stdout
    await consume(`--max-messages ${total} --timeout-ms 40000`)
    // All of them, and nothing behind them.
    assert.equal(await consume('--timeout-ms 5000'), linesOf(0, total))
  } finally {
    await worker.stop()
  }
}

export const kafkaConnect: Scenario = {
  name: 'kafka-connect',
  title: 'Kafka Connect: a file source and sink; a group of workers with an exactly-once source over kill -9',
  needs: [],
  async run(stage) {
    await stage.check('ConnectStandalone copies a file through a topic', () => standalone(stage))
    await stage.check('ConnectDistributed: a source that is killed writes each line exactly once', () =>
      exactlyOnce(stage),
    )
  },
}
