// `millrace user …`: grammar.
import type { ScramMechanismName } from '@millrace/client'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import type { UserCreateOptions, UserDeleteOptions } from '../options/user.ts'
import { integer, withCluster, withExamples, withJson } from './options.ts'

// Written out: help must not load the client.
const mechanisms = ['scram-sha-256', 'scram-sha-512'] satisfies ScramMechanismName[]

const iterationsMin = 4_096
const iterationsMax = 16_384

export function registerUser(program: Command, context: Context): void {
  const user = program
    .command('user')
    .helpCommand(false)
    .alias('users')
    .summary('create, list and delete users that log in by SCRAM')
    .description('Users that log in by SCRAM. Brokers keep what they can check a password with.')
  withExamples(user, 'millrace user create alice', 'millrace user list')
  const load = () => import('../actions/user.ts')

  const create = withJson(withCluster(user.command('create <user>')))
    .summary('create a user, or give one a new password')
    .description('Create a user. The password is asked for, unless it comes from elsewhere.')
    .addOption(mechanismOption('only for this mechanism (repeatable)', 'both'))
    .option(
      '--iterations <count>',
      'hashing that each guess costs, 4096 to 16384',
      integer(iterationsMin, iterationsMax),
    )
    .option('--new-password-file <file>', 'where the password of the user is; - is the input')
    .option('--replace', 'give a user that there is another password')
    .addHelpText(
      'after',
      `
The password, from the first that there is:
  --new-password-file
  MILLRACE_NEW_PASSWORD
  a question on the terminal`,
    )
    .action(async (name: string, options: UserCreateOptions) =>
      (await load()).createUser(name, options, context),
    )
  withExamples(
    create,
    'millrace user create alice',
    'pass show kafka/bob | millrace user create bob --new-password-file -',
  )

  const list = withJson(withCluster(user.command('list [user...]')))
    .alias('ls')
    .summary('list users')
    .description('List users with their mechanisms: all, or those that are named.')
    .action(async (names: string[], options: ClusterOptions) =>
      (await load()).listUsers(names, options, context),
    )
  withExamples(list, 'millrace user list', 'millrace user list alice --json')

  const remove = withJson(withCluster(user.command('delete <user...>')))
    .alias('rm')
    .summary('delete users')
    .description('Delete users. Connections that they have open stay until they log in again.')
    .addOption(mechanismOption('only what it has for this mechanism (repeatable)', 'all'))
    .action(async (names: string[], options: UserDeleteOptions) =>
      (await load()).deleteUsers(names, options, context),
    )
  withExamples(
    remove,
    'millrace user delete alice bob',
    'millrace user delete alice --mechanism scram-sha-256',
  )
}

function mechanismOption(description: string, all: string): Option {
  return new Option('--mechanism <name>', description)
    .choices(mechanisms)
    .argParser((text: string, before: readonly string[]) => {
      const found = mechanisms.find(mechanism => mechanism === text.toLowerCase())
      if (found === undefined) throw new InvalidArgumentError(`There are ${mechanisms.join(' and ')}.`)
      return [...before, found]
    })
    .default([], all)
}
