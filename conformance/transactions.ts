// Transactions in the log against Apache Kafka: the same script of requests to both brokers, then the files that both have left.
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
const timeMs = Date.now()
const leaderAttempts = 200
const dumpTimeoutMs = 60_000

async function play(port: number, seed: number): Promise<string> {
  const client = await TestClient.connect(port)
  try {
    const configs = [{ name: 'cleanup.policy', value: 'delete' }]
    const topic = {
      name: scriptTopic,
      numPartitions: scriptPartitions,
      replicationFactor: 1,
      assignments: [],
      configs,
    }
    await client.send(CreateTopicsApi, 7, { topics: [topic], timeoutMs: 10_000, validateOnly: false })
    await untilLed(client)
    return await new LogScript(client, seed, timeMs).run(Number(values.steps))
  } finally {
    await client.close()
  }
}

/** Apache Kafka answers before the partitions of a new topic are there. */
async function untilLed(client: TestClient): Promise<void> {
  for (let attempt = 0; attempt < leaderAttempts; attempt++) {
    const partitions = [0, 1].map(partitionIndex => ({ partitionIndex, timestamp: -1 }))
    const topics = [{ name: scriptTopic, partitions }]
    const reply = await client.send(ListOffsetsApi, 6, { replicaId: -1, isolationLevel: 0, topics })
    if (reply.topics[0]!.partitions.every(({ errorCode }) => errorCode === ErrorCode.NONE)) return
    await sleep(50)
  }
  throw new Error(`${scriptTopic} has no leaders`)
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
  const theirs = await play(apache.port, seed)
  await apache.stop()
  const dataDir = join(folder, `millrace-${seed}`)
  const broker = await Broker.start({ port: 0, dataDir, config: properties })
  const ours = await play(broker.port, seed)
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

try {
  for (let seed = 1; seed <= Number(values.seeds); seed++) await compareSeed(seed)
} finally {
  if (comparisons.failed === 0 && existsSync(folder)) rmSync(folder, { recursive: true, force: true })
  else console.log(`files are left in ${folder}`)
}
process.exitCode = comparisons.failed > 0 ? 1 : 0
