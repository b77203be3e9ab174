// `millrace version`: what runs here.
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { printJson } from '../output/terminal.ts'
import { version } from '../version.ts'
import { withExamples, withJson } from './options.ts'

export function registerVersion(program: Command, { terminal }: Context): void {
  const command = withJson(program.command('version'))
    .summary('print the versions of Millrace and Node')
    .description('Print the versions of Millrace and of the Node that runs it.')
    .action(async ({ json }: { json?: boolean }) => {
      const shown = {
        millrace: version(),
        node: process.versions.node,
        platform: `${process.platform}-${process.arch}`,
      }
      if (json) await printJson(terminal, shown)
      else await terminal.write(`millrace ${shown.millrace} (Node ${shown.node}, ${shown.platform})\n`)
    })
  withExamples(command, 'millrace version', 'millrace version --json')
}
