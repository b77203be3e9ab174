// The options of all kinds of clients by name: for whoever reads settings from files or the environment.
import { clusterTable } from './config/cluster-table.ts'
import type { OptionTable } from './config/option-entry.ts'
import { optionNames, readOptions } from './config/option-table.ts'
import { ConfigError } from './errors/index.ts'
import { consumerTable } from './consumer/options.ts'
import { producerTable } from './producer/options.ts'

/** A kind of client: what its settings are for. */
export type ClientKind = 'producer' | 'consumer' | 'admin'

const kinds: Readonly<Record<ClientKind, { readonly owner: string; readonly table: OptionTable }>> = {
  producer: { owner: 'Producer', table: producerTable },
  consumer: { owner: 'Consumer', table: consumerTable },
  admin: { owner: 'Admin', table: clusterTable },
}

/**
 * All names of a client's options that can be written down, ours and Kafka's, each with the option that it stands for: `linger.ms` → `lingerMs`.
 * What only a program can give (functions, serdes) is not among them.
 */
export function clientOptionNames(kind: ClientKind): ReadonlyMap<string, string> {
  const { table } = kinds[kind]
  const names = new Map<string, string>()
  for (const [name, { name: option, convert }] of optionNames(table)) {
    const { kind: type, code } = table[option]!
    if ((type !== 'function' && !code) || convert) names.set(name, option)
  }
  return names
}

/**
 * The option that a name and a value, both as they are written down, stand for: `{ lingerMs: 5 }` of `linger.ms` and `'5'`, as a client of that kind takes it. Empty where the value means the
 * default. Throws ConfigError where such a client would: for a name that there is not, and for a value that it cannot have. Also for what only a program can give.
 */
export function readClientOption(
  kind: ClientKind,
  name: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const { owner, table } = kinds[kind]
  const option = clientOptionNames(kind).get(name)
  if (option === undefined && optionNames(table).has(name))
    throw new ConfigError(`${owner}: "${name}" can only be given by a program`)
  const read = readOptions<Readonly<Record<string, unknown>>>(owner, table, { [name]: value })
  // What a client makes of "sasl" and the like is for itself: it takes what was written.
  return option === name && table[option]!.kind === 'any' ? { [option]: value } : read
}
