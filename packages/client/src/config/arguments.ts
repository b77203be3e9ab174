// Arguments of the operations, which callers without types may get wrong: refused by name and place, before anything is sent.
import { nearestName } from '@millrace/runtime'
import { show } from './show.ts'
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

const uuidForm = /^[\w-]{22}$/

/** An id in Kafka's form. */
export const uuid: Check = (place, value) =>
  expect(typeof value === 'string' && uuidForm.test(value), place, value, '22 characters of URL-safe base64')

/** A secret, which no error repeats. */
export const secretText: Check = (place, value) => {
  if (typeof value !== 'string') throw new StateError(`${place} is no text`)
}

/** For fields of 64 bits, as far as a number is exact. */
export const integer: Check = (place, value) =>
  expect(Number.isSafeInteger(value), place, value, 'a whole number')

/** A place in a log by time, or by one of `OffsetSpec`. */
export const moment: Check = (place, value) =>
  expect(Number.isSafeInteger(value), place, value, 'milliseconds since 1970, or one of OffsetSpec')

/** A whole number that a field of the protocol with so many bits takes. */
const signed =
  (bits: number): Check =>
  (place, value) => {
    integer(place, value)
    const max = 2 ** (bits - 1) - 1
    const fits = (value as number) >= -max - 1 && (value as number) <= max
    expect(fits, place, value, `a number from ${-max - 1} to ${max}`)
  }

export const int16 = signed(16)
export const int32 = signed(32)

const boolean: Check = (place, value) => expect(typeof value === 'boolean', place, value, 'true or false')

/** How long a call may wait, in ms: `Infinity` for as long as it takes. */
export const patience: Check = (place, value) =>
  expect(typeof value === 'number' && value >= 0, place, value, 'milliseconds')

/** How many at most, or at least one at a time. */
export const count: Check = (place, value) =>
  expect(
    value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && (value as number) > 0),
    place,
    value,
    'a whole number from 1 on',
  )

/** What is called back. */
export const callable: Check = (place, value) =>
  expect(typeof value === 'function', place, value, 'a function')

const durationMaxMs = 2 ** 31 - 1
const duration: Check = (place, value) => {
  const fits = typeof value === 'number' && value >= 0 && value <= durationMaxMs
  expect(fits, place, value, `milliseconds, ${durationMaxMs} at most`)
}

export const abortSignal: Check = (place, value) =>
  expect(value instanceof AbortSignal, place, value, 'the signal of an AbortController')

export const textOrNull: Check = (place, value) =>
  expect(typeof value === 'string' || value === null, place, value, 'text, or null')

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
    if (isObject(value) && Object.values(value).some(Array.isArray)) refuseWrapped(place, value)
    expect(Array.isArray(value), place, value, 'a list')
    for (const [index, item] of (value as readonly unknown[]).entries()) check(`${place}[${index}]`, item)
  }
}

/** KafkaJS puts the list into an object, together with the options. */
function refuseWrapped(place: string, value: object): never {
  const operation = place.split(':')[0]!
  throw new StateError(
    `${place} is ${show(value)}: write the list itself, and options after it: ${operation}([…], { … })`,
  )
}

/** Fields by the names that KafkaJS has for them. */
const foreignFields: Readonly<Record<string, string>> = {
  topic: 'name',
  numPartitions: 'partitions',
  replicaAssignment: 'assignments',
  configEntries: 'configs',
  count: 'partitions',
  partitions: 'count',
  offset: 'beforeOffset',
  configNames: 'names',
  timeout: 'timeoutMs',
  eachMessage: 'eachRecord',
  partitionsConsumedConcurrently: 'partitionConcurrency',
}

/** What other operations return: an entry made from one of their results need not be stripped of it. */
const carriedFields: ReadonlySet<string> = new Set([
  'offset',
  'timestamp',
  'leaderEpoch',
  'endOffset',
  'lowWatermark',
  'metadata',
  'error',
])

function checkNames(place: string, value: object, fields: readonly string[]): void {
  for (const name of Object.keys(value)) {
    if (fields.includes(name) || (fields.includes('partition') && carriedFields.has(name))) continue
    const translated = Object.hasOwn(foreignFields, name) ? foreignFields[name]! : ''
    const near = fields.includes(translated) ? translated : nearestName(name, fields)
    const advice = near ? `did you mean "${near}"?` : `there are ${fields.join(', ')}`
    throw new StateError(`${place} has a field "${name}": ${advice}`)
  }
}

/** The options of an operation: what every one takes, and these. Nothing at all is fine. */
export function optionsWith(fields: Readonly<Record<string, Check>> = {}): Check {
  return optional(entry({ timeoutMs: optional(duration), signal: optional(abortSignal), ...fields }))
}

export const flag = optional(boolean)

/** An object with these fields and no others. */
export function entry(fields: Readonly<Record<string, Check>>): Check {
  const wanted = `{ ${Object.keys(fields).join(', ')} }`
  return (place, value) => {
    expect(isObject(value), place, value, wanted)
    checkNames(place, value as object, Object.keys(fields))
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

/** A partition, whatever else the object has: records and what other calls return are some, too. */
export const partition: Check = (place, value) => {
  expect(typeof value === 'object' && value !== null, place, value, '{ topic, partition }')
  const { topic, partition: number } = value as Readonly<Record<string, unknown>>
  text(`${place}.topic`, topic)
  if (number === undefined && 'partitions' in (value as object))
    throw new StateError(`${place} has a field "partitions": write an entry for each, { topic, partition }`)
  int32(`${place}.partition`, number)
  expect((number as number) >= 0, `${place}.partition`, number, 'a number from 0 on')
}

/** Fields that name a partition. */
export const partitionFields = { topic: text, partition: int32 } as const
