// Version ranges: `3-7`, `3`, `3+`; both ends included.

export interface VersionRange {
  readonly min: number
  readonly max: number
}

const rangePattern = /^(\d+)(?:(\+)|-(\d+))?$/

/** The range that `text` names, `+` reaching to `newest`; `undefined` when it is not a range. */
export function parseRange(text: string, newest: number): VersionRange | undefined {
  const match = rangePattern.exec(text)
  if (match === null) return undefined
  const min = Number(match[1])
  const max = match[2] === '+' ? newest : Number(match[3] ?? match[1])
  return { min, max }
}

export function showRange(range: VersionRange): string {
  return range.min === range.max ? `${range.min}` : `${range.min}-${range.max}`
}

export function includes(range: VersionRange | null, version: number): boolean {
  return range !== null && version >= range.min && version <= range.max
}

export function contains(outer: VersionRange, inner: VersionRange): boolean {
  return inner.min >= outer.min && inner.max <= outer.max
}

export function sameRange(a: VersionRange, b: VersionRange): boolean {
  return a.min === b.min && a.max === b.max
}

/** The smallest range that holds both. */
export function hull(a: VersionRange, b: VersionRange): VersionRange {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }
}

/** What both have in common, or `undefined`. */
export function overlap(a: VersionRange, b: VersionRange): VersionRange | undefined {
  const min = Math.max(a.min, b.min)
  const max = Math.min(a.max, b.max)
  return min <= max ? { min, max } : undefined
}

export interface Run<T> extends VersionRange {
  readonly value: T
}

/** Splits a range into runs of versions with equal values, lowest first. */
export function runs<T>(range: VersionRange, valueAt: (version: number) => T): Run<T>[] {
  const found: Run<T>[] = []
  for (let version = range.min; version <= range.max; version++) {
    const value = valueAt(version)
    const last = found.at(-1)
    if (last !== undefined && last.value === value) found[found.length - 1] = { ...last, max: version }
    else found.push({ min: version, max: version, value })
  }
  return found
}
