// `millrace group …`: grammar.
import { type Command, Option } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import { collect, withCluster, withExamples, withJson } from './options.ts'

export interface GroupListOptions extends ClusterOptions {
  readonly state: readonly string[]
}

export interface GroupDescribeOptions extends ClusterOptions {
  readonly members?: boolean
}

export interface GroupResetOptions extends ClusterOptions {
  readonly topic: readonly string[]
  readonly to: string
  readonly execute?: boolean
}

export function registerGroup(program: Command, context: Context): void {
  const group = program
    .command('group')
    .helpCommand(false)
    .aliases(['groups', 'g'])
    .summary('list, describe with lag, reset and delete consumer groups')
    .description('Consumer groups: how far they are, and moving them.')
  withExamples(group, 'millrace group describe billing', 'millrace group reset billing --to start')
  const load = () => import('../actions/group.ts')

  const list = withJson(withCluster(group.command('list')))
    .alias('ls')
    .summary('list groups')
    .description('List groups.')
    .addOption(
      new Option('-s, --state <state>', 'only groups in this state: Stable, Empty, … (repeatable)')
        .argParser(collect)
        .default([], 'all'),
    )
    .action(async (options: GroupListOptions) => (await load()).listGroups(options, context))
  withExamples(list, 'millrace group list', 'millrace group list -s Empty --json')

  const describe = withJson(withCluster(group.command('describe <group...>')))
    .summary('show offsets and lag of each partition')
    .description('Show what is committed of each partition, and how many records behind the end that is.')
    .option('-m, --members', 'show the members and what they are assigned instead')
    .action(async (groups: string[], options: GroupDescribeOptions) =>
      (await load()).describeGroups(groups, options, context),
    )
  withExamples(describe, 'millrace group describe billing', 'millrace group describe billing --members')

  const reset = withJson(withCluster(group.command('reset <group>')))
    .summary('move committed offsets')
    .description(
      'Move the committed offsets of a group without members. Shows the change; --execute makes it.',
    )
    .addOption(new Option('--to <point>', 'where to, see below').makeOptionMandatory())
    .addOption(
      new Option('-t, --topic <name[:partitions]>', 'only this topic, or topic:0,1,2 (repeatable)')
        .argParser(collect)
        .default([], 'all that the group committed'),
    )
    .option('--execute', 'make the change')
    .addHelpText(
      'after',
      `
Points:
  start | end | N (offset) | +N (N after the start) | -N (N before the end)
  @TIME (first record at or after: ms since the epoch, 2026-01-31T10:00Z, -1h)
  shift:N, shift:-N (from what is committed)`,
    )
    .action(async (id: string, options: GroupResetOptions) =>
      (await import('../actions/group-reset.ts')).resetGroup(id, options, context),
    )
  withExamples(
    reset,
    'millrace group reset billing --to start --execute',
    'millrace group reset billing --to @-1h -t orders:0,1',
    'millrace group reset billing --to shift:-100',
  )

  const remove = withJson(withCluster(group.command('delete <group...>')))
    .alias('rm')
    .summary('delete groups that have no members')
    .description('Delete groups that have no members, with their offsets.')
    .action(async (groups: string[], options: ClusterOptions) =>
      (await load()).deleteGroups(groups, options, context),
    )
  withExamples(remove, 'millrace group delete billing reports')
}
