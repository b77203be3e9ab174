#!/usr/bin/env node
// The `millrace` command: checks the Node it runs on, then hands over to the command line.
import { existsSync } from 'node:fs'
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
if (existsSync(source)) {
  // In a checkout the packages resolve to their sources even when Node was not started with the condition that says so.
  const condition = '@millrace/source'
  const given = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ')
  if (!given.includes(condition)) {
    module.registerHooks({
      resolve: (specifier, context, next) =>
        next(specifier, { ...context, conditions: [...context.conditions, condition] }),
    })
  }
  await import(source.href)
} else {
  await import('../dist/main.js')
}
