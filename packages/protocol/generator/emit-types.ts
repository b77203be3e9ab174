// Emits the interfaces of a message: what decoding yields, and what encoding takes (`…Init`).
import { type Field, isPrimitive, type Message, type Struct, structOf, typeName } from './model.ts'
import { sameRange, showRange } from './ranges.ts'

const decoded: Readonly<Record<string, string>> = {
  bool: 'boolean',
  uuid: 'string',
  string: 'string',
  bytes: 'Buffer',
  records: 'readonly Buffer[]',
}

const accepted: Readonly<Record<string, string>> = {
  ...decoded,
  bytes: 'Uint8Array',
  records: 'readonly Uint8Array[]',
}

/** Whether an encoder may be called without the field: it has a default, or may be null, or is absent in some version. */
export function isOptional(field: Field, struct: Struct): boolean {
  return (
    field.defaultValue !== undefined ||
    field.tag !== undefined ||
    field.nullable !== null ||
    !sameRange(field.versions, struct.versions)
  )
}

/** Whether the `…Init` of a struct says anything else than the struct itself. */
function hasInit(message: Message, struct: Struct): boolean {
  return struct.fields.some(
    field =>
      isOptional(field, struct) ||
      field.type.array ||
      field.type.element === 'bytes' ||
      field.type.element === 'records' ||
      (!isPrimitive(field.type.element) && hasInit(message, structOf(message, field))),
  )
}

/** The type that encoders take for `struct`. */
export function initName(message: Message, struct: Struct): string {
  return `${typeName(message, struct.name)}Init`
}

function decodedType(message: Message, field: Field): string {
  const { element, array } = field.type
  const type = isPrimitive(element) ? (decoded[element] ?? 'number') : typeName(message, element)
  return `${type}${array ? '[]' : ''}${field.nullable === null ? '' : ' | null'}`
}

function acceptedType(message: Message, field: Field): string {
  const { element, array } = field.type
  const type = isPrimitive(element)
    ? (accepted[element] ?? 'number')
    : initName(message, structOf(message, field))
  return `${array ? 'readonly ' : ''}${type}${array ? '[]' : ''}${field.nullable === null ? '' : ' | null'}`
}

/** `// 4-12` behind a field that is not there in all versions, `// tag 0` behind a tagged one. */
function remark(field: Field, struct: Struct): string {
  const parts: string[] = []
  if (!sameRange(field.versions, struct.versions)) parts.push(showRange(field.versions))
  if (field.tag !== undefined) parts.push(`tag ${field.tag}`)
  return parts.length === 0 ? '' : ` // ${parts.join(', ')}`
}

export function emitTypes(message: Message, struct: Struct): string {
  const name = typeName(message, struct.name)
  const fields = struct.fields.map(
    field => `  ${field.name}: ${decodedType(message, field)}${remark(field, struct)}`,
  )
  const lines = [`export interface ${name} {`, ...fields, '}']
  if (hasInit(message, struct)) {
    const inits = struct.fields.map(field => {
      const type = acceptedType(message, field)
      return isOptional(field, struct) ? `  ${field.name}?: ${type} | undefined` : `  ${field.name}: ${type}`
    })
    lines.push('', `export interface ${initName(message, struct)} {`, ...inits, '}')
  } else lines.push('', `export type ${initName(message, struct)} = ${name}`)
  return lines.join('\n')
}
