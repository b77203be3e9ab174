// What a field holds when nobody says otherwise, as TypeScript text.
import type { Needs } from './needs.ts'
import { empty, type Field, isPrimitive, type Message, typeName } from './model.ts'

const constants = '../messages/constants.ts'

/** The value of a type that has no default of its own: 0, false, '', an empty array, a struct of defaults. */
export function zeroText(message: Message, field: Field, needs: Needs): string {
  const { element, array } = field.type
  if (array || element === 'records') return '[]'
  if (element === 'bool') return 'false'
  if (element === 'string') return "''"
  if (element === 'uuid') return needs.helper('zeroUuid', constants)
  if (element === 'bytes') return needs.helper('noBytes', constants)
  return isPrimitive(element) ? '0' : defaultName(message, element)
}

/** A field's default: the one that is written down, else null where it may be null, else zero. */
export function defaultText(message: Message, field: Field, needs: Needs): string {
  const value = field.defaultValue
  if (value === empty) return zeroText(message, field, needs)
  if (value === undefined) return field.nullable === null ? zeroText(message, field, needs) : 'null'
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number' && value > Number.MAX_SAFE_INTEGER) return 'Number.MAX_SAFE_INTEGER'
  return String(value)
}

/** Name of the constant that holds a struct with all fields at their defaults. */
export function defaultName(message: Message, struct: string): string {
  return `default${typeName(message, struct)}`
}

export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
