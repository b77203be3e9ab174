// `millrace topic create`, `list`, `alter` and `delete`: what they do.
import type { Outcome } from '@millrace/client'
import type { ClusterOptions, Context } from '../context.ts'
import type {
  TopicAlterOptions,
  TopicCreateOptions,
  TopicDeleteOptions,
  TopicListOptions,
} from '../options/topic.ts'
import { UsageError } from '../output/errors.ts'
import { printRows } from '../output/terminal.ts'
import { withAdmin } from './connect.ts'
import { reportOutcomes } from './outcomes.ts'
import { regularExpression } from './regular-expression.ts'
import { parseSettings } from './settings.ts'

type TopicOutcome = Outcome & { readonly topic: string; readonly result: string }

/** Prints a line for each topic; a failure of any of them is the failure of the command. */
const report = (
  outcomes: readonly TopicOutcome[],
  options: ClusterOptions,
  context: Context,
): Promise<void> =>
  reportOutcomes(outcomes, 'topic', [{ title: 'TOPIC', value: row => row.topic }], options, context)

/** Partitions and settings are changed by requests of their own: one may be done where the other is not. */
type AlterOutcome = TopicOutcome & { readonly change: 'partitions' | 'settings' }

/** An outcome that is none of the things that were to be done, but fine by an option. */
const forgiven = (topic: string, result: string): TopicOutcome => ({ topic, result, error: undefined })

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
    const outcomes = created.map(({ name, error }) =>
      options.ifNotExists && error?.code === 'TOPIC_ALREADY_EXISTS'
        ? forgiven(name, 'exists already')
        : { topic: name, result: options.dryRun ? 'would be created' : 'created', error },
    )
    await report(outcomes, options, context)
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
    const outcomes: AlterOutcome[] = []
    const result = validateOnly ? 'would be altered' : 'altered'
    if (partitions !== undefined) {
      outcomes.push(
        ...(
          await admin.createPartitions(
            names.map(topic => ({ topic, count: partitions })),
            { validateOnly, signal },
          )
        ).map(({ topic, error }) => ({ topic, change: 'partitions' as const, result, error })),
      )
    }
    if (changes.length > 0) {
      const altered = await admin.alterConfigs(
        names.map(name => ({ resource: { type: 'topic', name }, changes })),
        { validateOnly, signal },
      )
      outcomes.push(
        ...altered.map(({ resource, error }) => ({
          topic: resource.name,
          change: 'settings' as const,
          result,
          error,
        })),
      )
    }
    await reportOutcomes(
      outcomes,
      'change',
      [
        { title: 'TOPIC', value: row => row.topic },
        { title: 'CHANGE', value: row => row.change },
      ],
      options,
      context,
    )
  })
}

export async function deleteTopics(
  names: readonly string[],
  options: TopicDeleteOptions,
  context: Context,
): Promise<void> {
  await withAdmin(options, context, async admin => {
    const deleted = await admin.deleteTopics(names, { signal: context.signal })
    const outcomes = deleted.map(({ name, error }) =>
      options.ifExists && error?.code === 'UNKNOWN_TOPIC_OR_PARTITION'
        ? forgiven(name, 'did not exist')
        : { topic: name, result: 'deleted', error },
    )
    await report(outcomes, options, context)
  })
}
