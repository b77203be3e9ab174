// What may come next on a command line: found in the grammar; topics, groups and transactional ids in the cluster.
import type { Argument, Command, Option } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import { withAdmin } from './connect.ts'
import { readContexts } from './context-file.ts'

/** Whoever presses Tab does not wait for a cluster that is away. */
const timeoutMs = 1500

/** A shell would take a name with a line break for two, and anybody may name a group. */
const controlCharacter = /\p{Cc}/u

type Kind = 'topic' | 'group' | 'transactional-id' | 'context'

/** Kinds of names by the arguments and options that take one. */
const kindsByName: Readonly<Record<string, Kind>> = {
  topic: 'topic',
  group: 'group',
  'transactional-id': 'transactional-id',
  context: 'context',
}

/** The command line so far. */
interface Place {
  readonly command: Command
  /** Arguments before the word under the cursor. */
  readonly given: readonly string[]
  /** The option whose value the word under the cursor is. */
  readonly option: Option | undefined
  /** Where the command goes, as far as it says. */
  readonly cluster: ClusterOptions
}

/** Candidates for the last of `words`, those that begin with it, sorted. Never throws. */
export async function complete(
  program: Command,
  words: readonly string[],
  context: Context,
): Promise<string[]> {
  const current = words.at(-1) ?? ''
  const place = follow(program, words.slice(0, -1))
  const candidates = await candidatesAt(place, current, context).catch(() => [])
  const fitting = candidates.filter(
    candidate => candidate.startsWith(current) && !controlCharacter.test(candidate),
  )
  return [...new Set(fitting)].sort()
}

function follow(program: Command, words: readonly string[]): Place {
  let command = program
  const given: string[] = []
  const values = new Map<string, string[]>()
  let option: Option | undefined
  for (const word of words) {
    if (option) {
      const name = option.attributeName()
      values.set(name, [...(values.get(name) ?? []), word])
      option = undefined
    } else if (word.startsWith('-') && word !== '-') {
      const [name, value] = word.split(/=(.*)/s)
      const found = optionNamed(command, program, name!)
      if (found && value !== undefined) values.set(found.attributeName(), [value])
      else if (found && (found.required || found.optional)) option = found
    } else {
      const next = given.length === 0 ? commandNamed(command, word) : undefined
      if (next) command = next
      else given.push(word)
    }
  }
  return { command, given, option, cluster: clusterOf(values) }
}

const commandNamed = (command: Command, word: string): Command | undefined =>
  command.commands.find(candidate => candidate.name() === word || candidate.aliases().includes(word))

const optionNamed = (command: Command, program: Command, word: string): Option | undefined =>
  [...command.options, ...program.options].find(({ long, short }) => long === word || short === word)

function clusterOf(values: ReadonlyMap<string, readonly string[]>): ClusterOptions {
  const brokers = values.get('brokers')?.at(-1)
  const name = values.get('context')?.at(-1)
  return {
    ...(brokers !== undefined && { brokers }),
    ...(name !== undefined && { context: name }),
    set: values.get('set') ?? [],
    timeout: timeoutMs,
  }
}

async function candidatesAt(place: Place, current: string, context: Context): Promise<readonly string[]> {
  const { command, given, option, cluster } = place
  if (option) return option.argChoices ?? namesOf(kindsByName[option.name()], cluster, context)
  if (current.startsWith('-')) {
    return [...visibleOptions(command), ...visibleOptions(rootOf(command))].flatMap(({ long }) => long ?? [])
  }
  const commands = given.length === 0 ? visibleCommands(command) : []
  const argument = argumentAt(command, given.length)
  const own = argument?.argChoices ?? (await namesOf(kindOf(argument), cluster, context))
  return [...commands, ...own.filter(name => !given.includes(name))]
}

const rootOf = (command: Command): Command => (command.parent ? rootOf(command.parent) : command)

const visibleOptions = (command: Command) => command.createHelp().visibleOptions(command)

const visibleCommands = (command: Command) =>
  command
    .createHelp()
    .visibleCommands(command)
    .map(candidate => candidate.name())

function argumentAt(command: Command, index: number): Argument | undefined {
  const { registeredArguments } = command
  const last = registeredArguments.at(-1)
  return registeredArguments[index] ?? (last?.variadic ? last : undefined)
}

const kindOf = (argument: Argument | undefined): Kind | undefined => argument && kindsByName[argument.name()]

async function namesOf(kind: Kind | undefined, cluster: ClusterOptions, context: Context): Promise<string[]> {
  switch (kind) {
    case undefined:
      return []
    case 'context':
      return [...readContexts(context.environment).contexts.keys()]
    case 'topic':
      return withAdmin(cluster, context, async admin =>
        (await admin.listTopics({ signal: context.signal }))
          .filter(({ isInternal }) => !isInternal)
          .map(({ name }) => name),
      )
    case 'group':
      return withAdmin(cluster, context, async admin =>
        (await admin.listGroups({ signal: context.signal })).map(({ groupId }) => groupId),
      )
    case 'transactional-id':
      return withAdmin(cluster, context, async admin =>
        (await admin.listTransactions({ signal: context.signal })).map(each => each.transactionalId),
      )
  }
}
