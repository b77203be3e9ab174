// The pages whose commands and programs are run, and what can be seen of them without running anything.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Snippet, snippetsOf } from './markdown.ts'
import { programOf, runs } from './run.ts'
import { stepsOf } from './transcript.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Paths in the repository, sorted. */
export function pages(): string[] {
  const patterns = ['README.md', 'CONTRIBUTING.md', 'docs/**/*.md', 'packages/*/README.md']
  // Examples of the reference stand in docstrings, each without what goes before it.
  return globSync(patterns, { cwd: root, exclude: ['docs/reference'] }).sort()
}

/** The blocks of a page. Throws with page and line for a marker that cannot be read or belongs to no block. */
export function snippetsOfPage(page: string): Snippet[] {
  return snippetsOf(page, readFileSync(join(root, page), 'utf8'))
}

/** Why a block would not be run as its page has it; undefined when it would. */
export function faultOf(snippet: Snippet): string | undefined {
  const { language, code, marker } = snippet
  if (language === 'console' && marker.skip === undefined) {
    try {
      stepsOf(code)
    } catch (error) {
      return (error as Error).message
    }
  }
  if (language === 'ts' && snippet.marker.skip === undefined) {
    const fault = faultOfProgram(programOf(snippet), marker.until !== undefined)
    if (fault !== undefined) return fault
  }
  if (runs(language) || !/^(?:\$ )?(?:npm|npx|node|millrace) /m.test(code)) return undefined
  return 'commands stand in blocks of "sh" or "console", and a marker says why one is skipped'
}

/** `stops`: it is ended by SIGTERM once its word was printed. */
function faultOfProgram(program: string, stops: boolean): string | undefined {
  if (/\bawait using\b/.test(program)) return 'Node 22 does not parse "await using": close what is opened'
  // A service that is run handles it by itself, and so does an application of Nest that is told to.
  const handles =
    program.includes('SIGTERM') ||
    program.includes('enableShutdownHooks()') ||
    /^await (?:\w+\.run\(\)|runServices\()/m.test(program)
  if (stops && !handles) {
    return '"until" stops a program by SIGTERM, which this one does not handle: one that ends by itself needs none'
  }
  return undefined
}
