// What there is to know of an option: a row of the table of a client's options.

/**
 * `int32` is a whole number that a field of the protocol takes. `duration` is a time in milliseconds that a timer takes, a fraction perhaps:
 * longer ones would ring at once, or 24.8 days early.
 */
type OptionKind = 'number' | 'int32' | 'duration' | 'boolean' | 'string' | 'list' | 'function' | 'any'

export interface OptionEntry {
  readonly kind: OptionKind
  /** Kafka's property names whose values mean the same. */
  readonly kafka?: readonly string[]
  /** Kafka's property names whose values are in another unit or form, with what makes ours of them; undefined for "as if it was left out". */
  readonly converted?: Readonly<Record<string, (value: unknown) => unknown>>
  readonly min?: number
  readonly max?: number
  /** The only values there are, for strings. */
  readonly values?: readonly string[]
  /** The value is not to be repeated in an error. */
  readonly secret?: true
  /** Only a program can give it: an object with methods. Functions are told by their kind. */
  readonly code?: true
  /** Reads what other clients write for the same thing. */
  readonly convert?: (value: unknown) => unknown
}

export type OptionTable = Readonly<Record<string, OptionEntry>>
