// Error codes by name, and what is known of a code that came over the network.
import { errorRows } from './error-table.ts'

type ErrorRow = (typeof errorRows)[number]

/** Names of the errors of Apache Kafka 4.3. */
export type ErrorName = ErrorRow[1]

/** An error code as a number: `ErrorCode.NOT_COORDINATOR === 16`. */
export type ErrorCode = ErrorRow[0]

export interface ErrorEntry {
  readonly code: number
  /** Name as in Kafka's `Errors`; `UNKNOWN_CODE_<n>` for a code newer than this release. */
  readonly name: string
  /** Whether Kafka's clients try again by themselves. */
  readonly retriable: boolean
  /** What it means and what to do, in a sentence. */
  readonly message: string
}

/** Every known error, by ascending code, −1 first. */
export const errorTable: readonly ErrorEntry[] = errorRows.map(([code, name, retriable, message]) =>
  Object.freeze({ code, name, retriable, message }),
)

/** Code of each name. */
export const ErrorCode = Object.freeze(Object.fromEntries(errorRows.map(([code, name]) => [name, code]))) as {
  readonly [Name in ErrorName]: Extract<ErrorRow, readonly [number, Name, boolean, string]>[0]
}

/** The table starts at −1 and has no gaps. */
const firstCode = -1

/** What is known of a code. One that this release does not know is not retriable, and is named by its number. */
export function errorByCode(code: number): ErrorEntry {
  return (
    errorTable[code - firstCode] ?? {
      code,
      name: `UNKNOWN_CODE_${code}`,
      retriable: false,
      message: `Error ${code} is newer than this release: the broker's documentation says what it means.`,
    }
  )
}
