// Shows a decoded message as Apache Kafka's JSON converters show it: the fields of the version, tagged ones unless default.
import { isDeepStrictEqual } from 'node:util'
import {
  type Field,
  isPrimitive,
  type Message,
  type Struct,
  structOf,
} from '../../packages/protocol/generator/model.ts'
import { includes } from '../../packages/protocol/generator/ranges.ts'
import { defaultOf, type Value } from '../../packages/protocol/test/messages/arbitrary.ts'

export function kafkaJson(message: Message, value: Value, version: number): Value {
  return structJson(message, message, value, version)
}

function structJson(message: Message, struct: Struct, value: Value, version: number): Value {
  const json: Value = {}
  for (const field of struct.fields) {
    if (!includes(field.versions, version) || field.type.element === 'records') continue
    const each = value[field.name]
    if (field.tag !== undefined && isDeepStrictEqual(each, defaultOf(message, field))) continue
    json[field.name] = fieldJson(message, field, each, version)
  }
  return json
}

function fieldJson(message: Message, field: Field, value: unknown, version: number): unknown {
  if (value === null) return null
  const { element, array } = field.type
  if (element === 'bytes') return (value as Buffer).toString('base64')
  if (isPrimitive(element)) return value
  const struct = structOf(message, field)
  return array
    ? (value as Value[]).map(each => structJson(message, struct, each, version))
    : structJson(message, struct, value as Value, version)
}

/** Kafka's JSON shows records by their size only; their bytes are compared with the rest of the bytes. */
export function withoutRecords(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutRecords)
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(
    Object.entries(json)
      .filter(([name]) => name !== 'recordsSizeInBytes' && name !== 'records')
      .map(([name, value]) => [name, withoutRecords(value)]),
  )
}
