// The brokers under measurement: Apache Kafka with the heap it ships with, and ours, each a process with a fresh folder.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ApacheKafka } from '../../conformance/harness/apache-kafka.ts'
import type { Engine, EngineName } from '../../conformance/harness/engine.ts'
import { install } from '../../conformance/harness/install.ts'
import { Millrace } from '../../conformance/harness/millrace.ts'
import { repositoryDir } from '../../conformance/harness/paths.ts'

/** What bin/kafka-server-start.sh of Apache Kafka passes to Java. */
const shippedJvmFlags = [
  '-Xmx1G',
  '-Xms1G',
  '-server',
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:InitiatingHeapOccupancyPercent=35',
  '-XX:+ExplicitGCInvokesConcurrent',
  '-Djava.awt.headless=true',
]

export interface Side {
  readonly engine: EngineName
  /** Whether a record is on the disk before it is acknowledged. */
  readonly sync: boolean
}

export const sideName = ({ engine, sync }: Side): string =>
  `${engine === 'apache' ? 'Apache Kafka' : 'Millrace'}, sync ${sync ? 'on' : 'off'}`

export const benchDir = join(repositoryDir, '.cache', 'bench')

/** Deleted topics leave the disk before the system writes them out: else each measurement pays for the one before. */
const shared = { 'log.segment.delete.delay.ms': '500' }

/** Makes a broker of one kind, not yet started. */
export async function makeEngine(
  side: Side,
  dir: string,
  properties: Readonly<Record<string, string>> = {},
): Promise<Engine> {
  mkdirSync(dir, { recursive: true })
  const set = { ...shared, ...properties }
  if (side.engine === 'apache') {
    return ApacheKafka.create({ dir, properties: set, syncBeforeAck: side.sync, jvmFlags: shippedJvmFlags })
  }
  return Millrace.create({ dir, properties: { 'log.fsync': side.sync ? 'group' : 'never', ...set } })
}

/** Runs `work` against a started broker in a fresh folder, which is removed afterwards. */
export async function withEngine<T>(
  side: Side,
  work: (engine: Engine) => Promise<T>,
  properties: Readonly<Record<string, string>> = {},
): Promise<T> {
  if (side.engine === 'apache') await install('kafka')
  const dir = mkdtempSync(join(benchDir, `${side.engine}-`))
  const engine = await makeEngine(side, dir, properties)
  try {
    await engine.start()
    return await work(engine)
  } catch (error) {
    console.error(`What ${sideName(side)} said last:\n${engine.logTail()}`)
    throw error
  } finally {
    await engine.stop().catch(() => engine.kill9())
    rmSync(dir, { recursive: true, force: true })
  }
}
