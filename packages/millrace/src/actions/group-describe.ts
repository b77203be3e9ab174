// `millrace group describe`: what it does.
import type { Admin, DescribedMember, GroupPartitionLag, TopicPartition } from '@millrace/client'
import type { Context } from '../context.ts'
import type { GroupDescribeOptions } from '../options/group.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import { formatPartitions } from '../output/partitions.ts'
import { flow } from '../output/fold.ts'
import { plain } from '../output/plain.ts'
import { renderTable } from '../output/table.ts'
import { tableStyle } from '../output/terminal.ts'
import { formatCount } from '../output/units.ts'
import { withAdmin } from './connect.ts'
import { printEach } from './outcomes.ts'

interface LagRow extends TopicPartition {
  readonly committed: number | null
  readonly end: number
  /** Records between what is committed, or the start of the log, and the end; null where nothing is committed. */
  readonly lag: number | null
  readonly member: string | null
  readonly host: string | null
}

interface ShownGroup {
  readonly group: string
  readonly state: string
  readonly assignor: string
  readonly members: readonly DescribedMember[]
  readonly lag: number
  readonly partitions: readonly LagRow[]
}

export async function describeGroups(
  ids: readonly string[],
  options: GroupDescribeOptions,
  context: Context,
): Promise<void> {
  const { terminal, signal } = context
  await withAdmin(options, context, async admin => {
    await printEach({
      names: ids,
      field: 'group',
      read: id => describeGroup(admin, id, signal),
      show: group => showGroup(group, options.members ?? false, context),
      isJson: options.json ?? false,
      terminal,
      signal,
    })
  })
}

async function describeGroup(admin: Admin, id: string, signal: AbortSignal): Promise<ShownGroup> {
  const [group] = await admin.describeGroupLag([id], { signal })
  if (group?.error) throw group.error
  if (!group || (group.state === 'Dead' && group.partitions.length === 0)) {
    throw new CommandError(
      `group "${id}" does not exist`,
      ExitCode.notFound,
      '"millrace group list" shows those that do',
    )
  }
  return {
    group: id,
    state: group.state,
    assignor: group.protocol,
    members: group.members,
    lag: group.lag,
    partitions: group.partitions.map(lagRow),
  }
}

function lagRow({ topic, partition, committed, endOffset, lag, member }: GroupPartitionLag): LagRow {
  return {
    topic,
    partition,
    committed: committed ?? null,
    end: endOffset ?? -1,
    lag: lag ?? null,
    member: member?.memberId ?? null,
    host: member?.clientHost ?? null,
  }
}

function showGroup(group: ShownGroup, members: boolean, { terminal }: Context): string {
  const heading = flow([plain(group.group), plain(summary(group))], terminal.width)
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
        tableStyle(terminal),
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
        tableStyle(terminal),
      )
  return [heading, ...lines].join('\n')
}

/** `Stable, 2 members (range), lag 1,234`. */
function summary(group: ShownGroup): string {
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
