// Three brokers of Apache Kafka, each killed and started again in turn under load: what is acknowledged is there once and in order, groups are given all of it, and
// the time until records flow again is told beside that of Java's clients, which carry the same load at the same time.
// node conformance/recovery.ts [class path] [rounds]
//   class path: a folder of jars or a class path (default: the environment's KAFKA_LIBS)
//   rounds: how often each broker is killed (default: 1)
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, Consumer, throwFirst } from '@millrace/client'
import { ApacheCluster } from './harness/apache-cluster.ts'
import { classPath } from './harness/apache-node.ts'
import { History } from './recovery/history.ts'
import { javaLoad, type Load, millraceLoad } from './recovery/loads.ts'

const rounds = Number(process.argv[3] ?? 1)
const partitions = 6
const recordsPerSecond = 300
/** Of a broker without a word to the controller: what bounds the recovery from below. */
const sessionTimeoutMs = 3_000
/** How long a broker stays away: longer than any client should need. */
const awayMs = 12_000
const waitMs = 60_000
const quietMs = 3_000

interface Pause {
  readonly side: string
  readonly producerMs: number
  readonly consumerMs: number
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += 200) {
    if (await holds()) return
    await sleep(200)
  }
  throw new Error(`${what}: not after ${waitMs} ms`)
}

/** Partitions of the topic that the broker leads. */
async function ledBy(admin: Admin, topic: string, id: number): Promise<number[]> {
  const [described] = await admin.describeTopics([topic])
  return described!.partitions.filter(({ leader }) => leader === id).map(({ partition }) => partition)
}

async function allInSync(admin: Admin, topics: readonly string[]): Promise<boolean> {
  const described = await admin.describeTopics(topics)
  return described.every(topic => topic.partitions.every(({ inSyncReplicas }) => inSyncReplicas.length === 3))
}

/** Kills a broker and brings it back when all have gone on without it; returns how long each side stood still. */
async function killed(
  cluster: ApacheCluster,
  admin: Admin,
  id: number,
  loads: readonly Load[],
): Promise<Pause[]> {
  const led = await Promise.all(loads.map(({ history }) => ledBy(admin, history.topic, id)))
  const fromMs = performance.timeOrigin + performance.now()
  await cluster.kill9(id)
  await sleep(awayMs)
  const toMs = fromMs + awayMs
  const pauses = loads.map(({ history }, index) => ({
    side: history.name,
    producerMs: Math.round(history.longestUnacknowledged(led[index]!, fromMs, toMs)),
    consumerMs: Math.round(history.longestUnconsumed(led[index]!, fromMs, toMs)),
  }))
  await cluster.startNode(id)
  const topics = loads.map(({ history }) => history.topic)
  await until('all replicas are in sync again', () => allInSync(admin, topics))
  await admin.electLeaders('preferred')
  await sleep(quietMs)
  return pauses
}

/** Everything that is in the topic, by partition, in the order of the log. */
async function contents(brokers: readonly string[], topic: string): Promise<number[][]> {
  await using consumer = new Consumer({ brokers })
  const all = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }))
  const ends = await consumer.endOffsets(all)
  consumer.assign(all.map(each => ({ ...each, offset: 'earliest' })))
  const found: number[][] = all.map(() => [])
  let left = ends.reduce((sum, { offset }) => sum + offset, 0)
  if (left === 0) return found
  for await (const { partition, value } of consumer.records({ signal: AbortSignal.timeout(waitMs) })) {
    found[partition]!.push(Number(value))
    if (--left === 0) break
  }
  return found
}

async function check(brokers: readonly string[], { history }: Load): Promise<void> {
  const { name, topic, givenUp, missing } = history
  assert.deepEqual(givenUp, [], `${name}: records were given up`)
  assert.deepEqual(missing, [], `${name}: acknowledged records that no reader was given`)
  for (const [partition, numbers] of (await contents(brokers, topic)).entries()) {
    const acknowledged = history.acknowledgedNumbers(partition)
    const where = `${name}: ${topic}-${partition}`
    assert.deepEqual(
      numbers,
      [...acknowledged].toSorted((a, b) => a - b),
      `${where}: each once, in order`,
    )
  }
  console.log(
    `${name}: ${history.acknowledgedCount} acknowledged, all there once and in order; ${history.repeated} delivered again`,
  )
}

function table(pauses: readonly Pause[]): void {
  for (const side of new Set(pauses.map(each => each.side))) {
    const own = pauses.filter(each => each.side === side)
    const list = (of: (pause: Pause) => number) => own.map(of).join(', ')
    console.log(
      `${side}: producer stood still for ${list(each => each.producerMs)} ms; consumer for ${list(each => each.consumerMs)} ms`,
    )
  }
}

const libs = classPath(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'millrace-conformance-recovery-'))
let cluster: ApacheCluster | undefined
try {
  cluster = await ApacheCluster.start(libs, folder, { 'broker.session.timeout.ms': String(sessionTimeoutMs) })
  const { brokers } = cluster
  await using admin = new Admin({ brokers })
  const histories = ['Millrace', 'Java'].map(
    name => new History(name, `load-${name.toLowerCase()}`, partitions),
  )
  const topics = histories.map(({ topic }) => topic)
  throwFirst(await admin.createTopics(topics.map(name => ({ name, partitions, replicationFactor: 3 }))))
  await until('all replicas are in sync', () => allInSync(admin, topics))
  const options = { brokers, partitions, recordsPerSecond }
  const loads = [
    millraceLoad(histories[0]!, options),
    javaLoad(histories[1]!, { ...options, libs, logFile: join(folder, 'java.log') }),
  ]
  await until('both loads flow', async () => {
    for (const load of loads) load.check()
    return histories.every(
      history =>
        history.acknowledgedCount > 3 * recordsPerSecond && history.missing.length < recordsPerSecond,
    )
  })
  const pauses: Pause[] = []
  for (let round = 0; round < rounds; round++)
    for (const id of cluster.ids) pauses.push(...(await killed(cluster, admin, id, loads)))
  await Promise.all(loads.map(load => load.finish()))
  table(pauses)
  for (const load of loads) await check(brokers, load)
  const longest = (side: string) =>
    Math.max(...pauses.filter(each => each.side === side).flatMap(each => [each.producerMs, each.consumerMs]))
  assert.ok(
    longest('Millrace') <= longest('Java') + awayMs / 4,
    `Millrace stood still for ${longest('Millrace')} ms, Java for ${longest('Java')} ms`,
  )
} finally {
  await cluster?.stop()
  rmSync(folder, { recursive: true, force: true })
}
