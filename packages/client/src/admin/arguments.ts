// Arguments of the operations, which callers without types may get wrong: refused by name and place, before anything is sent.
import { show } from '../config/show.ts'
import { StateError } from '../errors/index.ts'

/** Throws StateError for a value that cannot be used. `place` says which it is, as in `deleteTopics: names[2]`. */
export type Check = (place: string, value: unknown) => void

function expect(holds: boolean, place: string, value: unknown, wanted: string): void {
  if (holds) return
  throw new StateError(
    value === undefined
      ? `${place} is missing: write ${wanted}`
      : `${place} is ${show(value)}: write ${wanted}`,
  )
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const text: Check = (place, value) => expect(typeof value === 'string', place, value, 'text')

export const integer: Check = (place, value) =>
  expect(Number.isSafeInteger(value), place, value, 'a whole number')

export function oneOf(values: readonly string[]): Check {
  return (place, value) =>
    expect(values.includes(value as string), place, value, `one of ${values.join(', ')}`)
}

/** Also takes nothing at all. */
export function optional(check: Check): Check {
  return (place, value) => {
    if (value !== undefined) check(place, value)
  }
}

export function listOf(check: Check): Check {
  return (place, value) => {
    expect(Array.isArray(value), place, value, 'a list')
    for (const [index, item] of (value as readonly unknown[]).entries()) check(`${place}[${index}]`, item)
  }
}

/** An object with these fields; it may have others. */
export function entry(fields: Readonly<Record<string, Check>>): Check {
  const wanted = `{ ${Object.keys(fields).join(', ')} }`
  return (place, value) => {
    expect(isObject(value), place, value, wanted)
    for (const [field, check] of Object.entries(fields)) {
      check(`${place}.${field}`, (value as Readonly<Record<string, unknown>>)[field])
    }
  }
}

/** Settings: an object of texts, numbers among them. */
export const settings: Check = (place, value) => {
  expect(isObject(value), place, value, '{ name: text }')
  for (const [name, setting] of Object.entries(value as object)) text(`${place}["${name}"]`, setting)
}

/** Fields that name a partition. */
export const partitionFields = { topic: text, partition: integer } as const
