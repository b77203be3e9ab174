// `millrace topic offsets` and `trim`: what they do.
import { type Admin, type FoundOffset, OffsetSpec, type TopicPartition } from '@millrace/client'
import type { Context } from '../context.ts'
import { isoTime } from '../format/calendar.ts'
import { type OffsetPoint, parseOffsetPoint } from '../format/offset-range.ts'
import { parsePartitions } from '../format/partition-list.ts'
import type { TopicOffsetsOptions, TopicTrimOptions } from '../options/topic.ts'
import { CommandError, UsageError } from '../output/errors.ts'
import { exitCodeOf } from '../output/failure.ts'
import type { Column } from '../output/table.ts'
import { printRows } from '../output/terminal.ts'
import { countOf } from '../output/units.ts'
import { choosePartitions } from './choose-partitions.ts'
import { withAdmin } from './connect.ts'
import { resolvePoint } from './offsets.ts'

interface OffsetRow extends TopicPartition {
  readonly start: number
  readonly end: number
}

interface PointRow extends OffsetRow {
  /** Null where no record is at or after the time. */
  readonly offset: number | null
  /** Of the record that was found, where the point is a time. */
  readonly timestamp: number | null
}

const partitionColumns: readonly Column<TopicPartition>[] = [
  { title: 'TOPIC', value: row => row.topic },
  { title: 'PARTITION', value: row => row.partition },
]

export async function listTopicOffsets(
  names: readonly string[],
  options: TopicOffsetsOptions,
  context: Context,
): Promise<void> {
  const { signal, terminal } = context
  const choices = names.map(text => parsePartitions(text, 'topic'))
  const at = options.at === undefined ? undefined : readPoint(options.at, context)
  await withAdmin(options, context, async admin => {
    const partitions = await choosePartitions(admin, choices, signal)
    const rows = await boundsOf(admin, partitions, signal)
    const bounds: readonly Column<OffsetRow>[] = [
      { title: 'START', value: row => row.start },
      { title: 'END', value: row => row.end },
    ]
    if (at === undefined) {
      await printRows(terminal, rows, [...partitionColumns, ...bounds], options.json ?? false)
      return
    }
    await printRows(
      terminal,
      await pointRows(admin, rows, at, signal),
      [
        ...partitionColumns,
        ...bounds,
        { title: 'OFFSET', value: row => row.offset, numeric: true },
        {
          title: 'TIMESTAMP',
          value: row => (row.timestamp === null ? null : isoTime(row.timestamp)),
          isWhole: true,
        },
      ],
      options.json ?? false,
    )
  })
}

type Point = OffsetPoint | { readonly kind: 'maxTimestamp' }

const readPoint = (text: string, { now }: Context): Point =>
  text === 'max-timestamp' ? { kind: 'maxTimestamp' } : parseOffsetPoint(text, now())

async function boundsOf(
  admin: Admin,
  partitions: readonly TopicPartition[],
  signal: AbortSignal,
): Promise<OffsetRow[]> {
  const starts = await resolvePoint(admin, partitions, { kind: 'start' }, { signal })
  const ends = await resolvePoint(admin, partitions, { kind: 'end' }, { signal })
  return partitions.map((entry, index) => ({ ...entry, start: starts[index]!, end: ends[index]! }))
}

async function pointRows(
  admin: Admin,
  rows: readonly OffsetRow[],
  at: Point,
  signal: AbortSignal,
): Promise<PointRow[]> {
  if (at.kind !== 'timestamp' && at.kind !== 'maxTimestamp') {
    const offsets = await resolvePoint(admin, rows, at, { signal })
    return rows.map((row, index) => ({ ...row, offset: offsets[index]!, timestamp: null }))
  }
  const timestamp = at.kind === 'timestamp' ? at.timestamp : OffsetSpec.maxTimestamp
  const found = await admin.listOffsets(
    rows.map(({ topic, partition }) => ({ topic, partition, timestamp })),
    { signal },
  )
  return rows.map((row, index) => ({ ...row, ...foundPart(found[index]!) }))
}

function foundPart({ offset, timestamp, error }: FoundOffset): Pick<PointRow, 'offset' | 'timestamp'> {
  if (error) throw error
  return offset < 0 ? { offset: null, timestamp: null } : { offset, timestamp }
}

/** Partitions that a message names. */
const shownMax = 3

interface TrimRow extends TopicPartition {
  /** The first offset before and after. */
  readonly before: number
  readonly after: number
}

export async function trimTopics(
  names: readonly string[],
  options: TopicTrimOptions,
  context: Context,
): Promise<void> {
  const { signal, terminal } = context
  const choices = names.map(text => parsePartitions(text, 'topic'))
  const point = parseOffsetPoint(options.to, context.now())
  await withAdmin(options, context, async admin => {
    const partitions = await choosePartitions(admin, choices, signal)
    const starts = await resolvePoint(admin, partitions, { kind: 'start' }, { signal })
    if (point.kind === 'offset') await checkNotBeyond(admin, partitions, point.offset, signal)
    const targets = await resolvePoint(admin, partitions, point, { signal })
    const planned = partitions.map((entry, index): TrimRow => {
      const before = starts[index]!
      return { ...entry, before, after: Math.max(before, targets[index]!) }
    })
    if (options.execute) await deleteRecords(admin, planned, signal)
    await printRows(
      terminal,
      planned.map(row => ({ ...row, maxRecords: row.after - row.before })),
      [
        ...partitionColumns,
        { title: 'BEFORE', value: row => row.before },
        { title: 'AFTER', value: row => row.after },
        { title: 'MAX RECORDS', value: row => row.maxRecords },
      ],
      options.json ?? false,
    )
    terminal.note(options.execute ? deletedNote(planned) : 'nothing was deleted; add --execute to do it')
  })
}

/** An offset that a log has not reached is a mistake, as it is to brokers: taken for the end, it would delete all there is. */
async function checkNotBeyond(
  admin: Admin,
  partitions: readonly TopicPartition[],
  offset: number,
  signal: AbortSignal,
): Promise<void> {
  const ends = await resolvePoint(admin, partitions, { kind: 'end' }, { signal })
  const short = partitions.flatMap(({ topic, partition }, index) =>
    ends[index]! < offset ? [`${topic}:${partition} ends at ${ends[index]}`] : [],
  )
  if (short.length === 0) return
  const others = short.length > shownMax ? ` and ${short.length - shownMax} others end before it` : ''
  throw new UsageError(
    `--to ${offset} is beyond the end: ${short.slice(0, shownMax).join(', ')}${others}`,
    '"--to end" deletes all there is; partitions are chosen as in orders:0,2',
  )
}

/** Of records no more is known than how many offsets there were: compaction and the ends of transactions leave fewer. */
function deletedNote(rows: readonly TrimRow[]): string {
  const trimmed = rows.filter(({ before, after }) => after > before)
  const records = trimmed.reduce((sum, { before, after }) => sum + after - before, 0)
  if (records === 0) return 'nothing was deleted: there is nothing before that point'
  return `deleted at most ${countOf(records, 'record')} of ${countOf(trimmed.length, 'partition')}`
}

async function deleteRecords(admin: Admin, rows: readonly TrimRow[], signal: AbortSignal): Promise<void> {
  const wanted = rows
    .filter(({ before, after }) => after > before)
    .map(({ topic, partition, after }) => ({ topic, partition, beforeOffset: after }))
  if (wanted.length === 0) return
  const failed = (await admin.deleteRecords(wanted, { signal })).filter(({ error }) => error)
  if (failed.length === 0) return
  const messages = failed.map(({ error }) => error!.message)
  throw new CommandError(
    `${failed.length} of ${wanted.length} partitions were not trimmed`,
    exitCodeOf(failed[0]!.error),
    messages.join('\n'),
  )
}
