// The fewest bytes a value can take: what an array's length is held against before anything is allocated for it.
import {
  type Field,
  inlineFields,
  isPrimitive,
  type Message,
  type Primitive,
  type Struct,
  structOf,
} from './model.ts'
import { includes } from './ranges.ts'

/** Bytes of the primitives that have one size; 0 for those that carry a length. */
export const fixedBytes: Readonly<Record<Primitive, number>> = {
  bool: 1,
  int8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  float64: 8,
  uuid: 16,
  string: 0,
  bytes: 0,
  records: 0,
}

function fieldBytesMin(message: Message, field: Field, version: number): number {
  const { element, array } = field.type
  const flexible = version >= message.flexibleFrom
  if (array) return flexible ? 1 : 4
  if (!isPrimitive(element)) {
    return includes(field.nullable, version) ? 1 : structBytesMin(message, structOf(message, field), version)
  }
  if (fixedBytes[element] > 0) return fixedBytes[element]
  if (flexible && !field.classic) return 1
  return element === 'string' ? 2 : 4
}

function structBytesMin(message: Message, struct: Struct, version: number): number {
  let bytes = version >= message.flexibleFrom ? 1 : 0
  for (const field of inlineFields(struct)) {
    if (includes(field.versions, version)) bytes += fieldBytesMin(message, field, version)
  }
  return bytes
}

/** The fewest bytes an element of the array `field` takes in classic and in flexible versions. */
export function elementBytesMin(message: Message, field: Field): { classic: number; flexible: number } {
  const struct = structOf(message, field)
  const least = { classic: Infinity, flexible: Infinity }
  for (let version = field.versions.min; version <= field.versions.max; version++) {
    const form = version >= message.flexibleFrom ? 'flexible' : 'classic'
    least[form] = Math.min(least[form], structBytesMin(message, struct, version))
  }
  return least
}
