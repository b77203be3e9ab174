// `millrace logs`: grammar.
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import type { LogsOptions } from '../options/logs.ts'
import { collect, integer, withCluster, withExamples, withJson } from './options.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']
const linesShown = 50

export function registerLogs(program: Command, context: Context): void {
  const option = (flags: string, description: string) =>
    new Option(flags, description).helpGroup('Which lines:')
  const logs = withJson(withCluster(program.command('logs <topic>')))
    .summary('search and follow the log lines in a topic')
    .description(
      'Show log lines that services have shipped to a topic (@millrace/pino), of all partitions by their time. The last ones, unless something else is said.',
    )
    .addOption(option('-l, --level <level>', 'of this level or worse').choices(levels))
    .addOption(option('--since <time>', 'logged at this time or later: -1h, 2026-01-31T10:00Z'))
    .addOption(option('--until <time>', 'logged before this time'))
    .addOption(option('-s, --service <name>', 'of this service (repeatable)').argParser(collect).default([]))
    .addOption(option('-c, --correlation <id>', 'about this piece of work'))
    .addOption(option('-g, --grep <regex>', 'in which this regular expression is found'))
    .addOption(option('-i, --ignore-case', 'with --grep: whatever the case of letters'))
    .addOption(new Option('-n, --count <number>', 'lines at most').argParser(integer(0)).default(linesShown))
    .option('--oldest', 'the first lines that fit in place of the last ones')
    .addOption(new Option('-f, --follow', 'go on with lines as they come, until Ctrl-C').conflicts('oldest'))
    .action(async (topic: string, options: LogsOptions) =>
      (await import('../actions/logs.ts')).showLogs(topic, options, context),
    )
  withExamples(
    logs,
    'millrace logs logs --level warn --since -1h',
    'millrace logs logs --follow --service billing',
    'millrace logs logs --correlation 0d5f3c1e --oldest --json',
  )
}
