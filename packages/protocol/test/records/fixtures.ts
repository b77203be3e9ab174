// Reads fixtures/kafka.txt: bytes that Kafka's own classes wrote, and what these classes read in them.
import { readFileSync } from 'node:fs'

export interface Fixture {
  readonly name: string
  readonly bytes: Buffer
  /** What Kafka reads, one line a batch or record; for `hashes`, one line an input. */
  readonly lines: readonly string[]
}

export const fixtures: readonly Fixture[] = parse(
  readFileSync(new URL('fixtures/kafka.txt', import.meta.url), 'utf8'),
)

export function fixture(name: string): Fixture {
  const found = fixtures.find(each => each.name === name)
  if (found === undefined) throw new Error(`no fixture "${name}"`)
  return found
}

function parse(text: string): Fixture[] {
  return text
    .split('\n> ')
    .slice(1)
    .map(part => {
      const [name, ...lines] = part.trim().split('\n')
      return {
        name: name!,
        bytes: Buffer.from(lines.filter(line => /^[0-9a-f]+$/.test(line)).join(''), 'hex'),
        lines: lines.filter(line => !/^[0-9a-f]+$/.test(line)),
      }
    })
}
