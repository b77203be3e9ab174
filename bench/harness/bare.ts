// Drives a broker with the bare sender and reader and takes the broker's own CPU and memory meanwhile.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repositoryDir } from '../../conformance/harness/paths.ts'
import { runChild } from './child.ts'
import { processStats } from './process-stats.ts'
import { benchDir } from './sides.ts'

/** What the bare programs print. */
export interface BareReport {
  readonly records: number
  /** With those of the warm-up, which are work for the broker as well. */
  readonly recordsInAll: number
  readonly seconds: number
  readonly megabytesPerSecond: number
  readonly cpuMicrosPerRecord: number
  readonly requestBytes: number
  readonly p50Ms: number
  readonly p99Ms: number
}

export interface BareResult extends BareReport {
  /** CPU of the broker for a gigabyte (10^9 bytes) taken or given, in seconds. */
  readonly brokerCpuSecondsPerGigabyte: number
  readonly brokerResidentMegabytes: number
}

/** A listener of a broker, and the broker's process. */
export interface Target {
  /** `host:port`. */
  readonly bootstrap: string
  readonly pid: number
}

const timeoutMs = 300_000
/** Two million offsets, each request synced, on a machine that others use as well. */
const commitTimeoutMs = 900_000
const conditions = '--conditions=@millrace/source'
const program = (name: string) => join(repositoryDir, 'bench', 'bare', `${name}.ts`)

function toArgs(options: Readonly<Record<string, string | number | true>>): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, `${value}`],
  )
}

async function drive(
  name: string,
  target: Target,
  options: Readonly<Record<string, string | number | true>>,
): Promise<BareResult> {
  const before = processStats(target.pid).cpuSeconds
  const { report } = await runChild<BareReport>(
    process.execPath,
    [conditions, program(name), '--broker', target.bootstrap, ...toArgs(options)],
    { timeoutMs },
  )
  const after = processStats(target.pid)
  const { megabytesPerSecond, seconds, records, recordsInAll } = report
  const gigabytes = ((megabytesPerSecond * seconds) / 1000) * (recordsInAll / records)
  return {
    ...report,
    brokerCpuSecondsPerGigabyte: (after.cpuSeconds - before) / gigabytes,
    brokerResidentMegabytes: after.residentBytes / 2 ** 20,
  }
}

/** What bench/bare/committer.ts prints. */
export interface CommitReport {
  readonly offsets: number
  readonly seconds: number
  /** Of a request. */
  readonly p50Ms: number
  readonly p99Ms: number
}

export interface CommitResult extends CommitReport {
  /** CPU of the broker for an offset. */
  readonly brokerCpuMicrosPerOffset: number
}

/** Options as of bench/bare/committer.ts. */
export async function bareCommit(
  target: Target,
  options: Readonly<Record<string, string | number>>,
): Promise<CommitResult> {
  const before = processStats(target.pid).cpuSeconds
  const { report } = await runChild<CommitReport>(
    process.execPath,
    [conditions, program('committer'), '--broker', target.bootstrap, ...toArgs(options)],
    { timeoutMs: commitTimeoutMs },
  )
  const cpuSeconds = processStats(target.pid).cpuSeconds - before
  return { ...report, brokerCpuMicrosPerOffset: (cpuSeconds * 1e6) / report.offsets }
}

/** Options as of bench/bare/sender.ts. */
export const bareSend = (
  target: Target,
  options: Readonly<Record<string, string | number | true>>,
): Promise<BareResult> => drive('sender', target, options)

/** Options as of bench/bare/reader.ts. */
export const bareRead = (
  target: Target,
  options: Readonly<Record<string, string | number | true>>,
): Promise<BareResult> => drive('reader', target, options)

/** The same sender against the frame + CRC + append loop: what this machine can do at all. */
export async function appendLoop(
  sync: boolean,
  options: Readonly<Record<string, string | number | true>>,
): Promise<BareReport> {
  const file = join(benchDir, `append-loop-${process.pid}`)
  const loop = spawn(
    process.execPath,
    [conditions, program('append-loop'), file, ...(sync ? ['--sync'] : [])],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  try {
    let port = 0
    for await (const line of createInterface(loop.stdout)) {
      port = (JSON.parse(line) as { port: number }).port
      break
    }
    const args = ['--broker', `127.0.0.1:${port}`, '--loop', ...toArgs(options)]
    return (
      await runChild<BareReport>(process.execPath, [conditions, program('sender'), ...args], { timeoutMs })
    ).report
  } finally {
    loop.kill('SIGKILL')
    rmSync(file, { force: true })
  }
}
