// What a topic's records are made of and how they are read: events by type, or values.
import {
  type AnySerde,
  type AnyTopic,
  type ConsumerRecord,
  DeserializationError,
  type RecordPart,
} from '@millrace/client'
import type { EventTypes } from '../envelope/event-serde.ts'
import { EventTopic } from '../envelope/event-topic.ts'
import { openEvent, readData } from '../envelope/event-serde.ts'
import type { ReceivedEvent } from '../envelope/received-event.ts'
import { textHeader } from '../received-header.ts'
import { isThenable } from '../thenable.ts'

/** What a record turns out to be. `value`: its type is empty, and the item comes with {@link ItemReader.read}. */
export type Opened =
  | ReceivedEvent
  | { readonly kind: 'value' }
  | { readonly kind: 'tombstone' }
  | { readonly kind: 'unknown'; readonly type: string }

const aValue: Opened = { kind: 'value' }
const aTombstone: Opened = { kind: 'tombstone' }

export interface ItemReader {
  /** Looks at the envelope, and decodes nothing yet. Throws PoisonError. */
  open(record: ConsumerRecord): Opened
  /** The event or value; a promise where a serde has to wait. Throws DeserializationError, PoisonError. */
  read(record: ConsumerRecord, opened: Opened): unknown
  /** The key; a promise where a serde has to wait. Throws DeserializationError. */
  readKey(record: ConsumerRecord): unknown
  /** Whether its serde may have to wait. */
  readonly isKeyAsync: boolean
  /** Whether any of its serdes may have to wait. */
  readonly isAsync: boolean
}

/** How a topic's records are read. */
export function readerOf(topic: AnyTopic): ItemReader {
  const { key, value } = topic.parts
  const readKey = (record: ConsumerRecord) =>
    readPart(record, key.serde, key.context, record.keyBytes, key.required)
  const isKeyAsync = key.serde?.async === true
  if (topic instanceof EventTopic) {
    const serdes = new Map<string, AnySerde>(Object.entries(topic.eventTypes as EventTypes))
    return {
      readKey,
      isKeyAsync,
      isAsync: isKeyAsync || [...serdes.values()].some(serde => serde.async === true),
      open(record) {
        const { valueBytes, headers } = record
        if (valueBytes === null && textHeader(headers, 'ce_type') === undefined) return aTombstone
        const event = openEvent(valueBytes, headers)
        const { type } = event
        return serdes.has(type) ? event : { kind: 'unknown', type }
      },
      read(record, opened) {
        if (opened.kind !== 'event') return undefined
        try {
          const read = readData(opened, serdes.get(opened.type)!, value.context, record.headers)
          return read instanceof Promise
            ? read.catch((error: unknown) => refuse(record, 'value', error))
            : read
        } catch (error) {
          return refuse(record, 'value', error)
        }
      },
    }
  }
  return {
    readKey,
    isKeyAsync,
    isAsync: isKeyAsync || value.serde?.async === true,
    open: () => aValue,
    read: record => readPart(record, value.serde, value.context, record.valueBytes, value.required),
  }
}

type Part = AnyTopic['parts']['key']

function readPart(
  record: ConsumerRecord,
  serde: Part['serde'],
  context: Part['context'],
  bytes: Buffer | null,
  required: boolean,
): unknown {
  if (serde === undefined || (bytes === null && !required)) return bytes
  const { part } = context
  try {
    if (bytes === null)
      throw new TypeError('it is null; nullable(…) in the topic’s definition would allow that')
    const read: unknown = serde.deserialize(bytes, context, record.headers)
    return isThenable(read)
      ? Promise.resolve(read).catch((error: unknown) => refuse(record, part, error))
      : read
  } catch (error) {
    return refuse(record, part, error)
  }
}

function refuse({ topic, partition, offset }: ConsumerRecord, part: RecordPart, cause: unknown): never {
  throw new DeserializationError({ topic, partition, offset, part }, cause)
}
