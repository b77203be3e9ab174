// `millrace topic describe`: what it does.
import { type Admin, type DescribedTopic, OffsetSpec } from '@millrace/client'
import type { Context } from '../context.ts'
import type { TopicDescribeOptions } from '../options/topic.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import { flow } from '../output/fold.ts'
import { plain } from '../output/plain.ts'
import { renderTable } from '../output/table.ts'
import { tableStyle } from '../output/terminal.ts'
import { formatBytes } from '../output/units.ts'
import { withAdmin } from './connect.ts'
import { printEach } from './outcomes.ts'

interface PartitionRow {
  readonly partition: number
  readonly leader: number
  readonly replicas: readonly number[]
  /** In sync with the leader. */
  readonly isr: readonly number[]
  readonly underReplicated: boolean
  readonly start: number
  readonly end: number
  /** As many as there are offsets: each of a record that compaction took away, or of the end of a transaction, is one less. */
  readonly maxRecords: number
  readonly sizeBytes: number | null
}

interface ConfigRow {
  readonly name: string
  readonly value: string | null
  readonly source: string
}

interface ShownTopic {
  readonly topic: string
  readonly id: string
  readonly internal: boolean
  readonly partitions: readonly PartitionRow[]
  readonly configs: readonly ConfigRow[]
}

export async function describeTopics(
  names: readonly string[],
  options: TopicDescribeOptions,
  context: Context,
): Promise<void> {
  const { terminal, signal } = context
  const { underReplicated = false } = options
  await withAdmin(options, context, async admin => {
    const wanted = names.length > 0 ? names : (await admin.listTopics({ signal })).map(({ name }) => name)
    const described = new Map(
      (await admin.describeTopics(wanted, { signal })).map(topic => [topic.name, topic] as const),
    )
    const shown = wanted.filter(name => {
      const topic = described.get(name)
      return !underReplicated || topic?.error || topic?.partitions.some(isUnderReplicated)
    })
    const sizes = shown.length > 0 ? await partitionSizes(admin, context) : new Map<string, number>()
    if (shown.length === 0 && !options.json) terminal.note('no partition is under-replicated')
    await printEach({
      names: shown,
      field: 'topic',
      read: name => readTopic(admin, described.get(name), name, sizes, options, signal),
      show: topic => showTopic(topic, context),
      isJson: options.json ?? false,
      terminal,
      signal,
    })
  })
}

const isUnderReplicated = ({ replicas, inSyncReplicas }: DescribedTopic['partitions'][number]) =>
  inSyncReplicas.length < replicas.length

async function readTopic(
  admin: Admin,
  topic: DescribedTopic | undefined,
  name: string,
  sizes: ReadonlyMap<string, number>,
  options: TopicDescribeOptions,
  signal: AbortSignal,
): Promise<ShownTopic> {
  if (!topic) throw new CommandError(`no broker told of topic "${name}"`, ExitCode.failure)
  if (topic.error) throw topic.error
  const rows = await partitionRows(admin, topic, sizes, signal)
  return {
    topic: name,
    id: topic.topicId,
    internal: topic.isInternal,
    partitions: options.underReplicated ? rows.filter(row => row.underReplicated) : rows,
    configs: await configRows(admin, name, options.all ?? false, signal),
  }
}

/** Sizes are a courtesy: a cluster that does not tell them, or of which a broker is away, still gets described. */
async function partitionSizes(
  admin: Admin,
  { signal, terminal }: Context,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>()
  try {
    for (const directory of await admin.describeLogDirs({ signal })) {
      for (const { topic, partition, sizeBytes } of directory.partitions) {
        sizes.set(`${topic}-${partition}`, Math.max(sizeBytes, sizes.get(`${topic}-${partition}`) ?? 0))
      }
    }
  } catch (error) {
    signal.throwIfAborted()
    terminal.note(`sizes are not known: ${(error as Error).message}`)
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
      replicas: entry.replicas,
      isr: entry.inSyncReplicas,
      underReplicated: isUnderReplicated(entry),
      start,
      end,
      maxRecords: end - start,
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

function showTopic(topic: ShownTopic, { terminal }: Context): string {
  const partitions = renderTable(
    topic.partitions,
    [
      { title: 'PARTITION', value: row => row.partition },
      { title: 'LEADER', value: row => row.leader },
      { title: 'REPLICAS', value: row => row.replicas.join(',') },
      { title: 'ISR', value: row => row.isr.join(','), isAlarming: row => row.underReplicated },
      { title: 'START', value: row => row.start },
      { title: 'END', value: row => row.end },
      { title: 'MAX RECORDS', value: row => row.maxRecords },
      {
        title: 'SIZE',
        value: row => (row.sizeBytes === null ? null : formatBytes(row.sizeBytes)),
        numeric: true,
      },
    ],
    tableStyle(terminal),
  )
  const configs = renderTable(
    topic.configs,
    [
      { title: 'SETTING', value: row => row.name },
      { title: 'VALUE', value: row => row.value },
      { title: 'SOURCE', value: row => row.source },
    ],
    tableStyle(terminal),
  )
  const behind = topic.partitions.filter(row => row.underReplicated).length
  const heading = flow(
    [
      `${plain(topic.topic)}${topic.internal ? ' (internal)' : ''}`,
      `id ${topic.id}`,
      ...(behind === 0 ? [] : [`${behind} of ${topic.partitions.length} under-replicated`]),
    ],
    terminal.width,
  )
  const settings = topic.configs.length === 0 ? ['all settings at their defaults'] : configs
  return [heading, ...partitions, '', ...settings].join('\n')
}
