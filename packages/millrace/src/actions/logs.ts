// `millrace logs`: what it does.
import { type LogLine, searchLogs } from '@millrace/monitor'
import type { Context } from '../context.ts'
import { isoTime } from '../format/calendar.ts'
import { parseTime } from '../format/offset-range.ts'
import type { LogsOptions } from '../options/logs.ts'
import { paint, type Style } from '../output/style.ts'
import type { Terminal } from '../output/terminal.ts'
import { Session } from './connect.ts'
import { regularExpression } from './regular-expression.ts'

export async function showLogs(topic: string, options: LogsOptions, context: Context): Promise<void> {
  const {
    level,
    since,
    until,
    service,
    correlation,
    grep,
    ignoreCase,
    count,
    oldest,
    follow = false,
  } = options
  const { now, signal, terminal } = context
  const session = new Session(options, context)
  const expression = grep === undefined ? undefined : regularExpression(grep)
  const text = expression && ignoreCase ? new RegExp(expression, `${expression.flags}i`) : expression
  const found = searchLogs({
    ...session.sideOptions(),
    topic,
    stallMs: session.target.timeoutMs,
    signal,
    limit: count,
    follow,
    ...(oldest && { order: 'oldest' }),
    ...(level !== undefined && { level }),
    ...(since !== undefined && { from: parseTime(since.replace(/^@/, ''), now()) }),
    ...(until !== undefined && { to: parseTime(until.replace(/^@/, ''), now()) }),
    ...(service.length > 0 && { service }),
    ...(correlation !== undefined && { correlationId: correlation }),
    ...(text && { text }),
  })
  try {
    // The last ones are found first, and read best in the order of time.
    const isStreamed = follow || oldest === true
    const lines: LogLine[] = []
    for await (const line of found) {
      if (isStreamed) await print(line, options, terminal)
      else lines.push(line)
    }
    for (const line of lines.reverse()) await print(line, options, terminal)
    signal.throwIfAborted()
  } finally {
    session.watch.stop()
  }
}

function print(line: LogLine, { json }: LogsOptions, terminal: Terminal): Promise<void> {
  return terminal.write(`${json ? jsonText(line) : lineText(line, terminal.colors.output)}\n`)
}

/** As it was written; what is no JSON as an object with all of it. */
function jsonText({ text, time, fields }: LogLine): string {
  return Object.keys(fields).length > 0 ? text : JSON.stringify({ time, msg: text })
}

const styles: Readonly<Record<string, Style>> = {
  warn: 'alarm',
  error: 'error',
  fatal: 'error',
  debug: 'quiet',
  trace: 'quiet',
}
/** What is shown in places of its own, or says no more than the topic does. */
const known: ReadonlySet<string> = new Set([
  'time',
  'level',
  'msg',
  'service',
  'pid',
  'hostname',
  '@timestamp',
  'log.level',
  'message',
  'service.name',
  'process.pid',
  'host.hostname',
  'ecs.version',
])

/** `2026-11-30T10:15:00.123Z WARN  billing: charged total=12 correlationId=…`, and the stack of an error below it. */
function lineText({ time, level, service, message, fields }: LogLine, isColored: boolean): string {
  const stacks: string[] = []
  const rest = Object.entries(fields).flatMap(([name, value]) => {
    if (known.has(name)) return []
    const stack = stackOf(value)
    if (stack !== undefined) stacks.push(stack)
    return stack === undefined
      ? [`${name}=${typeof value === 'string' ? plainText(value) : JSON.stringify(value)}`]
      : []
  })
  const head = `${isoTime(time)} ${paint(level.toUpperCase().padEnd(5), styles[level] ?? 'heading', isColored)}`
  const of = service === undefined ? '' : `${service}: `
  const fieldsText = rest.length > 0 ? ` ${paint(rest.join(' '), 'quiet', isColored)}` : ''
  return [
    `${head} ${of}${message}${fieldsText}`,
    ...stacks.map(stack => stack.replaceAll(/^/gm, '    ')),
  ].join('\n')
}

function plainText(value: string): string {
  return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)
}

function stackOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { stack, stack_trace: trace } = value as { readonly stack?: unknown; readonly stack_trace?: unknown }
  return [stack, trace].find(text => typeof text === 'string')
}
