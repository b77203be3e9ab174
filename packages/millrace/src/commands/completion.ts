// `millrace completion`, and the hidden command that the scripts of it call: grammar.
import { Argument, type Command } from 'commander'
import type { Context } from '../context.ts'
import { completeCommand, type Shell, shells } from '../shells.ts'
import { withExamples } from './options.ts'

export function registerCompletion(program: Command, context: Context): void {
  const command = program
    .command('completion')
    .addArgument(new Argument('<shell>', 'whose').choices(shells))
    .summary('print a script that completes commands in a shell')
    .description(
      'Print a script that completes commands, options, topics, groups and contexts. Topics and groups are asked of the cluster that the command line goes to.',
    )
    .action(async (shell: Shell) => {
      const { completionScript } = await import('../actions/completion-script.ts')
      await context.terminal.write(completionScript(shell))
    })
  withExamples(
    command,
    'source <(millrace completion bash)        in ~/.bashrc',
    'source <(millrace completion zsh)         in ~/.zshrc',
    'millrace completion fish > ~/.config/fish/completions/millrace.fish',
  )
  program
    .command(completeCommand, { hidden: true })
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (words: string[]) => {
      const { complete } = await import('../actions/complete.ts')
      await context.terminal.write(
        (await complete(program, words, context)).map(candidate => `${candidate}\n`).join(''),
      )
    })
}
