// How help texts look: own options first, defaults in few words, lists of commands without noise.
import type { Argument, Command, Help, Option } from 'commander'

/** "(default: …, env: …)" with what helps a reader: no empty lists, no quotes. */
function optionDescription(option: Option): string {
  const notes: string[] = []
  if (option.argChoices) notes.push(option.argChoices.join(', '))
  const { defaultValue, defaultValueDescription: described } = option
  const isEmpty = defaultValue === undefined || (Array.isArray(defaultValue) && described === undefined)
  if (!isEmpty && typeof defaultValue !== 'boolean')
    notes.push(`default: ${described ?? String(defaultValue)}`)
  if (option.envVar !== undefined) notes.push(`env: ${option.envVar}`)
  return [option.description, notes.length === 0 ? '' : `(${notes.join('; ')})`].filter(Boolean).join(' ')
}

function subcommandTerm(command: Command): string {
  const [alias] = command.aliases()
  const name = alias === undefined ? command.name() : `${command.name()}, ${alias}`
  const args = command.registeredArguments.map((argument: Argument) => {
    const shown = `${argument.name()}${argument.variadic ? '...' : ''}`
    return argument.required ? `<${shown}>` : `[${shown}]`
  })
  return [name, ...args].join(' ')
}

/** What commands have in common comes last, whichever was declared first. */
const lastGroups = ['Connection:', 'TLS and login:']

/** `Options:` first, then groups of the command's own, then how to reach the cluster. */
function groupItems<T extends Command | Option>(
  this: Help,
  unsorted: T[],
  visible: T[],
  getGroup: (item: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  const own = unsorted.map(getGroup).filter(title => !lastGroups.includes(title))
  for (const title of ['Options:', ...own, ...lastGroups]) groups.set(title, [])
  for (const item of visible) {
    const title = getGroup(item)
    groups.set(title, [...(groups.get(title) ?? []), item])
  }
  for (const [title, items] of groups) if (items.length === 0) groups.delete(title)
  return groups
}

/** Descriptions are folded down to so few columns; commander's 40 leave them running over the edge of a narrow terminal. */
const minWidthToWrap = 20

export const helpConfiguration = { optionDescription, subcommandTerm, groupItems, minWidthToWrap }
