// JSON text, with or without a schema that values must fit.
import { ConfigError, ValidationError } from '../errors/index.ts'
import type { AsyncSerde, Serde } from './serde.ts'
import type { SchemaInput, SchemaOutput, SchemaResult, StandardSchema } from './standard-schema.ts'
import { isThenable } from './thenable.ts'

/** How a schema is used. */
export interface JsonOptions {
  /**
   * When values are held to the schema: as they are written, as they are read, or both. Default `both`. Without `read`, what is read is what
   * was written, untransformed.
   */
  readonly validate?: 'write' | 'read' | 'both'
  /** Whether the schema answers by promises. Default false: one that does is refused at its first answer. */
  readonly async?: boolean
}

/** JSON text. The type is what the caller says: nothing checks it. */
export function json<T = unknown>(): Serde<T>
/** JSON text of what fits a schema, but nothing is transformed when it is read. */
export function json<S extends StandardSchema>(
  schema: S,
  options: JsonOptions & { readonly validate: 'write'; readonly async?: false },
): Serde<SchemaInput<S>>
/** The same for a schema that answers by promises. */
export function json<S extends StandardSchema>(
  schema: S,
  options: JsonOptions & { readonly validate: 'write'; readonly async: true },
): AsyncSerde<SchemaInput<S>>
/** JSON text of what fits a schema, which answers by promises. */
export function json<S extends StandardSchema>(
  schema: S,
  options: JsonOptions & { readonly async: true },
): AsyncSerde<SchemaOutput<S>, SchemaInput<S>>
/**
 * JSON text of what fits a schema: any validator of the Standard Schema interface (zod, valibot, arktype …). A value is written as it is given, once the
 * schema has found it good; what is read is what the schema makes of it, defaults and transforms included, so that the text holds the schema's input
 * and programs get its output. What does not fit is a ValidationError, the `cause` of a SerializationError or DeserializationError.
 */
export function json<S extends StandardSchema>(
  schema: S,
  options?: JsonOptions,
): Serde<SchemaOutput<S>, SchemaInput<S>>
export function json(
  schema?: StandardSchema,
  options: JsonOptions = {},
): Serde<unknown> | AsyncSerde<unknown> {
  if (schema === undefined) return unchecked
  checkSchema(schema)
  const { validate = 'both', async = false } = options
  const writes = validate !== 'read'
  const reads = validate !== 'write'
  return async ? patientJson(schema, writes, reads) : promptJson(schema, writes, reads)
}

const unchecked: Serde<unknown> = { serialize: textOf, deserialize: parse }

function promptJson(schema: StandardSchema, writes: boolean, reads: boolean): Serde<unknown> {
  const checked = (value: unknown) => {
    const result = schema['~standard'].validate(value)
    if (!isThenable(result)) return valueOf(result)
    result.then(undefined, () => {})
    throw new ConfigError('the schema answers by a promise: write json(schema, { async: true })')
  }
  return {
    serialize(value) {
      if (writes) checked(value)
      return textOf(value)
    },
    deserialize: bytes => (reads ? checked(parse(bytes)) : parse(bytes)),
  }
}

function patientJson(schema: StandardSchema, writes: boolean, reads: boolean): AsyncSerde<unknown> {
  return {
    async: true,
    serialize(value) {
      if (!writes) return textOf(value)
      const result = schema['~standard'].validate(value)
      const text = (found: SchemaResult<unknown>) => {
        valueOf(found)
        return textOf(value)
      }
      return isThenable(result) ? result.then(text) : text(result)
    },
    deserialize(bytes) {
      if (!reads) return parse(bytes)
      const result = schema['~standard'].validate(parse(bytes))
      return isThenable(result) ? result.then(valueOf) : valueOf(result)
    },
  }
}

function valueOf(result: SchemaResult<unknown>): unknown {
  if (result.issues) throw new ValidationError(result.issues)
  return result.value
}

function textOf(value: unknown): string {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`a ${typeof value} has no JSON`)
  return text
}

function parse(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString('utf8'))
}

function checkSchema(schema: unknown): void {
  const standard = (schema as Partial<StandardSchema> | null)?.['~standard']
  if (typeof standard?.validate === 'function') return
  throw new ConfigError(
    'json: the schema has no "~standard": give a validator of the Standard Schema interface, of zod, valibot or arktype for example',
  )
}
