// What the calls of a Producer take beside records; what callers without types get wrong is refused by name.
import { compressionNames } from '@millrace/protocol'
import type { ConsumerGroupMetadata } from '../cluster/offset-commit.ts'
import {
  abortSignal,
  callable,
  type Check,
  entry,
  int32,
  integer,
  listOf,
  oneOf,
  optional,
  partition,
  patience,
  text,
  textOrNull,
} from '../config/arguments.ts'
import { StateError } from '../errors/index.ts'

const signal = optional(abortSignal)
const timeoutMs = optional(patience)

const offset: Check = (place, value) => {
  partition(place, value)
  const { offset: number, leaderEpoch, metadata } = value as Readonly<Record<string, unknown>>
  integer(`${place}.offset`, number)
  if ((number as number) < 0)
    throw new StateError(`${place}.offset is ${String(number)}: write one from 0 on`)
  optional(int32)(`${place}.leaderEpoch`, leaderEpoch)
  optional(text)(`${place}.metadata`, metadata)
}

const group = entry({ groupId: text, memberId: text, generation: int32, groupInstanceId: textOrNull })

/** Checks of arguments, each by the place that it is given: "send: options". They throw StateError. */
export const argumentChecks = {
  close: entry({ timeoutMs }),
  send: entry({ signal, compression: optional(oneOf(compressionNames)) }),
  flush: entry({ signal }),
  signal,
  transaction: entry({ timeoutMs, signal }),
  work: callable,
  offsets: listOf(offset),
} satisfies Readonly<Record<string, Check>>

/** Who commits the offsets of a transaction: a member of a group, or nobody in particular of the group with this id. */
export function groupOf(given: ConsumerGroupMetadata | string): ConsumerGroupMetadata {
  if (typeof given === 'string')
    return { groupId: given, memberId: '', generation: -1, groupInstanceId: null }
  group('sendOffsets: group', given)
  return given
}
