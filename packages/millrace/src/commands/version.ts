// `millrace version`: what runs here.
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { withExamples, withJson } from './options.ts'

export function registerVersion(program: Command, context: Context): void {
  const command = withJson(program.command('version'))
    .summary('print the versions of Millrace and Node')
    .description('Print the versions of Millrace and of the Node that runs it.')
    .action(async (options: { json?: boolean }) =>
      (await import('../actions/version.ts')).printVersion(options, context),
    )
  withExamples(command, 'millrace version', 'millrace version --json')
}
