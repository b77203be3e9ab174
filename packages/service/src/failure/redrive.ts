// What is sent back from a dead letter topic: the record as it was, for the group that could not handle it. Pure.
import {
  errorsPrefix,
  type FailureHeader,
  redriveGroupHeader,
  redrivesOf,
  withoutFamily,
} from './failure-headers.ts'
import { failurePrefixes } from './read-dead-letter.ts'
import type { ReceivedHeader } from '../received-header.ts'
import type { DeadLetter } from './read-dead-letter.ts'
import type { BytesRecord } from './set-aside.ts'

/** Where a dead letter is sent back to. */
export interface RedriveTarget {
  /** The topic. Default: the one that it came from. */
  readonly topic?: string | undefined
  /**
   * The group that is to handle it: services of other groups that read the same topic pass over it, and count that. Default: the group that the headers name.
   * `null`: every group handles it again.
   */
  readonly group?: string | null | undefined
}

/** A dead letter as it was read. */
export interface DeadLetterBytes {
  /** Its key; null for none. */
  readonly keyBytes: Buffer | null
  /** Its value; null for a tombstone. */
  readonly valueBytes: Buffer | null
}

/**
 * The record to be written: key, value and the sender's own headers as they were, so that it goes where its key goes, behind what came since. It counts
 * how often it was sent back. Undefined where neither the headers nor `target` name a topic.
 */
export function redriveRecord(
  bytes: DeadLetterBytes,
  letter: DeadLetter,
  target: RedriveTarget = {},
): BytesRecord | undefined {
  const topic = target.topic ?? letter.topic
  if (topic === undefined) return undefined
  const group = target.group === undefined ? letter.group : target.group
  const added: FailureHeader[] = [{ key: `${errorsPrefix}redrives`, value: String(letter.redrives + 1) }]
  // Of the families, only ours is of a group that knows what the header means.
  if (group !== null && group !== undefined && letter.family === 'millrace')
    added.push({ key: redriveGroupHeader, value: group })
  return { topic, key: bytes.keyBytes, value: bytes.valueBytes, headers: [...letter.headers, ...added] }
}

/** The same for a record that says nothing of a failure: to a topic that somebody names. */
export function redriveForeign(
  { keyBytes, valueBytes, headers }: DeadLetterBytes & { readonly headers: readonly ReceivedHeader[] },
  topic: string,
): BytesRecord {
  const own = withoutFamily(headers, [errorsPrefix, redriveGroupHeader])
  const count = { key: `${errorsPrefix}redrives`, value: String(redrivesOf(headers) + 1) }
  return { topic, key: keyBytes, value: valueBytes, headers: [...own, count] }
}

/** The headers of a dead letter that is written anew: `own` in place of its sender's, those of its failure as they are, and when and from what it was edited. */
export function editedHeaders(
  headers: readonly ReceivedHeader[],
  own: readonly FailureHeader[] | undefined,
  edited: { readonly at: number; readonly from: string },
): FailureHeader[] {
  const ofFailure = headers.filter(
    ({ key }) => failurePrefixes.some(prefix => key.startsWith(prefix)) && !key.startsWith(editedPrefix),
  )
  return [
    ...(own ?? withoutFamily(headers, failurePrefixes)),
    ...ofFailure,
    { key: `${editedPrefix}at`, value: String(edited.at) },
    { key: `${editedPrefix}from`, value: edited.from },
  ]
}

const editedPrefix = `${errorsPrefix}edited.`
