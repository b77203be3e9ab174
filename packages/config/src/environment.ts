// Variables that stand for single options: MILLRACE_LINGER_MS for all clients that have it, MILLRACE_PRODUCER_LINGER_MS for one kind, KAFKA_LINGER_MS by
// Kafka's name of it.
import { type ClientKind, clientOptionNames } from '@millrace/client'
import { nearestName } from '@millrace/runtime'
import type { Entry, Environment } from './entry.ts'

const kinds: readonly ClientKind[] = ['producer', 'consumer', 'admin']
/** Variables with our prefix that are no options. */
const others: readonly string[] = ['MILLRACE_PROFILE']

const snake = (name: string) =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[.-]/g, '_')
    .toUpperCase()

/** The variables that an option of a client may come from, each with the name that it has there; what is meant for one kind comes last. */
function variablesOf(kind: ClientKind): Map<string, string> {
  const variables = new Map<string, string>()
  const names = [...clientOptionNames(kind)]
  const dotted = names.filter(([name]) => name.includes('.') || name === name.toLowerCase())
  for (const [name] of dotted) variables.set(`KAFKA_${snake(name)}`, name)
  const own = new Set(names.map(([, option]) => option).filter(option => !option.includes('.')))
  for (const option of own) variables.set(`MILLRACE_${snake(option)}`, option)
  for (const option of own) variables.set(`MILLRACE_${kind.toUpperCase()}_${snake(option)}`, option)
  return variables
}

/** What the environment sets for a kind of client, the most special last. */
export function entriesOf(kind: ClientKind, env: Environment): readonly Entry[] {
  return [...variablesOf(kind)].flatMap(([variable, name]) => {
    const value = env[variable]
    return value === undefined || value === '' ? [] : [{ name, value, place: variable, isLiteral: true }]
  })
}

/**
 * Variables with one of our prefixes that are nearly an option: others may be for other programs. Each with the one that is meant. `more`: those that are known beside the clients'.
 */
export function slips(
  env: Environment,
  more: readonly string[],
): readonly (readonly [wrong: string, meant: string])[] {
  const known = new Set([...kinds.flatMap(kind => [...variablesOf(kind).keys()]), ...others, ...more])
  const prefixes = new Set(['MILLRACE_', 'KAFKA_', ...more.map(name => name.slice(0, name.indexOf('_') + 1))])
  return Object.keys(env).flatMap(variable => {
    if (!prefixes.has(variable.slice(0, variable.indexOf('_') + 1)) || known.has(variable)) return []
    const prefix = variable.slice(0, variable.indexOf('_') + 1)
    const kin = [...known].filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length))
    const near = nearestName(variable.slice(prefix.length), kin)
    return near === undefined ? [] : [[variable, `${prefix}${near}`] as const]
  })
}
