// `millrace group reset`: what it does.
import type { Admin, GroupOffset, TopicPartition } from '@millrace/client'
import type { GroupResetOptions } from '../commands/group.ts'
import type { Context } from '../context.ts'
import { type OffsetPoint, parseOffsetRange } from '../format/offset-range.ts'
import { CommandError, UsageError } from '../output/errors.ts'
import { exitCodeOf } from '../output/failure.ts'
import { printRows } from '../output/terminal.ts'
import { withAdmin } from './connect.ts'
import { resolvePoint } from './offsets.ts'

interface ResetRow extends TopicPartition {
  readonly before: number | null
  readonly after: number
}

export async function resetGroup(id: string, options: GroupResetOptions, context: Context): Promise<void> {
  const shift = /^shift:([+-]?\d+)$/.exec(options.to)?.[1]
  const point = shift === undefined ? parseOffsetRange(options.to, context.now()).from : undefined
  await withAdmin(options, context, async admin => {
    const committed = await admin.groupOffsets(id, undefined, { signal: context.signal })
    const partitions = await chosenPartitions(admin, options.topic, committed, context.signal)
    if (partitions.length === 0)
      throw new UsageError(`group "${id}" has committed nothing`, 'name topics with --topic')
    const rows = await targets(admin, partitions, committed, point, Number(shift ?? 0), context.signal)
    if (options.execute) {
      const outcomes = await admin.alterGroupOffsets(
        id,
        rows.map(({ topic, partition, after }) => ({ topic, partition, offset: after })),
        { signal: context.signal },
      )
      const failed = outcomes.find(outcome => outcome.error)?.error
      if (failed)
        throw new CommandError(
          failed.message,
          exitCodeOf(failed),
          'offsets can be moved while the group has no members: stop its consumers first',
        )
    }
    await printRows(
      context.terminal,
      rows,
      [
        { title: 'TOPIC', value: row => row.topic },
        { title: 'PARTITION', value: row => row.partition },
        { title: 'BEFORE', value: row => row.before },
        { title: 'AFTER', value: row => row.after },
      ],
      options.json ?? false,
    )
    if (!options.execute) context.terminal.note('nothing was changed; add --execute to do it')
  })
}

async function chosenPartitions(
  admin: Admin,
  wanted: readonly string[],
  committed: readonly GroupOffset[],
  signal: AbortSignal,
): Promise<TopicPartition[]> {
  if (wanted.length === 0) return committed.map(({ topic, partition }) => ({ topic, partition }))
  const chosen: TopicPartition[] = []
  for (const text of wanted) {
    const [topic = '', list] = text.split(':')
    if (list !== undefined) {
      if (!/^\d+(,\d+)*$/.test(list))
        throw new UsageError(`--topic ${JSON.stringify(text)} is not topic:0,1,2`)
      chosen.push(...list.split(',').map(partition => ({ topic, partition: Number(partition) })))
      continue
    }
    const [described] = await admin.describeTopics([topic], { signal })
    if (described?.error) throw described.error
    chosen.push(...(described?.partitions ?? []).map(({ partition }) => ({ topic, partition })))
  }
  return chosen
}

async function targets(
  admin: Admin,
  partitions: readonly TopicPartition[],
  committed: readonly GroupOffset[],
  point: OffsetPoint | undefined,
  shift: number,
  signal: AbortSignal,
): Promise<ResetRow[]> {
  const before = new Map(committed.map(entry => [`${entry.topic}-${entry.partition}`, entry.offset]))
  const offsetOf = (entry: TopicPartition) => before.get(`${entry.topic}-${entry.partition}`) ?? null
  const bounds = await resolvePoint(admin, partitions, { kind: 'start' }, { signal })
  const ends = await resolvePoint(admin, partitions, { kind: 'end' }, { signal })
  const resolved = point ? await resolvePoint(admin, partitions, point, { signal }) : undefined
  return partitions.map((entry, index) => {
    const current = offsetOf(entry)
    if (!resolved && current === null)
      throw new UsageError(`nothing is committed for ${entry.topic}-${entry.partition}: it cannot be shifted`)
    const wanted = resolved ? resolved[index]! : (current ?? 0) + shift
    return { ...entry, before: current, after: Math.min(Math.max(wanted, bounds[index]!), ends[index]!) }
  })
}
