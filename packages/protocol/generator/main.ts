// Makes src/generated from definitions/*/*.kmsg. With --check nothing is written, and stale files end the run with an error.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DefinitionError } from './definition-error.ts'
import { emitApis, emitApiVersions, emitArea } from './emit-file.ts'
import { loadAreas } from './load.ts'

const target = new URL('../src/generated/', import.meta.url)

/** File name → text, of everything that should stand in src/generated. */
export function generate(): Map<string, string> {
  const areas = loadAreas()
  const files = new Map(areas.map(area => [`${area.name}.ts`, emitArea(area)]))
  files.set('apis.ts', emitApis(areas))
  files.set('api-versions.ts', emitApiVersions(areas))
  return files
}

function main(check: boolean): number {
  const files = generate()
  const standing = new Set(readdirSync(target))
  const stale: string[] = []
  for (const [name, text] of files) {
    if (standing.has(name) && readFileSync(new URL(name, target), 'utf8') === text) continue
    stale.push(name)
    if (!check) writeFileSync(new URL(name, target), text)
  }
  for (const name of standing) {
    if (files.has(name)) continue
    stale.push(name)
    if (!check) rmSync(new URL(name, target))
  }
  if (!check) console.log(`${files.size} files, ${stale.length} changed`)
  else if (stale.length > 0) console.error(`stale: ${stale.join(', ')}: run \`npm run generate\``)
  return check && stale.length > 0 ? 1 : 0
}

if (import.meta.main) {
  try {
    process.exitCode = main(process.argv.includes('--check'))
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
