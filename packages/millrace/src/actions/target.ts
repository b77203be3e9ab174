// Which cluster a command talks to, out of its options, the environment and the saved contexts.
import type { ClusterOptions, Context } from '../context.ts'
import { UsageError } from '../output/errors.ts'
import { contextNamed, readContexts, type SavedContext } from './context-file.ts'
import { parseSettings } from './settings.ts'

const defaultBrokers = '127.0.0.1:9092'
const defaultTimeoutMs = 10_000

export interface Target {
  readonly brokers: readonly string[]
  /** Name of the context that says so; undefined when none does. */
  readonly contextName: string | undefined
  /** Client settings by their Kafka names: those of the context, and over them those of `-X`. */
  readonly settings: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** Whether the command line says how long to wait. */
  readonly isTimeoutGiven: boolean
}

/** Comma-separated addresses. */
export const splitBrokers = (text: string): string[] =>
  text
    .split(',')
    .map(address => address.trim())
    .filter(Boolean)

/**
 * The first of `--brokers`, `--context`, `MILLRACE_BROKERS`, `MILLRACE_CONTEXT`, the context in use, and 127.0.0.1:9092 that there is. A context counts as a
 * whole: its settings belong to its brokers, and go to others only where `--context` and `--brokers` say so together. Throws UsageError.
 */
export function readTarget(options: ClusterOptions, { environment }: Context): Target {
  const own = parseSettings(options.set, '--set')
  const timeout = {
    timeoutMs: options.timeout ?? defaultTimeoutMs,
    isTimeoutGiven: options.timeout !== undefined,
  }
  const named = chosenContext(options, environment)
  const listed = options.brokers ?? (named ? undefined : environment['MILLRACE_BROKERS'] || defaultBrokers)
  const brokers = listed === undefined ? named!.saved.brokers : splitBrokers(listed)
  if (brokers.length === 0)
    throw new UsageError(`"${listed ?? ''}" names no broker`, 'write --brokers host:port,host:port')
  const settings = { ...named?.saved.settings, ...own }
  return { brokers, contextName: named?.name, settings, ...timeout }
}

function chosenContext(
  options: ClusterOptions,
  environment: Context['environment'],
): { readonly name: string; readonly saved: SavedContext } | undefined {
  const isElsewhere = options.brokers !== undefined || Boolean(environment['MILLRACE_BROKERS'])
  if (options.context === undefined && isElsewhere) return undefined
  const file = readContexts(environment)
  const name = options.context ?? (environment['MILLRACE_CONTEXT'] || file.current)
  return name === undefined ? undefined : { name, saved: contextNamed(file, name) }
}
