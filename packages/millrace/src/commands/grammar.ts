// A command of the grammar: commander's, with our way to say what is wrong with a command line.
import { Command, type ErrorOptions } from 'commander'

/** Commander's codes for something that the command line lacks. */
const missingCodes = new Set([
  'commander.missingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.conflictingOption',
])

/** The names from the program to the command: `millrace group reset`. */
export function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}

export class GrammarCommand extends Command {
  override createCommand(name?: string): Command {
    return new GrammarCommand(name)
  }

  /** Who left something out does not know the command: its whole help follows. Who mistyped is told where to find it. */
  override error(message: string, options?: ErrorOptions): never {
    const isMissing = missingCodes.has(options?.code ?? '')
    this.showHelpAfterError(isMissing ? true : `("${pathOf(this)} --help" tells what there is)`)
    return super.error(message.replace(/^error: command-argument value /, 'error: '), options)
  }
}

/** Says what the command line lacks, and ends the command. */
export function missing(command: Command, what: string): never {
  return command.error(`error: ${what}`, { code: 'commander.missingArgument', exitCode: 2 })
}
