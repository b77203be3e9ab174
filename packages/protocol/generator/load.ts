// Loads all definition files, APIs by key first, then the rest by name, and checks what only all together can show.
import { readdirSync, readFileSync } from 'node:fs'
import { DefinitionError } from './definition-error.ts'
import { type Definition, typeName } from './model.ts'
import { parseDefinition } from './parser.ts'

const source = new URL('../definitions/', import.meta.url)
const ending = '.kmsg'

export function loadDefinitions(): Definition[] {
  const names = readdirSync(source).filter(name => name.endsWith(ending))
  const definitions = names
    .map(name => parseDefinition(name.slice(0, -ending.length), readFileSync(new URL(name, source), 'utf8')))
    .sort((a, b) => (a.api?.key ?? Infinity) - (b.api?.key ?? Infinity) || (a.name < b.name ? -1 : 1))
  checkTogether(definitions)
  return definitions
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
