// `millrace consume`: grammar.
import type { Command } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import { offsetHelp } from '../format/offset-range.ts'
import { patternHelp } from '../format/pattern.ts'
import { collect, integer, withCluster, withJson } from './options.ts'

export interface ConsumeOptions extends ClusterOptions {
  readonly offset?: string
  readonly partition: readonly string[]
  readonly group?: string
  readonly count?: number
  readonly exit?: boolean
  readonly format?: string
  readonly regex?: boolean
  readonly grep?: string
  readonly isolation: string
}

export function registerConsume(program: Command, context: Context): void {
  withJson(withCluster(program.command('consume <topic...>')))
    .description('print records as they come')
    .option(
      '-o, --offset <range>',
      'where to start and stop (default: end; with --group: its committed offsets, else start)',
    )
    .option('-p, --partition <number>', 'only this partition (repeatable)', collect, [])
    .option('-g, --group <id>', 'as a member of this consumer group, committing what was printed')
    .option('-n, --count <records>', 'stop after so many records', integer(1))
    .option('-e, --exit', 'stop at the end instead of waiting for more')
    .option('-f, --format <format>', 'how to print a record (default: "%v\\n")')
    .option('--regex', 'the topics are regular expressions')
    .option('--grep <expression>', 'only records whose key or value matches this regular expression')
    .option('--isolation <level>', 'read_committed or read_uncommitted', 'read_committed')
    .addHelpText('after', `\nOffsets:\n${offsetHelp.replaceAll(/^/gm, '  ')}\n\nFormats:\n${patternHelp}`)
    .action(async (topics: string[], options: ConsumeOptions) =>
      (await import('../actions/consume.ts')).consume(topics, options, context),
    )
}
