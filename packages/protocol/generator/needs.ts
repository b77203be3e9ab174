// Which names an emitted file has to import, collected while its text is made.

export class Needs {
  /** Helper → module it comes from. */
  readonly #helpers = new Map<string, string>()
  readonly #types = new Map<string, string>()

  /** Notes that `name` of `module` is used, and returns it for use in the text. */
  helper(name: string, module: string): string {
    this.#helpers.set(name, module)
    return name
  }

  type(name: string, module: string): string {
    this.#types.set(name, module)
    return name
  }

  imports(): string {
    const modules = new Map<string, string[]>()
    for (const [name, module] of this.#helpers) {
      if (!modules.has(module)) modules.set(module, [])
      modules.get(module)!.push(name)
    }
    for (const [name, module] of this.#types) {
      if (this.#helpers.has(name)) continue
      if (!modules.has(module)) modules.set(module, [])
      modules.get(module)!.push(`type ${name}`)
    }
    const lines: string[] = []
    for (const module of [...modules.keys()].sort()) {
      const names = modules.get(module)!.sort((a, b) => plain(a).localeCompare(plain(b), 'en'))
      const typesOnly = names.every(name => name.startsWith('type '))
      const list = typesOnly ? names.map(plain) : names
      lines.push(`import ${typesOnly ? 'type ' : ''}{ ${list.join(', ')} } from '${module}'`)
    }
    return lines.join('\n')
  }
}

function plain(name: string): string {
  return name.replace(/^type /, '')
}
