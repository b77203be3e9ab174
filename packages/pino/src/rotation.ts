// What rotated files are called, and which are too old: by their names alone, so that copies and backups stay what they are.
import { basename, dirname, extname } from 'node:path'

const dayMs = 86_400_000

/** A log file's name in its parts: `shop.log` is followed by `shop.2026-11-30.1.log`. */
export interface LogFileName {
  readonly folder: string
  /** What all its files begin with. */
  readonly stem: string
  /** What they end with, the dot included; may be empty. */
  readonly extension: string
}

export function readFileName(file: string): LogFileName {
  const extension = extname(file)
  return { folder: dirname(file), stem: basename(file, extension), extension }
}

/** The day of a time (UTC), as days since the epoch. */
export function dayOf(ms: number): number {
  return Math.floor(ms / dayMs)
}

/** When the day after a time begins, in ms since the epoch. */
export function nextDayAt(ms: number): number {
  return (dayOf(ms) + 1) * dayMs
}

/** What a file whose last line is of `day` is called from now on, beside files that are there. */
export function rotatedName(name: LogFileName, day: number, present: readonly string[]): string {
  let last = 0
  for (const file of present) {
    const found = parseRotated(name, file)
    if (found?.day === day) last = Math.max(last, found.number)
  }
  return `${name.stem}.${dayText(day)}.${last + 1}${name.extension}`
}

/** Rotated files whose last line is more than `maxDays` days before `today`. */
export function expiredNames(
  name: LogFileName,
  present: readonly string[],
  today: number,
  maxDays: number,
): string[] {
  return present.filter(file => {
    const found = parseRotated(name, file)
    return found !== undefined && today - found.day > maxDays
  })
}

/** The day and number of a rotated file; undefined for what is none of this log's. */
function parseRotated(
  { stem, extension }: LogFileName,
  file: string,
): { readonly day: number; readonly number: number } | undefined {
  if (!file.startsWith(`${stem}.`) || !file.endsWith(extension)) return undefined
  const middle = file.slice(stem.length + 1, file.length - extension.length)
  const match = /^(\d{4}-\d\d-\d\d)\.([1-9]\d*)$/.exec(middle)
  if (!match) return undefined
  const ms = Date.parse(`${match[1]}T00:00:00Z`)
  return Number.isNaN(ms) ? undefined : { day: dayOf(ms), number: Number(match[2]) }
}

function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}
