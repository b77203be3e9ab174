// `millrace group …`: grammar.
import { type Command, Option } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import { pointHelp } from '../format/offset-range.ts'
import type {
  GroupListOptions,
  GroupDescribeOptions,
  GroupLagOptions,
  GroupResetOptions,
  GroupDeleteOffsetsOptions,
} from '../options/group.ts'
import { missing } from './grammar.ts'
import { collect, duration, integer, withCluster, withExamples, withJson } from './options.ts'

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
      (await import('../actions/group-describe.ts')).describeGroups(groups, options, context),
    )
  withExamples(describe, 'millrace group describe billing', 'millrace group describe billing --members')

  registerLag(group, context)
  registerReset(group, context)

  const remove = withJson(withCluster(group.command('delete <group...>')))
    .alias('rm')
    .summary('delete groups that have no members')
    .description('Delete groups that have no members, with their offsets.')
    .action(async (groups: string[], options: ClusterOptions) =>
      (await load()).deleteGroups(groups, options, context),
    )
  withExamples(remove, 'millrace group delete billing reports')
  registerDeleteOffsets(group, context)
}

function registerLag(group: Command, context: Context): void {
  const lag = withJson(withCluster(group.command('lag [group...]')))
    .summary('watch groups for a moment, and say how they are')
    .description(
      'Look at groups ten times, and say how each does: OK, WARN (falls behind), ERR (STOP: nobody commits, STALL: commits do not get on, REWIND: set back). Ends with 1 where one is in error.',
    )
    .addOption(new Option('--for <duration>', 'how long to watch').argParser(duration).default(10_000, '10s'))
    .addOption(
      new Option('--allowed <number>', 'records that may be left to read').argParser(integer(0)).default(0),
    )
    .option('-a, --all', 'show partitions in which nothing is left to read, too')
    .action(async (groups: string[], options: GroupLagOptions) =>
      (await import('../actions/group-lag.ts')).showGroupLag(groups, options, context),
    )
  withExamples(lag, 'millrace group lag billing', 'millrace group lag --for 1m --json')
}

function registerReset(group: Command, context: Context): void {
  const reset = withJson(withCluster(group.command('reset [group...]')))
    .summary('move committed offsets')
    .description(
      'Move the committed offsets of groups without members. Shows the change; --execute makes it.',
    )
    .option('--to <point>', 'where to, see below')
    .addOption(
      new Option('--from-file <path>', 'offsets of a file, see below; - is the input').conflicts('to'),
    )
    .option('--all-groups', 'of all groups, each in what it committed')
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
  ${pointHelp}
  shift:N, shift:-N (from what is committed)
  current (what is committed, else the end)

Files:
  lines of topic,partition,offset or group,topic,partition,offset,
  or what "group reset --json" and "group describe --json" print`,
    )
    .action(async (ids: string[], options: GroupResetOptions, command: Command) => {
      checkReset(ids, options, command)
      await (await import('../actions/group-reset.ts')).resetGroups(ids, options, context)
    })
  withExamples(
    reset,
    'millrace group reset billing --to start --execute',
    'millrace group reset billing --to @-1h -t orders:0,1',
    'millrace group reset --all-groups --to current --json > offsets.json',
    'millrace group reset --from-file offsets.json --execute',
  )
}

/** Says what a reset lacks, with its help. */
function checkReset(ids: readonly string[], options: GroupResetOptions, command: Command): void {
  const { to, fromFile, allGroups } = options
  if (to === undefined && fromFile === undefined)
    missing(command, 'missing --to, which says where to (or --from-file, which names a file that does)')
  if (ids.length === 0 && !allGroups && fromFile === undefined)
    missing(command, "missing required argument 'group' (or --all-groups)")
  if (allGroups && (ids.length > 0 || fromFile !== undefined))
    missing(command, '--all-groups excludes naming groups, on the command line or in a file')
}

function registerDeleteOffsets(group: Command, context: Context): void {
  const command = withJson(withCluster(group.command('delete-offsets <group>')))
    .summary('forget what a group committed in topics')
    .description('Delete the committed offsets of a group in topics that it does not consume at present.')
    .addOption(
      new Option('-t, --topic <name[:partitions]>', 'this topic, or topic:0,1,2 (repeatable)')
        .argParser(collect)
        .default([]),
    )
    .action(async (id: string, options: GroupDeleteOffsetsOptions, own: Command) => {
      if (options.topic.length === 0) missing(own, 'missing --topic, which says of what')
      await (await import('../actions/group.ts')).deleteGroupOffsets(id, options, context)
    })
  withExamples(
    command,
    'millrace group delete-offsets billing -t old-orders',
    'millrace group delete-offsets billing -t orders:3',
  )
}
