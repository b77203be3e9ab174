// How much memory a process with the client may take (pure), and what a run of the memory test has to show.

const mebibyte = 2 ** 20

/**
 * What a process takes beside what its clients may hold: Node and the programs as sources (110 MiB; 65 when they are built), the JavaScript heap with what is not
 * collected yet, batches on their way into a socket or just unpacked, and pages that the allocator has not given back.
 */
const besideBudgetsBytes = 200 * mebibyte

/** Of what is fetched ahead, as much again is in the memory of answers of which the user has had a part, two at a time: see `answersMin` of the fetcher. */
const heldAlongShare = 0.25

/** What a process has set for its clients; all in bytes. */
export interface Budgets {
  /** `bufferMemory` of its producer. */
  readonly bufferMemory: number
  /** `prefetchMaxBytes` of each of its consumers. */
  readonly prefetchMaxBytes: readonly number[]
}

/** The process at one moment, as `process.memoryUsage()` has it, and what its clients have done by then. */
export interface MemorySample {
  readonly seconds: number
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
  readonly arrayBuffers: number
  /** `bufferedBytes` of the producer, and of each consumer. */
  readonly producing: number
  readonly consuming: readonly number[]
  readonly recordsProduced: number
  readonly recordsConsumed: readonly number[]
}

/** Most bytes that may be resident. */
export function residentMaxBytes({ bufferMemory, prefetchMaxBytes }: Budgets): number {
  const prefetched = prefetchMaxBytes.reduce((sum, bytes) => sum + bytes, 0)
  return bufferMemory + (1 + heldAlongShare) * prefetched + besideBudgetsBytes
}

/** How full buffers have to have been for a run to show anything. */
const fullShare = 0.8

/** What is wrong with a run; empty when it has held its limit, and was under load. */
export function memoryViolations(samples: readonly MemorySample[], budgets: Budgets): string[] {
  const limit = residentMaxBytes(budgets)
  const last = samples.at(-1)
  if (!last) return ['no sample was taken']
  const highest = samples.reduce((a, b) => (b.rss > a.rss ? b : a))
  const wrong: string[] = []
  if (highest.rss > limit)
    wrong.push(
      `${inMebibytes(highest.rss)} resident after ${highest.seconds} s, and ${inMebibytes(limit)} are allowed`,
    )
  const producing = Math.max(...samples.map(sample => sample.producing))
  if (producing < fullShare * budgets.bufferMemory)
    wrong.push(`the producer's buffer was never full: at most ${inMebibytes(producing)}`)
  for (const [index, prefetchMaxBytes] of budgets.prefetchMaxBytes.entries()) {
    const consuming = Math.max(...samples.map(sample => sample.consuming[index]!))
    if (consuming < fullShare * prefetchMaxBytes)
      wrong.push(`consumer ${index} never had its prefetch full: at most ${inMebibytes(consuming)}`)
    if (!last.recordsConsumed[index]) wrong.push(`consumer ${index} read nothing`)
  }
  if (!last.recordsProduced) wrong.push('nothing was produced')
  return wrong
}

export function inMebibytes(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(0)} MiB`
}
