// Written conversations with a group lead to what is written in them.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { play } from './conversation.ts'

const folder = new URL('conversations/', import.meta.url)
/** Set to write down what happens now instead of checking it; read the difference before you commit it. */
const rewrite = process.env['MILLRACE_REWRITE'] === '1'

for (const name of readdirSync(folder).sort()) {
  test(`conversation: ${name.replace('.txt', '').replaceAll('-', ' ')}`, () => {
    const file = new URL(name, folder)
    const expected = readFileSync(file, 'utf8')
    const actual = play(expected)
    if (rewrite) writeFileSync(file, actual)
    else assert.equal(actual, expected)
  })
}
