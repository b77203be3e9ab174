// `millrace topic describe`: what it does.
import { type Admin, type DescribedTopic, OffsetSpec } from '@millrace/client'
import type { TopicDescribeOptions } from '../commands/topic.ts'
import type { Context } from '../context.ts'
import { ExitCode } from '../output/errors.ts'
import { exitCodeOf } from '../output/failure.ts'
import { renderTable } from '../output/table.ts'
import { printJson } from '../output/terminal.ts'
import { formatBytes } from '../output/units.ts'
import { withAdmin } from './connect.ts'

interface PartitionRow {
  readonly partition: number
  readonly leader: number
  readonly replicas: string
  readonly start: number
  readonly end: number
  readonly records: number
  readonly sizeBytes: number | null
}

interface ConfigRow {
  readonly name: string
  readonly value: string | null
  readonly source: string
}

export async function describeTopics(
  names: readonly string[],
  options: TopicDescribeOptions,
  context: Context,
): Promise<void> {
  await withAdmin(options, context, async admin => {
    const described = await admin.describeTopics(names, { signal: context.signal })
    const missing = described.find(topic => topic.error)
    if (missing?.error) throw missing.error
    const sizes = await partitionSizes(admin, context.signal)
    const all = []
    for (const topic of described) {
      const partitions = await partitionRows(admin, topic, sizes, context.signal)
      const configs = await configRows(admin, topic.name, options.all ?? false, context.signal)
      all.push({ topic: topic.name, id: topic.topicId, internal: topic.isInternal, partitions, configs })
    }
    if (options.json) await printJson(context.terminal, all)
    else await context.terminal.write(`${all.map(topic => showTopic(topic, context)).join('\n\n')}\n`)
  })
}

/** Sizes are a courtesy: a cluster that does not let us ask still gets described. */
async function partitionSizes(admin: Admin, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>()
  try {
    for (const directory of await admin.describeLogDirs({ signal })) {
      for (const { topic, partition, sizeBytes } of directory.partitions) {
        sizes.set(`${topic}-${partition}`, Math.max(sizeBytes, sizes.get(`${topic}-${partition}`) ?? 0))
      }
    }
  } catch (error) {
    if (exitCodeOf(error) !== ExitCode.denied && (error as { code?: unknown }).code !== 'VERSION_UNSUPPORTED')
      throw error
  }
  return sizes
}

async function partitionRows(
  admin: Admin,
  topic: DescribedTopic,
  sizes: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<PartitionRow[]> {
  const withLeader = topic.partitions.filter(entry => entry.leader >= 0)
  const queries = (timestamp: number) =>
    withLeader.map(({ partition }) => ({ topic: topic.name, partition, timestamp }))
  const offsets = async (timestamp: number) => {
    const found = await admin.listOffsets(queries(timestamp), { signal })
    return new Map(found.map(({ partition, offset }) => [partition, offset]))
  }
  const [starts, ends] = await Promise.all([offsets(OffsetSpec.earliest), offsets(OffsetSpec.latest)])
  return topic.partitions.map(entry => {
    const start = starts.get(entry.partition) ?? -1
    const end = ends.get(entry.partition) ?? -1
    return {
      partition: entry.partition,
      leader: entry.leader,
      replicas: `${entry.replicas.join(',')}${entry.inSyncReplicas.length < entry.replicas.length ? ` (in sync: ${entry.inSyncReplicas.join(',')})` : ''}`,
      start,
      end,
      records: end - start,
      sizeBytes: sizes.get(`${topic.name}-${entry.partition}`) ?? null,
    }
  })
}

async function configRows(
  admin: Admin,
  name: string,
  all: boolean,
  signal: AbortSignal,
): Promise<ConfigRow[]> {
  const [described] = await admin.describeConfigs([{ type: 'topic', name }], { signal })
  if (described?.error) throw described.error
  return (described?.entries ?? [])
    .filter(entry => all || !entry.isDefault)
    .map(({ name: setting, value, source, isSensitive }) => ({
      name: setting,
      value: isSensitive ? '(hidden)' : value,
      source,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function showTopic(
  topic: {
    topic: string
    id: string
    internal: boolean
    partitions: readonly PartitionRow[]
    configs: readonly ConfigRow[]
  },
  { terminal }: Context,
): string {
  const partitions = renderTable(
    topic.partitions,
    [
      { title: 'PARTITION', value: row => row.partition },
      { title: 'LEADER', value: row => row.leader },
      { title: 'REPLICAS', value: row => row.replicas },
      { title: 'START', value: row => row.start },
      { title: 'END', value: row => row.end },
      { title: 'RECORDS', value: row => row.records },
      {
        title: 'SIZE',
        value: row => (row.sizeBytes === null ? null : formatBytes(row.sizeBytes)),
        numeric: true,
      },
    ],
    terminal.width,
  )
  const configs = renderTable(
    topic.configs,
    [
      { title: 'SETTING', value: row => row.name },
      { title: 'VALUE', value: row => row.value },
      { title: 'SOURCE', value: row => row.source },
    ],
    terminal.width,
  )
  const heading = `${topic.topic}${topic.internal ? ' (internal)' : ''}   id ${topic.id}`
  const settings = topic.configs.length === 0 ? ['all settings at their defaults'] : configs
  return [heading, ...partitions, '', ...settings].join('\n')
}
