// What the calls of a partition connection take, checked for callers without types.
import {
  abortSignal,
  type Check,
  count,
  entry,
  int32,
  optional,
  partition,
  patience,
} from '../config/arguments.ts'

const signal = optional(abortSignal)

/** Bytes as the protocol takes them, at least one. */
const bytes: Check = (place, value) => {
  count(place, value)
  int32(place, value)
}

/** Checks of arguments, each by the place that it is given: "readBatch: options". They throw StateError. */
export const argumentChecks = {
  partition,
  dial: entry({ timeoutMs: optional(patience), signal }),
  read: entry({
    minBytes: optional(bytes),
    maxBytes: optional(bytes),
    maxWaitMs: optional(patience),
    signal,
  }),
  loop: entry({ signal }),
} satisfies Readonly<Record<string, Check>>
