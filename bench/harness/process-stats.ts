// CPU time and memory of a process, read from outside through /proc (Linux), so that any broker or client is measured alike.
import { readFileSync } from 'node:fs'

const ticksPerSecond = 100

export interface ProcessStats {
  /** User + system time since the process started, in seconds. */
  readonly cpuSeconds: number
  /** Resident memory now, in bytes. */
  readonly residentBytes: number
  /** The most resident memory so far, in bytes. */
  readonly residentPeakBytes: number
}

const kibibytes = (status: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024

/** Throws when the process is gone or the system has no /proc. */
export function processStats(pid: number): ProcessStats {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // Field 2 is the command in parentheses and may hold spaces; fields 14 and 15 are user and system ticks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    residentBytes: kibibytes(status, 'VmRSS'),
    residentPeakBytes: kibibytes(status, 'VmHWM'),
  }
}
