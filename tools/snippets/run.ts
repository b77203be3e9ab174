// Runs the snippets of one page, in order, and says what of the page is not true.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileDecorators } from './decorators.ts'
import type { Snippet } from './markdown.ts'
import type { Place } from './place.ts'
import { type Outcome, runProcess } from './process.ts'
import { shows, stepsOf } from './transcript.ts'

/** Blocks in these languages run; `console` is commands with their output. */
export const runs = (language: string): boolean =>
  language === 'ts' || language === 'sh' || language === 'console'

/** Runs a snippet. Resolves with what is wrong with it, `undefined` when nothing is. */
export async function runSnippet(
  snippet: Snippet,
  place: Place,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { marker } = snippet
  const { prepare, until } = marker
  const at = { cwd: place.directory, env: place.environment, ...(signal && { signal }) }
  const shell = (script: string, stop?: string) =>
    runProcess('/bin/sh', ['-ec', place.localise(script)], {
      ...at,
      ...(stop !== undefined && { until: stop }),
    })
  if (prepare !== undefined) {
    const wrong = complaint(await shell(prepare))
    if (wrong !== undefined) return `its preparation: ${wrong}`
  }
  if (snippet.language === 'console') return runTranscript(snippet, place, shell)
  if (snippet.language === 'sh')
    return complaint(await shell(programOf(snippet), until), until, [0, 130, 143, null])
  const file = `${snippet.page.replaceAll(/\W+/g, '-')}-${snippet.line}.ts`
  writeFileSync(join(place.directory, file), place.localise(programOf(snippet)))
  const program = marker.compile ? compileDecorators(join(place.directory, file)) : file
  const outcome = await runProcess('node', [program], { ...at, ...(until !== undefined && { until }) })
  // Nest's shutdown hooks end a process by the signal that they were called for.
  return complaint(
    outcome,
    until,
    programOf(snippet).includes('enableShutdownHooks()') ? [0, 143, null] : [0],
  )
}

/** The whole program of a `ts` block, as it is run and checked. */
export function programOf({ code, marker }: Snippet): string {
  return [marker.before, code, marker.after].filter(part => part !== undefined).join('\n')
}

/** A command may fail when the page shows what it prints then. */
async function runTranscript(
  snippet: Snippet,
  place: Place,
  shell: (script: string) => Promise<Outcome>,
): Promise<string | undefined> {
  for (const { command, expected } of stepsOf(snippet.code)) {
    const outcome = await shell(`exec 2>&1\n${command}`)
    if (outcome.killed !== undefined || (expected.length === 0 && outcome.code !== 0)) {
      return `$ ${command}\n${complaint(outcome) ?? ''}`
    }
    const wanted = expected.map(line => place.localise(line))
    if (shows(wanted, outcome.output)) continue
    return `$ ${command}\nthe page shows\n${wanted.join('\n')}\nand it prints\n${outcome.output}`
  }
  return undefined
}

/** `endings`: exit codes that are well; a shell that is stopped with its programs has none of its own. */
function complaint(
  { code, output, killed }: Outcome,
  until?: string,
  endings: readonly (number | null)[] = [0],
): string | undefined {
  if (killed !== undefined) return `${killed}; it printed\n${output}`
  if (until !== undefined && !output.includes(until)) {
    return `it ended with ${code} and never printed "${until}", but\n${output}`
  }
  if (code === 0 || (until !== undefined && endings.includes(code))) return undefined
  return `it ended with ${code} and printed\n${output}`
}
