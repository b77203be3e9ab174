// `millrace group lag`: what it does.
import { type GroupStatus, LagMonitor, type PartitionStatus } from '@millrace/monitor'
import { nodeClock, sleep } from '@millrace/runtime'
import type { Context } from '../context.ts'
import type { GroupLagOptions } from '../options/group.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import { flow } from '../output/fold.ts'
import { plain } from '../output/plain.ts'
import { renderTable } from '../output/table.ts'
import { printJson, tableStyle } from '../output/terminal.ts'
import { countOf, formatCount } from '../output/units.ts'
import { Session } from './connect.ts'

/** Looks that a verdict stands on. */
const looks = 10

export async function showGroupLag(
  ids: readonly string[],
  options: GroupLagOptions,
  context: Context,
): Promise<void> {
  const session = new Session(options, context)
  const monitor = new LagMonitor({
    ...session.sideOptions(),
    ...(ids.length > 0 && { groups: [...ids] }),
    window: looks,
    allowedLag: options.allowed,
  })
  try {
    const groups = await watch(monitor, options.for, context)
    const missing = groups.find(({ group, verdict }) => verdict === 'NOTFOUND' && ids.includes(group))
    if (missing) {
      if (missing.error && missing.error.name !== 'BrokerError') throw missing.error
      throw new CommandError(
        `group "${missing.group}" does not exist, or has committed nothing`,
        ExitCode.notFound,
        '"millrace group list" shows those that do',
      )
    }
    await show(groups, options, context)
    const bad = groups.filter(({ verdict }) => verdict === 'ERR')
    if (bad.length > 0)
      throw new CommandError(
        `${countOf(bad.length, 'group')} in error: ${bad.map(({ group }) => group).join(', ')}`,
        ExitCode.failure,
      )
  } finally {
    await monitor.close()
    session.watch.stop()
  }
}

async function watch(
  monitor: LagMonitor,
  forMs: number,
  { signal, terminal }: Context,
): Promise<readonly GroupStatus[]> {
  const startedAt = performance.now()
  let groups = await monitor.look()
  for (let look = 1; look < looks; look++) {
    terminal.progress(`look ${look} of ${looks}`)
    const dueAt = startedAt + (forMs * look) / (looks - 1)
    await sleep(nodeClock, Math.max(0, dueAt - performance.now()), signal)
    groups = await monitor.look()
  }
  return groups
}

async function show(
  groups: readonly GroupStatus[],
  { json, all }: GroupLagOptions,
  { terminal }: Context,
): Promise<void> {
  if (json) {
    await printJson(
      terminal,
      groups.map(({ error, ...group }) => ({
        ...group,
        lagMs: group.lagMs ?? null,
        ...(error && { error: error.message }),
      })),
    )
    return
  }
  for (const group of groups) {
    const shown = all
      ? group.partitions
      : group.partitions.filter(({ lag, verdict }) => lag > 0 || verdict !== 'OK')
    const heading = flow([plain(group.group), plain(summary(group))], terminal.width)
    const lines = shown.length === 0 ? [] : renderTable(shown, columns, tableStyle(terminal))
    await terminal.write(`${[heading, ...lines].join('\n')}\n`)
  }
}

const columns = [
  { title: 'TOPIC', value: (row: PartitionStatus) => row.topic },
  { title: 'PARTITION', value: (row: PartitionStatus) => row.partition },
  { title: 'COMMITTED', value: (row: PartitionStatus) => row.committed },
  { title: 'END', value: (row: PartitionStatus) => row.end },
  { title: 'LAG', value: (row: PartitionStatus) => row.lag },
  { title: 'BEHIND', value: (row: PartitionStatus) => ageText(row.lagMs), isWhole: true },
  {
    title: 'VERDICT',
    value: (row: PartitionStatus) => row.verdict,
    isAlarming: (row: PartitionStatus) => row.verdict !== 'OK',
    isWhole: true,
  },
  { title: 'CLIENT', value: (row: PartitionStatus) => row.owner ?? null },
]

/** `ERR, Stable, 2 members, lag 1,234, 5m behind`. */
function summary({ verdict, state, members, lag, lagMs, error }: GroupStatus): string {
  const age = ageText(lagMs)
  return [
    verdict,
    ...(state === '' ? [] : [state]),
    countOf(members, 'member'),
    `lag ${formatCount(lag)}`,
    ...(lag > 0 && age !== null ? [`${age} behind`] : []),
    ...(error ? [error.message] : []),
  ].join(', ')
}

/** How long, in the largest unit of which there is more than one: `90s`, `5m`, `3h`, `2d`. */
function ageText(ms: number | undefined): string | null {
  if (ms === undefined) return null
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ] as const
  const [unit, size] = units.find(([, each]) => ms >= 2 * each) ?? ['s', 1_000]
  return `${Math.floor(ms / size)}${unit}`
}
