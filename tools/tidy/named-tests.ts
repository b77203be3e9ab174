// Tests that documents name, `[file](path/to/file.test.ts): \`name of a test\``: each is there.
import { dirname, join } from 'node:path/posix'
import { readSource, type Source } from './sources.ts'

/** A link to a file of tests, and names of tests behind it. */
const naming = /\]\(([^)\s]+\.test\.ts)\): (`[^`]+`(?:, `[^`]+`)*)/g

export interface NamedTest {
  /** Path from the root of the repository. */
  readonly path: string
  readonly name: string
}

/** The tests that a document names. */
export function namedTests({ path, text }: Source): NamedTest[] {
  return Array.from(text.matchAll(naming), ([, link, names]) =>
    Array.from(names!.matchAll(/`([^`]+)`/g), ([, name]) => ({
      path: join(dirname(path), link!),
      name: name!,
    })),
  ).flat()
}

/** Those that are not there. */
export function namedTestBreaches(document: Source, read: (path: string) => Source = readSource): string[] {
  return namedTests(document)
    .filter(({ path, name }) => !hasTest(read(path), name))
    .map(({ path, name }) => `${document.path}: ${path} has no test "${name}"`)
}

function hasTest({ text }: Source, name: string): boolean {
  return ["'", '"', '`'].some(quote =>
    new RegExp(`\\btest\\(\\s*${quote}${escaped(name)}${quote}`).test(text),
  )
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
