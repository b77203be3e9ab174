// Makes values of any message in any version from its definition, and finds the codec that belongs to it.
import * as protocol from '@millrace/protocol'
import { Reader, Writer } from '@millrace/protocol'
import * as share from '@millrace/protocol/messages/share'
import * as streams from '@millrace/protocol/messages/streams'
import fc from 'fast-check'
import { loadAreas } from '../../generator/load.ts'
import { empty, type Field, isPrimitive, type Message, type Struct, structOf } from '../../generator/model.ts'
import { includes } from '../../generator/ranges.ts'

export type Value = Record<string, unknown>

/** Every message there is, with its place in the definitions. */
export const messages: readonly Message[] = loadAreas().flatMap(area =>
  area.definitions.flatMap(definition => definition.messages),
)

export function messageNamed(name: string): Message {
  const message = messages.find(each => each.name === name)
  if (message === undefined) throw new Error(`no message ${name}`)
  return message
}

const exported = { ...protocol, ...share, ...streams } as unknown as Readonly<
  Record<string, (...arguments_: unknown[]) => unknown>
>

/** Whether the bytes of a message begin with its version or type. */
export function isPrefixed(message: Message): boolean {
  return !['request', 'response', 'header', 'plain'].includes(message.kind)
}

export function encode(message: Message, value: unknown, version: number): Buffer {
  const w = new Writer()
  exported[`encode${message.name}`]!(w, value, version)
  return w.finishBuffer()
}

/** Decodes one message and checks that it fills the bytes. */
export function decode(message: Message, bytes: Buffer, version: number): Value {
  const r = new Reader(bytes)
  const value = isPrefixed(message)
    ? exported[`decode${message.name}`]!(r)
    : exported[`decode${message.name}`]!(r, version)
  protocol.expectEnd(r, message.name)
  return value as Value
}

const primitives: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  bool: fc.boolean(),
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32_768, max: 32_767 }),
  uint16: fc.integer({ min: 0, max: 65_535 }),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int64: fc.maxSafeInteger(),
  float64: fc.double({ noNaN: true, noDefaultInfinity: true }),
  uuid: fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map(bytes => Buffer.from(bytes).toString('base64url')),
  string: fc.string({ unit: 'grapheme', maxLength: 20 }),
  bytes: fc.uint8Array({ maxLength: 40 }).map(bytes => Buffer.from(bytes)),
  records: fc.uint8Array({ minLength: 1, maxLength: 40 }).map(bytes => [Buffer.from(bytes)]),
}

/** Whole values: fields that the version lacks hold their defaults, as a decoder leaves them. */
export function arbitraryOf(message: Message, version: number): fc.Arbitrary<Value> {
  return structArbitrary(message, message, version)
}

function structArbitrary(message: Message, struct: Struct, version: number): fc.Arbitrary<Value> {
  return fc.record(
    Object.fromEntries(struct.fields.map(field => [field.name, fieldArbitrary(message, field, version)])),
    { noNullPrototype: true },
  ) as fc.Arbitrary<Value>
}

function fieldArbitrary(message: Message, field: Field, version: number): fc.Arbitrary<unknown> {
  if (!includes(field.versions, version)) return fc.constant(defaultOf(message, field))
  const { element, array } = field.type
  const one = isPrimitive(element)
    ? primitives[element]!
    : structArbitrary(message, structOf(message, field), version)
  const all = array ? fc.array(one, { maxLength: 3 }) : one
  const some = includes(field.nullable, version) ? fc.option(all, { nil: null }) : all
  // Tagged fields at their defaults are not written: they must come back all the same.
  return field.tag === undefined ? some : fc.oneof(some, fc.constant(defaultOf(message, field)))
}

/** What a decoder puts where a version has nothing, and an encoder where it is told nothing. */
export function defaultOf(message: Message, field: Field): unknown {
  const value = field.defaultValue
  if (typeof value === 'number') return Math.min(value, Number.MAX_SAFE_INTEGER)
  if (value === empty) return zeroOf(message, field)
  if (value !== undefined) return value
  return field.nullable === null ? zeroOf(message, field) : null
}

function zeroOf(message: Message, field: Field): unknown {
  const { element, array } = field.type
  if (array || element === 'records') return []
  if (element === 'bool') return false
  if (element === 'string') return ''
  if (element === 'uuid') return protocol.zeroUuid
  if (element === 'bytes') return Buffer.alloc(0)
  if (isPrimitive(element)) return 0
  const struct = structOf(message, field)
  return Object.fromEntries(struct.fields.map(inner => [inner.name, defaultOf(message, inner)]))
}

export function versionsOf(message: Message): number[] {
  const { min, max } = message.versions
  return Array.from({ length: max - min + 1 }, (_, index) => min + index)
}
