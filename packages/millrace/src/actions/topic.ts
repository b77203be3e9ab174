// `millrace topic …`: what it does.
import { type Admin, type DescribedTopic, OffsetSpec, type Outcome } from '@millrace/client'
import type {
  TopicAlterOptions,
  TopicCreateOptions,
  TopicDeleteOptions,
  TopicDescribeOptions,
  TopicListOptions,
} from '../commands/topic.ts'
import type { Context } from '../context.ts'
import { CommandError, ExitCode, UsageError } from '../output/errors.ts'
import { exitCodeOf } from '../output/failure.ts'
import { printJson, printRows } from '../output/terminal.ts'
import { renderTable } from '../output/table.ts'
import { formatBytes } from '../output/units.ts'
import { withAdmin } from './connect.ts'
import { regularExpression } from './regular-expression.ts'
import { parseSettings } from './settings.ts'

interface TopicResult {
  readonly topic: string
  readonly result: string
  readonly error: string | null
}

/** Prints a line for each topic; a failure of any of them is the failure of the command, with the exit code of the first. */
async function report(
  outcomes: readonly (Outcome & { readonly topic: string })[],
  done: string,
  json: boolean | undefined,
  context: Context,
): Promise<void> {
  const [only] = outcomes
  if (only?.error && outcomes.length === 1 && !json) throw only.error
  const rows: TopicResult[] = outcomes.map(({ topic, error }) => ({
    topic,
    result: error ? 'failed' : done,
    error: error?.message ?? null,
  }))
  const columns = [
    { title: 'TOPIC', value: (row: TopicResult) => row.topic },
    { title: 'RESULT', value: (row: TopicResult) => row.error ?? row.result },
  ]
  await printRows(context.terminal, rows, columns, json ?? false)
  const failed = outcomes.filter(outcome => outcome.error)
  if (failed.length > 0) {
    throw new CommandError(
      `${failed.length} of ${outcomes.length} topics failed`,
      exitCodeOf(failed[0]?.error),
    )
  }
}

export async function createTopics(
  names: readonly string[],
  options: TopicCreateOptions,
  context: Context,
): Promise<void> {
  const configs = parseSettings(options.config, '--config')
  await withAdmin(options, context, async admin => {
    const created = await admin.createTopics(
      names.map(name => ({
        name,
        configs,
        ...(options.partitions !== undefined && { partitions: options.partitions }),
        ...(options.replicas !== undefined && { replicationFactor: options.replicas }),
      })),
      { validateOnly: options.dryRun ?? false, signal: context.signal },
    )
    const outcomes = created.map(({ name, error }) => ({
      topic: name,
      error: options.ifNotExists && error?.code === 'TOPIC_ALREADY_EXISTS' ? undefined : error,
    }))
    await report(outcomes, options.dryRun ? 'would be created' : 'created', options.json, context)
  })
}

export async function listTopics(
  pattern: string | undefined,
  options: TopicListOptions,
  context: Context,
): Promise<void> {
  const expression = regularExpression(pattern ?? '')
  await withAdmin(options, context, async admin => {
    const topics = await admin.listTopics({ signal: context.signal })
    const rows = topics.filter(
      topic => (options.internal || !topic.isInternal) && expression.test(topic.name),
    )
    await printRows(
      context.terminal,
      rows.map(({ name, partitions, replicationFactor, topicId }) => ({
        topic: name,
        partitions,
        replicas: replicationFactor,
        id: topicId,
      })),
      [
        { title: 'TOPIC', value: row => row.topic },
        { title: 'PARTITIONS', value: row => row.partitions },
        { title: 'REPLICAS', value: row => row.replicas },
      ],
      options.json ?? false,
    )
  })
}

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
    else for (const topic of all) await printTopic(topic, context)
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
  const [starts, ends] = await Promise.all([
    admin.listOffsets(queries(OffsetSpec.earliest), { signal }),
    admin.listOffsets(queries(OffsetSpec.latest), { signal }),
  ])
  return topic.partitions.map(entry => {
    const start = starts.find(found => found.partition === entry.partition)?.offset ?? -1
    const end = ends.find(found => found.partition === entry.partition)?.offset ?? -1
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

async function printTopic(
  topic: {
    topic: string
    id: string
    internal: boolean
    partitions: readonly PartitionRow[]
    configs: readonly ConfigRow[]
  },
  { terminal }: Context,
): Promise<void> {
  const partitions = renderTable(
    topic.partitions,
    [
      { title: 'PARTITION', value: row => row.partition },
      { title: 'LEADER', value: row => row.leader },
      { title: 'REPLICAS', value: row => row.replicas },
      { title: 'START', value: row => row.start },
      { title: 'END', value: row => row.end },
      { title: 'RECORDS', value: row => row.records },
      { title: 'SIZE', value: row => (row.sizeBytes === null ? null : formatBytes(row.sizeBytes)) },
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
  await terminal.write(`${[heading, ...partitions, '', ...settings].join('\n')}\n\n`)
}

export async function alterTopics(
  names: readonly string[],
  options: TopicAlterOptions,
  context: Context,
): Promise<void> {
  const set = Object.entries(parseSettings(options.config, '--config')).map(([name, value]) => ({
    name,
    value,
  }))
  const changes = [...set, ...options.deleteConfig.map(name => ({ name }))]
  const { partitions, dryRun: validateOnly = false } = options
  if (changes.length === 0 && partitions === undefined) {
    throw new UsageError('nothing to change', 'give --partitions, --config or --delete-config')
  }
  const { signal } = context
  await withAdmin(options, context, async admin => {
    const outcomes: (Outcome & { topic: string })[] = []
    if (partitions !== undefined) {
      outcomes.push(
        ...(await admin.createPartitions(
          names.map(topic => ({ topic, count: partitions })),
          { validateOnly, signal },
        )),
      )
    }
    if (changes.length > 0) {
      const altered = await admin.alterConfigs(
        names.map(name => ({ resource: { type: 'topic', name }, changes })),
        { validateOnly, signal },
      )
      outcomes.push(...altered.map(({ resource, error }) => ({ topic: resource.name, error })))
    }
    await report(outcomes, validateOnly ? 'would be altered' : 'altered', options.json, context)
  })
}

export async function deleteTopics(
  names: readonly string[],
  options: TopicDeleteOptions,
  context: Context,
): Promise<void> {
  await withAdmin(options, context, async admin => {
    const deleted = await admin.deleteTopics(names, { signal: context.signal })
    const outcomes = deleted.map(({ name, error }) => ({
      topic: name,
      error: options.ifExists && error?.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? undefined : error,
    }))
    await report(outcomes, 'deleted', options.json, context)
  })
}
