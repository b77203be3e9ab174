// `millrace dlq list`: what it does.
import { type DeadLetterQueue, givenUpAt, type StoredLetter } from '@millrace/service'
import type { Context } from '../context.ts'
import { isoTime } from '../format/calendar.ts'
import type { CountField, DlqListOptions } from '../options/dlq.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import type { Column } from '../output/table.ts'
import { printRows } from '../output/terminal.ts'
import { countOf, formatCount } from '../output/units.ts'
import { withAdmin } from './connect.ts'
import { placeText, readFilter, withLetters } from './dlq-queue.ts'
import { regularExpression } from './regular-expression.ts'

/** How services, Spring Kafka, Kafka Connect's users and share groups call their dead letter topics. */
const names = /^(dlq|dlt)[._-]|[._-](dlq|dlt|dead[._-]?letters?)$/i

const progressEveryMs = 500

/** What letters are counted under; null where their headers do not say. */
type Fields = { readonly [Field in CountField]?: string | number | null }

type Count = Fields & {
  /** The dead letter topic. */
  readonly topic: string
  count: number
  pending: number
  /** When the first and the last one was given up, in ms since the epoch. */
  first: number
  last: number
}

export async function listLetters(
  topics: readonly string[],
  options: DlqListOptions,
  context: Context,
): Promise<void> {
  const filter = readFilter(options, context)
  const wanted = topics.length > 0 ? topics : await findTopics(options, context)
  const counts = new Map<string, Count>()
  const rows: LetterRow[] = []
  let left = 0
  let seen = 0
  let shownAt = performance.now()
  await withLetters(wanted, options, context, async queue => {
    for await (const letter of lettersOf(queue, filter, context)) {
      if (++seen % 1_000 === 0 && performance.now() - shownAt > progressEveryMs) {
        shownAt = performance.now()
        context.terminal.progress(`${formatCount(seen)} dead letters`)
      }
      if (!options.records) add(counts, letter, options.by)
      else if (rows.length < options.count!) rows.push(rowOf(letter))
      else left++
    }
  })
  if (options.records) await printLetters(rows, left, options, context)
  else await printCounts([...counts.values()], options, context)
}

function lettersOf(
  queue: DeadLetterQueue,
  filter: ReturnType<typeof readFilter>,
  { signal }: Context,
): AsyncGenerator<StoredLetter, void> {
  return queue.letters({ filter, signal })
}

async function findTopics(options: DlqListOptions, context: Context): Promise<string[]> {
  const pattern = options.pattern === undefined ? names : regularExpression(options.pattern)
  const topics = await withAdmin(options, context, admin => admin.listTopics({ signal: context.signal }))
  const found = topics.filter(({ name, isInternal }) => !isInternal && pattern.test(name))
  if (found.length === 0)
    throw new CommandError(
      options.pattern === undefined
        ? 'no topic has the name of a dead letter topic (…-dlt, …-dlq, dlq.…)'
        : `no topic matches ${options.pattern}`,
      ExitCode.notFound,
      'name topics, or find them with --pattern',
    )
  return found.map(({ name }) => name).sort()
}

function add(counts: Map<string, Count>, stored: StoredLetter, by: readonly CountField[]): void {
  const fields = fieldsOf(stored, by)
  const key = JSON.stringify([stored.topic, ...Object.values(fields)])
  const at = givenUpAt(stored)
  const count = counts.get(key) ?? {
    topic: stored.topic,
    ...fields,
    count: 0,
    pending: 0,
    first: at,
    last: at,
  }
  counts.set(key, count)
  count.count++
  if (stored.isPending) count.pending++
  count.first = Math.min(count.first, at)
  count.last = Math.max(count.last, at)
}

function fieldsOf(stored: StoredLetter, by: readonly CountField[]): Fields {
  const { letter, partition } = stored
  const time = givenUpAt(stored)
  const all: { readonly [Field in CountField]: () => string | number | null | undefined } = {
    origin: () => letter?.topic,
    group: () => letter?.group,
    error: () => letter?.errorClass,
    reason: () => letter?.reason,
    family: () => letter?.family,
    partition: () => partition,
    day: () => (time < 0 ? null : isoTime(time).slice(0, -14)),
    hour: () => (time < 0 ? null : isoTime(time).slice(0, -11)),
  }
  return Object.fromEntries(by.map(field => [field, all[field]() ?? null]))
}

async function printCounts(
  counts: readonly Count[],
  options: DlqListOptions,
  { terminal }: Context,
): Promise<void> {
  const rows = counts.toSorted((a, b) =>
    a.topic === b.topic ? b.count - a.count : a.topic < b.topic ? -1 : 1,
  )
  await printRows(
    terminal,
    rows,
    [
      { title: 'DEAD LETTERS', value: row => row.topic },
      ...options.by.map(field => ({ title: field.toUpperCase(), value: (row: Count) => row[field] })),
      { title: 'COUNT', value: row => row.count },
      { title: 'PENDING', value: row => row.pending, isAlarming: row => row.pending > 0 },
      { title: 'FIRST', value: row => timeText(row.first), isWhole: true },
      { title: 'LAST', value: row => timeText(row.last), isWhole: true },
    ],
    options.json ?? false,
  )
}

function timeText(time: number): string | null {
  return time < 0 ? null : isoTime(time)
}

/** A letter as a row of its own. */
interface LetterRow {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly givenUpAt: number
  readonly pending: boolean
  readonly origin: string | null
  readonly group: string | null
  readonly error: string | null
  readonly message: string | null
}

const letterColumns: readonly Column<LetterRow>[] = [
  { title: 'DEAD LETTERS', value: row => row.topic },
  { title: 'PLACE', value: placeText, isWhole: true },
  { title: 'GIVEN UP', value: row => timeText(row.givenUpAt), isWhole: true },
  { title: 'STATE', value: row => (row.pending ? 'pending' : 'done'), isWhole: true },
  { title: 'ORIGIN', value: row => row.origin },
  { title: 'GROUP', value: row => row.group },
  { title: 'ERROR', value: row => row.error },
  { title: 'MESSAGE', value: row => row.message },
]

function rowOf(stored: StoredLetter): LetterRow {
  const { topic, partition, offset, letter, isPending } = stored
  return {
    topic,
    partition,
    offset,
    givenUpAt: givenUpAt(stored),
    pending: isPending,
    origin: letter?.topic ?? null,
    group: letter?.group ?? null,
    error: letter?.errorClass ?? null,
    message: letter?.errorMessage ?? null,
  }
}

async function printLetters(
  rows: readonly LetterRow[],
  left: number,
  options: DlqListOptions,
  { terminal }: Context,
): Promise<void> {
  await printRows(terminal, rows, letterColumns, options.json ?? false)
  if (left > 0) terminal.note(`${countOf(left, 'more letter')} fit; --count says how many are shown`)
}
