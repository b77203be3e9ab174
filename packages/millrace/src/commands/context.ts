// `millrace context …`: grammar.
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import type { ContextCreateOptions } from '../options/context.ts'
import { collect, withExamples, withJson, withLogin } from './options.ts'

type Load = () => Promise<typeof import('../actions/context.ts')>

export function registerContext(program: Command, context: Context): void {
  const group = program
    .command('context')
    .helpCommand(false)
    .alias('ctx')
    .summary('save clusters by name and choose one')
    .description(
      'Contexts: clusters by name, kept in a file of yours. Commands go to the one in use unless --brokers, --context, MILLRACE_BROKERS or MILLRACE_CONTEXT says otherwise.',
    )
    .addHelpText(
      'after',
      `
The file:
  MILLRACE_CONFIG, else millrace/contexts.json in XDG_CONFIG_HOME or ~/.config`,
    )
  withExamples(
    group,
    'millrace context create prod -b kafka-1:9092,kafka-2:9092',
    'millrace context use prod',
  )
  const load: Load = () => import('../actions/context.ts')

  registerCreate(group, load, context)

  const use = group
    .command('use [context]')
    .summary('choose the one that commands go to')
    .description('Choose the context that commands go to.')
    .option('--none', 'choose none')
    .action(async (name: string | undefined, options: { none?: boolean }) =>
      (await load()).useContext(name, options, context),
    )
  withExamples(use, 'millrace context use prod', 'millrace context use --none')

  const list = withJson(group.command('list'))
    .alias('ls')
    .summary('list what is saved')
    .description('List the contexts that are saved.')
    .action(async (options: { json?: boolean }) => (await load()).listContexts(options, context))
  withExamples(list, 'millrace context list')

  const show = withJson(group.command('show [context]'))
    .summary('show one, or where commands go as things are')
    .description('Show a context; without a name, where commands go as things are.')
    .action(async (name: string | undefined, options: { json?: boolean }) =>
      (await load()).showContext(name, options, context),
    )
  withExamples(show, 'millrace context show', 'millrace context show prod --json')

  const remove = group
    .command('delete <context...>')
    .alias('rm')
    .summary('forget contexts')
    .description('Forget contexts. Their clusters are left alone.')
    .action(async (names: string[]) => (await load()).deleteContexts(names, context))
  withExamples(remove, 'millrace context delete old')
}

function registerCreate(group: Command, load: Load, context: Context): void {
  const create = withLogin(group.command('create <name>'))
    .summary('save a cluster under a name')
    .description('Save a cluster under a name.')
    .requiredOption('-b, --brokers <list>', 'where to connect: host:port,host:port')
    .option('-X, --set <name=value>', 'client setting by its Kafka name (repeatable)', collect, [])
    .option('--use', 'and use it from now on')
    .option('--force', 'replace one that exists')
    .action(async (name: string, options: ContextCreateOptions) =>
      (await load()).createContext(name, options, context),
    )
  withExamples(
    create,
    'millrace context create local -b 127.0.0.1:9092 --use',
    'millrace context create prod -b kafka-1:9093 --ca ca.pem --username alice',
  )
}
