// The headers that travel with a record that failed, through retry topics and into the dead letter topic. Values are UTF-8 text. Pure.
//
//   __millrace.errors.topic, .partition, .offset     where the record was first: its own topic, whatever it has been through
//   __millrace.errors.timestamp, .timestamp.type     the record's own time there
//   __millrace.errors.group                          the group that could not handle it
//   __millrace.errors.attempts                       attempts so far, in all topics
//   __millrace.errors.class, .message, .stack        the last error; the stack in dead letters only
//   __millrace.errors.reason                         why it was given up; in dead letters only
//   __millrace.errors.first.failed.at, .failed.at    in ms since the epoch
//   __millrace.errors.tier, .due.at                  which retry topic it is in, and when its time has come; there only
//   __millrace.errors.redrives                       times that it was sent back from a dead letter topic
//   __millrace.errors.edited.at, .edited.from        when a dead letter was edited, in ms since the epoch, and its place before that: "partition:offset"
//   __millrace.redrive.group                         the group that a redriven record is for; others pass over it
import { type ReceivedHeader, textHeader } from '../received-header.ts'

/** A header to be written. */
export interface FailureHeader {
  /** Its name. */
  readonly key: string
  /** What it says; null for one without a value. */
  readonly value: string | Buffer | null
}

/** Where a record was first. */
export interface RecordOriginPlace {
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** Place in the partition. */
  readonly offset: number
  /** Milliseconds since the epoch, −1 where the log has none. */
  readonly timestamp: number
  /** As Kafka spells it; undefined where nobody said. */
  readonly timestampType: string | undefined
}

export const errorsPrefix = '__millrace.errors.'
export const redriveGroupHeader = '__millrace.redrive.group'

/** What a record brings along that failed before. */
export interface FailureHistory {
  /** Where it was first. */
  readonly origin: RecordOriginPlace
  /** The group that could not handle it; undefined where nobody said. */
  readonly group: string | undefined
  /** Attempts before it came here. */
  readonly attempts: number
  /** Number of the retry topic that it is in, from 1 on; 0 for none. */
  readonly tier: number
  /** When its time has come, in ms since the epoch; 0 for at once. */
  readonly dueAt: number
  /** In ms since the epoch; undefined where it has not failed. */
  readonly firstFailedAt: number | undefined
  /** Times that it was sent back from a dead letter topic. */
  readonly redrives: number
}

/** What there is to say of a failure. */
export interface FailureFacts {
  /** Where the record was first. */
  readonly origin: RecordOriginPlace
  /** The group that could not handle it. */
  readonly group: string
  /** Attempts in all topics. */
  readonly attempts: number
  /** What was thrown last. */
  readonly error: unknown
  /** In ms since the epoch. */
  readonly firstFailedAt: number
  /** When it failed last, in ms since the epoch. */
  readonly failedAt: number
  /** Times that it was sent back from a dead letter topic before. */
  readonly redrives: number
}

/** Whether a record has any header of ours: asked for each, and false for most. */
export function carriesOurs(headers: readonly ReceivedHeader[]): boolean {
  for (let at = 0; at < headers.length; at++) {
    const { key } = headers[at]!
    // An underscore, before the whole prefix is looked at.
    if (key.charCodeAt(0) === 0x5f && key.startsWith('__millrace.')) return true
  }
  return false
}

/** All headers of the family by the rest of their names; undefined where there is none. */
export function familyOf(
  headers: readonly ReceivedHeader[],
  prefix: string,
): Map<string, string> | undefined {
  let found: Map<string, string> | undefined
  for (const { key, value } of headers) {
    if (!key.startsWith(prefix) || value === null) continue
    found ??= new Map()
    found.set(key.slice(prefix.length), value.toString())
  }
  return found
}

/** A whole number in text; undefined for anything else. */
export function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?\d{1,16}$/.test(text)) return undefined
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : undefined
}

/** What a record says of its failures; undefined where it has none, or not ours. What is damaged in it counts as not said. */
export function historyOf(headers: readonly ReceivedHeader[]): FailureHistory | undefined {
  if (headers.length === 0) return undefined
  const family = familyOf(headers, errorsPrefix)
  if (family === undefined) return undefined
  const number = (name: string) => wholeNumber(family.get(name))
  const topic = family.get('topic')
  const partition = number('partition')
  const offset = number('offset')
  if (topic === undefined || partition === undefined || offset === undefined) return undefined
  return {
    origin: {
      topic,
      partition,
      offset,
      timestamp: number('timestamp') ?? -1,
      timestampType: family.get('timestamp.type'),
    },
    group: family.get('group'),
    attempts: Math.max(0, number('attempts') ?? 0),
    tier: Math.max(0, number('tier') ?? 0),
    dueAt: number('due.at') ?? 0,
    firstFailedAt: number('first.failed.at'),
    redrives: redrivesOf(headers),
  }
}

/** Times that a record was sent back from a dead letter topic. */
export function redrivesOf(headers: readonly ReceivedHeader[]): number {
  return Math.max(0, wholeNumber(textHeader(headers, `${errorsPrefix}redrives`)) ?? 0)
}

/** The headers of a record without those of the family: what its sender gave it. */
export function withoutFamily(
  headers: readonly ReceivedHeader[],
  prefixes: readonly string[],
): FailureHeader[] {
  return headers.filter(({ key }) => !prefixes.some(prefix => key.startsWith(prefix)))
}
