// `millrace consume`: grammar.
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { int32Max } from '../format/limits.ts'
import { offsetHelp } from '../format/offset-range.ts'
import { logPatternHelp, patternHelp } from '../format/pattern.ts'
import type { ConsumeOptions } from '../options/consume.ts'
import { collectIntegers, integer, withCluster, withExamples, withJson } from './options.ts'

export function registerConsume(program: Command, context: Context): void {
  const command = withJson(withCluster(program.command('consume <topic...>')))
    .summary('print records')
    .description('Print records, from the end of the topics on or from where --offset says.')
    .option('-o, --offset <range>', 'where to start and stop, see below (default: end; with --group: start)')
    .addOption(
      new Option('-p, --partition <number>', 'only this partition (repeatable)')
        .argParser(collectIntegers(0, int32Max))
        .default([], 'all'),
    )
    .option('-g, --group <id>', 'as a member of this group, committing what was printed')
    .option('-n, --count <records>', 'stop after so many records', integer(1))
    .option('-e, --exit', 'stop at the end instead of waiting for more')
    .option('-f, --format <format>', 'how to print a record, see below (default: "%v\\n")')
    .option('-Z, --null <text>', 'how keys and values that are null print (default: as nothing)')
    .option('--grep <expression>', 'only records whose key or value matches a regular expression')
    .option('--regex', 'the topics are regular expressions')
    .addOption(
      new Option('--isolation <level>', 'whether to show records of transactions before they are committed')
        .choices(['read_committed', 'read_uncommitted'])
        .default('read_committed'),
    )
    .addHelpText(
      'after',
      `\nWithout an end (--exit, FROM:TO) it waits for brokers that are away, too,\nas long as it takes unless a --timeout is given.\n\nOffsets:\n${offsetHelp.replaceAll(/^/gm, '  ')}\n\nFormats:\n${patternHelp}\n${logPatternHelp}`,
    )
    .action(async (topics: string[], options: ConsumeOptions) =>
      (await import('../actions/consume.ts')).consume(topics, options, context),
    )
  withExamples(
    command,
    'millrace consume orders -o start -e            all there is',
    'millrace consume orders -o @-1h -f "%p:%o %k=%v\\n"',
    'millrace consume orders -g billing --json | jq .value',
  )
}
