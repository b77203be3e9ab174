// Saved contexts: which cluster commands talk to, by name, in a file of the user's configuration directory.
import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { makeDirectory, nearestName } from '@millrace/runtime'
import type { Context } from '../context.ts'
import { CommandError, ExitCode, UsageError } from '../output/errors.ts'

export interface SavedContext {
  readonly brokers: readonly string[]
  /** Client settings by their Kafka names. */
  readonly settings: Readonly<Record<string, string>>
}

export interface ContextFile {
  /** The context that is in use unless another one is named. */
  readonly current: string | undefined
  readonly contexts: ReadonlyMap<string, SavedContext>
}

/** `MILLRACE_CONFIG`, else `millrace/contexts.json` where the system keeps configuration. */
export function contextPath(environment: Context['environment']): string {
  const own = environment['MILLRACE_CONFIG']
  if (own) return own
  const base =
    environment['XDG_CONFIG_HOME'] ||
    environment['APPDATA'] ||
    join(environment['HOME'] || homedir(), '.config')
  return join(base, 'millrace', 'contexts.json')
}

/** Nothing saved is no error. Throws UsageError for a file that cannot be read as contexts. */
export function readContexts(environment: Context['environment']): ContextFile {
  const path = contextPath(environment)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { current: undefined, contexts: new Map() }
    throw new UsageError(`the contexts cannot be read: ${(error as Error).message}`)
  }
  const found = parse(text)
  if (!found)
    throw new UsageError(
      `${path} does not hold contexts`,
      '{"current":"name","contexts":{"name":{"brokers":["host:port"],"settings":{}}}} is what it holds; mend or delete it',
    )
  return found
}

/** Replaces the file in one step. What it holds may be secret: nobody else can read it. */
export function writeContexts(environment: Context['environment'], file: ContextFile): void {
  const path = contextPath(environment)
  const content = { current: file.current ?? null, contexts: Object.fromEntries(file.contexts) }
  try {
    makeDirectory(dirname(path), 0o700)
    const fresh = `${path}.${randomUUID()}`
    writeFileSync(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
    renameSync(fresh, path)
  } catch (error) {
    throw new CommandError(
      `the contexts cannot be written: ${(error as Error).message}`,
      ExitCode.denied,
      'MILLRACE_CONFIG names another file for them',
    )
  }
}

/** Throws CommandError that names the nearest one for a context that there is not. */
export function contextNamed(file: ContextFile, name: string): SavedContext {
  const found = file.contexts.get(name)
  if (found) return found
  const nearest = nearestName(name, file.contexts.keys())
  throw new CommandError(
    `there is no context "${name}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
    ExitCode.notFound,
    '"millrace context list" shows those that there are, "millrace context create" makes one',
  )
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string'

/** Undefined for what is not written as `writeContexts` does. */
function parse(text: string): ContextFile | undefined {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(content) || !isObject(content['contexts'])) return undefined
  const contexts = new Map<string, SavedContext>()
  for (const [name, entry] of Object.entries(content['contexts'])) {
    if (!isObject(entry)) return undefined
    const { brokers, settings = {} } = entry
    if (!Array.isArray(brokers) || !brokers.every(isText)) return undefined
    if (!isObject(settings) || !Object.values(settings).every(isText)) return undefined
    contexts.set(name, { brokers, settings: settings as Record<string, string> })
  }
  const { current } = content
  return { current: isText(current) ? current : undefined, contexts }
}
