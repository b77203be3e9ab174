// The serde of a topic's events: reads both modes of CloudEvents, and writes one of them.
import { randomUUID } from 'node:crypto'
import type { AnySerde, OutgoingHeaders, SerdeContext } from '@millrace/client'
import { type Clock, nodeClock } from '@millrace/runtime'
import { PoisonError, UnknownEventTypeError } from '../failure/errors.ts'
import { checkMetadata } from './attributes.ts'
import type { ReceivedHeader } from '../received-header.ts'
import { isThenable } from '../thenable.ts'
import { BinaryEvent, writeBinary } from './binary-mode.ts'
import type { EventAttributes, EventEnvelope, EventInput } from './event.ts'
import type { ReceivedEvent } from './received-event.ts'
import { StructuredEvent, structuredContentType, writeStructured } from './structured-mode.ts'

/** How events of a topic are written. */
export interface EventFormat {
  /** Attributes as headers and data as the value (`binary`), or both in a JSON document (`structured`). Default `binary`. */
  readonly mode?: 'binary' | 'structured'
  /** `source` of events that name none. Default: `/` and the topic's name. */
  readonly source?: string
  /** What the serdes of the data write (`datacontenttype`). Default `application/json`. */
  readonly contentType?: string
  /** Where the time of events comes from. Default: the system's. */
  readonly clock?: Clock
  /** Ids of events that have none. Default: random UUIDs. */
  readonly makeId?: () => string
}

/** Serdes of data by event type. */
export type EventTypes = Readonly<Record<string, AnySerde>>

/** A serde as it is called here: types are checked where topics are made. */
interface DataSerde {
  readonly async?: boolean
  readonly nullable?: boolean
  serialize(
    value: unknown,
    context: SerdeContext,
    headers: OutgoingHeaders,
  ): Uint8Array | string | Promise<Uint8Array | string>
  deserialize(bytes: Buffer, context: SerdeContext, headers: readonly ReceivedHeader[]): unknown
}

/**
 * What a record's value says of the event, before its data is decoded. Throws PoisonError for what is no event: a bare value sent by who does not
 * know of envelopes, for one.
 */
export function openEvent(value: Buffer | null, headers: readonly ReceivedHeader[]): ReceivedEvent {
  let type: Buffer | undefined
  for (const { key, value: bytes } of headers) {
    if (bytes === null) continue
    if (key === 'ce_type') type = bytes
    else if (key === 'content-type' && bytes.length >= structuredPrefix.length) {
      const contentType = bytes.toString()
      if (contentType.startsWith(structuredPrefix)) return openStructured(value, contentType)
    }
  }
  if (!type?.length)
    throw new PoisonError(
      `the record is no event: it has neither a header ce_type nor the content-type ${structuredContentType}`,
    )
  return new BinaryEvent(type.toString(), headers, value)
}

/** What all content types of CloudEvents' own documents begin with. */
const structuredPrefix = 'application/cloudevents'

function openStructured(value: Buffer | null, contentType: string): StructuredEvent {
  if (!contentType.startsWith(structuredContentType))
    throw new PoisonError(`events as ${contentType} cannot be read; ${structuredContentType} can`)
  if (value === null) throw new PoisonError('the event has no value (structured mode of CloudEvents)')
  return new StructuredEvent(value)
}

/** Decodes the data of an event with the serde of its type. Returns a promise where that serde has to wait. Throws what the serde throws. */
export function readData(
  event: ReceivedEvent,
  serde: AnySerde,
  context: SerdeContext,
  headers: readonly ReceivedHeader[],
): ReceivedEvent | Promise<ReceivedEvent> {
  const { dataBytes } = event
  const { nullable } = serde as DataSerde
  if (dataBytes === null) {
    if (nullable !== true)
      throw new PoisonError(`the event of type "${event.type}" has no data; nullable(…) would allow that`)
    event.data = null
    return event
  }
  const data = (serde as DataSerde).deserialize(dataBytes, context, headers)
  if (isThenable(data)) {
    return Promise.resolve(data).then(read => {
      event.data = read
      return event
    })
  }
  event.data = data
  return event
}

/** Makes the serde of a topic's events. Asynchronous where one of the types is. */
export function eventSerde(topic: string, types: EventTypes, format: EventFormat): AnySerde {
  const writer = new EventWriter(topic, types, format)
  const isAsync = Object.values(types).some(serde => serde.async === true)
  return {
    async: isAsync,
    serialize: (event: EventInput, context: SerdeContext, headers: OutgoingHeaders) =>
      writer.write(event, context, headers),
    deserialize(bytes: Buffer, context: SerdeContext, headers: readonly ReceivedHeader[]): unknown {
      const event = openEvent(bytes, headers)
      const serde = types[event.type]
      if (!serde || !Object.hasOwn(types, event.type))
        throw new UnknownEventTypeError(event.type, Object.keys(types))
      return readData(event, serde, context, headers) as EventEnvelope | Promise<EventEnvelope>
    },
  } as AnySerde
}

class EventWriter {
  readonly #types: EventTypes
  readonly #mode: 'binary' | 'structured'
  readonly #source: string
  readonly #contentType: string
  readonly #clock: Clock
  readonly #makeId: () => string

  constructor(topic: string, types: EventTypes, format: EventFormat) {
    this.#types = types
    this.#mode = format.mode ?? 'binary'
    this.#source = format.source ?? `/${topic}`
    this.#contentType = format.contentType ?? 'application/json'
    this.#clock = format.clock ?? nodeClock
    this.#makeId = format.makeId ?? randomUUID
  }

  /** Throws UnknownEventTypeError, TypeError for attributes that cannot be, and what the serde throws. */
  write(
    input: EventInput,
    context: SerdeContext,
    headers: OutgoingHeaders,
  ): Uint8Array | string | Promise<Uint8Array | string> {
    const serde = this.#serdeOf(input)
    const event = this.#attributesOf(input)
    const isNull = input.data === null && serde.nullable === true
    const data = isNull ? 'null' : serde.serialize(input.data, context, headers)
    if (data instanceof Promise) {
      // Headers may be added until the promise resolves.
      return data.then(written => this.#finish(event, written, headers))
    }
    return this.#finish(event, data, headers)
  }

  #serdeOf(input: EventInput): DataSerde {
    if (typeof input !== 'object' || input === null || typeof input.type !== 'string')
      throw new TypeError('an event is written as { type, data }')
    const serde = Object.hasOwn(this.#types, input.type) ? this.#types[input.type] : undefined
    if (!serde) throw new UnknownEventTypeError(input.type, Object.keys(this.#types))
    return serde as DataSerde
  }

  #attributesOf(input: EventInput): EventAttributes {
    const { type, id, source, time, subject, dataSchema, metadata = {} } = input
    checkMetadata(metadata)
    if (id === '' || source === '')
      throw new TypeError(`the ${id === '' ? 'id' : 'source'} of an event is empty`)
    return {
      type,
      id: id ?? this.#makeId(),
      source: source ?? this.#source,
      time: time ?? this.#clock.now(),
      subject,
      dataSchema,
      metadata,
    }
  }

  #finish(event: EventAttributes, data: string | Uint8Array, headers: OutgoingHeaders): Uint8Array | string {
    if (this.#mode === 'structured') {
      headers.add('content-type', `${structuredContentType}; charset=UTF-8`)
      return writeStructured(event, this.#contentType, data)
    }
    writeBinary(event, this.#contentType, headers)
    return data
  }
}
