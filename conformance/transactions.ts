// Transactions against Apache Kafka: the same scripts of requests to both brokers, about the log and about the coordinator; then the files that both have
// left.
// node conformance/transactions.ts [class path] [--seeds 3] [--steps 400]
//   class path: a folder of jars or a class path (default: the environment's KAFKA_LIBS)
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Broker } from '@millrace/broker'
import { CreateTopicsApi, ErrorCode, ListOffsetsApi } from '@millrace/protocol'
import { TestClient } from '../packages/broker/test/test-client.ts'
import { classPath, startApache } from './harness/apache-node.ts'
import { Comparisons } from './harness/comparison.ts'
import { toolJava } from './harness/java.ts'
import { run } from './harness/process.ts'
import {
  CoordinatorScript,
  coordinatorPartitions,
  coordinatorTopic,
} from './transactions/coordinator-script.ts'
import { LogScript, scriptPartitions, scriptTopic } from './transactions/log-script.ts'

const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string', default: '3' }, steps: { type: 'string', default: '400' } },
  allowPositionals: true,
})
const libs = classPath(positionals[0])
const folder = mkdtempSync(join(tmpdir(), 'millrace-conformance-transactions-'))
const comparisons = new Comparisons()
/** Nobody coordinates here: whoever writes a transactional batch begins a transaction. */
const properties = { 'transaction.partition.verification.enable': 'false' }
const aheadMs = 600_000
const timeMs = Date.now() + aheadMs
const leaderAttempts = 200
const dumpTimeoutMs = 60_000
const coordinatorSeeds = 12
const coordinatorSteps = 200

/** Puts a script to a broker, with a topic of its own that is ready. */
async function play(
  port: number,
  topic: { readonly name: string; readonly partitions: number },
  script: (client: TestClient) => Promise<string>,
): Promise<string> {
  const client = await TestClient.connect(port)
  try {
    const made = {
      name: topic.name,
      numPartitions: topic.partitions,
      replicationFactor: 1,
      assignments: [],
      configs: [{ name: 'cleanup.policy', value: 'delete' }],
    }
    await client.send(CreateTopicsApi, 7, { topics: [made], timeoutMs: 10_000, validateOnly: false })
    await untilLed(client, topic.name, topic.partitions)
    return await script(client)
  } finally {
    await client.close()
  }
}

/** Apache Kafka answers before the partitions of a new topic are there. */
async function untilLed(client: TestClient, name: string, count: number): Promise<void> {
  for (let attempt = 0; attempt < leaderAttempts; attempt++) {
    const partitions = Array.from({ length: count }, (_, partitionIndex) => ({
      partitionIndex,
      timestamp: -1,
    }))
    const topics = [{ name, partitions }]
    const reply = await client.send(ListOffsetsApi, 6, { replicaId: -1, isolationLevel: 0, topics })
    if (reply.topics[0]!.partitions.every(({ errorCode }) => errorCode === ErrorCode.NONE)) return
    await sleep(50)
  }
  throw new Error(`${name} has no leaders`)
}

/** What of a partition's files does not depend on the time of day: aborted transactions, and producers without their timestamps. */
function filesOf(dataDir: string): string {
  const lines: string[] = []
  for (let partition = 0; partition < scriptPartitions; partition++) {
    const directory = join(dataDir, `${scriptTopic}-${partition}`)
    for (const name of readdirSync(directory).toSorted()) {
      const bytes = readFileSync(join(directory, name))
      if (name.endsWith('.txnindex')) lines.push(`${partition} ${name} ${bytes.toString('hex')}`)
      if (name.endsWith('.snapshot')) lines.push(`${partition} ${name}`, ...producersOf(bytes))
    }
  }
  return `${lines.filter(line => !line.endsWith('.txnindex ')).join('\n')}\n`
}

/** Entries of a producer snapshot (46 bytes each): id, epoch, sequence, offset, delta; not the timestamp; coordinator epoch, open transaction. */
function producersOf(snapshot: Buffer): string[] {
  const entries: string[] = []
  for (let at = 10; at + 46 <= snapshot.length; at += 46) {
    entries.push(`${snapshot.toString('hex', at, at + 26)} ${snapshot.toString('hex', at + 34, at + 46)}`)
  }
  return entries.toSorted()
}

/** What kafka-dump-log says of the aborted transactions and producers that we have stored. */
async function dumped(dataDir: string): Promise<string> {
  const files: string[] = []
  for (let partition = 0; partition < scriptPartitions; partition++) {
    const directory = join(dataDir, `${scriptTopic}-${partition}`)
    for (const name of readdirSync(directory).toSorted())
      if (/\.(log|txnindex|snapshot)$/.test(name)) files.push(join(directory, name))
  }
  const args = ['org.apache.kafka.tools.DumpLogSegments', '--deep-iteration', '--files', files.join(',')]
  const { stdout } = await run('java', toolJava(libs, ...args), {
    logFile: join(folder, 'dump.log'),
    timeoutMs: dumpTimeoutMs,
  })
  const text = stdout
    .replaceAll(dataDir, '')
    .replaceAll(/(CreateTime|lastTimestamp|timestamp|[a-z]*crc|position): \S+/gi, '')
  // Producers come in the order of a hash table.
  return text.replaceAll(/(^producerId: .*\n)+/gm, entries => entries.split('\n').toSorted().join('\n'))
}

async function compareSeed(seed: number): Promise<void> {
  const apache = await startApache({ libs, dir: join(folder, `apache-${seed}`), properties })
  const topic = { name: scriptTopic, partitions: scriptPartitions }
  const script = (client: TestClient) => new LogScript(client, seed, timeMs).run(Number(values.steps))
  const theirs = await play(apache.port, topic, script)
  await apache.stop()
  const dataDir = join(folder, `millrace-${seed}`)
  const broker = await Broker.start({ port: 0, dataDir, config: properties })
  const ours = await play(broker.port, topic, script)
  await broker.close()
  comparisons.compare(`seed ${seed}: what both say of transactions in the log`, ours, theirs)
  comparisons.compare(
    `seed ${seed}: aborted indexes and producer snapshots`,
    filesOf(dataDir),
    filesOf(apache.dataDir),
  )
  comparisons.compare(
    `seed ${seed}: what kafka-dump-log reads`,
    await dumped(dataDir),
    await dumped(apache.dataDir),
  )
}

/** The coordinators of both, one seed after the other, at each level of `transaction.version`. */
async function compareCoordinators(): Promise<void> {
  const config = { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': '50' }
  const apache = await startApache({ libs, dir: join(folder, 'apache-coordinator'), properties: config })
  const dataDir = join(folder, 'millrace-coordinator')
  const broker = await Broker.start({ port: 0, dataDir, config: { 'log.fsync': 'never', ...config } })
  try {
    for (let seed = 1; seed <= coordinatorSeeds; seed++) {
      const topic = { name: coordinatorTopic(seed), partitions: coordinatorPartitions }
      const script = (client: TestClient) => new CoordinatorScript(client, seed).run(coordinatorSteps)
      const [ours, theirs] = await Promise.all([
        play(broker.port, topic, script),
        play(apache.port, topic, script),
      ])
      comparisons.compare(`seed ${seed}: what both coordinators say of transactions`, ours, theirs)
    }
  } finally {
    await broker.close()
    await apache.stop()
  }
  comparisons.compare(
    'the records that kafka-dump-log finds in __transaction_state',
    await dumpedState(dataDir),
    await dumpedState(apache.dataDir),
  )
}

interface StatePayload {
  readonly version: string
  readonly data: Readonly<Record<string, unknown>> & {
    readonly transactionPartitions:
      | readonly { readonly topic: string; readonly partitionIds: number[] }[]
      | null
  }
}

/** Every record of every transactional id, as `kafka-dump-log --transaction-log-decoder` reads it; ids and times are each broker's own. */
async function dumpedState(dataDir: string): Promise<string> {
  const files = readdirSync(dataDir)
    .filter(name => name.startsWith('__transaction_state-'))
    .flatMap(name =>
      readdirSync(join(dataDir, name))
        .filter(file => file.endsWith('.log'))
        .map(file => join(dataDir, name, file)),
    )
  const args = ['--transaction-log-decoder', '--files', files.join(',')]
  const { stdout } = await run('java', toolJava(libs, 'org.apache.kafka.tools.DumpLogSegments', ...args), {
    logFile: join(folder, 'dump-state.log'),
    timeoutMs: dumpTimeoutMs,
  })
  const lines = stdout.split('\n').flatMap(line => {
    const [, key, payload] = / key: (\{.*\}) payload: (\{.*\})$/.exec(line) ?? []
    return key === undefined ? [] : [`${key} ${stateLine(JSON.parse(payload!) as StatePayload)}`]
  })
  // Of one id in their order, which files with other partitions do not change.
  return `${lines.toSorted((a, b) => idOf(a).localeCompare(idOf(b))).join('\n')}\n`
}

const idOf = (line: string): string => /"transactionalId":"([^"]*)"/.exec(line)?.[1] ?? ''

function stateLine({ version, data }: StatePayload): string {
  const { transactionPartitions, ...fields } = data
  const own = /^(producerId|previousProducerId|nextProducerId|.*TimestampMs)$/
  const shown = Object.entries(fields).filter(([name]) => !own.test(name))
  const topics = transactionPartitions?.map(
    ({ topic, partitionIds }) => `${topic}:${partitionIds.toSorted((a, b) => a - b).join()}`,
  )
  return `v${version} ${shown.map(([name, value]) => `${name}=${String(value)}`).join(' ')} ${topics?.toSorted().join(' ') ?? 'null'}`
}

try {
  for (let seed = 1; seed <= Number(values.seeds); seed++) await compareSeed(seed)
  await compareCoordinators()
} finally {
  if (comparisons.failed === 0 && existsSync(folder)) rmSync(folder, { recursive: true, force: true })
  else console.log(`files are left in ${folder}`)
}
process.exitCode = comparisons.failed > 0 ? 1 : 0
