// `millrace topic …`: grammar.
import type { Command } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import { collect, integer, withCluster, withJson } from './options.ts'

export interface TopicCreateOptions extends ClusterOptions {
  readonly partitions?: number
  readonly replicas?: number
  readonly config: readonly string[]
  readonly ifNotExists?: boolean
  readonly dryRun?: boolean
}

export interface TopicListOptions extends ClusterOptions {
  readonly internal?: boolean
}

export interface TopicDescribeOptions extends ClusterOptions {
  readonly all?: boolean
}

export interface TopicAlterOptions extends ClusterOptions {
  readonly partitions?: number
  readonly config: readonly string[]
  readonly deleteConfig: readonly string[]
  readonly dryRun?: boolean
}

export interface TopicDeleteOptions extends ClusterOptions {
  readonly ifExists?: boolean
}

export function registerTopic(program: Command, context: Context): void {
  const topic = program
    .command('topic')
    .aliases(['topics', 't'])
    .description('create, list, describe, alter, delete topics')
  const load = () => import('../actions/topic.ts')

  withJson(withCluster(topic.command('create <name...>')))
    .description('create topics')
    .option(
      '-p, --partitions <count>',
      "number of partitions (default: the broker's num.partitions)",
      integer(1),
    )
    .option('-r, --replicas <count>', "replication factor (default: the broker's)", integer(1))
    .option('-c, --config <name=value>', 'a topic setting (repeatable)', collect, [])
    .option('--if-not-exists', 'an existing topic is no failure')
    .option('--dry-run', 'let the broker check it without creating anything')
    .action(async (names: string[], options: TopicCreateOptions) =>
      (await load()).createTopics(names, options, context),
    )

  withJson(withCluster(topic.command('list [pattern]')))
    .alias('ls')
    .description('list topics, all or those that match a regular expression')
    .option('-i, --internal', "with Kafka's internal topics")
    .action(async (pattern: string | undefined, options: TopicListOptions) =>
      (await load()).listTopics(pattern, options, context),
    )

  withJson(withCluster(topic.command('describe <name...>')))
    .description('partitions with their offsets, and the settings that differ from the defaults')
    .option('-a, --all', 'all settings, with where they come from')
    .action(async (names: string[], options: TopicDescribeOptions) =>
      (await load()).describeTopics(names, options, context),
    )

  withJson(withCluster(topic.command('alter <name...>')))
    .description('add partitions, change settings')
    .option('-p, --partitions <count>', 'new number of partitions; it can only grow', integer(1))
    .option('-c, --config <name=value>', 'set a topic setting (repeatable)', collect, [])
    .option('--delete-config <name>', 'back to the default (repeatable)', collect, [])
    .option('--dry-run', 'let the broker check it without changing anything')
    .action(async (names: string[], options: TopicAlterOptions) =>
      (await load()).alterTopics(names, options, context),
    )

  withJson(withCluster(topic.command('delete <name...>')))
    .alias('rm')
    .description('delete topics with all their data')
    .option('--if-exists', 'a missing topic is no failure')
    .action(async (names: string[], options: TopicDeleteOptions) =>
      (await load()).deleteTopics(names, options, context),
    )
}
