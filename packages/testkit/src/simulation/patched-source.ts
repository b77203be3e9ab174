// Plants a bug in the text of a module that is loaded later on: for code that no method can be replaced of.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const log = import.meta.resolve('@millrace/log')

export interface Patch {
  /** Of a file of `packages/log/src` that is loaded on first use, such as those of the cleaner. */
  readonly path: string
  readonly text: string
  readonly instead: string
}

/** From now on the module has another text. Throws when it does not have this one: the list of bugs is as old as the code then. */
export function patchSource({ path, text, instead }: Patch): void {
  const url = new URL(path, log).href
  const source = readFileSync(fileURLToPath(url), 'utf8')
  if (!source.includes(text)) throw new Error(`${path} does not have the text "${text}"`)
  registerHooks({
    load(loadedUrl, context, nextLoad) {
      const loaded = nextLoad(loadedUrl, context)
      if (loadedUrl !== url) return loaded
      return { ...loaded, source: source.replaceAll(text, instead) }
    },
  })
}
