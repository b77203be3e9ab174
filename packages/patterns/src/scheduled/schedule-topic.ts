// A topic of records that wait for their time: what is put there is delivered to another topic when it is due.
import { randomUUID } from 'node:crypto'
import {
  type AnyRecord,
  type AnyTopic,
  type AsyncSerde,
  ConfigError,
  encodeRecord,
  nullable,
  type OutgoingHeaders,
  type SerdeContext,
  string,
  Topic,
  topic,
  type TopicDefinition,
} from '@millrace/client'
import { type Clock, nodeClock } from '@millrace/runtime'
import { type Publication, type ReceivedHeader, recordOf } from '@millrace/service'
import { checkNumber } from '../options/split-options.ts'
import { isThenable } from '../records/thenable.ts'
import { readEntry, type ScheduledRecord, writeEntry } from './entry.ts'

/** A record that is to be delivered later: made by {@link ScheduleTopic.deliver}. */
export interface ScheduleEntry {
  /** When it is due, in ms since the epoch. */
  readonly at: number
  /** The record, as its topic wants it. */
  readonly record: AnyRecord
}

/** When something is to be delivered, and under which id. */
export interface When {
  /** At this time: a Date, or ms since the epoch. One that has passed is now. Give this or `afterMs`. */
  readonly at?: Date | number
  /** So many ms from now. */
  readonly afterMs?: number
  /** What it is cancelled by, and replaced: of several schedules with one id the last counts. Default: a random UUID. */
  readonly id?: string
}

/** What is written to a schedule topic, by `context.publish`, `service.publish` or `producer.send({ topic, … })`. */
export interface ScheduleMessage {
  /** The id of the schedule. */
  readonly key: string
  /** What is to be delivered; null cancels it. */
  readonly value: ScheduleEntry | null
}

/** What there is to say of a schedule topic. */
export interface ScheduleTopicDefinition
  extends Pick<TopicDefinition, 'partitions' | 'replicationFactor' | 'configs'> {
  /** Time that `afterMs` counts from. Default: the system's. */
  readonly clock?: Clock
}

/** A topic of records that wait for their time, made by {@link scheduleTopic}. What is in it is delivered by a {@link Scheduler}. */
export class ScheduleTopic<Name extends string = string> extends Topic<
  Name,
  string,
  ScheduledRecord | null,
  string,
  ScheduleEntry | null
> {
  readonly #clock: Clock

  /** @internal Use {@link scheduleTopic}. */
  constructor(name: Name, { clock = nodeClock, ...rest }: ScheduleTopicDefinition) {
    super(name, {
      ...rest,
      key: string(),
      value: nullable(entrySerde) as never,
    })
    this.#clock = clock
  }

  /**
   * What has a record delivered later. Write it to this topic: by `context.publish(delays, …)` with what else a handler publishes, by `service.publish` or by a producer. Its `key` is the id. Throws
   * ConfigError for a time that is none.
   *
   * @example
   * context.publish(delays, delays.deliver(reminders, { key: 'user-7', value: { text: 'still there?' } }, { afterMs: 86_400_000, id: 'reminder-7' }))
   */
  deliver<T extends AnyTopic>(to: T, message: Publication<T>, when: When): ScheduleMessage {
    const { at, afterMs, id = randomUUID() } = when
    if ((at === undefined) === (afterMs === undefined))
      throw new ConfigError('deliver: say when, by either at or afterMs')
    if (typeof id !== 'string' || id === '') throw new ConfigError('deliver: id is no text')
    const time = at instanceof Date ? at.getTime() : at
    checkNumber('deliver: at', time, 0, false)
    checkNumber('deliver: afterMs', afterMs, 0, false)
    const dueAt = Math.ceil(time ?? this.#clock.now() + afterMs!)
    if (!Number.isSafeInteger(dueAt))
      throw new ConfigError(`deliver: ${dueAt} is no time in ms since the epoch`)
    return { key: id, value: { at: dueAt, record: recordOf(to, message) as AnyRecord } }
  }

  /** What cancels a schedule by its id; of one that is delivered, or that there is not, nothing. Write it to this topic as what {@link deliver} returns. */
  cancel(id: string): ScheduleMessage {
    return { key: id, value: null }
  }
}

/** Writes the record by the serdes of its own topic. */
const entrySerde: AsyncSerde<ScheduledRecord, ScheduleEntry> = {
  async: true,
  serialize({ at, record }: ScheduleEntry, _context: SerdeContext, headers: OutgoingHeaders) {
    const encoded = encodeRecord(record)
    return isThenable(encoded)
      ? encoded.then(bytes => writeEntry(at, bytes, headers))
      : writeEntry(at, encoded, headers)
  },
  deserialize(bytes: Buffer, _context: SerdeContext, headers: readonly ReceivedHeader[]) {
    const entry = readEntry(bytes, headers)
    if (entry) return entry
    throw new TypeError('it is no schedule: it does not say when and where it is to be delivered')
  },
}

/**
 * Says once where records wait for their time. Producers, services and admins take it as any topic with types; a {@link Scheduler} delivers what is in it. Throws ConfigError or StateError for a
 * definition that cannot be.
 *
 * @example
 * const delays = scheduleTopic('delays', { partitions: 4 })
 */
export function scheduleTopic<const Name extends string>(
  name: Name,
  definition: ScheduleTopicDefinition = {},
): ScheduleTopic<Name> {
  const { clock, ...rest } = definition
  // The name, and all that topics have in common.
  topic(name, rest)
  if (clock && typeof clock.now !== 'function')
    throw new ConfigError(`scheduleTopic: clock of "${name}" is no clock`)
  return new ScheduleTopic(name, definition)
}
