// `millrace group reset`: what it does.
import type { Admin, GroupOffset, TopicPartition } from '@millrace/client'
import type { Context } from '../context.ts'
import { parseOffsetPlan, type PlannedOffset } from '../format/offset-plan.ts'
import { type OffsetPoint, parseOffsetPoint } from '../format/offset-range.ts'
import { type PartitionChoice, parsePartitions } from '../format/partition-list.ts'
import type { GroupResetOptions } from '../options/group.ts'
import { CommandError, ExitCode, UsageError } from '../output/errors.ts'
import { exitCodeOf } from '../output/failure.ts'
import { printRows } from '../output/terminal.ts'
import { countOf } from '../output/units.ts'
import { choosePartitions } from './choose-partitions.ts'
import { withAdmin } from './connect.ts'
import { resolvePoint } from './offsets.ts'
import { readText } from './read-text.ts'

interface ResetRow extends TopicPartition {
  readonly group: string
  readonly before: number | null
  readonly after: number
}

/** Where offsets are to go. */
type Goal =
  | { readonly kind: 'point'; readonly point: OffsetPoint }
  /** From what is committed. */
  | { readonly kind: 'shift'; readonly by: number }
  /** To what is committed, and to the end where nothing is. */
  | { readonly kind: 'current' }
  | { readonly kind: 'plan'; readonly offsets: readonly PlannedOffset[] }

export async function resetGroups(
  ids: readonly string[],
  options: GroupResetOptions,
  context: Context,
): Promise<void> {
  const goal = await readGoal(options, context)
  const choices = options.topic.map(text => parsePartitions(text, '--topic'))
  const { signal, terminal } = context
  await withAdmin(options, context, async admin => {
    const groups = await groupsOf(admin, ids, goal, options, signal)
    const rows: ResetRow[] = []
    for (const group of groups) rows.push(...(await rowsOf(admin, group, choices, goal, groups, signal)))
    if (rows.length === 0)
      throw new UsageError(
        groups.length === 1
          ? `group "${groups[0]}" has committed nothing`
          : 'no group has committed anything',
        'name topics with --topic',
      )
    if (options.execute) await execute(admin, groups, rows, signal)
    await printRows(
      terminal,
      rows,
      [
        { title: 'GROUP', value: row => row.group },
        { title: 'TOPIC', value: row => row.topic },
        { title: 'PARTITION', value: row => row.partition },
        { title: 'BEFORE', value: row => row.before },
        { title: 'AFTER', value: row => row.after },
      ],
      options.json ?? false,
    )
    const groupCount = new Set(rows.map(row => row.group)).size
    terminal.note(
      options.execute
        ? `set ${countOf(rows.length, 'offset')} of ${countOf(groupCount, 'group')}`
        : 'nothing was changed; add --execute to do it',
    )
  })
}

async function readGoal({ to, fromFile }: GroupResetOptions, context: Context): Promise<Goal> {
  if (fromFile !== undefined) {
    const text = await readText(fromFile, '--from-file', context)
    return { kind: 'plan', offsets: parseOffsetPlan(text, `--from-file ${fromFile}`) }
  }
  const point = to ?? ''
  if (point === 'current') return { kind: 'current' }
  const shift = /^shift:([+-]?\d+)$/.exec(point)?.[1]
  if (shift === undefined) return { kind: 'point', point: parseOffsetPoint(point, context.now()) }
  if (!Number.isSafeInteger(Number(shift))) throw new UsageError(`--to ${point} is further than offsets go`)
  return { kind: 'shift', by: Number(shift) }
}

/** The groups that the command line names, the file names, or that there are. */
async function groupsOf(
  admin: Admin,
  ids: readonly string[],
  goal: Goal,
  { allGroups }: GroupResetOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (goal.kind === 'plan') {
    const named = [...new Set(goal.offsets.flatMap(({ group }) => group ?? []))]
    const stranger = ids.length > 0 ? named.find(group => !ids.includes(group)) : undefined
    if (stranger !== undefined)
      throw new UsageError(
        `the file sets offsets of group "${stranger}", which the command line does not name`,
      )
    if (named.length === 0 && ids.length !== 1)
      throw new UsageError('the file names no groups: name the one that its offsets are of')
    return ids.length > 0 ? ids : named
  }
  if (!allGroups) return [...new Set(ids)]
  const listed = await admin.listGroups({ signal })
  return listed
    .filter(({ protocolType }) => protocolType === 'consumer' || protocolType === '')
    .map(({ groupId }) => groupId)
}

async function rowsOf(
  admin: Admin,
  group: string,
  choices: readonly PartitionChoice[],
  goal: Goal,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<ResetRow[]> {
  const committed = await admin.groupOffsets(group, undefined, { signal })
  const before = new Map(committed.map(entry => [`${entry.topic}-${entry.partition}`, entry.offset]))
  const offsetOf = (entry: TopicPartition) => before.get(`${entry.topic}-${entry.partition}`) ?? null
  const chosen = await chosenPartitions(admin, group, choices, goal, committed, groups, signal)
  if (chosen.length === 0) return []
  const targets = await targetsOf(admin, chosen, goal, offsetOf, signal)
  return chosen.map(({ topic, partition }, index) => {
    const entry = { topic, partition }
    return { group, ...entry, before: offsetOf(entry), after: targets[index]! }
  })
}

async function chosenPartitions(
  admin: Admin,
  group: string,
  choices: readonly PartitionChoice[],
  goal: Goal,
  committed: readonly GroupOffset[],
  groups: readonly string[],
  signal: AbortSignal,
): Promise<readonly (TopicPartition & { readonly offset?: number })[]> {
  const isChosen = ({ topic, partition }: TopicPartition) =>
    choices.length === 0 ||
    choices.some(choice => choice.topic === topic && (choice.partitions?.includes(partition) ?? true))
  if (goal.kind === 'plan')
    return goal.offsets.filter(entry => (entry.group ?? groups[0]) === group && isChosen(entry))
  if (choices.length === 0) return committed
  // Of all groups, each keeps to what it has: the others would get offsets in topics that are not theirs.
  if (groups.length > 1) return committed.filter(isChosen)
  return choosePartitions(admin, choices, signal)
}

/** Offsets in the order of `partitions`, within what each log holds. */
async function targetsOf(
  admin: Admin,
  partitions: readonly (TopicPartition & { readonly offset?: number })[],
  goal: Goal,
  committedOf: (entry: TopicPartition) => number | null,
  signal: AbortSignal,
): Promise<number[]> {
  if (goal.kind === 'point') return resolvePoint(admin, partitions, goal.point, { signal })
  const starts = await resolvePoint(admin, partitions, { kind: 'start' }, { signal })
  const ends = await resolvePoint(admin, partitions, { kind: 'end' }, { signal })
  return partitions.map((entry, index) => {
    const current = committedOf(entry)
    if (goal.kind === 'shift' && current === null)
      throw new UsageError(`nothing is committed for ${entry.topic}-${entry.partition}: it cannot be shifted`)
    const end = ends[index]!
    const wanted =
      goal.kind === 'plan' ? entry.offset! : goal.kind === 'shift' ? current! + goal.by : (current ?? end)
    return Math.min(Math.max(wanted, starts[index]!), end)
  })
}

/** Looks at all groups before it changes one: a reset is not half done because the last of them has members. */
async function execute(
  admin: Admin,
  groups: readonly string[],
  rows: readonly ResetRow[],
  signal: AbortSignal,
): Promise<void> {
  const described = await admin.describeGroups(groups, { signal })
  const busy = described.find(({ members }) => members.length > 0)
  if (busy) throw busyError(`group "${busy.groupId}" has members, and offsets are theirs to commit`)
  for (const group of groups) {
    const own = rows.filter(row => row.group === group)
    if (own.length === 0) continue
    const offsets = own.map(({ topic, partition, after }) => ({ topic, partition, offset: after }))
    const outcomes = await admin.alterGroupOffsets(group, offsets, { signal })
    const failed = outcomes.find(outcome => outcome.error)?.error
    if (failed?.code === 'UNKNOWN_MEMBER_ID') throw busyError(failed.message)
    if (failed) throw new CommandError(failed.message, exitCodeOf(failed))
  }
}

const busyError = (message: string) =>
  new CommandError(
    message,
    ExitCode.conflict,
    'offsets can be moved while the group has no members: stop its consumers first',
  )
