// Drives a broker with transactions of Java's clients or of ours, and takes the broker's own CPU and memory while they are measured.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { install, kafkaLibs } from '../../conformance/harness/install.ts'
import { clientJava } from '../../conformance/harness/java.ts'
import { repositoryDir } from '../../conformance/harness/paths.ts'
import { run } from '../../conformance/harness/process.ts'
import type { Target } from './bare.ts'
import { runChild } from './child.ts'
import { processStats } from './process-stats.ts'
import { benchDir } from './sides.ts'

export type LoadClient = 'Java' | 'Millrace'

export interface TransactionLoad {
  readonly client: LoadClient
  /**
   * `copy`: consume, transform, produce, with the offsets in the transaction. `stream`: the same for a whole topic of `records` records, in transactions
   * of `intervalMs`; `stream-plain`: without transactions.
   */
  readonly mode: 'produce' | 'copy' | 'stream' | 'stream-plain'
  readonly topic: string
  /** What `copy` reads. */
  readonly source?: string
  readonly sizeBytes: number
  readonly recordsPerTransaction: number
  /** Each with a transactional id and a partition of its own. */
  readonly producers: number
  readonly warmUpMs: number
  readonly measuredMs: number
  readonly records?: number
  readonly intervalMs?: number
}

/** What a program prints. */
interface LoadReport {
  readonly transactions: number
  readonly records: number
  readonly seconds: number
  /** From the begin of a transaction to its acknowledged commit. */
  readonly p50Ms: number
  readonly p99Ms: number
}

export interface TransactionResult extends LoadReport {
  /** CPU of the broker for a transaction, in milliseconds. */
  readonly brokerCpuMsPerTransaction: number
  /** CPU of the client's whole process, start and warm-up included, for a record that was measured, in microseconds. */
  readonly clientCpuMicrosPerRecord: number
  readonly brokerResidentPeakMegabytes: number
}

const classes = join(benchDir, 'java')
const ownProgram = join(repositoryDir, 'bench', 'clients', 'transactions.ts')
const compileTimeoutMs = 120_000
/** Starting, joining and the last transaction take time beside what is measured. */
const graceMs = 120_000

/** Makes the Java program ready; fetches Apache Kafka's clients once. */
export async function compileTransactionLoad(): Promise<void> {
  await install('kafka')
  mkdirSync(classes, { recursive: true })
  const source = join(repositoryDir, 'bench', 'clients', 'java', 'TransactionLoad.java')
  await run('javac', ['-nowarn', '-d', classes, '-cp', kafkaLibs, source], {
    logFile: join(benchDir, 'javac.log'),
    timeoutMs: compileTimeoutMs,
  })
}

export async function loadTransactions(target: Target, load: TransactionLoad): Promise<TransactionResult> {
  const args = {
    mode: load.mode,
    bootstrap: target.bootstrap,
    topic: load.topic,
    source: load.source ?? '',
    size: load.sizeBytes,
    batch: load.recordsPerTransaction,
    producers: load.producers,
    'warm-up-ms': load.warmUpMs,
    'measured-ms': load.measuredMs,
    records: load.records ?? 0,
    'interval-ms': load.intervalMs ?? 0,
  }
  const list = Object.entries(args).flatMap(([name, value]) => [`--${name}`, `${value}`])
  const cpuSecondsAt = new Map<string, number>()
  const [command, flags] =
    load.client === 'Java'
      ? (['java', clientJava(`${classes}:${kafkaLibs}`, 'TransactionLoad', ...list)] as const)
      : ([process.execPath, ['--conditions=@millrace/source', ownProgram, ...list]] as const)
  const child = await runChild<LoadReport>(command, flags, {
    timeoutMs: load.warmUpMs + load.measuredMs + graceMs,
    onLine: line => cpuSecondsAt.set(line, processStats(target.pid).cpuSeconds),
  })
  const { report } = child
  const cpuSeconds = cpuSecondsAt.get('END')! - cpuSecondsAt.get('BEGIN')!
  return {
    ...report,
    brokerCpuMsPerTransaction: (cpuSeconds * 1000) / report.transactions,
    clientCpuMicrosPerRecord: (child.cpuSeconds * 1e6) / report.records,
    brokerResidentPeakMegabytes: processStats(target.pid).residentPeakBytes / 2 ** 20,
  }
}
