// The grammar of the `millrace` command. Actions are loaded when they are called.
import { type Command, CommanderError, Option } from 'commander'
import { registerAcl } from './commands/acl.ts'
import { registerClientMetrics } from './commands/client-metrics.ts'
import { registerCluster } from './commands/cluster.ts'
import { registerCompletion } from './commands/completion.ts'
import { registerConsume } from './commands/consume.ts'
import { registerContext } from './commands/context.ts'
import { registerDlq } from './commands/dlq.ts'
import { GrammarCommand } from './commands/grammar.ts'
import { registerFeatures } from './commands/features.ts'
import { registerGroup } from './commands/group.ts'
import { registerHelp } from './commands/help.ts'
import { registerLogs } from './commands/logs.ts'
import { registerPerf } from './commands/perf.ts'
import { registerProduce } from './commands/produce.ts'
import { registerQuota } from './commands/quota.ts'
import { registerTopic } from './commands/topic.ts'
import { registerTxn } from './commands/txn.ts'
import { registerUser } from './commands/user.ts'
import { registerUp } from './commands/up.ts'
import { registerVersion } from './commands/version.ts'
import type { ClusterOptions, Context } from './context.ts'
import { ExitCode } from './output/errors.ts'
import { helpConfiguration } from './output/help.ts'
import { type ColorChoice, colorChoices, paint } from './output/style.ts'
import { OutputClosedError } from './output/terminal.ts'
import { version } from './version.ts'

const footer = `
Examples:
  millrace up                                start a broker
  echo hello | millrace produce greetings
  millrace consume greetings -o start
  millrace help topic create

Exit codes:
  0 done   1 failed   2 wrong usage or input   3 not allowed   4 not found
  5 no broker answered in time   6 conflict   130 interrupted`

/** The whole grammar. `context` is what actions run with. */
export function buildProgram(context: Context): Command {
  const program = new GrammarCommand('millrace')
    .description('Kafka for TypeScript: a durable broker, and tools for any Kafka cluster.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp(helpConfiguration)
    .configureOutput({
      // A help text that nobody reads to its end is no failure.
      writeOut: text => void context.terminal.write(text).catch(() => {}),
      writeErr: text => context.terminal.note(text.trimEnd()),
      outputError: (text, write) =>
        write(text.replace(/^error:/, paint('millrace:', 'error', context.terminal.colors.messages))),
    })
    .addOption(new Option('--color <when>', 'use colours').choices(colorChoices).default('auto'))
    .addHelpText('after', footer)
  program.hook('preAction', (_, command) => readLogin(command, context))
  program.on('option:color', (choice: ColorChoice) => context.terminal.chooseColors(choice))
  registerUp(program, context)
  registerTopic(program, context)
  registerProduce(program, context)
  registerConsume(program, context)
  registerGroup(program, context)
  registerDlq(program, context)
  registerLogs(program, context)
  registerCluster(program, context)
  registerAcl(program, context)
  registerUser(program, context)
  registerQuota(program, context)
  registerClientMetrics(program, context)
  registerTxn(program, context)
  registerFeatures(program, context)
  registerPerf(program, context)
  registerContext(program, context)
  registerCompletion(program, context)
  registerHelp(program)
  registerVersion(program, context)
  return program
}

/** Turns what a command line says of TLS and login into client settings: secrets that have to be asked for are asked for here. */
async function readLogin(command: Command, context: Context): Promise<void> {
  const options = command.opts<ClusterOptions>()
  // Only those that talk to a cluster, or save how to, have it.
  if (!command.options.some(option => option.attributeName() === 'saslMechanism')) return
  const { withLoginSettings } = await import('./actions/login-options.ts')
  const keepsPassword = command.parent?.name() === 'context'
  command.setOptionValue('set', await withLoginSettings(options, context, keepsPassword))
}

/**
 * Runs one command line by the grammar and returns its exit code: help and wrong usage are said here. Throws what the action of
 * the command throws.
 */
export async function runProgram(args: readonly string[], context: Context): Promise<ExitCode> {
  try {
    await buildProgram(context).parseAsync(args, { from: 'user' })
    return ExitCode.ok
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    const read = !(context.signal.reason instanceof OutputClosedError)
    return error.exitCode === 0 || !read ? ExitCode.ok : ExitCode.usage
  }
}
