// A value that a user gave, as error messages show it.
import { inspect } from 'node:util'

const charactersMax = 80

/** On one line, shortened; text in double quotes. */
export function show(value: unknown): string {
  const text =
    typeof value === 'string'
      ? `"${value}"`
      : inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY })
  return text.length > charactersMax ? `${text.slice(0, charactersMax - 1)}…` : text
}
