// Emits the functions that write structs: fields in line, then the tagged ones that differ from their default.
import {
  type Block,
  chooseStatement,
  declareFlexible,
  flexibleMark,
  flexibleWord,
  settleFlexible,
} from './conditions.ts'
import { defaultName, defaultText, quote, zeroText } from './defaults.ts'
import { blockOf, capital, structWords } from './emit-decode.ts'
import { initName, isOptional } from './emit-types.ts'
import {
  type Field,
  inlineFields,
  isPrimitive,
  type Message,
  type Primitive,
  type Struct,
  structOf,
  taggedFields,
  typeName,
} from './model.ts'
import type { Needs } from './needs.ts'
import { includes } from './ranges.ts'
import { fixedBytes } from './sizes.ts'

const arrays = '../messages/arrays.ts'
const tags = '../messages/tags.ts'
const records = '../messages/records.ts'
const absence = '../messages/absence.ts'

/** Writes one struct. */
export function emitWriteStruct(message: Message, struct: Struct, needs: Needs): string {
  const name = typeName(message, struct.name)
  const block = blockOf(message, struct)
  const lines: string[] = []
  for (const field of inlineFields(struct)) {
    const statements = chooseStatement(block, version =>
      includes(field.versions, version)
        ? writeText(message, field, version, valueText(message, struct, field, version, needs), 'w', needs)
        : refuseText(message, struct, field, needs),
    )
    lines.push(...statements.map(line => `  ${line}`))
  }
  for (const field of taggedFields(struct)) {
    const statements = chooseStatement(block, version =>
      includes(field.versions, version) ? '' : refuseText(message, struct, field, needs),
    )
    lines.push(...statements.map(line => `  ${line}`))
  }
  lines.push(...emitWriteTags(message, struct, needs))
  const text = settleFlexible(lines.join('\n'), block)
  const m = /\bm\./.test(text) ? 'm' : '_m'
  return `function write${name}(w: Writer, ${m}: ${initName(message, struct)}, version: number): void {\n${declareFlexible(text, block)}${text}\n}`
}

/** The value to write in a version that has the field. */
function valueText(message: Message, struct: Struct, field: Field, version: number, needs: Needs): string {
  const value = `m.${field.name}`
  if (!isOptional(field, struct)) return value
  const fallback = defaultText(message, field, needs)
  if (field.nullable === null) return `${value} ?? ${emptyShared(fallback, needs)}`
  if (includes(field.nullable, version)) {
    return fallback === 'null' ? `${value} ?? null` : `${value} === undefined ? ${fallback} : ${value}`
  }
  const zero = fallback === 'null' ? zeroText(message, field, needs) : fallback
  const where = quote(`${typeName(message, struct.name)}.${field.name}`)
  return `${needs.helper('notNull', absence)}(${value}, ${emptyShared(zero, needs)}, ${where}, version)`
}

/** An empty array that nobody changes need not be made anew. */
function emptyShared(text: string, needs: Needs): string {
  return text === '[]' ? needs.helper('nothing', '../messages/constants.ts') : text
}

function writeText(
  message: Message,
  field: Field,
  version: number,
  value: string,
  w: string,
  needs: Needs,
): string {
  const { element, array } = field.type
  const nullable = includes(field.nullable, version)
  if (!isPrimitive(element)) return `${writeStructName(message, field, nullable)}(${w}, ${value}, version)`
  if (array) {
    const helper = `write${nullable ? 'Nullable' : ''}${capital(element)}s`
    return `${needs.helper(helper, arrays)}(${w}, ${value}, ${flexibleMark})`
  }
  if (element === 'records') {
    return `${needs.helper(nullable ? 'writeNullableRecords' : 'writeRecords', records)}(${w}, ${value}, ${flexibleMark})`
  }
  if (element === 'bool') return `${w}.boolean(${value})`
  if (element !== 'string' && element !== 'bytes') return `${w}.${element}(${value})`
  const compact = version >= message.flexibleFrom && !field.classic
  const method = `${compact ? 'compact' : ''}${nullable ? 'Nullable' : ''}${capital(element)}`
  return `${w}.${method[0]!.toLowerCase()}${method.slice(1)}(${value})`
}

/** Name of the function that writes a field of structs: one, an array, and both where they may be null. */
function writeStructName(message: Message, field: Field, nullable: boolean): string {
  return `write${structWords(field, nullable)}${typeName(message, field.type.element)}`
}

/** Refuses a value that a version cannot carry, unless the definition says that it may be lost. */
function refuseText(message: Message, struct: Struct, field: Field, needs: Needs): string {
  if (field.ignorable) return ''
  const where = quote(`${typeName(message, struct.name)}.${field.name}`)
  const differs = differsText(message, field, `m.${field.name}`, needs)
  return `{ if (${differs}) ${needs.helper('refuse', absence)}(${where}, version) }`
}

/** Whether a value is given and is not the default. */
function differsText(message: Message, field: Field, value: string, needs: Needs): string {
  const { element, array } = field.type
  const fallback = defaultText(message, field, needs)
  if (fallback === 'null') return `${value} !== undefined && ${value} !== null`
  const list = array || element === 'records' || element === 'bytes'
  if (list || !isPrimitive(element)) {
    const full = list ? `${value}.length > 0` : `!isDefault${typeName(message, element)}(${value})`
    const given = `${value} !== undefined && ${full}`
    return field.nullable === null ? given : `(${value} === null || (${given}))`
  }
  return `${value} !== undefined && ${value} !== ${fallback}`
}

function emitWriteTags(message: Message, struct: Struct, needs: Needs): string[] {
  const block = blockOf(message, struct)
  if (block.flexibleFrom > block.versions.max) return []
  const always = flexibleWord(block) === 'true'
  const tagged = taggedFields(struct)
  if (tagged.length === 0) return [`  ${always ? '' : 'if (flexible) '}w.uvarint(0)`]
  const lines = tagged.flatMap(field => {
    const since = Math.max(block.flexibleFrom, block.versions.min)
    const condition = field.versions.min <= since ? '' : `version >= ${field.versions.min} && `
    const value = `t${field.tag}`
    return [
      `const ${value} = m.${field.name}`,
      `const has${field.tag} = ${condition}${differsText(message, field, value, needs)}`,
    ]
  })
  const counts = tagged.map(field => `has${field.tag} ? 1 : 0`)
  lines.push(`w.uvarint(${counts.length === 1 ? counts[0] : counts.map(count => `(${count})`).join(' + ')})`)
  for (const field of tagged) lines.push(...emitWriteTag(message, field, block, needs))
  if (always) return lines.map(line => `  ${line}`)
  return ['  if (flexible) {', ...lines.map(line => `    ${line}`), '  }']
}

function emitWriteTag(
  message: Message,
  field: Field & { readonly tag: number },
  block: Block,
  needs: Needs,
): string[] {
  const { tag, type } = field
  const bytes = type.array ? 0 : (fixedBytes[type.element as Primitive] ?? 0)
  const inner: Block = { ...block, versions: field.versions }
  if (bytes > 0) {
    const write = settleFlexible(writeText(message, field, field.versions.max, `t${tag}`, 'w', needs), inner)
    return [`if (has${tag}) {`, `  w.uvarint(${tag})`, `  w.uvarint(${bytes})`, `  ${write}`, '}']
  }
  const scratch = `s${tag}`
  const write = settleFlexible(
    writeText(message, field, field.versions.max, `t${tag}`, scratch, needs),
    inner,
  )
  return [
    `if (has${tag}) {`,
    `  const ${scratch} = new Writer()`,
    `  ${write}`,
    `  ${needs.helper('writeTag', tags)}(w, ${tag}, ${scratch})`,
    '}',
  ]
}

/** Writes an array of structs. */
export function emitWriteArray(message: Message, field: Field, nullable: boolean, needs: Needs): string {
  const struct = structOf(message, field)
  const name = typeName(message, struct.name)
  const block = blockOf(message, struct)
  const length = needs.helper('writeLength', arrays)
  const text = [
    `  ${length}(w, ${nullable ? 'list === null ? -1 : ' : ''}list.length, ${flexibleWord(block)})`,
    `  ${nullable ? 'if (list !== null) ' : ''}for (const element of list) write${name}(w, element, version)`,
  ].join('\n')
  const list = `readonly ${initName(message, struct)}[]${nullable ? ' | null' : ''}`
  return `function ${writeStructName(message, field, nullable)}(w: Writer, list: ${list}, version: number): void {\n${declareFlexible(text, block)}${text}\n}`
}

/** Writes a struct that may be null: a byte −1 for null, 1 before the struct; in a tagged field 0 for null. */
export function emitWriteNullable(message: Message, field: Field): string {
  const struct = structOf(message, field)
  const name = typeName(message, struct.name)
  return [
    `function ${writeStructName(message, field, true)}(w: Writer, m: ${initName(message, struct)} | null, version: number): void {`,
    `  w.int8(m === null ? ${field.tag === undefined ? -1 : 0} : 1)`,
    `  if (m !== null) write${name}(w, m, version)`,
    '}',
  ].join('\n')
}

/** Tells whether all fields of a struct have their defaults. */
export function emitIsDefault(message: Message, struct: Struct, needs: Needs): string {
  const name = typeName(message, struct.name)
  const differs = struct.fields.map(field => `(${differsText(message, field, `m.${field.name}`, needs)})`)
  return [
    `function isDefault${name}(m: ${initName(message, struct)}): boolean {`,
    `  if (m === ${defaultName(message, struct.name)}) return true`,
    `  return !(${differs.join(' || ')})`,
    '}',
  ].join('\n')
}
