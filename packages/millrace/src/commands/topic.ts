// `millrace topic …`: grammar.
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { int16Max, int32Max } from '../format/limits.ts'
import { pointHelp } from '../format/offset-range.ts'
import type {
  TopicCreateOptions,
  TopicListOptions,
  TopicDescribeOptions,
  TopicOffsetsOptions,
  TopicTrimOptions,
  TopicAlterOptions,
  TopicDeleteOptions,
} from '../options/topic.ts'
import { missing } from './grammar.ts'
import { collect, integer, withCluster, withExamples, withJson } from './options.ts'

type Load = () => Promise<typeof import('../actions/topic.ts')>

export function registerTopic(program: Command, context: Context): void {
  const topic = program
    .command('topic')
    .helpCommand(false)
    .aliases(['topics', 't'])
    .summary('create, list, describe, alter, trim and delete topics')
    .description('Topics: what there is, and changing it.')
  withExamples(topic, 'millrace topic create orders -p 6', 'millrace topic list')
  const load: Load = () => import('../actions/topic.ts')
  registerCreate(topic, load, context)
  registerReading(topic, load, context)
  registerOffsets(topic, context)
  registerAlter(topic, load, context)
  registerTrim(topic, context)

  const remove = withJson(withCluster(topic.command('delete <topic...>')))
    .alias('rm')
    .summary('delete topics')
    .description('Delete topics with all their data.')
    .option('--if-exists', 'a missing topic is no failure')
    .action(async (names: string[], options: TopicDeleteOptions) =>
      (await load()).deleteTopics(names, options, context),
    )
  withExamples(remove, 'millrace topic delete orders invoices')
}

function registerCreate(topic: Command, load: Load, context: Context): void {
  const create = withJson(withCluster(topic.command('create <name...>')))
    .summary('create topics')
    .description('Create topics.')
    .option('-p, --partitions <count>', "number of partitions (default: the broker's)", integer(1, int32Max))
    .option('-r, --replicas <count>', "replication factor (default: the broker's)", integer(1, int16Max))
    .option('-c, --config <name=value>', 'topic setting (repeatable)', collect, [])
    .option('--if-not-exists', 'an existing topic is no failure')
    .option('--dry-run', 'let the broker check it without creating anything')
    .action(async (names: string[], options: TopicCreateOptions) =>
      (await load()).createTopics(names, options, context),
    )
  withExamples(
    create,
    'millrace topic create orders -p 6',
    'millrace topic create prices -c cleanup.policy=compact --if-not-exists',
  )
}

function registerReading(topic: Command, load: Load, context: Context): void {
  const list = withJson(withCluster(topic.command('list [pattern]')))
    .alias('ls')
    .summary('list topics')
    .description('List topics: all, or those that match a regular expression.')
    .option('-i, --internal', "with Kafka's internal topics")
    .action(async (pattern: string | undefined, options: TopicListOptions) =>
      (await load()).listTopics(pattern, options, context),
    )
  withExamples(list, 'millrace topic list', "millrace topic list '^orders'")

  const describe = withJson(withCluster(topic.command('describe [topic...]')))
    .summary('show partitions, offsets and settings')
    .description(
      'Show partitions with their offsets, and the settings that differ from the defaults. MAX RECORDS is END less START: there are fewer where compaction took records away or transactions have ended.',
    )
    .option('-a, --all', 'all settings, with where they come from')
    .option(
      '-u, --under-replicated',
      'only partitions with a replica that is not in sync, of all topics unless some are named',
    )
    .action(async (names: string[], options: TopicDescribeOptions, command: Command) => {
      if (names.length === 0 && !options.underReplicated)
        missing(command, "missing required argument 'topic'")
      await (await import('../actions/topic-describe.ts')).describeTopics(names, options, context)
    })
  withExamples(
    describe,
    'millrace topic describe orders',
    'millrace topic describe orders --all --json',
    'millrace topic describe --under-replicated',
  )
}

function registerAlter(topic: Command, load: Load, context: Context): void {
  const alter = withJson(withCluster(topic.command('alter <topic...>')))
    .summary('add partitions, change settings')
    .description('Add partitions, change settings.')
    .option('-p, --partitions <count>', 'new number of partitions; it can only grow', integer(1, int32Max))
    .option('-c, --config <name=value>', 'topic setting (repeatable)', collect, [])
    .option('--delete-config <name>', 'topic setting to put back to its default (repeatable)', collect, [])
    .option('--dry-run', 'let the broker check it without changing anything')
    .action(async (names: string[], options: TopicAlterOptions) =>
      (await load()).alterTopics(names, options, context),
    )
  withExamples(
    alter,
    'millrace topic alter orders -p 12',
    'millrace topic alter orders -c retention.ms=86400000',
  )
}

/** How a topic or some of its partitions are named. */
const partitionsHelp = `
Topics:
  orders (all partitions)   orders:0,2 (some of them)`

function registerOffsets(topic: Command, context: Context): void {
  const offsets = withJson(withCluster(topic.command('offsets <topic...>')))
    .summary('show where partitions start and end, or stood at a time')
    .description('Show the first and the next offset of each partition, or the offset at a point.')
    .option('--at <point>', 'the offset there, see below')
    .addHelpText(
      'after',
      `${partitionsHelp}

Points:
  ${pointHelp}
  max-timestamp (the record with the largest)`,
    )
    .action(async (names: string[], options: TopicOffsetsOptions) =>
      (await import('../actions/topic-offsets.ts')).listTopicOffsets(names, options, context),
    )
  withExamples(
    offsets,
    'millrace topic offsets orders',
    'millrace topic offsets orders --at @-1h',
    'millrace topic offsets orders:0,1 --at @2026-01-31T10:00:00+01:00 --json',
  )
}

function registerTrim(topic: Command, context: Context): void {
  const trim = withJson(withCluster(topic.command('trim <topic...>')))
    .summary('delete records before a point')
    .description(
      'Delete the records before a point (DeleteRecords). Shows what would go; --execute does it. MAX RECORDS is AFTER less BEFORE: there are fewer where compaction took records away or transactions have ended.',
    )
    .requiredOption('--to <point>', 'the first record to keep, see below')
    .option('--execute', 'delete them')
    .addHelpText(
      'after',
      `${partitionsHelp}

Points:
  ${pointHelp}`,
    )
    .action(async (names: string[], options: TopicTrimOptions) =>
      (await import('../actions/topic-offsets.ts')).trimTopics(names, options, context),
    )
  withExamples(
    trim,
    'millrace topic trim orders --to @-7d --execute',
    'millrace topic trim orders:0 --to 1000',
    'millrace topic trim orders --to end --execute     all there is',
  )
}
