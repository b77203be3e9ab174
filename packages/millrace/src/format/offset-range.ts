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

/** Where one point is wanted, for help texts. */
export const pointHelp = `start | end | N (offset) | +N (N after the start) | -N (N before the end)
  @TIME (first record at or after: ms since the epoch, 2026-01-31T10:00Z, -1h)`

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

/** A date, and a time of day with its zone, as ISO 8601 writes them: `2026-01-31`, `2026-01-31T10:00:00.250+05:30`. */
const isoForm = String.raw`\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?`
const timeForm = String.raw`(?:${isoForm}|-?(?:\d+(?:ms|[smhdw]))+|\d{5,})`
const pointForm = String.raw`(?:[a-z]+|[+-]?\d+|@${timeForm})`

/** The end of a range may leave its "@" out where the start has one. */
const rangeExpression = new RegExp(`^(${pointForm})?(:)(${pointForm}|${timeForm})?$`)
const isoExpression =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:Z|([+-])(\d{2}):?(\d{2}))?)?$/

/** Zones reach from −12:00 to +14:00. */
const zoneHoursMax = 14

/** A point in time: ms since the epoch, an ISO date (UTC when it names no zone), or a distance back from now such as `-1h`. */
export function parseTime(text: string, nowMs: number): number {
  const back = text.startsWith('-') ? parseDuration(text.slice(1)) : undefined
  const time = /^\d{5,}$/.test(text) ? Number(text) : back === undefined ? readIso(text) : nowMs - back
  if (time === undefined || !Number.isSafeInteger(time))
    throw new UsageError(
      `"${text}" is no time`,
      'use ms since the epoch, 2026-01-31, 2026-01-31T10:00:00Z or -1h',
    )
  return time
}

/** Undefined for what is not written so, and for a day or time that there is not: `Date` makes March 2 of February 30. */
function readIso(text: string): number | undefined {
  const match = isoExpression.exec(text)
  if (!match) return undefined
  const number = (index: number) => Number(match[index] ?? 0)
  const [month, day, hour, minute, second] = [number(2), number(3), number(4), number(5), number(6)]
  const millisecond = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'))
  const local = new Date(0)
  local.setUTCFullYear(number(1), month - 1, day)
  const isDay = local.getUTCMonth() === month - 1 && local.getUTCDate() === day
  if (!isDay || hour > 23 || minute > 59 || second > 59) return undefined
  if (number(9) > zoneHoursMax || number(10) > 59) return undefined
  const zoneMinutes = (number(9) * 60 + number(10)) * (match[8] === '-' ? -1 : 1)
  return local.setUTCHours(hour, minute - zoneMinutes, second, millisecond)
}

const words: Readonly<Record<string, OffsetPoint>> = {
  start: { kind: 'start' },
  beginning: { kind: 'start' },
  oldest: { kind: 'start' },
  earliest: { kind: 'start' },
  end: { kind: 'end' },
  newest: { kind: 'end' },
  latest: { kind: 'end' },
}

function parsePoint(text: string, nowMs: number, help: string): OffsetPoint {
  const word = Object.hasOwn(words, text) ? words[text] : undefined
  if (word) return word
  if (text.startsWith('@')) return { kind: 'timestamp', timestamp: parseTime(text.slice(1), nowMs) }
  const match = /^([+-]?)(\d+)$/.exec(text)
  const count = Number(match?.[2])
  if (!match || !Number.isSafeInteger(count))
    throw new UsageError(
      `"${text}" is no offset${readIso(text) === undefined ? '' : `; did you mean the time "@${text}"?`}`,
      `use ${help.replaceAll(/\n */g, '\n    ')}`,
    )
  if (match[1] === '+') return { kind: 'afterStart', count }
  if (match[1] === '-') return { kind: 'beforeEnd', count }
  return { kind: 'offset', offset: count }
}

/** Parses a single point, where a range would make no sense. Throws UsageError for a range. */
export function parseOffsetPoint(text: string, nowMs: number): OffsetPoint {
  if (splitRange(text))
    throw new UsageError(`"${text}" is a range; one point is wanted`, 'give one end of it')
  return parsePoint(text, nowMs, pointHelp)
}

/** Parses `--offset`. A colon separates the two ends; within times (`10:00`) it belongs to the time. */
export function parseOffsetRange(text: string, nowMs: number): OffsetRange {
  const ends = splitRange(text)
  if (!ends) return { from: parsePoint(text, nowMs, offsetHelp), to: undefined }
  const range = { from: parsePoint(ends.from, nowMs, offsetHelp), to: parsePoint(ends.to, nowMs, offsetHelp) }
  if (isReversed(range))
    throw new UsageError(`the range "${text}" ends before it starts`, 'write the earlier end first: FROM:TO')
  return range
}

/** The two ends of a range, with the words for what is left out; undefined for a single point, and for what is neither. */
function splitRange(text: string): { readonly from: string; readonly to: string } | undefined {
  const match = rangeExpression.exec(text)
  if (!match || isWholePoint(text)) return undefined
  const [, from = 'start', , to = 'end'] = match
  const isTime = from.startsWith('@') && !to.startsWith('@') && !Object.hasOwn(words, to)
  return { from, to: isTime ? `@${to}` : to }
}

/** `@2026-01-31T10:00:30` is one time, not a range from ten o'clock to offset 30. */
const isWholePoint = (text: string) => new RegExp(`^${pointForm}$`).test(text)

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
