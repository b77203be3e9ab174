// Emits everything of one message: types, the functions of its structs that are needed, the exported encoder and decoder.
import { emitDefault, emitReadArray, emitReadNullable, emitReadStruct, structWords } from './emit-decode.ts'
import { emitIsDefault, emitWriteArray, emitWriteNullable, emitWriteStruct } from './emit-encode.ts'
import { emitTypes, initName } from './emit-types.ts'
import { defaultName, quote } from './defaults.ts'
import { empty, type Field, isPrimitive, type Message, type Struct, structOf, typeName } from './model.ts'
import type { Needs } from './needs.ts'
import { includes, runs } from './ranges.ts'

const bytes = '../bytes/'
const versions = '../messages/versions.ts'

/** Fields of structs, the first of each kind of use, so that each helper is emitted once. */
interface Uses {
  readonly arrays: Map<string, Field>
  readonly nullableArrays: Map<string, Field>
  readonly nullables: Map<string, Field>
  /** Structs that stand for themselves somewhere: they need a default and a test for it. */
  readonly singles: Map<string, Field>
}

export function emitMessage(message: Message, needs: Needs): string {
  needs.type('Reader', `${bytes}reader.ts`)
  needs.helper('Writer', `${bytes}writer.ts`)
  const structs: Struct[] = [message, ...message.structs.values()]
  const uses = usesOf(structs)
  const parts: string[] = []
  for (const struct of structs) {
    parts.push(emitWriteStruct(message, struct, needs), emitReadStruct(message, struct, needs))
  }
  for (const field of uses.nullables.values())
    parts.push(emitWriteNullable(message, field), emitReadNullable(message, field))
  for (const field of uses.arrays.values()) {
    parts.push(emitWriteArray(message, field, false, needs), emitReadArray(message, field, false, needs))
  }
  for (const field of uses.nullableArrays.values()) {
    parts.push(emitWriteArray(message, field, true, needs), emitReadArray(message, field, true, needs))
  }
  parts.push(emitDoor(message, needs))
  const types = structs.map(struct => emitTypes(message, struct))
  return [...types, ...emitDefaults(message, uses, parts.join('\n'), needs), ...parts].join('\n\n')
}

/** Defaults of structs, and tests for them, as far as `text` or one another use them; each before its first use. */
function emitDefaults(message: Message, uses: Uses, text: string, needs: Needs): string[] {
  let parts: string[] = []
  let users = text
  for (const field of uses.singles.values()) {
    const struct = structOf(message, field)
    const name = typeName(message, struct.name)
    const own: string[] = []
    const isDefault = users.includes(`isDefault${name}(`)
    if (isDefault || users.includes(defaultName(message, struct.name)))
      own.push(emitDefault(message, struct, needs))
    if (isDefault) own.push(emitIsDefault(message, struct, needs))
    parts = [...own, ...parts]
    users += own.join('\n')
  }
  return parts
}

function usesOf(structs: readonly Struct[]): Uses {
  const uses: Uses = {
    arrays: new Map(),
    nullableArrays: new Map(),
    nullables: new Map(),
    singles: new Map(),
  }
  for (const field of structs.flatMap(struct => struct.fields)) {
    if (isPrimitive(field.type.element)) continue
    for (const { value: nullable } of runs(field.versions, version => includes(field.nullable, version))) {
      const map = field.type.array
        ? nullable
          ? uses.nullableArrays
          : uses.arrays
        : nullable
          ? uses.nullables
          : uses.singles
      const words = `${structWords(field, nullable)}${field.type.element}`
      if (!map.has(words)) map.set(words, field)
      if (field.defaultValue === empty && !field.type.array)
        uses.singles.set(`${structWords(field, false)}${field.type.element}`, field)
    }
  }
  return uses
}

/** What stands before the fields of each kind of message, and the exported functions. */
function emitDoor(message: Message, needs: Needs): string {
  const { name, kind, key } = message
  const init = initName(message, message)
  const { min, max } = message.versions
  const outside = `  if (version < ${min} || version > ${max}) `
  const check = `${outside}${needs.helper('unwritable', versions)}(${quote(name)}, version)`
  const takes = `w: Writer, m: ${init}`
  if (kind === 'request' || kind === 'response' || kind === 'header' || kind === 'plain') {
    return [
      `export function encode${name}(${takes}, version: number): void {\n${check}\n  write${name}(w, m, version)\n}`,
      `export function decode${name}(r: Reader, version: number): ${name} {\n${outside}${needs.helper('unreadable', versions)}(${quote(name)}, version, r)\n  return read${name}(r, version)\n}`,
    ].join('\n\n')
  }
  if (kind === 'coordinator-key') {
    const readKey = needs.helper('readRecordType', versions)
    return [
      `export function encode${name}(${takes}): void {\n  w.int16(${key})\n  write${name}(w, m, 0)\n}`,
      `export function decode${name}(r: Reader): ${name} {\n  ${readKey}(r, ${quote(name)}, ${key})\n  return read${name}(r, 0)\n}`,
      emitFormat(message, needs),
    ].join('\n\n')
  }
  const [write, read] = prefixOf(message, needs)
  return [
    `export function encode${name}(${takes}, version = ${max}): void {\n${check}\n${write}\n  write${name}(w, m, version)\n}`,
    `export function decode${name}(r: Reader): ${name} {\n  return read${name}(r, ${read})\n}`,
    emitFormat(message, needs),
  ].join('\n\n')
}

/** Text that writes the version in front of a record, and text that reads it. */
function prefixOf(message: Message, needs: Needs): [string, string] {
  const { name, kind, key } = message
  const { min, max } = message.versions
  if (kind === 'metadata-record') {
    const write = `  w.uvarint(1)\n  w.uvarint(${key})\n  w.uvarint(version)`
    return [
      write,
      `${needs.helper('readMetadataVersion', versions)}(r, ${quote(name)}, ${key}, ${min}, ${max})`,
    ]
  }
  const read = needs.helper(message.lenient ? 'readVersionLeniently' : 'readVersion', versions)
  return ['  w.int16(version)', `${read}(r, ${quote(name)}, ${min}, ${max})`]
}

/** The record's format as a value, for who handles records of any type. */
function emitFormat(message: Message, needs: Needs): string {
  const { name, key } = message
  const { min, max } = message.versions
  const format = needs.type('RecordFormat', '../messages/record-format.ts')
  return [
    `export const ${name}Format: ${format}<${name}, ${initName(message, message)}> = {`,
    `  name: ${quote(name)},`,
    `  type: ${key ?? -1},`,
    `  minVersion: ${min},`,
    `  maxVersion: ${max},`,
    `  encode: encode${name},`,
    `  decode: decode${name},`,
    '}',
  ].join('\n')
}
