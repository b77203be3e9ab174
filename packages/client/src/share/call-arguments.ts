// Arguments of a share consumer's calls, which callers without types may get wrong.
import { isRegExp } from '../config/kinds.ts'
import {
  abortSignal,
  callable,
  type Check,
  count,
  entry,
  integer,
  listOf,
  oneOf,
  optional,
  partition,
} from '../config/arguments.ts'
import { show } from '../config/show.ts'
import { StateError } from '../errors/index.ts'

const topic: Check = (place, value) => {
  if (isRegExp(value))
    throw new StateError(`${place} is ${show(value)}: share groups have no patterns; write names`)
  if (typeof value !== 'string' || value.trim() === '')
    throw new StateError(`${place} is ${show(value)}: write the name of a topic`)
}

export const checkTopics = listOf(topic)

export const checkRun = entry({
  eachRecord: callable,
  concurrency: optional(count),
  onError: optional(callable),
  signal: optional(abortSignal),
})

const type = oneOf(['accept', 'release', 'reject', 'renew'])

/** A record, or its place. Throws StateError. */
export function checkAcknowledged(place: string, record: unknown, given: unknown): void {
  partition(place, record)
  integer(`${place}.offset`, (record as { readonly offset?: unknown }).offset)
  type('acknowledge: type', given)
}
