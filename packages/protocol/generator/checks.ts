// Rules a parsed definition must keep before code is made of it.
import { DefinitionError } from './definition-error.ts'
import {
  type Definition,
  empty,
  type Field,
  isPrimitive,
  type Message,
  type Struct,
  taggedFields,
} from './model.ts'

const integerRanges: Readonly<Record<string, readonly [number, number]>> = {
  int8: [-(2 ** 7), 2 ** 7 - 1],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  uint16: [0, 2 ** 16 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2 ** 63), 2 ** 63],
}

const reservedStructNames = new Set(['Init'])

/** Throws DefinitionError at the first rule that is broken. */
export function checkDefinition(definition: Definition): void {
  const names = new Set<string>()
  for (const message of definition.messages) {
    if (names.has(message.name)) fail(definition, message.line, `${message.name} is there already`)
    names.add(message.name)
    checkMessage(definition, message)
  }
  if (definition.api === undefined) return
  const kinds = definition.messages.map(message => message.kind).join()
  if (kinds !== 'request,response') fail(definition, 1, 'an API has one request, then one response')
}

function fail(definition: Definition, line: number, message: string): never {
  throw new DefinitionError(definition.name, line, message)
}

function checkMessage(definition: Definition, message: Message): void {
  checkStruct(definition, message, message, [])
  for (const struct of message.structs.values()) {
    if (!/^[A-Z]\w*$/.test(struct.name) || reservedStructNames.has(struct.name))
      fail(definition, struct.line, `a struct's name starts with a capital: ${struct.name}`)
  }
}

function checkStruct(
  definition: Definition,
  message: Message,
  struct: Struct,
  path: readonly string[],
): void {
  if (path.includes(struct.name)) fail(definition, struct.line, `${struct.name} holds itself`)
  const names = new Set<string>()
  for (const field of struct.fields) {
    if (names.has(field.name)) fail(definition, field.line, `${field.name} is there already`)
    names.add(field.name)
    checkField(definition, message, field)
    const inner = message.structs.get(field.type.element)
    if (inner !== undefined) checkStruct(definition, message, inner, [...path, struct.name])
  }
  taggedFields(struct).forEach((field, index) => {
    if (field.tag !== index) fail(definition, field.line, `tags count up from 0, and this is ${field.tag}`)
  })
}

function checkField(definition: Definition, message: Message, field: Field): void {
  const at = field.line
  const { versions, nullable, tag } = field
  if (!/^[a-z]\w*$/.test(field.name))
    fail(definition, at, `a field's name starts in lower case: ${field.name}`)
  if (
    nullable !== null &&
    !field.type.array &&
    isPrimitive(field.type.element) &&
    !canBeNull.has(field.type.element)
  )
    fail(definition, at, `${field.type.element} has no null`)
  if (field.type.array && unlistable.has(field.type.element))
    fail(definition, at, `no arrays of ${field.type.element}`)
  if (tag !== undefined) {
    if (!Number.isInteger(tag)) fail(definition, at, 'tag N')
    if (versions.min < message.flexibleFrom)
      fail(definition, at, `${field.name}: tags need a flexible version`)
    if (nullable !== null && field.defaultValue === undefined)
      fail(definition, at, `${field.name}: a tagged field that may be null says what its absence means`)
  }
  checkDefault(definition, field)
}

const canBeNull = new Set(['string', 'bytes', 'records'])
const unlistable = new Set(['bool', 'uint32', 'float64', 'bytes', 'records'])

function checkDefault(definition: Definition, field: Field): void {
  const value = field.defaultValue
  if (value === undefined) return
  const { element, array } = field.type
  const range = integerRanges[element]
  const fits =
    value === null || value === empty
      ? field.nullable !== null && (value === null || array || !isPrimitive(element))
      : !array &&
        ((typeof value === 'number' && range !== undefined && value >= range[0] && value <= range[1]) ||
          (typeof value === 'boolean' && element === 'bool') ||
          (typeof value === 'string' && element === 'string'))
  if (!fits)
    fail(definition, field.line, `${field.name}: ${String(value)} is no ${element}${array ? ' array' : ''}`)
  if (typeof value === 'number' && !Number.isSafeInteger(value) && field.tag === undefined)
    fail(definition, field.line, `${field.name}: a default beyond 2^53−1 can only be that of a tagged field`)
}
