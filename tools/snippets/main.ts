// Runs every command and program of README, docs and the packages' READMEs on each supported Node:
// `npm run snippets [-- page …]`.
import { availableParallelism } from 'node:os'
import type { Snippet } from './markdown.ts'
import { faultOf, pages, snippetsOfPage } from './pages.ts'
import { Place } from './place.ts'
import { type Reader, readers } from './reader.ts'
import { runs, runSnippet } from './run.ts'
import { typeErrors } from './types.ts'

/** For running them, once the packages are installed. */
const limitMs = 900_000

// Who ends the run ends it as any exit does, and with it the brokers and programs of the pages.
for (const [name, code] of [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(name, () => process.exit(code))

const wanted = process.argv.slice(2)
const chosen = pages().filter(page => wanted.length === 0 || wanted.some(part => page.includes(part)))
const snippets = chosen.flatMap(snippetsOfPage)
const failures: string[] = []

function fail(snippet: Snippet, where: string, wrong: string): void {
  failures.push(`${snippet.page}:${snippet.line}`)
  console.error(
    `\n✖ ${snippet.page}:${snippet.line} (${where})\n  ${wrong.trimEnd().replaceAll('\n', '\n  ')}\n`,
  )
}

for (const snippet of snippets) {
  const fault = faultOf(snippet)
  if (fault !== undefined) fail(snippet, 'not run', fault)
}

async function runPage(page: string, reader: Reader, signal: AbortSignal): Promise<void> {
  const toRun = snippets.filter(
    snippet => snippet.page === page && runs(snippet.language) && snippet.marker.skip === undefined,
  )
  if (toRun.length === 0) return
  const begin = performance.now()
  await using place = await Place.open(reader)
  for (const snippet of toRun) {
    const wrong = await runSnippet(snippet, place, signal)
    if (wrong !== undefined) fail(snippet, reader.name, wrong)
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  console.log(`${reader.name}: ${page}, ${toRun.length} snippets in ${seconds} s`)
}

const everybody = readers()
const types = typeErrors(snippets)
if (types !== undefined) {
  failures.push('types')
  console.error(`\n✖ types\n${types}`)
}
const signal = AbortSignal.timeout(limitMs)
const jobs = everybody.flatMap(reader => chosen.map(page => () => runPage(page, reader, signal)))
const worker = async () => {
  for (let job = jobs.shift(); job; job = jobs.shift()) await job()
}
await Promise.all(Array.from({ length: availableParallelism() }, worker))

const skipped = snippets.filter(({ marker }) => marker.skip !== undefined)
for (const { page, line, marker } of skipped) console.log(`skipped ${page}:${line}: ${marker.skip}`)
if (signal.aborted) failures.push(`took longer than ${limitMs / 1000} s`)
console.log(failures.length === 0 ? 'every snippet does what its page says' : `wrong: ${failures.join(', ')}`)
process.exitCode = failures.length === 0 ? 0 : 1
