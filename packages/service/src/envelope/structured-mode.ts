// Structured mode of CloudEvents: the value is a JSON document with attributes and data, the header content-type says so.
import { checkRequired, isExtension, specVersion, timeOf, timeText } from './attributes.ts'
import type { EventAttributes } from './event.ts'
import { PoisonError } from '../failure/errors.ts'
import { ReceivedEvent } from './received-event.ts'

export const structuredContentType = 'application/cloudevents+json'

type Members = Readonly<Record<string, unknown>>

export class StructuredEvent extends ReceivedEvent {
  readonly type: string
  readonly #members: Members

  /** Throws PoisonError for what is no event. */
  constructor(bytes: Buffer) {
    super()
    const members = parse(bytes)
    const { id, source, specversion, type } = members
    const version = typeof specversion === 'string' ? specversion : undefined
    const isText = (value: unknown) => typeof value === 'string' && value !== ''
    checkRequired('structured', { id: isText(id), source: isText(source), version })
    if (!isText(type)) throw new PoisonError('the event has no "type" (structured mode of CloudEvents)')
    this.type = type as string
    this.#members = members
  }

  get dataBytes(): Buffer | null {
    const { data, data_base64: base64 } = this.#members
    if (typeof base64 === 'string') return Buffer.from(base64, 'base64')
    return data === undefined ? null : Buffer.from(JSON.stringify(data))
  }

  get id(): string {
    return this.#members['id'] as string
  }

  get source(): string {
    return this.#members['source'] as string
  }

  get time(): number | undefined {
    const time = this.#text('time')
    return time === undefined ? undefined : timeOf(time)
  }

  get subject(): string | undefined {
    return this.#text('subject')
  }

  get dataSchema(): string | undefined {
    return this.#text('dataschema')
  }

  get metadata(): Readonly<Record<string, string>> {
    const metadata: Record<string, string> = {}
    for (const [name, value] of Object.entries(this.#members)) {
      // Extensions are text, numbers or booleans in JSON; null says that there is none.
      if (isExtension(name) && value !== null)
        metadata[name] = typeof value === 'string' ? value : JSON.stringify(value)
    }
    return metadata
  }

  #text(name: string): string | undefined {
    const value = this.#members[name]
    return typeof value === 'string' ? value : undefined
  }
}

function parse(bytes: Buffer): Members {
  try {
    const parsed: unknown = JSON.parse(bytes.toString())
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Members
  } catch (cause) {
    throw new PoisonError(`the value is no JSON, though its content-type is ${structuredContentType}`, {
      cause,
    })
  }
  throw new PoisonError('the value is JSON, and no event')
}

/** The document. `data`: JSON text where `contentType` is JSON, and bytes in base64 elsewhere. */
export function writeStructured(
  event: EventAttributes,
  contentType: string,
  data: string | Uint8Array,
): string {
  const members = JSON.stringify({
    specversion: specVersion,
    id: event.id,
    type: event.type,
    source: event.source,
    ...(event.time !== undefined && { time: timeText(event.time) }),
    subject: event.subject,
    dataschema: event.dataSchema,
    datacontenttype: contentType,
    ...event.metadata,
  })
  const isJson = /^[^;]*[/+]json\s*(;|$)/i.test(contentType)
  const rest = isJson
    ? `"data":${typeof data === 'string' ? data : Buffer.from(data).toString()}`
    : `"data_base64":${JSON.stringify(Buffer.from(data as Uint8Array).toString('base64'))}`
  return `${members.slice(0, -1)},${rest}}`
}
