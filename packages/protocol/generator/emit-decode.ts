// Emits the functions that read structs: one object literal with every field in wire order, then the tagged fields.
import {
  type Block,
  chooseExpression,
  declareFlexible,
  flexibleMark,
  flexibleWord,
  settleFlexible,
} from './conditions.ts'
import { defaultName, defaultText, quote } from './defaults.ts'
import {
  type Field,
  isPrimitive,
  type Message,
  type Struct,
  structOf,
  taggedFields,
  typeName,
} from './model.ts'
import type { Needs } from './needs.ts'
import { includes } from './ranges.ts'
import { elementBytesMin } from './sizes.ts'

const arrays = '../messages/arrays.ts'
const tags = '../messages/tags.ts'
const records = '../messages/records.ts'

export function blockOf(message: Message, struct: Struct): Block {
  return { versions: struct.versions, flexibleFrom: message.flexibleFrom }
}

/** Reads one struct. */
export function emitReadStruct(message: Message, struct: Struct, needs: Needs): string {
  const name = typeName(message, struct.name)
  const block = blockOf(message, struct)
  const lines = struct.fields.map(field => {
    const text = chooseExpression(block, version =>
      field.tag === undefined && includes(field.versions, version)
        ? readText(message, field, version, needs)
        : defaultText(message, field, needs),
    )
    return `    ${field.name}: ${settleFlexible(text, block)},`
  })
  const tagged = emitReadTags(message, struct, needs)
  const body =
    tagged === ''
      ? ['  return {', ...lines, '  }']
      : [`  const value: ${name} = {`, ...lines, '  }', tagged, '  return value']
  const text = body.join('\n')
  return `function read${name}(r: Reader, version: number): ${name} {\n${declareFlexible(text, block)}${text}\n}`
}

/** The text that reads a field's value in line, in one version. */
function readText(message: Message, field: Field, version: number, needs: Needs): string {
  const { element, array } = field.type
  const nullable = includes(field.nullable, version)
  if (!isPrimitive(element)) return `${readStructName(message, field, nullable)}(r, version)`
  if (array) {
    const helper = `read${nullable ? 'Nullable' : ''}${capital(element)}s`
    return `${needs.helper(helper, arrays)}(r, ${flexibleMark})`
  }
  if (element === 'records') {
    return `${needs.helper(nullable ? 'readNullableRecords' : 'readRecords', records)}(r, ${flexibleMark})`
  }
  if (element === 'bool') return 'r.boolean()'
  if (element !== 'string' && element !== 'bytes') return `r.${element}()`
  const compact = version >= message.flexibleFrom && !field.classic
  const method = `${compact ? 'compact' : ''}${nullable ? 'Nullable' : ''}${capital(element)}`
  return `r.${method[0]!.toLowerCase()}${method.slice(1)}()`
}

/** Name of the function that reads a field of structs: one, an array, and both where they may be null. */
function readStructName(message: Message, field: Field, nullable: boolean): string {
  return `read${structWords(field, nullable)}${typeName(message, field.type.element)}`
}

/** What the functions for a field of structs have in their names; a tagged struct says in its own way that it is null. */
export function structWords(field: Field, nullable: boolean): string {
  const tagged = nullable && field.tag !== undefined && !field.type.array
  return `${tagged ? 'Tagged' : ''}${nullable ? 'Nullable' : ''}${field.type.array ? 'ArrayOf' : ''}`
}

function emitReadTags(message: Message, struct: Struct, needs: Needs): string {
  const block = blockOf(message, struct)
  if (block.flexibleFrom > block.versions.max) return ''
  const guard = flexibleWord(block) === 'true' ? '' : 'if (flexible) '
  const tagged = taggedFields(struct)
  if (tagged.length === 0) return `  ${guard}r.skipTaggedFields()`
  const cases = tagged.map(field => {
    const read = readText(message, field, field.versions.max, needs)
    const known = field.versions.min <= Math.max(block.flexibleFrom, block.versions.min)
    const condition = known ? '' : ` && version >= ${field.versions.min}`
    return `if (tag === ${field.tag}${condition}) value.${field.name} = ${settleFlexible(read, { ...block, versions: field.versions })}`
  })
  const open = guard === '' ? '' : `  ${guard}{\n`
  const lines = [
    'for (let count = r.uvarint(); count > 0; count--) {',
    '  const tag = r.uvarint()',
    `  const end = ${needs.helper('tagEnd', tags)}(r)`,
    ...cases.map((text, index) => `  ${index === 0 ? '' : 'else '}${text}`),
    '  else r.offset = end',
    `  if (r.offset !== end) ${needs.helper('wrongTagLength', tags)}(r, ${quote(message.name)}, tag)`,
    '}',
  ]
  const indent = guard === '' ? '  ' : '    '
  return `${open}${lines.map(line => indent + line).join('\n')}${guard === '' ? '' : '\n  }'}`
}

/** Reads an array of structs. */
export function emitReadArray(message: Message, field: Field, nullable: boolean, needs: Needs): string {
  const struct = structOf(message, field)
  const name = typeName(message, struct.name)
  const block = blockOf(message, struct)
  const least = elementBytesMin(message, { ...field, versions: struct.versions })
  const word = flexibleWord(block)
  const min =
    word === 'true'
      ? `${least.flexible}`
      : word === 'false'
        ? `${least.classic}`
        : `flexible ? ${least.flexible} : ${least.classic}`
  const length = needs.helper(nullable ? 'readNullableLength' : 'readLength', arrays)
  const values = Math.max(1, struct.fields.length)
  const text = [
    `  const length = ${length}(r, ${word}, ${min}, ${values})`,
    ...(nullable ? ['  if (length < 0) return null'] : []),
    `  const list: ${name}[] = []`,
    `  for (let index = 0; index < length; index++) list.push(read${name}(r, version))`,
    '  return list',
  ].join('\n')
  const result = `${name}[]${nullable ? ' | null' : ''}`
  return `function ${readStructName(message, field, nullable)}(r: Reader, version: number): ${result} {\n${declareFlexible(text, block)}${text}\n}`
}

/** Reads a struct that may be null: a byte −1 stands for null, any other before the struct; in a tagged field 0 for null. */
export function emitReadNullable(message: Message, field: Field): string {
  const name = typeName(message, field.type.element)
  const isNull = field.tag === undefined ? 'r.int8() < 0' : 'r.uvarint() === 0'
  return [
    `function ${readStructName(message, field, true)}(r: Reader, version: number): ${name} | null {`,
    `  return ${isNull} ? null : read${name}(r, version)`,
    '}',
  ].join('\n')
}

/** The struct of defaults, shared and frozen: an absent tagged struct costs no allocation. */
export function emitDefault(message: Message, struct: Struct, needs: Needs): string {
  const name = typeName(message, struct.name)
  const fields = struct.fields.map(field => `${field.name}: ${defaultText(message, field, needs)}`)
  return `const ${defaultName(message, struct.name)}: ${name} = Object.freeze({ ${fields.join(', ')} })`
}

export function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1)
}
