// What `millrace perf` measures: records and bytes over time.
import { formatCount, formatMegabytes } from '../output/units.ts'

/** Time between two lines of progress. */
export const progressEveryMs = 1000

export interface Rate {
  readonly records: number
  readonly seconds: number
  readonly recordsPerSecond: number
  /** A MB is 10^6 bytes. */
  readonly megabytesPerSecond: number
}

/** `startedAt` is of `performance.now`. */
export function rateOf(records: number, bytes: number, startedAt: number): Rate {
  const seconds = (performance.now() - startedAt) / 1000
  return { records, seconds, recordsPerSecond: records / seconds, megabytesPerSecond: bytes / 1e6 / seconds }
}

export const rateLine = (rate: Rate): string =>
  `${formatCount(rate.records)} records in ${rate.seconds.toFixed(2)} s: ${formatCount(rate.recordsPerSecond)} records/s, ${formatMegabytes(rate.megabytesPerSecond * 1e6)} MB/s`
