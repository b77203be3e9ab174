// A line of a log topic, whichever names its fields have: pino's, those of ECS, or plain text.

/** A line that was shipped to a topic. */
export interface LogLine {
  /** When it was logged, in ms since the epoch. */
  readonly time: number
  /** How bad it is, in lower case: `info`, `warn` …; empty where the line does not say. */
  readonly level: string
  /** The service that logged it; undefined where the line does not say. */
  readonly service: string | undefined
  /** What it says. Of a line that is no JSON, all of it. */
  readonly message: string
  /** The piece of work that it is about; undefined where the line does not say. */
  readonly correlationId: string | undefined
  /** All fields as they were written; empty for a line that is no JSON. */
  readonly fields: Readonly<Record<string, unknown>>
  /** The line as it was written. */
  readonly text: string
  /** Where it stands in the topic. */
  readonly partition: number
  /** Its place in the partition. */
  readonly offset: number
}

/** Levels by importance, as pino numbers them. */
const levelNumbers: Readonly<Record<string, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  warning: 40,
  error: 50,
  fatal: 60,
}
const levelNames = new Map(
  Object.entries(levelNumbers)
    .filter(([name]) => name !== 'warning')
    .map(([name, n]) => [n, name]),
)

/** The number of a level; undefined for what is none. */
export function levelNumber(level: string): number | undefined {
  return Object.hasOwn(levelNumbers, level) ? levelNumbers[level] : undefined
}

/** Reads a line. `time`: of its record, for lines that say none. */
export function readLogLine(
  text: string,
  place: { readonly time: number; readonly partition: number; readonly offset: number },
): LogLine {
  const fields = parse(text)
  if (!fields)
    return {
      ...place,
      level: '',
      service: undefined,
      message: text,
      correlationId: undefined,
      fields: {},
      text,
    }
  const first = (...names: readonly string[]): string | undefined => {
    for (const name of names) {
      const value = at(fields, name)
      if (typeof value === 'string' && value !== '') return value
    }
    return undefined
  }
  return {
    ...place,
    time: timeOf(fields) ?? place.time,
    level: levelOf(at(fields, 'level') ?? at(fields, 'log.level') ?? at(fields, 'severity')),
    service: first('service', 'service.name', 'name', 'log.logger'),
    message: first('msg', 'message') ?? '',
    correlationId: first('correlationId', 'labels.correlation_id', 'correlation_id', 'trace.id'),
    fields,
    text,
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}

/** A field by its dotted name, or within the objects that the dots stand for. */
function at(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name]
  const dot = name.indexOf('.')
  const inner = dot < 0 ? undefined : fields[name.slice(0, dot)]
  if (typeof inner !== 'object' || inner === null) return undefined
  return at(inner as Record<string, unknown>, name.slice(dot + 1))
}

function levelOf(value: unknown): string {
  if (typeof value === 'number') return levelNames.get(value) ?? String(value)
  return typeof value === 'string' ? value.toLowerCase() : ''
}

function timeOf(fields: Readonly<Record<string, unknown>>): number | undefined {
  const value = fields['time'] ?? fields['@timestamp']
  // Seconds are what pino writes where it is told so.
  if (typeof value === 'number') return value < 1e11 ? value * 1_000 : value
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
