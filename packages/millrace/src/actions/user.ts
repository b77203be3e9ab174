// `millrace user …`: what it does.
import { type Admin, type DescribedScramUser, type ScramMechanismName, throwFirst } from '@millrace/client'
import type { ClusterOptions, Context } from '../context.ts'
import type { UserCreateOptions, UserDeleteOptions } from '../options/user.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import { printJson, printRows } from '../output/terminal.ts'
import { withAdmin } from './connect.ts'
import { reportOutcomes } from './outcomes.ts'
import { readSecret } from './secret.ts'

const mechanisms: readonly ScramMechanismName[] = ['scram-sha-256', 'scram-sha-512']

export async function createUser(name: string, options: UserCreateOptions, context: Context): Promise<void> {
  const password = await readSecret(context, {
    what: `the password of the new user "${name}"`,
    file: options.newPasswordFile,
    fileOption: '--new-password-file',
    variable: 'MILLRACE_NEW_PASSWORD',
    isNew: true,
  })
  const { iterations } = options
  const chosen = options.mechanism.length > 0 ? options.mechanism : mechanisms
  await withAdmin(options, context, async admin => {
    const before = await credentialsOf(admin, name, context)
    if (!options.replace && before.some(({ mechanism }) => chosen.includes(mechanism)))
      throw new CommandError(
        `user "${name}" exists`,
        ExitCode.conflict,
        '--replace gives it another password',
      )
    const altered = await admin.alterUserScramCredentials(
      chosen.map(mechanism => ({
        user: name,
        mechanism,
        password,
        ...(iterations !== undefined && { iterations }),
      })),
      { signal: context.signal },
    )
    throwFirst(altered)
    const result = before.length > 0 ? 'changed' : 'created'
    const rows = [{ user: name, mechanisms: chosen, result }]
    if (options.json) await printJson(context.terminal, rows)
    else await context.terminal.write(`${result} user "${name}" for ${chosen.join(' and ')}\n`)
  })
}

async function credentialsOf(
  admin: Admin,
  name: string,
  { signal }: Context,
): Promise<DescribedScramUser['credentials']> {
  const [found] = await admin.describeUserScramCredentials([name], { signal })
  return found && !found.error ? found.credentials : []
}

export async function listUsers(
  names: readonly string[],
  options: ClusterOptions,
  context: Context,
): Promise<void> {
  const { terminal, signal } = context
  await withAdmin(options, context, async admin => {
    const users = await admin.describeUserScramCredentials(names.length > 0 ? names : undefined, { signal })
    throwFirst(users)
    const rows = users.flatMap(({ user, credentials }) =>
      credentials.map(({ mechanism, iterations }) => ({ user, mechanism, iterations })),
    )
    if (options.json) {
      await printJson(terminal, rows)
      return
    }
    if (rows.length === 0) terminal.note('there are no users; "millrace user create" makes one')
    else
      await printRows(
        terminal,
        rows,
        [
          { title: 'USER', value: row => row.user },
          { title: 'MECHANISM', value: row => row.mechanism },
          { title: 'ITERATIONS', value: row => row.iterations, numeric: true },
        ],
        false,
      )
  })
}

export async function deleteUsers(
  names: readonly string[],
  options: UserDeleteOptions,
  context: Context,
): Promise<void> {
  const { signal } = context
  await withAdmin(options, context, async admin => {
    const described = await admin.describeUserScramCredentials([...new Set(names)], { signal })
    const changes = described.flatMap(({ user, credentials }) =>
      credentials
        .filter(({ mechanism }) => options.mechanism.length === 0 || options.mechanism.includes(mechanism))
        .map(({ mechanism }) => ({ user, mechanism, delete: true })),
    )
    const altered = changes.length > 0 ? await admin.alterUserScramCredentials(changes, { signal }) : []
    await reportOutcomes(
      described.map(({ user, error }) => ({
        user,
        result: changes.some(change => change.user === user) ? 'deleted' : 'has no such credential',
        error: error ?? altered.find(change => change.user === user)?.error,
      })),
      'user',
      [{ title: 'USER', value: row => row.user }],
      options,
      context,
    )
  })
}
