// `millrace group …`: grammar.
import type { Command } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import { collect, withCluster, withJson } from './options.ts'

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
    .aliases(['groups', 'g'])
    .description('consumer groups: list, describe with lag, reset offsets, delete')
  const load = () => import('../actions/group.ts')

  withJson(withCluster(group.command('list')))
    .alias('ls')
    .description('list groups')
    .option('-s, --state <state>', 'only groups in this state: Stable, Empty, … (repeatable)', collect, [])
    .action(async (options: GroupListOptions) => (await load()).listGroups(options, context))

  withJson(withCluster(group.command('describe <group...>')))
    .description('offsets and lag of each partition')
    .option('-m, --members', 'the members and what they are assigned')
    .action(async (groups: string[], options: GroupDescribeOptions) =>
      (await load()).describeGroups(groups, options, context),
    )

  withJson(withCluster(group.command('reset <group>')))
    .description(
      'move the committed offsets of a group without members; shows the change unless --execute is given',
    )
    .requiredOption(
      '--to <point>',
      'start, end, an offset, +N or -N (from start, from end), @TIME, shift:N (from what is committed)',
    )
    .option(
      '-t, --topic <name[:partitions]>',
      'only this topic, or topic:0,1,2 (repeatable; default: all that the group committed)',
      collect,
      [],
    )
    .option('--execute', 'do it')
    .action(async (id: string, options: GroupResetOptions) => (await load()).resetGroup(id, options, context))

  withJson(withCluster(group.command('delete <group...>')))
    .alias('rm')
    .description('delete groups that have no members')
    .action(async (groups: string[], options: ClusterOptions) =>
      (await load()).deleteGroups(groups, options, context),
    )
}
