// What lines say of the record in hand: kept beside the calls of a handler, however deep, by AsyncLocalStorage.
import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type ClientHooks,
  type ClientIdentity,
  correlationHeader,
  correlationIdOf,
  type HandledRecord,
} from '@millrace/client'

/** Fields of every line that is logged within some piece of work. */
export interface LogFields {
  /** The piece of work, from its first record, or request, to the last. */
  readonly correlationId?: string
  /** Whatever else is worth knowing. */
  readonly [name: string]: unknown
}

/** Hooks for clients and services, and what enters a context without them. */
export interface LogContext extends Required<Pick<ClientHooks, 'aroundRecord' | 'aroundBatch' | 'onSend'>> {
  /**
   * Runs work whose lines have these fields, beside those of the work around it. Records that are sent within have the `correlationId` in a header, where `hooks` of their producer has the context.
   * Returns what the work returns, and throws what it throws.
   *
   * @example
   * createServer((request, response) => {
   *   logContext.run({ correlationId: String(request.headers['x-correlation-id'] ?? randomUUID()) }, () => handle(request, response))
   * })
   */
  run<R>(fields: LogFields, work: () => R): R
  /** The fields that lines have here; undefined outside of all work. */
  fields(): LogFields | undefined
}

const storage = new AsyncLocalStorage<LogFields>()

/**
 * The context of lines: give it to services and clients as one of their `hooks`, and each line that is logged while a record is handled says `correlationId`, `topic`, `partition`, `offset`, `group`, and of an event
 * `eventId` and `eventType`. Records that a handler sends by a producer with these hooks carry the correlation id on.
 *
 * @example
 * const service = new Service({ name: 'billing', brokers: ['localhost:9092'], logger, hooks: [logContext] })
 */
export const logContext: LogContext = {
  aroundRecord: (record, client, handle) => storage.run(recordFields(record, client), handle),
  aroundBatch: ({ topic, partition, firstOffset }, { groupId }, handle) =>
    storage.run(
      { topic, partition, offset: firstOffset, ...(groupId !== undefined && { group: groupId }) },
      handle,
    ),
  onSend({ headers }) {
    const id = storage.getStore()?.correlationId
    if (id !== undefined && !headers.some(({ key }) => key === correlationHeader))
      headers.push({ key: correlationHeader, value: id })
  },
  run: (fields, work) => storage.run({ ...storage.getStore(), ...fields }, work),
  fields: () => storage.getStore(),
}

/** What a line is told of a record. */
function recordFields(record: HandledRecord, { groupId }: ClientIdentity): LogFields {
  const { topic, partition, offset, headers } = record
  const eventId = textOf(headers, 'ce_id')
  const eventType = textOf(headers, 'ce_type')
  return {
    correlationId: correlationIdOf(headers) ?? originOf(record),
    ...(eventId !== undefined && { eventId }),
    ...(eventType !== undefined && { eventType }),
    topic,
    partition,
    offset,
    ...(groupId !== undefined && { group: groupId }),
  }
}

/** Where a record was first stands for the work that it began, whatever retry topics it has been through. */
function originOf({ topic, partition, offset, headers }: HandledRecord): string {
  const place = ['topic', 'partition', 'offset'].map(part => textOf(headers, `__millrace.errors.${part}`))
  return place.every(part => part !== undefined) ? place.join('-') : `${topic}-${partition}-${offset}`
}

function textOf(headers: HandledRecord['headers'], name: string): string | undefined {
  return headers.findLast(({ key }) => key === name)?.value?.toString()
}
