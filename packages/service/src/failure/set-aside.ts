// What a record becomes when it goes to a retry topic or to the dead letter topic: key, value and headers are its own, and failure headers are added. Pure.
import { classOf, messageOf } from './classify.ts'
import {
  errorsPrefix,
  type FailureFacts,
  type FailureHeader,
  redriveGroupHeader,
  withoutFamily,
} from './failure-headers.ts'
import { springDeadLetterHeaders, springPrefixes } from './spring-headers.ts'
import type { DeadLetterReason } from './verdict.ts'
import type { ReceivedHeader } from '../received-header.ts'

/** Which headers dead letters get: ours, those of Spring Kafka, or both. */
export type DeadLetterHeaders = 'millrace' | 'spring' | 'both'

/** A record that is set aside, as it was received. */
export interface SetAsideRecord {
  /** Its key; null for none. */
  readonly keyBytes: Buffer | null
  /** Its value; null for a tombstone. */
  readonly valueBytes: Buffer | null
  /** Its headers: those of earlier failures are left out of what is written. */
  readonly headers: readonly ReceivedHeader[]
}

/** Where a dead letter goes, and what is said there. */
export interface DeadLetterTarget {
  /** The topic to write to. */
  readonly topic: string
  /** The partition. Default: where its key goes. */
  readonly partition?: number
  /** Why it is given up. */
  readonly reason: DeadLetterReason
  /** Which headers say so. */
  readonly style: DeadLetterHeaders
  /** Characters of the error's stack that go along; 0 for none. */
  readonly stackChars: number
}

/** A record to be written, in bytes. */
export interface BytesRecord {
  /** The topic to write to. */
  readonly topic: string
  /** The partition. Default: where its key goes. */
  readonly partition?: number
  /** Its key; null for none. */
  readonly key: Buffer | null
  /** Its value; null for a tombstone. */
  readonly value: Buffer | null
  /** Its headers, in order. */
  readonly headers: readonly FailureHeader[]
}

const messageCharsMax = 1_000
/** Of a stack, by default: a record must not outgrow what the topic takes because of what is said of it. */
export const stackCharsDefault = 4_000

function common(facts: FailureFacts): FailureHeader[] {
  const { origin, group, attempts, error, firstFailedAt, failedAt, redrives } = facts
  const named: [string, string | number | undefined][] = [
    ['topic', origin.topic],
    ['partition', origin.partition],
    ['offset', origin.offset],
    ['timestamp', origin.timestamp],
    ['timestamp.type', origin.timestampType],
    ['group', group],
    ['attempts', attempts],
    ['class', classOf(error)],
    ['message', messageOf(error).slice(0, messageCharsMax)],
    ['first.failed.at', firstFailedAt],
    ['failed.at', failedAt],
    ['redrives', redrives > 0 ? redrives : undefined],
  ]
  return named.flatMap(([name, value]) =>
    value === undefined ? [] : [{ key: `${errorsPrefix}${name}`, value: String(value) }],
  )
}

/** Headers that a failure of before has left are replaced, not gathered: a record would grow with every attempt. */
const staleFamilies: readonly string[] = [errorsPrefix, redriveGroupHeader, ...springPrefixes]

/** The record as it waits in a retry topic. */
export function parkedRecord(
  record: SetAsideRecord,
  facts: FailureFacts,
  to: { readonly topic: string; readonly partition?: number; readonly tier: number; readonly dueAt: number },
): BytesRecord {
  const { topic, partition, tier, dueAt } = to
  return {
    topic,
    ...(partition !== undefined && { partition }),
    key: record.keyBytes,
    value: record.valueBytes,
    headers: [
      ...withoutFamily(record.headers, staleFamilies),
      ...common(facts),
      { key: `${errorsPrefix}tier`, value: String(tier) },
      { key: `${errorsPrefix}due.at`, value: String(Math.ceil(dueAt)) },
    ],
  }
}

/** The record as a dead letter, as a service writes it: for programs that give up records of their own, so that `DeadLetterQueue` and `millrace dlq` read them. */
export function deadLetterRecord(
  record: SetAsideRecord,
  facts: FailureFacts,
  to: DeadLetterTarget,
): BytesRecord {
  const { topic, partition, reason, style, stackChars } = to
  const stack = facts.error instanceof Error ? facts.error.stack : undefined
  const ours: FailureHeader[] = [...common(facts), { key: `${errorsPrefix}reason`, value: reason }]
  if (stack && stackChars > 0) ours.push({ key: `${errorsPrefix}stack`, value: stack.slice(0, stackChars) })
  return {
    topic,
    ...(partition !== undefined && { partition }),
    key: record.keyBytes,
    value: record.valueBytes,
    headers: [
      ...withoutFamily(record.headers, staleFamilies),
      ...(style === 'spring' ? [] : ours),
      ...(style === 'millrace' ? [] : springDeadLetterHeaders(facts, stackChars)),
    ],
  }
}
