// The memory test: a process under full load beside a broker, and what it says of its memory while it runs.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Admin, Producer, throwFirst } from '@millrace/client'
import type { CompressionName } from '@millrace/protocol'
import { SimRandom } from '../sim/index.ts'
import { type Budgets, type MemorySample, memoryViolations } from './budget.ts'
import { type LoadOptions, partitions, recordBytes, slowRecordsPerSecond } from './load-options.ts'

const loadFile = fileURLToPath(new URL('./load.ts', import.meta.url))
/** The producer's quota: so slow that its buffer is full from the first second on. */
const producedBytesPerSecond = 1 << 20
const exitMaxMs = 30_000

/** The defaults of both clients; the second consumer reads records that are ten times as large once they are decompressed. */
export const budgets: Budgets = { bufferMemory: 32 << 20, prefetchMaxBytes: [64 << 20, 16 << 20] }

export interface MemoryTestOptions {
  readonly brokers: readonly string[]
  readonly seconds: number
  /** Hears of each sample, one a second. Default: nobody. */
  readonly onSample?: (sample: MemorySample) => void
}

/** Runs it; returns what is wrong, nothing when the process has kept to its budgets. */
export async function testMemory(options: MemoryTestOptions): Promise<string[]> {
  const { brokers, seconds } = options
  const name = `memory-${process.pid}-${Date.now().toString(36)}`
  const topics = { live: `${name}-live`, backlog: `${name}-backlog`, compressed: `${name}-compressed` }
  await using admin = new Admin({ brokers })
  await prepare(admin, brokers, topics, name, seconds)
  const load: LoadOptions = { brokers, producerId: name, topics, budgets }
  const samples = await watch(load, options)
  throwFirst(await admin.deleteTopics(Object.values(topics)))
  return memoryViolations(samples, budgets)
}

/** Topics, what is read, and a quota for what is written. */
async function prepare(
  admin: Admin,
  brokers: readonly string[],
  topics: LoadOptions['topics'],
  producerId: string,
  seconds: number,
): Promise<void> {
  const short = { 'retention.bytes': String(16 << 20), 'segment.bytes': String(8 << 20) }
  throwFirst(
    await admin.createTopics([
      { name: topics.live, partitions: partitions.live, configs: short },
      { name: topics.backlog, partitions: partitions.backlog },
      { name: topics.compressed, partitions: partitions.compressed },
    ]),
  )
  const entity = { clientId: producerId }
  const values = { producer_byte_rate: producedBytesPerSecond }
  throwFirst(await admin.alterClientQuotas([{ entity, values }]))
  // More than readers come to and have fetched ahead, so that their prefetch stays full to the end.
  const readBytes = seconds * slowRecordsPerSecond * recordBytes
  const [first, second] = budgets.prefetchMaxBytes
  await fill(brokers, topics.backlog, readBytes + 2 * first!, 'none')
  await fill(brokers, topics.compressed, readBytes + 2 * compressedShare * second!, 'zstd')
}

/** Of each value of the compressed topic a tenth is random. */
const compressedShare = 10

async function fill(
  brokers: readonly string[],
  topic: string,
  bytes: number,
  compression: CompressionName,
): Promise<void> {
  await using producer = new Producer({ brokers, compression })
  const random = new SimRandom(bytes)
  const isCompressed = compression !== 'none'
  const values = Array.from({ length: 512 }, () =>
    Buffer.concat(
      isCompressed
        ? [
            random.bytes(recordBytes / compressedShare),
            Buffer.alloc(recordBytes - recordBytes / compressedShare),
          ]
        : [random.bytes(recordBytes)],
    ),
  )
  for (let written = 0; written < bytes; ) {
    const value = values[(written / recordBytes) % values.length]!
    if (producer.enqueue({ topic, value })) written += recordBytes
    else await producer.ready()
  }
  await producer.flush()
}

async function watch(load: LoadOptions, { seconds, onSample }: MemoryTestOptions): Promise<MemorySample[]> {
  const samples: MemorySample[] = []
  const child = spawn(process.execPath, [...process.execArgv, loadFile, JSON.stringify(load)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  createInterface({ input: child.stdout }).on('line', line => {
    const sample = JSON.parse(line) as MemorySample
    samples.push(sample)
    onSample?.(sample)
  })
  try {
    await Promise.race([sleep(seconds * 1_000, undefined, { ref: false }), exited])
    child.kill('SIGTERM')
    await Promise.race([exited, sleep(exitMaxMs, undefined, { ref: false })])
    if (child.exitCode !== 0)
      throw new Error(`the process under load ended with ${child.exitCode ?? child.signalCode}`)
    return samples
  } finally {
    child.kill('SIGKILL')
  }
}
