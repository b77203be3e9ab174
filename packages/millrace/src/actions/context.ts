// `millrace context …`: what it does.
import { isClusterOption, parseAddress } from '@millrace/client'
import type { Context } from '../context.ts'
import type { ContextCreateOptions } from '../options/context.ts'
import { CommandError, ExitCode, UsageError } from '../output/errors.ts'
import { printJson, printRows } from '../output/terminal.ts'
import { contextNamed, contextPath, readContexts, type SavedContext, writeContexts } from './context-file.ts'
import { parseSettings } from './settings.ts'
import { readTarget, splitBrokers } from './target.ts'

interface JsonOption {
  readonly json?: boolean
}

/** What is not shown of a setting whose value lets others in. */
const secretName = /password|secret|jaas|certificate|\.(pem|key)$/i
const hidden = '(hidden)'

export async function createContext(
  name: string,
  options: ContextCreateOptions,
  { environment, terminal }: Context,
): Promise<void> {
  if (!/^[\w.-]+$/.test(name))
    throw new UsageError(`"${name}" is no name of a context`, 'use letters, digits, ".", "_" and "-"')
  const brokers = splitBrokers(options.brokers)
  if (brokers.length === 0) throw new UsageError('--brokers names no broker', 'write host:port,host:port')
  for (const broker of brokers) parseAddress(broker)
  const settings = parseSettings(options.set, '--set')
  const stranger = Object.keys(settings).find(setting => !isClusterOption(setting))
  if (stranger !== undefined)
    throw new UsageError(
      `--set ${stranger}: a context holds what every client has`,
      'give settings of producers and consumers to their commands',
    )
  const file = readContexts(environment)
  if (file.contexts.has(name) && !options.force)
    throw new CommandError(`context "${name}" exists`, ExitCode.conflict, '--force replaces it')
  const contexts = new Map(file.contexts).set(name, { brokers, settings })
  const isUsed = options.use ?? false
  writeContexts(environment, { current: isUsed ? name : file.current, contexts })
  const how = isUsed ? 'and is in use' : `; "millrace context use ${name}" uses it`
  terminal.note(`context "${name}" is saved in ${contextPath(environment)}${isUsed ? ' ' : ''}${how}`)
}

export async function useContext(
  name: string | undefined,
  { none }: { readonly none?: boolean },
  { environment, terminal }: Context,
): Promise<void> {
  const file = readContexts(environment)
  if (name === undefined && !none) throw new UsageError('name a context', 'or use none with --none')
  if (name !== undefined && none) throw new UsageError('a name and --none exclude each other')
  if (name !== undefined) contextNamed(file, name)
  writeContexts(environment, { ...file, current: name })
  terminal.note(name === undefined ? 'no context is in use' : `context "${name}" is in use`)
  const overrides = ['MILLRACE_BROKERS', 'MILLRACE_CONTEXT'].filter(variable => environment[variable])
  if (overrides.length > 0) terminal.note(`${overrides.join(' and ')} of the environment goes before it`)
}

export async function listContexts(
  { json = false }: JsonOption,
  { environment, terminal }: Context,
): Promise<void> {
  const file = readContexts(environment)
  const rows = [...file.contexts]
    .map(([name, { brokers }]) => ({ context: name, current: name === file.current, brokers }))
    .sort((a, b) => (a.context < b.context ? -1 : 1))
  if (rows.length === 0 && !json) terminal.note('no contexts are saved; "millrace context create" saves one')
  else if (json) await printJson(terminal, rows)
  else
    await printRows(
      terminal,
      rows,
      [
        { title: 'CONTEXT', value: row => row.context },
        { title: 'USED', value: row => (row.current ? 'yes' : '') },
        { title: 'BROKERS', value: row => row.brokers.join(',') },
      ],
      false,
    )
}

/** Without a name: where commands go as things are. */
export async function showContext(
  name: string | undefined,
  { json = false }: JsonOption,
  context: Context,
): Promise<void> {
  const { environment, terminal } = context
  const named =
    name === undefined ? present(context) : { name, ...contextNamed(readContexts(environment), name) }
  const settings = Object.fromEntries(
    Object.entries(named.settings).map(([setting, value]) => [
      setting,
      secretName.test(setting) ? hidden : value,
    ]),
  )
  const shown = { context: named.name ?? null, brokers: named.brokers, settings }
  if (json) {
    await printJson(terminal, shown)
    return
  }
  const lines = [
    `context   ${shown.context ?? '(none)'}`,
    `brokers   ${shown.brokers.join(',')}`,
    ...Object.entries(settings).map(([setting, value]) => `setting   ${setting}=${value}`),
  ]
  await terminal.write(`${lines.join('\n')}\n`)
}

function present(context: Context): SavedContext & { readonly name: string | undefined } {
  const { contextName, brokers, settings } = readTarget({ set: [] }, context)
  return { name: contextName, brokers, settings }
}

export async function deleteContexts(
  names: readonly string[],
  { environment, terminal }: Context,
): Promise<void> {
  const file = readContexts(environment)
  for (const name of names) contextNamed(file, name)
  const contexts = new Map([...file.contexts].filter(([name]) => !names.includes(name)))
  const isCurrent = file.current !== undefined && names.includes(file.current)
  writeContexts(environment, { current: isCurrent ? undefined : file.current, contexts })
  terminal.note(
    `deleted ${names.map(name => `"${name}"`).join(', ')}${isCurrent ? '; no context is in use' : ''}`,
  )
}
