// A reporter of tests: those that took longest, and the files, as tables when all is over.
import { relative } from 'node:path'
import { cwd } from 'node:process'

/** What is read of the events of `node:test`. */
interface TestEvent {
  readonly type: string
  readonly data: {
    readonly name?: string
    readonly nesting?: number
    readonly file?: string
    readonly details?: { readonly duration_ms?: number; readonly type?: string }
  }
}

interface Timed {
  readonly what: string
  readonly ms: number
}

const shown = 20

export async function* slowest(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const tests: Timed[] = []
  const files = new Map<string, number>()
  for await (const { type, data } of events) {
    const { name = '', nesting, file, details } = data
    if ((type !== 'test:pass' && type !== 'test:fail') || nesting !== 0 || file === undefined) continue
    const path = relative(cwd(), file)
    const ms = details?.duration_ms ?? 0
    // A file is told as a test of its own.
    if (name === file || name === path) continue
    tests.push({ what: `${path}: ${name}`, ms })
    files.set(path, (files.get(path) ?? 0) + ms)
  }
  yield table('slowest tests', tests)
  yield table(
    'slowest files, by the time of their tests',
    Array.from(files, ([what, ms]) => ({ what, ms })),
  )
}

function table(title: string, rows: readonly Timed[]): string {
  const first = rows.toSorted((a, b) => b.ms - a.ms).slice(0, shown)
  const lines = first.map(({ what, ms }) => `${(ms / 1_000).toFixed(1).padStart(7)} s  ${what}`)
  return `\n${title}\n${lines.join('\n')}\n`
}
