// `millrace group list`, `describe` and `delete`: what they do.
import { type Admin, type GroupOffset, OffsetSpec, type TopicPartition } from '@millrace/client'
import type { GroupDescribeOptions, GroupListOptions } from '../commands/group.ts'
import type { ClusterOptions, Context } from '../context.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import { exitCodeOf } from '../output/failure.ts'
import { formatPartitions } from '../output/partitions.ts'
import { renderTable } from '../output/table.ts'
import { printJson, printRows } from '../output/terminal.ts'
import { formatCount } from '../output/units.ts'
import { withAdmin } from './connect.ts'

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
    else {
      const shown = all.map(group => showGroup(group, options.members ?? false, context))
      await context.terminal.write(`${shown.join('\n\n')}\n`)
    }
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

function showGroup(
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
): string {
  const heading = `${group.group}   ${summary(group)}`
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
            value: row => formatPartitions(row.assignment),
          },
        ],
        terminal.width,
      )
    : renderTable(
        group.partitions,
        [
          { title: 'TOPIC', value: row => row.topic },
          { title: 'PARTITION', value: row => row.partition },
          { title: 'COMMITTED', value: row => row.committed, numeric: true },
          { title: 'END', value: row => row.end },
          { title: 'LAG', value: row => row.lag, numeric: true },
          { title: 'MEMBER', value: row => row.member },
          { title: 'HOST', value: row => row.host },
        ],
        terminal.width,
      )
  return [heading, ...lines].join('\n')
}

/** `Stable, 2 members (range), lag 1,234`. */
function summary(group: {
  readonly state: string
  readonly assignor: string
  readonly lag: number
  readonly members: readonly unknown[]
  readonly partitions: readonly LagRow[]
}): string {
  const { state, assignor, lag, members, partitions } = group
  const count = members.length === 1 ? '1 member' : `${members.length} members`
  const uncommitted = partitions.filter(row => row.committed === null).length
  return [
    state,
    assignor === '' || members.length === 0 ? count : `${count} (${assignor})`,
    `lag ${formatCount(lag)}`,
    ...(uncommitted > 0 ? [`${uncommitted} of ${partitions.length} partitions not committed`] : []),
  ].join(', ')
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
