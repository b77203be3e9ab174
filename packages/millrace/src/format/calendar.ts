// Days and times of the Gregorian calendar for any time a record can carry: `Date` ends at the year 275760 and stops the program there.

const dayMs = 86_400_000
/** From 0000-03-01, where the algorithm counts from, to 1970-01-01. */
const epochDays = 719_468
const daysOfEra = 146_097

/** A time in UTC. */
export interface CalendarTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

/** Milliseconds since the epoch as a time in UTC. Days to date after Howard Hinnant's `civil_from_days`: years that start in March. */
export function calendarTime(timestamp: number): CalendarTime {
  const days = Math.floor(timestamp / dayMs)
  const ofDay = timestamp - days * dayMs
  const shifted = days + epochDays
  const era = Math.floor(shifted / daysOfEra)
  const dayOfEra = shifted - era * daysOfEra
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(ofDay / 3_600_000),
    minute: Math.floor(ofDay / 60_000) % 60,
    second: Math.floor(ofDay / 1000) % 60,
    millisecond: ofDay % 1000,
  }
}

const digits = (value: number, width: number) => String(value).padStart(width, '0')

/** `2026-01-31`, and as ISO 8601 has it for years of more than four digits: `+012026-01-31`. */
function isoDate({ year, month, day }: CalendarTime): string {
  const shown =
    year >= 0 && year <= 9999 ? digits(year, 4) : `${year < 0 ? '-' : '+'}${digits(Math.abs(year), 6)}`
  return `${shown}-${digits(month, 2)}-${digits(day, 2)}`
}

const clockTime = ({ hour, minute, second }: CalendarTime) =>
  `${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}`

/** `2026-01-31T10:00:00.250Z`. */
export function isoTime(timestamp: number): string {
  const time = calendarTime(timestamp)
  return `${isoDate(time)}T${clockTime(time)}.${digits(time.millisecond, 3)}Z`
}

/** The common verbs of strftime, in UTC. */
export function strftime(timestamp: number, layout: string): string {
  const time = calendarTime(timestamp)
  const values: Readonly<Record<string, string>> = {
    Y: `${time.year < 0 ? '-' : ''}${digits(Math.abs(time.year), 4)}`,
    m: digits(time.month, 2),
    d: digits(time.day, 2),
    H: digits(time.hour, 2),
    M: digits(time.minute, 2),
    S: digits(time.second, 2),
    f: digits(time.millisecond * 1000, 6),
    L: digits(time.millisecond, 3),
    F: isoDate(time),
    T: clockTime(time),
    s: String(Math.floor(timestamp / 1000)),
    Z: 'UTC',
    z: '+0000',
    '%': '%',
  }
  return layout.replace(/%(.)/g, (whole, verb: string) => values[verb] ?? whole)
}
