// Records as `kcat -J` prints them (json.c): read as if `consume --json` had written them.
import type { InputRecord } from './input-record.ts'
import { Fields, textBytes } from './json-fields.ts'
import { elementsOf, kindOf, membersOf } from './json-text.ts'
import { int32Max } from './limits.ts'

const fieldNames = ['topic', 'partition', 'offset', 'tstype', 'ts', 'broker', 'headers', 'key', 'payload']

/** Whether a line of valid JSON has kcat's name for a value, and not ours. */
export function isKcatLine(text: string): boolean {
  // Most lines do not have the word at all.
  if (!text.includes('"payload"') || kindOf(text) !== 'object') return false
  const names = membersOf(text).map(({ name }) => name)
  return names.includes('payload') && !names.includes('value') && !names.includes('valueBase64')
}

/** Reads a line that `isKcatLine` knows. Throws UsageError that starts with `where`. */
export function fromKcatLine(text: string, where: string): InputRecord {
  const fields = new Fields(text, fieldNames, where)
  const topic = fields.string('topic')
  const partition = fields.integer('partition', int32Max)
  const timestamp = fields.integer('ts', Number.MAX_SAFE_INTEGER)
  return {
    ...(topic !== undefined && { topic }),
    ...(partition !== undefined && { partition }),
    ...(timestamp !== undefined && { timestamp }),
    key: fields.bytes('key') ?? null,
    value: fields.bytes('payload') ?? null,
    headers: takeHeaders(fields),
  }
}

/** Names and values one after the other in one list. */
function takeHeaders(fields: Fields): InputRecord['headers'] {
  const text = fields.text('headers')
  if (text === undefined || text === 'null') return []
  const elements = kindOf(text) === 'array' ? elementsOf(text) : undefined
  if (elements === undefined || elements.length % 2 !== 0)
    throw fields.wrong('"headers" is no list of names, each with its value behind it')
  return Array.from({ length: elements.length / 2 }, (_, index) => {
    const name = elements[index * 2]!
    if (kindOf(name) !== 'string') throw fields.wrong(`the name of headers[${index * 2}] is not a string`)
    return { key: (textBytes(name) ?? '').toString(), value: textBytes(elements[index * 2 + 1]!) }
  })
}
