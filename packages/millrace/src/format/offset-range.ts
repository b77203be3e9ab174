// Parses where `consume` starts and stops: offsets, distances from the ends, timestamps.
import { UsageError } from '../output/errors.ts'

/** One end of a range. Distances are per partition. */
export type OffsetPoint =
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'offset'; readonly offset: number }
  /** `count` behind the log start offset. */
  | { readonly kind: 'afterStart'; readonly count: number }
  /** `count` before the end. */
  | { readonly kind: 'beforeEnd'; readonly count: number }
  /** The first record at or after this time, in ms since the epoch. */
  | { readonly kind: 'timestamp'; readonly timestamp: number }

export interface OffsetRange {
  readonly from: OffsetPoint
  /** Exclusive; undefined: follow without end. */
  readonly to: OffsetPoint | undefined
}

export const offsetHelp = `start | end | N (offset) | +N (N after the start) | -N (last N of each)
@TIME (first record at or after: ms since the epoch, 2026-01-31T10:00Z, -1h)
FROM:TO (TO exclusive) | :end (up to the present end)`

const durations: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Milliseconds of `90s`, `1h30m`, `250ms`; undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(ms|[smhdw]))+$/.test(text)) return undefined
  let total = 0
  for (const match of text.matchAll(/(\d+)(ms|[smhdw])/g)) total += Number(match[1]) * durations[match[2]!]!
  return total
}

/** A point in time: ms since the epoch, an ISO date (UTC when it names no zone), or a distance back from now such as `-1h`. */
export function parseTime(text: string, nowMs: number): number {
  if (/^\d{5,}$/.test(text)) return Number(text)
  const back = text.startsWith('-') ? parseDuration(text.slice(1)) : undefined
  if (back !== undefined) return nowMs - back
  const parsed = /^\d{4}-\d{2}-\d{2}/.test(text)
    ? Date.parse(
        /\d[T ]\d{2}:\d{2}/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/.test(text)
          ? `${text.replace(' ', 'T')}Z`
          : text,
      )
    : Number.NaN
  if (Number.isNaN(parsed))
    throw new UsageError(
      `"${text}" is no time`,
      'use ms since the epoch, 2026-01-31, 2026-01-31T10:00:00Z or -1h',
    )
  return parsed
}

function parsePoint(text: string, nowMs: number): OffsetPoint {
  if (text === 'start' || text === 'beginning' || text === 'oldest') return { kind: 'start' }
  if (text === 'end' || text === 'newest' || text === 'latest') return { kind: 'end' }
  if (text.startsWith('@')) return { kind: 'timestamp', timestamp: parseTime(text.slice(1), nowMs) }
  const match = /^([+-]?)(\d+)$/.exec(text)
  const count = Number(match?.[2])
  if (!match || !Number.isSafeInteger(count))
    throw new UsageError(`"${text}" is no offset`, `use ${offsetHelp}`)
  if (match[1] === '+') return { kind: 'afterStart', count }
  if (match[1] === '-') return { kind: 'beforeEnd', count }
  return { kind: 'offset', offset: count }
}

/** Parses `--offset`. A colon separates the two ends; within times (`10:00`) it belongs to the time. */
export function parseOffsetRange(text: string, nowMs: number): OffsetRange {
  const split = splitRange(text)
  const from = split.from === '' ? ({ kind: 'start' } as const) : parsePoint(split.from, nowMs)
  if (split.to === undefined) return { from, to: undefined }
  const to =
    split.from.startsWith('@') && split.to !== 'end' && !split.to.startsWith('@') ? `@${split.to}` : split.to
  const range = { from, to: parsePoint(to === '' ? 'end' : to, nowMs) }
  if (isReversed(range))
    throw new UsageError(`the range "${text}" ends before it starts`, 'write the earlier end first: FROM:TO')
  return range
}

/** Whether the ends are of one kind and the wrong way about. Ends of different kinds only a log can compare. */
function isReversed({ from, to }: { readonly from: OffsetPoint; readonly to: OffsetPoint }): boolean {
  if (from.kind === 'offset' && to.kind === 'offset') return to.offset < from.offset
  if (from.kind === 'timestamp' && to.kind === 'timestamp') return to.timestamp < from.timestamp
  if (from.kind === 'afterStart' && to.kind === 'afterStart') return to.count < from.count
  if (from.kind === 'beforeEnd' && to.kind === 'beforeEnd') return to.count > from.count
  return (
    (from.kind === 'end' && to.kind === 'beforeEnd' && to.count > 0) ||
    (from.kind === 'end' && to.kind === 'start')
  )
}

function splitRange(text: string): { from: string; to: string | undefined } {
  // A colon of a clock time stands between digits behind a "T" or a space and is not the border.
  const masked = text.replace(/([T ]\d{2}):(\d{2})(?::(\d{2}))?([+-]\d{2}:?\d{2})?/g, whole =>
    whole.replaceAll(':', '\0'),
  )
  const at = masked.indexOf(':')
  if (at < 0) return { from: text, to: undefined }
  return { from: text.slice(0, at), to: text.slice(at + 1) }
}
