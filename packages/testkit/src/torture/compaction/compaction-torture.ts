// Kills a broker amid compaction, again and again, while a producer writes: the last value of each key is there after every start.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Admin, Producer, throwFirst } from '@millrace/client'
import { readTopic } from '../../target.ts'
import { BrokerProcess } from './broker-process.ts'
import { KeyedWriter } from './keyed-writer.ts'

const topic = 'keyed'
const partitions = 3
const configs = {
  'cleanup.policy': 'compact',
  'segment.bytes': '50000',
  'min.cleanable.dirty.ratio': '0.01',
  'delete.retention.ms': '0',
  'file.delete.delay.ms': '0',
}
/** Compaction begins again within milliseconds as long as records come. */
const cleaningTimeoutMs = 60_000
const deliveryTimeoutMs = 60_000

export interface CompactionTortureOptions {
  /** Of the broker; empty. */
  readonly dataDir: string
  /** `log.fsync`. */
  readonly fsync: 'group' | 'never'
  readonly kills: number
  /** Uniform in [0, 1): when it strikes. */
  readonly random: () => number
  /** Hears what is done. Default: nobody. */
  readonly log?: (line: string) => void
}

export interface CompactionTortureReport {
  readonly kills: number
  /** Those that left a segment which was being written anew, or about to take its place. */
  readonly amidCleaning: number
  /** Writes that were acknowledged. */
  readonly acknowledged: number
  /** What is wrong; empty when nothing was lost. */
  readonly violations: readonly string[]
}

export async function tortureCompaction(options: CompactionTortureOptions): Promise<CompactionTortureReport> {
  const { dataDir, fsync, kills, random, log = () => {} } = options
  const broker = new BrokerProcess(dataDir, fsync)
  await broker.start()
  const violations: string[] = []
  let amidCleaning = 0
  const producer = new Producer({ brokers: [broker.address], deliveryTimeoutMs })
  try {
    await using admin = new Admin({ brokers: [broker.address] })
    throwFirst(await admin.createTopics([{ name: topic, partitions, configs }]))
    const writer = new KeyedWriter(producer, topic)
    for (let kill = 1; kill <= kills; kill++) {
      writer.start()
      await untilCleaning(dataDir)
      await new Promise(resolve => setTimeout(resolve, random() * 5))
      await broker.kill()
      const left = leftovers(dataDir)
      if (left.length > 0) amidCleaning++
      await broker.start()
      await writer.pause()
      const wrong = writer.history.violations(await lastValues(broker.address))
      log(
        `kill ${kill}: left ${left.length > 0 ? left.join(' ') : 'nothing'}; ${wrong.length} keys are wrong`,
      )
      violations.push(...wrong.map(line => `kill ${kill}: ${line}`))
    }
    return { kills, amidCleaning, acknowledged: writer.history.acknowledgedCount, violations }
  } finally {
    await broker.kill()
    await producer.close().catch(() => {})
  }
}

/** Files of segments that are being cleaned. */
function leftovers(dataDir: string): string[] {
  return readdirSync(dataDir)
    .filter(name => name.startsWith(`${topic}-`))
    .flatMap(directory => readdirSync(join(dataDir, directory)))
    .filter(name => /\.(cleaned|swap)$/.test(name))
}

async function untilCleaning(dataDir: string): Promise<void> {
  const deadline = performance.now() + cleaningTimeoutMs
  while (leftovers(dataDir).length === 0) {
    if (performance.now() > deadline) throw new Error(`nothing was compacted within ${cleaningTimeoutMs} ms`)
    await new Promise(resolve => setImmediate(resolve))
  }
}

async function lastValues(address: string): Promise<Map<string, string | null>> {
  const last = new Map<string, string | null>()
  for (const { key, value } of await readTopic([address], topic, partitions))
    last.set(String(key), value === null ? null : String(value))
  return last
}
