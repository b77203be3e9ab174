// When a line was logged, without reading all of it: pino writes the time near the front.

/** How far into a line it is looked for. */
const lookMax = 160
const epoch = /"time":(\d{10}(?:\d{3}|\.\d+)?)[,}]/
const iso = /"(?:@timestamp|time)":"(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d))"/

/** In ms since the epoch (pino may write seconds); undefined where the front of the line does not say. */
export function lineTime(line: string): number | undefined {
  const front = line.length > lookMax ? line.slice(0, lookMax) : line
  const number = epoch.exec(front)
  if (number) return /^\d{13}$/.test(number[1]!) ? Number(number[1]) : Math.floor(Number(number[1]) * 1_000)
  const text = iso.exec(front)
  const time = text ? Date.parse(text[1]!) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
