// `millrace topic create`, `list`, `alter` and `delete`: what they do.
import type { Outcome } from '@millrace/client'
import type {
  TopicAlterOptions,
  TopicCreateOptions,
  TopicDeleteOptions,
  TopicListOptions,
} from '../commands/topic.ts'
import type { Context } from '../context.ts'
import { CommandError, UsageError } from '../output/errors.ts'
import { exitCodeOf } from '../output/failure.ts'
import { printRows } from '../output/terminal.ts'
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
