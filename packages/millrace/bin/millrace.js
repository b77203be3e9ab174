#!/usr/bin/env node
// The `millrace` command: checks the Node it runs on, then hands over to the command line.
import module from 'node:module'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `millrace: Node ${process.versions.node} is too old; it needs 22.18 or newer (in a checkout, "npm start" and "npx millrace" use the pinned one)`,
  )
  process.exit(2)
}

module.enableCompileCache?.()
const source = new URL('../src/main.ts', import.meta.url)
// Not imported: with the streams of files that come along, a start is 2 ms longer.
if (process.getBuiltinModule('node:fs').existsSync(source)) {
  if (major < 24) {
    console.error(
      `millrace: a checkout runs on Node 24, not on ${process.versions.node}: its sources are not built. "npm start" and "npx millrace" use the pinned one`,
    )
    process.exit(2)
  }
  // In a checkout the packages resolve to their sources even when Node was not started with the condition that says so.
  const condition = '@millrace/source'
  const given = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ')
  resolveFast('/src/', '.ts', 'module-typescript', given.includes(condition) ? [] : [condition])
  await import(source.href)
} else {
  resolveFast('/dist/', '.js', 'module', [])
  await import('../dist/main.js')
}

/**
 * Within our packages a relative import says where it leads, and a package sees one door of another. Node would look for links and
 * package.json files at each import: it takes a third of the start and 10 MB. What other packages import, and how, is none of this.
 */
function resolveFast(folder, extension, format, conditions) {
  // Bun has no hooks, and needs none.
  if (typeof module.registerHooks !== 'function') return
  const doors = new Map()
  module.registerHooks({
    resolve(specifier, context, next) {
      const parent = context.parentURL ?? ''
      const end = parent.lastIndexOf(folder)
      const ours =
        end > 0 && /\/(packages|@millrace)\/[a-z]+$|\/node_modules\/millrace$/.test(parent.slice(0, end))
      if (ours && specifier.startsWith('.') && specifier.endsWith(extension)) {
        return { url: sibling(parent, specifier), format, shortCircuit: true }
      }
      const key = ours && specifier.startsWith('@millrace/') && `${parent.slice(0, end)} ${specifier}`
      const known = key && doors.get(key)
      if (known) return known
      const resolved = next(specifier, { ...context, conditions: [...context.conditions, ...conditions] })
      if (key) doors.set(key, { ...resolved, shortCircuit: true })
      return resolved
    },
  })
}

/** Where a relative import leads. `new URL` says the same in ten times the time. */
function sibling(parent, specifier) {
  let folder = parent.lastIndexOf('/')
  let at = specifier.startsWith('./') ? 2 : 0
  for (; specifier.startsWith('../', at); at += 3) folder = parent.lastIndexOf('/', folder - 1)
  return parent.slice(0, folder + 1) + specifier.slice(at)
}
