// Loads all definition files, area by area, and checks what only all together can show.
import { readdirSync, readFileSync } from 'node:fs'
import { DefinitionError } from './definition-error.ts'
import { type Definition, typeName } from './model.ts'
import { parseDefinition } from './parser.ts'

const source = new URL('../definitions/', import.meta.url)
const ending = '.kmsg'

/** Definitions of one folder: they become one module. */
export interface Area {
  readonly name: string
  readonly definitions: readonly Definition[]
}

export function loadAreas(): Area[] {
  const folders = readdirSync(source, { withFileTypes: true }).filter(entry => entry.isDirectory())
  const areas = folders
    .map(({ name }) => ({ name, definitions: loadFolder(name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  checkTogether(areas.flatMap(area => area.definitions))
  return areas
}

/** APIs by key first, then the rest by name. */
function loadFolder(area: string): Definition[] {
  const folder = new URL(`${area}/`, source)
  return readdirSync(folder)
    .filter(name => name.endsWith(ending))
    .map(name => {
      const text = readFileSync(new URL(name, folder), 'utf8')
      return parseDefinition(`${area}/${name.slice(0, -ending.length)}`, text)
    })
    .sort((a, b) => (a.api?.key ?? Infinity) - (b.api?.key ?? Infinity) || (a.name < b.name ? -1 : 1))
}

/** API keys and exported type names are each there once. */
function checkTogether(definitions: readonly Definition[]): void {
  const keys = new Set<number>()
  const types = new Set<string>()
  for (const definition of definitions) {
    const key = definition.api?.key
    if (key !== undefined && keys.has(key))
      throw new DefinitionError(definition.name, 1, `key ${key} is taken`)
    if (key !== undefined) keys.add(key)
    for (const message of definition.messages) {
      for (const struct of [message, ...message.structs.values()]) {
        const name = typeName(message, struct.name)
        if (types.has(name)) throw new DefinitionError(definition.name, struct.line, `type ${name} is taken`)
        types.add(name)
      }
    }
  }
}
