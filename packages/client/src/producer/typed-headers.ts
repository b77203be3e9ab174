// The headers that a topic declares on their way out: an object whose values their serdes write, or a list of bytes and text as it is.
import { nearestName } from '@millrace/runtime'
import type { RecordHeaderInit } from '@millrace/protocol'
import { show } from '../config/show.ts'
import { SerializationError, StateError } from '../errors/index.ts'
import type { DeclaredHeader, WritablePart } from '../serde/part.ts'
import { isThenable } from '../serde/thenable.ts'
import { type AnyTopic, Topic } from '../topic/topic.ts'
import type { HeaderCollector } from './outgoing-headers.ts'
import { type Bytes, serialize } from './prepare-record.ts'
import { type AnyRecord, headerList, type HeadersInput } from './record.ts'

/** Where a record that hooks have seen has the headers that serdes are still to write: hooks have a list of bytes and text. */
export const typedHeaders = Symbol('typed headers')

/** A record whose headers with types stand beside its list of others. */
export interface Divided {
  readonly [typedHeaders]?: Readonly<Record<string, unknown>>
}

type Declared = DeclaredHeader<WritablePart>

const noHeaders: readonly RecordHeaderInit[] = []

/** The headers of a record that their serdes are to write; undefined where all of its headers are bytes and text. Throws StateError for names that are not declared. */
export function typedHeadersOf(record: AnyRecord & Divided): Readonly<Record<string, unknown>> | undefined {
  const divided = record[typedHeaders]
  if (divided) return divided
  const { topic, headers = {} } = record
  const declared = declaredOf(topic)
  if (declared.length === 0 || Array.isArray(headers) || headers === null) return undefined
  checkNames(declared, topic as AnyTopic, headers)
  return headers as Readonly<Record<string, unknown>>
}

/** Those that are written as they are. Throws StateError for what is neither a list nor an object. */
export function plainHeadersOf(
  record: AnyRecord & Divided,
  typed: Readonly<Record<string, unknown>> | undefined,
): readonly RecordHeaderInit[] {
  if (typed && !record[typedHeaders]) return noHeaders
  return headerList(record.headers as HeadersInput | null | undefined)
}

/**
 * Begins the headers of a record: those with types in the order of the topic's definition, then the others. Returns what is to be waited for, if a serde may have to wait. Throws, and
 * rejects, SerializationError; StateError.
 */
export function beginHeaders(
  declared: readonly Declared[],
  record: AnyRecord,
  headers: HeaderCollector,
): Promise<void> | undefined {
  const typed = declared.length === 0 ? undefined : typedHeadersOf(record)
  const plain = plainHeadersOf(record, typed)
  if (!typed) {
    for (const { name, part, optional } of declared)
      if (!optional && !plain.some(({ key }) => key === name)) throw missing(part)
    headers.begin(plain)
    return undefined
  }
  headers.begin(noHeaders)
  const addPlain = () => {
    for (const { key, value } of plain) headers.add(key, value)
  }
  const writing = write(declared, typed, headers)
  if (writing) return writing.then(addPlain)
  addPlain()
  return undefined
}

/** In turn, as headers stand in their order. */
function write(
  declared: readonly Declared[],
  typed: Readonly<Record<string, unknown>>,
  headers: HeaderCollector,
): Promise<void> | undefined {
  for (const [index, { name, part, optional }] of declared.entries()) {
    const value = typed[name]
    if (value === undefined) {
      if (optional) continue
      throw missing(part)
    }
    const bytes = serialize(part, value, headers)
    if (!isThenable(bytes)) headers.add(name, bytes)
    else {
      return bytes.then((written: Bytes) => {
        headers.add(name, written)
        return write(declared.slice(index + 1), typed, headers)
      })
    }
  }
  return undefined
}

function missing({ context }: WritablePart): SerializationError {
  return new SerializationError(
    context,
    new TypeError('it is missing; optional(…) in the topic’s definition would allow that'),
  )
}

function declaredOf(topic: string | AnyTopic): readonly Declared[] {
  return topic instanceof Topic ? topic.parts.headers : []
}

/** A misspelt name would be a header that nobody reads. */
function checkNames(declared: readonly Declared[], topic: AnyTopic, headers: object): void {
  const of = `the headers of a record for topic "${topic.name}"`
  if (typeof headers !== 'object' || Symbol.iterator in headers)
    throw new StateError(`${of} are ${show(headers)}; write an object, or a list of { key, value }`)
  const names = declared.map(({ name }) => name)
  for (const name of Object.keys(headers)) {
    if (names.includes(name)) continue
    const near = nearestName(name, names)
    throw new StateError(
      `${of} have "${name}", which its definition does not; ${near ? `did you mean "${near}"?` : `it has ${names.join(', ')}; a list of { key, value } may have others`}`,
    )
  }
}
