// Emits the exported encoder and decoder of a message: what stands before its fields, and which versions there are.
import { quote } from './defaults.ts'
import { initName } from './emit-types.ts'
import type { Message } from './model.ts'
import type { Needs } from './needs.ts'

const versions = '../messages/versions.ts'

/** `text` holds the functions that read and write the message's fields: some take a version, some need none. */
export function emitDoor(message: Message, text: string, needs: Needs): string {
  const { name, kind } = message
  const takes = (verb: string) =>
    new RegExp(`^function ${verb}${name}\\(.*, version: number\\)`, 'm').test(text)
  const write = `  write${name}(w, m${takes('write') ? ', version' : ''})`
  const read = `read${name}(r${takes('read') ? ', version' : ''})`
  if (kind === 'coordinator-key')
    return [emitKey(message, write, read, needs), emitFormat(message, needs)].join('\n\n')
  if (kind === 'coordinator-value' || kind === 'versioned' || kind === 'metadata-record')
    return [emitPrefixed(message, write, read, needs), emitFormat(message, needs)].join('\n\n')
  return emitBare(message, write, read, needs)
}

function outside(message: Message): string {
  const { min, max } = message.versions
  // Written so that what is no number at all is outside, too.
  return min === max ? `  if (version !== ${min}) ` : `  if (!(version >= ${min} && version <= ${max})) `
}

/** The version travels elsewhere. */
function emitBare(message: Message, write: string, read: string, needs: Needs): string {
  const { name } = message
  const [unwritable, unreadable] = [
    needs.helper('unwritable', versions),
    needs.helper('unreadable', versions),
  ]
  return [
    `export function encode${name}(w: Writer, m: ${initName(message, message)}, version: number): void {`,
    `${outside(message)}${unwritable}(${quote(name)}, version)`,
    write,
    '}',
    '',
    `export function decode${name}(r: Reader, version: number): ${name} {`,
    `${outside(message)}${unreadable}(${quote(name)}, version, r)`,
    `  return ${read}`,
    '}',
  ].join('\n')
}

/** The type of the record, then the fields. */
function emitKey(message: Message, write: string, read: string, needs: Needs): string {
  const { name, key } = message
  return [
    `export function encode${name}(w: Writer, m: ${initName(message, message)}): void {`,
    `  w.int16(${key})`,
    write,
    '}',
    '',
    `export function decode${name}(r: Reader): ${name} {`,
    `  ${needs.helper('readRecordType', versions)}(r, ${quote(name)}, ${key})`,
    `  return ${read}`,
    '}',
  ].join('\n')
}

/** The version, for metadata records the type too, then the fields. */
function emitPrefixed(message: Message, write: string, read: string, needs: Needs): string {
  const { name, kind, key, versions: range } = message
  const metadata = kind === 'metadata-record'
  const reader = metadata ? 'readMetadataVersion' : message.lenient ? 'readVersionLeniently' : 'readVersion'
  const facts = `r, ${quote(name)}, ${metadata ? `${key}, ` : ''}${range.min}, ${range.max}`
  const readVersion = `${needs.helper(reader, versions)}(${facts})`
  const takesVersion = read.endsWith('version)')
  return [
    `export function encode${name}(w: Writer, m: ${initName(message, message)}, version = ${range.max}): void {`,
    `${outside(message)}${needs.helper('unwritable', versions)}(${quote(name)}, version)`,
    ...(metadata
      ? ['  w.uvarint(1)', `  w.uvarint(${key})`, '  w.uvarint(version)']
      : ['  w.int16(version)']),
    write,
    '}',
    '',
    `export function decode${name}(r: Reader): ${name} {`,
    `  ${takesVersion ? 'const version = ' : ''}${readVersion}`,
    `  return ${read}`,
    '}',
  ].join('\n')
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
