// The lines of several partitions as one sequence by time, forward or backward: pages of each partition, read when the one before is used up. Pure: pages come in by argument.
import type { LogLine } from './log-line.ts'
import type { Range } from './range-reader.ts'

/** Offsets of the first page of a partition; each is twice as long as the one before, until lines that are wanted are found often enough. */
const firstOffsets = 500
const mostOffsets = 32_000
/** Wanted lines of a page that are enough: the next one need not be longer. */
const enoughLines = 100

interface Part {
  readonly partition: number
  /** What is left to be read. */
  from: number
  to: number
  /** Offsets of the next page. */
  size: number
  /** Lines of the page at hand, the next one last. */
  lines: LogLine[]
}

export class Pages {
  readonly #parts: readonly Part[]
  readonly #isForward: boolean

  constructor(ranges: readonly Range[], order: 'oldest' | 'newest') {
    this.#isForward = order === 'oldest'
    this.#parts = ranges.map(({ partition, from, to }) => ({
      partition,
      from,
      to,
      size: firstOffsets,
      lines: [],
    }))
  }

  /** What has to be read before {@link next} can tell, and is taken for read; none where it can. */
  missing(): Range[] {
    return this.#parts.flatMap(part => {
      if (part.lines.length > 0 || part.from >= part.to) return []
      const size = Math.min(part.size, part.to - part.from)
      const from = this.#isForward ? part.from : part.to - size
      if (this.#isForward) part.from += size
      else part.to -= size
      return [{ partition: part.partition, from, to: from + size }]
    })
  }

  /** The lines of pages, as they were read. */
  add(lines: readonly LogLine[], read: readonly Range[]): void {
    for (const { partition } of read) {
      const part = this.#parts.find(each => each.partition === partition)!
      const own = lines
        .filter(line => line.partition === partition)
        .sort((a, b) => a.time - b.time || a.offset - b.offset)
      part.lines = this.#isForward ? own.reverse() : own
      if (own.length < enoughLines) part.size = Math.min(part.size * 2, mostOffsets)
    }
  }

  /** The next line of all; undefined when there is none. */
  next(): LogLine | undefined {
    let best: Part | undefined
    for (const part of this.#parts) {
      const line = part.lines.at(-1)
      if (!line) continue
      const other = best?.lines.at(-1)
      if (!other || (this.#isForward ? line.time < other.time : line.time > other.time)) best = part
    }
    return best?.lines.pop()
  }
}
