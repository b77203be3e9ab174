// The API reference from docstrings: writes `docs/reference`, or with `--check` says whether it is fresh and whole, and its examples hold their types.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../tidy/sources.ts'
import { exampleErrors } from './examples.ts'
import { readReference } from './reference.ts'

const folder = join(fileURLToPath(root), 'docs/reference')

function writtenFiles(): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.md'))
    .map(path => path.replaceAll('\\', '/'))
}

const { holes, files, exports } = readReference()
for (const hole of holes) console.error(hole)
if (process.argv.includes('--check')) {
  const stale = [...files].filter(([path, text]) => {
    const at = join(folder, path)
    return !existsSync(at) || readFileSync(at, 'utf8') !== text
  })
  const left = writtenFiles().filter(path => !files.has(path))
  for (const path of [...stale.map(([name]) => name), ...left])
    console.error(`docs/reference/${path} is not what the docstrings say: npm run reference`)
  const errors = exampleErrors(exports)
  if (errors !== undefined) console.error(errors)
  if (errors !== undefined || holes.length + stale.length + left.length > 0) process.exitCode = 1
} else {
  rmSync(folder, { recursive: true, force: true })
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  console.log(`docs/reference: ${files.size} pages, ${holes.length} holes`)
  if (holes.length > 0) process.exitCode = 1
}
