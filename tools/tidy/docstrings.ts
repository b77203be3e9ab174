// Holds the public doors to their docstrings: what an editor shows where a member, an option or a result is used.
import { readSource, type Source } from './sources.ts'

/** What users of the packages hold in their hands. */
const doors: readonly { readonly path: string; readonly names: readonly string[] }[] = [
  { path: 'packages/client/src/admin/admin.ts', names: ['Admin'] },
  {
    path: 'packages/client/src/producer/producer.ts',
    names: ['Producer', 'ProducerStatistics', 'SendOptions', 'CloseOptions'],
  },
  { path: 'packages/client/src/producer/options.ts', names: ['ProducerOptions'] },
  {
    path: 'packages/client/src/producer/record.ts',
    names: ['ProducerRecord', 'RecordMetadata', 'BatchMetadata', 'DeliveryReport'],
  },
  { path: 'packages/client/src/cluster/options.ts', names: ['ClusterOptions'] },
  { path: 'packages/client/src/consumer/consumer.ts', names: ['Consumer'] },
  { path: 'packages/client/src/consumer/options.ts', names: ['ConsumerOptions'] },
  { path: 'packages/client/src/events/event-door.ts', names: ['ClientLogger'] },
  { path: 'packages/broker/src/broker.ts', names: ['Broker'] },
  { path: 'packages/broker/src/options.ts', names: ['BrokerOptions'] },
]

/** What the operations of `Admin` take and return is in the files beside it. */
const operations = /^packages\/client\/src\/admin\/(?!admin|arguments|by-leader|every-broker)[\w-]+\.ts$/

/** Public members, and types, without a docstring, as one readable line each. */
export function docstringBreaches(paths: readonly string[]): string[] {
  const named = doors.flatMap(({ path, names }) => {
    const source = readSource(path)
    return names.flatMap(name => undocumented(source, name))
  })
  const others = paths
    .filter(path => operations.test(path))
    .map(readSource)
    .flatMap(source => exportedInterfaces(source).flatMap(name => undocumented(source, name)))
  return [...named, ...others]
}

function exportedInterfaces(source: Source): string[] {
  return Array.from(source.text.matchAll(/^export interface (\w+)/gm), match => match[1]!)
}

const member =
  /^ {2}(?:(?:static|async|readonly|override|get|set) )*\*?(?!private\b)(\w+|\[Symbol\.\w+\])\??\s*(?:[<(:=]|$)/

/** The formatter's two spaces tell the members of a declaration from what is in them. Overloads have one docstring at least: the first. */
export function undocumented(source: Source, name: string): string[] {
  const start = source.lines.findIndex(line =>
    new RegExp(`^export (?:class|interface) ${name}\\b`).test(line),
  )
  if (start < 0) return [`${source.path}: there is no ${name}`]
  const breaches: string[] = []
  if (!isDocumented(source, start)) breaches.push(`${source.path}:${start + 1}: ${name} has no docstring`)
  if (source.lines[start]!.endsWith('}')) return breaches
  let last = ''
  for (let at = start + 1; at < source.lines.length && source.lines[at] !== '}'; at++) {
    const found = member.exec(source.lines[at]!)?.[1]
    if (found === undefined) continue
    if (found !== last && !isDocumented(source, at))
      breaches.push(`${source.path}:${at + 1}: ${name}.${found} has no docstring`)
    last = found
  }
  return breaches
}

function isDocumented(source: Source, line: number): boolean {
  return source.lines[line - 1]?.trim().endsWith('*/') ?? false
}
