// `millrace group …`: what it does.
import { type Admin, type GroupOffset, OffsetSpec, type TopicPartition } from '@millrace/client'
import type { GroupDescribeOptions, GroupListOptions, GroupResetOptions } from '../commands/group.ts'
import type { ClusterOptions, Context } from '../context.ts'
import { type OffsetPoint, parseOffsetRange } from '../format/offset-range.ts'
import { CommandError, ExitCode, UsageError } from '../output/errors.ts'
import { exitCodeOf } from '../output/failure.ts'
import { renderTable } from '../output/table.ts'
import { printJson, printRows } from '../output/terminal.ts'
import { withAdmin } from './connect.ts'
import { resolvePoint } from './offsets.ts'

export async function listGroups(options: GroupListOptions, context: Context): Promise<void> {
  await withAdmin(options, context, async admin => {
    const groups = await admin.listGroups({ states: options.state, signal: context.signal })
    await printRows(
      context.terminal,
      groups.map(({ groupId, state, protocolType, type, coordinatorId }) => ({
        group: groupId,
        state,
        protocolType,
        type,
        coordinator: coordinatorId,
      })),
      [
        { title: 'GROUP', value: row => row.group },
        { title: 'STATE', value: row => row.state || null },
        { title: 'PROTOCOL TYPE', value: row => row.protocolType || null },
        { title: 'TYPE', value: row => row.type || null },
        { title: 'COORDINATOR', value: row => row.coordinator },
      ],
      options.json ?? false,
    )
  })
}

interface LagRow extends TopicPartition {
  readonly committed: number | null
  readonly end: number
  /** Records between what is committed and the end; null where nothing is committed. */
  readonly lag: number | null
  readonly member: string | null
  readonly host: string | null
}

export async function describeGroups(
  ids: readonly string[],
  options: GroupDescribeOptions,
  context: Context,
): Promise<void> {
  await withAdmin(options, context, async admin => {
    const groups = await admin.describeGroups(ids, { signal: context.signal })
    const all = []
    for (const group of groups) {
      if (group.error) throw group.error
      const offsets = await admin.groupOffsets(group.groupId, undefined, { signal: context.signal })
      if (group.state === 'Dead' && offsets.length === 0) {
        throw new CommandError(
          `group "${group.groupId}" does not exist`,
          ExitCode.notFound,
          '"millrace group list" shows those that do',
        )
      }
      const owners = new Map(
        group.members.flatMap(member =>
          member.assignment.map(
            entry => [`${entry.topic}-${entry.partition}`, { ...entry, member }] as const,
          ),
        ),
      )
      const partitions = await lagRows(admin, offsets, owners, context.signal)
      const lag = partitions.reduce((sum, row) => sum + (row.lag ?? 0), 0)
      all.push({
        group: group.groupId,
        state: group.state,
        assignor: group.protocol,
        members: group.members,
        lag,
        partitions,
      })
    }
    if (options.json) await printJson(context.terminal, all)
    else for (const group of all) await printGroup(group, options.members ?? false, context)
  })
}

type Owner = TopicPartition & { readonly member: { readonly memberId: string; readonly clientHost: string } }

async function lagRows(
  admin: Admin,
  offsets: readonly GroupOffset[],
  owners: ReadonlyMap<string, Owner>,
  signal: AbortSignal,
): Promise<LagRow[]> {
  const committed = new Map(offsets.map(entry => [`${entry.topic}-${entry.partition}`, entry]))
  const partitions: TopicPartition[] = [
    ...committed.values(),
    ...[...owners.values()].filter(owner => !committed.has(`${owner.topic}-${owner.partition}`)),
  ]
    .map(({ topic, partition }) => ({ topic, partition }))
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1))
  const existing = new Set((await admin.listTopics({ signal })).map(topic => topic.name))
  const queries = partitions
    .filter(entry => existing.has(entry.topic))
    .map(entry => ({ ...entry, timestamp: OffsetSpec.latest }))
  const ends = new Map(
    (await admin.listOffsets(queries, { signal })).map(found => [
      `${found.topic}-${found.partition}`,
      found.offset,
    ]),
  )
  return partitions.map(({ topic, partition }) => {
    const key = `${topic}-${partition}`
    const offset = committed.get(key)?.offset ?? null
    const end = ends.get(key) ?? -1
    const owner = owners.get(key)
    const lag = offset === null || end < 0 ? null : Math.max(end - offset, 0)
    return {
      topic,
      partition,
      committed: offset,
      end,
      lag,
      member: owner?.member.memberId ?? null,
      host: owner?.member.clientHost ?? null,
    }
  })
}

async function printGroup(
  group: {
    group: string
    state: string
    assignor: string
    lag: number
    members: readonly {
      memberId: string
      groupInstanceId: string | null
      clientId: string
      clientHost: string
      assignment: readonly TopicPartition[]
    }[]
    partitions: readonly LagRow[]
  },
  members: boolean,
  { terminal }: Context,
): Promise<void> {
  const heading = `${group.group}   ${group.state}   ${group.members.length === 1 ? '1 member' : `${group.members.length} members`}   ${group.assignor || 'no assignor'}   lag ${group.lag}`
  const lines = members
    ? renderTable(
        group.members,
        [
          { title: 'MEMBER', value: row => row.memberId },
          { title: 'INSTANCE', value: row => row.groupInstanceId },
          { title: 'CLIENT', value: row => row.clientId },
          { title: 'HOST', value: row => row.clientHost },
          {
            title: 'PARTITIONS',
            value: row => row.assignment.map(entry => `${entry.topic}-${entry.partition}`).join(' '),
          },
        ],
        terminal.width,
      )
    : renderTable(
        group.partitions,
        [
          { title: 'TOPIC', value: row => row.topic },
          { title: 'PARTITION', value: row => row.partition },
          { title: 'COMMITTED', value: row => row.committed },
          { title: 'END', value: row => row.end },
          { title: 'LAG', value: row => row.lag },
          { title: 'MEMBER', value: row => row.member },
          { title: 'HOST', value: row => row.host },
        ],
        terminal.width,
      )
  await terminal.write(`${[heading, ...lines].join('\n')}\n\n`)
}

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

export async function deleteGroups(
  ids: readonly string[],
  options: ClusterOptions,
  context: Context,
): Promise<void> {
  await withAdmin(options, context, async admin => {
    const deleted = await admin.deleteGroups(ids, { signal: context.signal })
    const [only] = deleted
    if (only?.error && deleted.length === 1 && !options.json) throw only.error
    await printRows(
      context.terminal,
      deleted.map(({ groupId, error }) => ({
        group: groupId,
        result: error ? 'failed' : 'deleted',
        error: error?.message ?? null,
      })),
      [
        { title: 'GROUP', value: row => row.group },
        { title: 'RESULT', value: row => row.error ?? row.result },
      ],
      options.json ?? false,
    )
    const failed = deleted.filter(outcome => outcome.error)
    if (failed.length > 0)
      throw new CommandError(
        `${failed.length} of ${deleted.length} groups failed`,
        exitCodeOf(failed[0]?.error),
      )
  })
}
