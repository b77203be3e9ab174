// The settings of an application's Kafka clients: sections of a file, the chosen profiles over them, the environment over those.
import {
  type ClientKind,
  clientOptionNames,
  type ClusterOptions,
  ConfigError,
  type ConsumerOptions,
  type ProducerOptions,
  readClientOption,
} from '@millrace/client'
import { nearestName } from '@millrace/runtime'
import { readDocument, type SettingsDocument } from './document.ts'
import type { Entry, Environment, Sections } from './entry.ts'
import { entriesOf, slips } from './environment.ts'
import { hasVariables, substitute } from './variables.ts'

/** How settings are read. */
export interface SettingsOptions {
  /** The profile, or profiles, whose sections count more than the others; the last one most. Default: `MILLRACE_PROFILE`, separated by commas, or none. */
  readonly profile?: string | readonly string[]
  /** Default: `process.env`. */
  readonly env?: Environment
  /** What errors call the file. Default: its path. */
  readonly file?: string
}

/**
 * Options of clients, by kind and by name: made by `loadSettings` and {@link parseSettings}. They have the names and the types of a client's options, whichever names and texts they were written
 * in, so that a program can look at them and lay its own over them: `new Producer({ ...settings.producer(), lingerMs: 0 })`.
 */
export class Settings {
  readonly #layers: readonly Sections[]
  readonly #env: Environment
  readonly #file: string

  /** @internal Use {@link parseSettings}, which checks them. */
  constructor(layers: readonly Sections[], env: Environment, file: string) {
    this.#layers = layers
    this.#env = env
    this.#file = file
  }

  /** Options for `new Producer(…)`: those of `producers.NAME` where a name is given. Throws ConfigError for variables that are missing, and the like. */
  producer<K = string | Uint8Array, V = string | Uint8Array>(name?: string): ProducerOptions<K, V> {
    return this.#options('producer', name) as unknown as ProducerOptions<K, V>
  }

  /** Options for `new Consumer(…)`: those of `consumers.NAME` where a name is given. Throws as {@link producer} does. */
  consumer<K = Buffer, V = Buffer>(name?: string): ConsumerOptions<K, V> {
    return this.#options('consumer', name) as unknown as ConsumerOptions<K, V>
  }

  /** Options for `new Admin(…)` and `new Cluster(…)`. Throws as {@link producer} does. */
  admin(): ClusterOptions {
    return this.#options('admin', undefined) as unknown as ClusterOptions
  }

  #options(kind: ClientKind, name: string | undefined): Readonly<Record<string, unknown>> {
    if (name !== undefined) this.#checkName(kind, name)
    const problems: string[] = []
    const merged = new Map<string, Entry>()
    const layers = [
      ...this.#layers.flatMap(sections => sectionsOf(sections, kind, name)),
      entriesOf(kind, this.#env),
    ]
    for (const layer of layers) mergeInto(merged, kind, layer)
    const options: Record<string, unknown> = {}
    for (const entry of merged.values()) {
      try {
        const value = entry.isLiteral ? entry.value : substitute(entry.value, this.#env)
        Object.assign(options, readClientOption(kind, entry.name, value))
      } catch (error) {
        problems.push(problemOf(entry, error))
      }
    }
    throwProblems(problems)
    return options
  }

  #checkName(kind: ClientKind, name: string): void {
    const list = kind === 'producer' ? 'producers' : 'consumers'
    const known = new Set(this.#layers.flatMap(sections => [...sections[list].keys()]))
    if (known.has(name)) return
    const near = nearestName(name, known)
    const advice = near ? `did you mean "${near}"?` : `there are ${[...known].join(', ') || 'none'}`
    throw new ConfigError(`${this.#file}: there is no "${name}" among ${list}; ${advice}`)
  }
}

/** What a client of a kind has of the sections, the most special last. */
function sectionsOf(
  sections: Sections,
  kind: ClientKind,
  name: string | undefined,
): readonly (readonly Entry[])[] {
  const own = kind === 'admin' || name === undefined ? [] : (sections[`${kind}s`].get(name) ?? [])
  return [sections.client, sections[kind], own]
}

/** Lays a section over what is there: an option may go by another name in each. */
function mergeInto(merged: Map<string, Entry>, kind: ClientKind, layer: readonly Entry[]): void {
  const names = clientOptionNames(kind)
  for (const entry of layer) {
    if (entry.value === undefined) continue
    merged.set(names.get(entry.name) ?? entry.name, entry)
  }
}

/**
 * The settings of a YAML text, under those of the environment. Throws ConfigError with the places of all that is wrong: names that there are not, values
 * that an option cannot have, an option twice in a section. Values with variables are looked at when they are used.
 */
export function parseSettings(text: string, options: SettingsOptions = {}): Settings {
  const { env = process.env, file = 'settings' } = options
  const problems: string[] = []
  const document = readDocument(text, file, problems)
  const layers = layersOf(document, { ...options, env, file }, problems)
  throwProblems(problems)
  warnOfSlips(env, [])
  return new Settings(layers, env, file)
}

/** What counts of a document, the least first, all of it checked: problems are added to `problems`. */
export function layersOf(
  { base, profiles }: SettingsDocument,
  { env, file, profile }: SettingsOptions & { readonly env: Environment; readonly file: string },
  problems: string[],
): readonly Sections[] {
  for (const sections of [base, ...profiles.values()]) checkSections(sections, problems)
  const chosen = chosenProfiles(profile ?? env['MILLRACE_PROFILE']).flatMap(name => {
    const sections = profiles.get(name)
    if (sections) return [sections]
    const near = nearestName(name, profiles.keys())
    const advice = near ? `did you mean "${near}"?` : `there are ${[...profiles.keys()].join(', ') || 'none'}`
    problems.push(`${file}: there is no profile "${name}"; ${advice}`)
    return []
  })
  return [base, ...chosen]
}

/** `more`: variables that are known beside those of clients. */
export function warnOfSlips(env: Environment, more: readonly string[]): void {
  for (const [wrong, meant] of slips(env, more))
    process.emitWarning(`the variable ${wrong} is no option; did you mean ${meant}?`, {
      code: 'MILLRACE_VARIABLE_UNKNOWN',
    })
}

function chosenProfiles(given: string | readonly string[] | undefined): readonly string[] {
  const list = typeof given === 'string' ? given.split(',') : (given ?? [])
  return list.map(name => name.trim()).filter(name => name !== '')
}

function checkSections(sections: Sections, problems: string[]): void {
  const { client, producer, consumer, admin, producers, consumers } = sections
  for (const entries of [client, admin]) checkEntries('admin', entries, problems)
  for (const entries of [producer, ...producers.values()]) checkEntries('producer', entries, problems)
  for (const entries of [consumer, ...consumers.values()]) checkEntries('consumer', entries, problems)
}

function checkEntries(kind: ClientKind, entries: readonly Entry[], problems: string[]): void {
  const names = clientOptionNames(kind)
  const before = new Map<string, Entry>()
  for (const entry of entries) {
    const option = names.get(entry.name) ?? entry.name
    const first = before.get(option)
    before.set(option, entry)
    if (first)
      problems.push(
        `${entry.place}: "${entry.name}" is the same option as "${first.name}" (${first.place}); give one of them`,
      )
    const isKnown = names.has(entry.name)
    if (isKnown && (entry.value === undefined || hasVariables(entry.value))) continue
    try {
      readClientOption(kind, entry.name, entry.value ?? '')
    } catch (error) {
      const home = isKnown ? undefined : homeOf(entry.name)
      problems.push(
        home === undefined
          ? problemOf(entry, error)
          : `${entry.place}: "${entry.name}" is an option of a ${home}: write it under "${home}"`,
      )
    }
  }
}

/** The kind of client that has an option; undefined where none has it. */
function homeOf(name: string): ClientKind | undefined {
  return (['producer', 'consumer'] as const).find(kind => clientOptionNames(kind).has(name))
}

/** The place says which client it is about. */
export function problemOf({ place }: Entry, error: unknown): string {
  return `${place}: ${(error as Error).message.replace(/^(?:Producer|Consumer|Admin): /, '')}`
}

/** All that is wrong at once: whoever mends one thing at a time starts as many times. */
export function throwProblems(problems: readonly string[]): void {
  if (problems.length === 1) throw new ConfigError(problems[0]!)
  if (problems.length > 1)
    throw new ConfigError(
      `${problems.length} things are wrong:\n${problems.map(problem => `  ${problem}`).join('\n')}`,
    )
}
