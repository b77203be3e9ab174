// What a definition file says, parsed: messages, structs, fields and the versions in which each exists.
import { type VersionRange } from './ranges.ts'

const primitives = [
  'bool',
  'int8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'float64',
  'uuid',
  'string',
  'bytes',
  'records',
] as const

export type Primitive = (typeof primitives)[number]

/** The default of a field that may be null but, left out, is an empty array or a struct of defaults. */
export const empty = Symbol('empty')

/** A default value, or `undefined` where the definition names none. */
export type DefaultValue = number | string | boolean | null | typeof empty | undefined

export interface FieldType {
  /** A primitive's name, or a struct's. */
  readonly element: string
  readonly array: boolean
}

export interface Field {
  readonly name: string
  readonly type: FieldType
  /** Where the field exists, within the versions of its struct. */
  readonly versions: VersionRange
  /** Where it may be null. */
  readonly nullable: VersionRange | null
  readonly defaultValue: DefaultValue
  /** Number among the tagged fields (KIP-482), or `undefined` for a field in line. */
  readonly tag: number | undefined
  /** A value for a version that lacks the field is left out in silence instead of refused. */
  readonly ignorable: boolean
  /** Keeps the classic string form in flexible versions (only the client id of the request header). */
  readonly classic: boolean
  readonly line: number
}

export interface Struct {
  readonly name: string
  readonly fields: readonly Field[]
  /** Hull of the versions in which a field of this type exists. */
  readonly versions: VersionRange
  readonly line: number
}

/**
 * How a message stands on its own:
 * - `request`, `response`: behind a header, the version travels there
 * - `header`, `plain`: nothing before it, the reader knows the version
 * - `versioned`: int16 version, then the fields
 * - `coordinator-key`: int16 type of the record, then the fields (version 0 for ever)
 * - `coordinator-value`: int16 version, then the fields
 * - `metadata-record`: varints for frame version (1), type of the record and version, then the fields
 */
export const messageKinds = [
  'request',
  'response',
  'header',
  'plain',
  'versioned',
  'coordinator-key',
  'coordinator-value',
  'metadata-record',
] as const

export type MessageKind = (typeof messageKinds)[number]

export interface Message extends Struct {
  readonly kind: MessageKind
  /** API key, or type of the record; `undefined` where the kind has neither. */
  readonly key: number | undefined
  /** First flexible version (KIP-482), Infinity for none. */
  readonly flexibleFrom: number
  /** Bytes of a version beyond the newest are read as the newest. */
  readonly lenient: boolean
  /** Every struct of the message by name, in order of appearance. */
  readonly structs: ReadonlyMap<string, Struct>
}

export interface Api {
  readonly key: number
  readonly name: string
  readonly versions: VersionRange
  readonly flexibleFrom: number
  readonly unstable: boolean
}

export interface Definition {
  /** Path below definitions/ without `.kmsg`: `data/00-produce`. */
  readonly name: string
  /** The API that the file's request and response make up; `undefined` in files of records. */
  readonly api: Api | undefined
  readonly messages: readonly Message[]
}

export function isPrimitive(name: string): name is Primitive {
  return (primitives as readonly string[]).includes(name)
}

/** The exported TypeScript name of a struct: the message's name in front, unless it is the message. */
export function typeName(message: Message, struct: string): string {
  return struct === message.name ? struct : `${message.name}${struct}`
}

export function structOf(message: Message, field: Field): Struct {
  const struct = message.structs.get(field.type.element)
  if (struct === undefined) throw new Error(`${message.name}: no struct ${field.type.element}`)
  return struct
}

/** Fields in line, in wire order. */
export function inlineFields(struct: Struct): Field[] {
  return struct.fields.filter(field => field.tag === undefined)
}

/** Tagged fields by ascending tag, the order of the wire. */
export function taggedFields(struct: Struct): (Field & { readonly tag: number })[] {
  return struct.fields
    .filter((field): field is Field & { readonly tag: number } => field.tag !== undefined)
    .sort((a, b) => a.tag - b.tag)
}
