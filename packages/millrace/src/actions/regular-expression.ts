// Regular expressions of the command line.
import { UsageError } from '../output/errors.ts'

/** Throws UsageError that says what is wrong with the expression. */
export function regularExpression(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    throw new UsageError(`${JSON.stringify(text)} is not a regular expression: ${(error as Error).message}`)
  }
}
