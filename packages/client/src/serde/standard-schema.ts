// The interface that validators have in common, as https://standardschema.dev defines it: zod, valibot, arktype and others have it.
import type { ValidationIssue } from '../errors/index.ts'

/** A validator. `Input` is what it takes, `Output` what it makes of that: more than `Input` where it has transforms or defaults. */
export interface StandardSchema<Input = unknown, Output = Input> {
  /** What the validator gives to programs. */
  readonly '~standard': {
    /** Of the standard. */
    readonly version: 1
    /** Whose validator it is. */
    readonly vendor: string
    /** The value, perhaps transformed, or what is wrong with it. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    /** For the compiler only. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/** What a validator says of a value. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly ValidationIssue[] }

/** What a schema takes. */
export type SchemaInput<S extends StandardSchema> = NonNullable<S['~standard']['types']>['input']
/** What a schema makes of it. */
export type SchemaOutput<S extends StandardSchema> = NonNullable<S['~standard']['types']>['output']
