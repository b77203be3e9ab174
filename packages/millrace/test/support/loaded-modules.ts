// Loaded by a command under test before anything else: writes down which modules of this repository it loads, in their order.
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const list = process.env['LOADED_MODULES']!
const packages = new URL('../../../', import.meta.url).href
/** The broker loads its other handlers when it has nothing else to do: nobody waits for what comes from there on. */
const loadedAhead = /\/handlers\/(?!03-)\d\d-/
let over = false

registerHooks({
  load(url, context, next) {
    over ||= loadedAhead.test(url)
    if (!over && url.startsWith(packages)) appendFileSync(list, `${url.slice(packages.length)}\n`)
    return next(url, context)
  },
})
