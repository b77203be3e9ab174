// A dead letter as it stands in its topic, and which of them are wanted. Pure.
import type { ConsumerRecord } from '@millrace/client'
import { type DeadLetter, type DeadLetterFamily, readDeadLetter } from '../failure/read-dead-letter.ts'
import type { ReceivedHeader } from '../received-header.ts'

/** Where a dead letter stands in its topic. */
export interface LetterPlace {
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** Offset in it. */
  readonly offset: number
}

/** A dead letter as it was read. Its bytes share memory with what was fetched beside it: copy what is kept for long. */
export interface StoredLetter extends LetterPlace {
  /** The dead letter topic. */
  readonly topic: string
  /** When it was written there, in ms since the epoch; −1 where the log has no time. */
  readonly timestamp: number
  /** The key; null without one. */
  readonly keyBytes: Buffer | null
  /** The value; null for a tombstone. */
  readonly valueBytes: Buffer | null
  /** All headers, as they are. */
  readonly headers: readonly ReceivedHeader[]
  /** What they say of the failure; undefined where they are of no known family. */
  readonly letter: DeadLetter | undefined
  /** Whether it is yet to be sent back: false for what was sent back, or edited and so replaced. */
  readonly isPending: boolean
}

/** Which dead letters are wanted: all conditions must hold. Those that say nothing of a thing do not fit a condition about it. */
export interface LetterFilter {
  /** Who wrote the headers. */
  readonly family?: DeadLetterFamily
  /** The topic that it came from. */
  readonly origin?: string
  /** The group, connector or application that gave it up. */
  readonly group?: string
  /** The error's class: its whole name, or the part behind the last dot. */
  readonly errorClass?: string
  /** Found in the error's message. */
  readonly errorMessage?: RegExp
  /** Why it was given up. */
  readonly reason?: string
  /** The record's key as text. */
  readonly key?: string
  /** Given up at this time or later, in ms since the epoch. */
  readonly since?: number
  /** Given up before this time, in ms since the epoch. */
  readonly until?: number
  /** Only those that stand there. */
  readonly places?: readonly LetterPlace[]
}

/** When a letter was given up: as its headers say, else as its record does. */
export function givenUpAt({ letter, timestamp }: Pick<StoredLetter, 'letter' | 'timestamp'>): number {
  return letter?.failedAt ?? timestamp
}

/** The record as a letter. */
export function letterOf(record: ConsumerRecord, isPending: boolean): StoredLetter {
  const { topic, partition, offset, timestamp, keyBytes, valueBytes, headers } = record
  const letter = readDeadLetter(headers)
  return { topic, partition, offset, timestamp, keyBytes, valueBytes, headers, letter, isPending }
}

/** Whether a letter is wanted. */
export function fits(stored: StoredLetter, filter: LetterFilter): boolean {
  const { family, origin, group, errorClass, errorMessage, reason, key, since, until, places } = filter
  const { letter } = stored
  const time = givenUpAt(stored)
  return (
    (family === undefined || letter?.family === family) &&
    (origin === undefined || letter?.topic === origin) &&
    (group === undefined || letter?.group === group) &&
    (errorClass === undefined || isClass(letter?.errorClass, errorClass)) &&
    (errorMessage === undefined || isFound(errorMessage, letter?.errorMessage)) &&
    (reason === undefined || letter?.reason === reason) &&
    (key === undefined || stored.keyBytes?.toString() === key) &&
    (since === undefined || time >= since) &&
    (until === undefined || (time >= 0 && time < until)) &&
    (places === undefined || places.some(place => isAt(stored, place)))
  )
}

function isClass(given: string | undefined, wanted: string): boolean {
  return given !== undefined && (given === wanted || given.slice(given.lastIndexOf('.') + 1) === wanted)
}

/** Expressions with the flags g or y begin where they stopped last: each letter is looked at from its start. */
function isFound(expression: RegExp, text: string | undefined): boolean {
  expression.lastIndex = 0
  return text !== undefined && expression.test(text)
}

function isAt({ partition, offset }: LetterPlace, place: LetterPlace): boolean {
  return partition === place.partition && offset === place.offset
}
