// `millrace help`: the help of any command.
import type { Command } from 'commander'
import { pathOf } from './grammar.ts'
import { withExamples } from './options.ts'

export function registerHelp(program: Command): void {
  const command = program
    .command('help [command...]')
    .summary('print the help of a command')
    .description('Print the help of a command.')
    .action((names: string[], _: object, own: Command) => {
      let found = program
      for (const name of names) {
        const next = found.commands.find(
          candidate => candidate.name() === name || candidate.aliases().includes(name),
        )
        if (!next)
          own.error(`error: there is no command '${pathOf(found)} ${name}'`, {
            code: 'commander.unknownCommand',
            exitCode: 2,
          })
        found = next
      }
      found.help()
    })
  withExamples(command, 'millrace help', 'millrace help topic create')
}
