// A command of the grammar: commander's, with our way to say what is wrong with a command line.
import { type AddHelpTextContext, type AddHelpTextPosition, Command, type ErrorOptions } from 'commander'
import { fold } from '../output/fold.ts'

/** Commander's codes for something that the command line lacks. */
const missingCodes = new Set([
  'commander.missingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.conflictingOption',
])

/** Options of Kafka's own tools and of kcat, with what they are called here. */
const foreignOptions: Readonly<Record<string, string>> = {
  'bootstrap-server': 'brokers',
  'bootstrap-servers': 'brokers',
  'broker-list': 'brokers',
  'replication-factor': 'replicas',
  'from-beginning': 'offset',
  'max-messages': 'count',
  'to-earliest': 'to',
  'to-latest': 'to',
  'to-offset': 'to',
  'to-datetime': 'to',
}

/** The names from the program to the command: `millrace group reset`. */
export function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}

export class GrammarCommand extends Command {
  override createCommand(name?: string): Command {
    return new GrammarCommand(name)
  }

  /** Text is folded to the width of the terminal, as commander does with what it writes itself; what a function returns stays as it is. */
  override addHelpText(
    position: AddHelpTextPosition,
    text: string | ((context: AddHelpTextContext) => string),
  ): this {
    if (typeof text === 'function') return super.addHelpText(position, text)
    return super.addHelpText(position, ({ error }) => {
      const output = this.configureOutput()
      return fold(text, error ? output.getErrHelpWidth?.() : output.getOutHelpWidth?.())
    })
  }

  /** What is wrong stays in sight: how the command is used fits a line, and the rest is where `--help` tells it. */
  override error(message: string, options?: ErrorOptions): never {
    const { code = '' } = options ?? {}
    const help = `("${pathOf(this)} --help" tells what there is)`
    this.showHelpAfterError(missingCodes.has(code) ? `Usage: ${pathOf(this)} ${this.usage()}\n${help}` : help)
    const said = message.replace(/^error: command-argument value /, 'error: ')
    return super.error(`${said}${this.#advice(code, said)}`, options)
  }

  /** What was meant by a command line that commander can make nothing of. */
  #advice(code: string, message: string): string {
    const names = this.options.map(option => option.long?.slice(2) ?? '')
    if (code === 'commander.excessArguments')
      return names.includes('topic') ? '\nTopics are named with --topic.' : ''
    if (code !== 'commander.unknownOption' || message.includes('Did you mean')) return ''
    const given = /'--([^'=]+)/.exec(message)?.[1] ?? ''
    const foreign = foreignOptions[given]
    const meant =
      foreign !== undefined && names.includes(foreign)
        ? foreign
        : names.find(name => name.split('-').includes(given))
    return meant === undefined ? '' : `\n(Did you mean --${meant}?)`
  }
}

/** Says what the command line lacks, and ends the command. */
export function missing(command: Command, what: string): never {
  return command.error(`error: ${what}`, { code: 'commander.missingArgument', exitCode: 2 })
}
