// Binary mode of CloudEvents over Kafka: attributes are headers, the value is the data.
//
//   ce_specversion: 1.0      ce_id: 7f2c…      ce_type: order.created      ce_source: /shop
//   ce_time: 2026-11-30T10:15:00.000Z          ce_<extension>: text        content-type: application/json
import type { OutgoingHeaders } from '@millrace/client'
import { checkRequired, isExtension, specVersion, timeOf, timeText } from './attributes.ts'
import type { EventAttributes } from './event.ts'
import { ReceivedEvent } from './received-event.ts'
import { type ReceivedHeader, textHeader } from '../received-header.ts'

const prefix = 'ce_'

export class BinaryEvent extends ReceivedEvent {
  readonly type: string
  readonly dataBytes: Buffer | null
  readonly #headers: readonly ReceivedHeader[]
  readonly #id: Buffer
  readonly #source: Buffer
  readonly #time: Buffer | undefined

  /** Throws PoisonError where a required attribute is missing. */
  constructor(type: string, headers: readonly ReceivedHeader[], value: Buffer | null) {
    super()
    let id: Buffer | undefined
    let source: Buffer | undefined
    let time: Buffer | undefined
    let version: Buffer | undefined
    for (const { key, value: bytes } of headers) {
      if (bytes === null) continue
      if (key === 'ce_id') id = bytes
      else if (key === 'ce_source') source = bytes
      else if (key === 'ce_time') time = bytes
      else if (key === 'ce_specversion') version = bytes
    }
    if (!id?.length || !source?.length || !isVersion(version))
      checkRequired('binary', { id: id?.length, source: source?.length, version: version?.toString() })
    this.type = type
    this.dataBytes = value
    this.#headers = headers
    this.#id = id!
    this.#source = source!
    this.#time = time
  }

  get id(): string {
    return this.#id.toString()
  }

  get source(): string {
    return this.#source.toString()
  }

  get time(): number | undefined {
    return this.#time && timeOf(this.#time.toString())
  }

  get subject(): string | undefined {
    return textHeader(this.#headers, 'ce_subject')
  }

  get dataSchema(): string | undefined {
    return textHeader(this.#headers, 'ce_dataschema')
  }

  get metadata(): Readonly<Record<string, string>> {
    const metadata: Record<string, string> = {}
    for (const { key, value } of this.#headers) {
      const name = key.slice(prefix.length)
      if (key.startsWith(prefix) && value !== null && isExtension(name)) metadata[name] = value.toString()
    }
    return metadata
  }
}

function isVersion(bytes: Buffer | undefined): boolean {
  return bytes !== undefined && bytes.length === 3 && bytes.toString('latin1') === specVersion
}

/** Adds the headers of an event. */
export function writeBinary(
  event: EventAttributes,
  contentType: string,
  headers: Pick<OutgoingHeaders, 'add'>,
): void {
  headers.add('ce_specversion', specVersion)
  headers.add('ce_id', event.id)
  headers.add('ce_type', event.type)
  headers.add('ce_source', event.source)
  if (event.time !== undefined) headers.add('ce_time', timeText(event.time))
  if (event.subject !== undefined) headers.add('ce_subject', event.subject)
  if (event.dataSchema !== undefined) headers.add('ce_dataschema', event.dataSchema)
  for (const name in event.metadata) headers.add(`${prefix}${name}`, event.metadata[name]!)
  headers.add('content-type', contentType)
}
