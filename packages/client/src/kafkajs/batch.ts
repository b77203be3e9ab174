// What a handler gets of a partition at a time: messages as KafkaJS gives them, of a batch of ours.
import type { ConsumerBatch } from '../consumer/batch.ts'
import type { ConsumerRecord } from '../consumer/record.ts'
import type { Batch, KafkaMessage } from './types/consumer.ts'
import type { IHeaders } from './types/producer.ts'

type Bytes = Buffer | null
/** A batch of a consumer without serdes. */
export type SourceBatch = ConsumerBatch<Bytes, Bytes>

/** Times as text: messages of one batch mostly have the same. */
class TimeText {
  #time = -1
  #text = '-1'

  of(time: number): string {
    if (time !== this.#time) {
      this.#time = time
      this.#text = String(time)
    }
    return this.#text
  }
}

/** A message as KafkaJS has it, with the fields that it has beside those of its types. */
function messageOf(record: ConsumerRecord<Bytes, Bytes>, times: TimeText): KafkaMessage {
  const message = {
    magicByte: 2,
    attributes: 0,
    timestamp: times.of(record.timestamp),
    offset: String(record.offset),
    key: record.key,
    value: record.value,
    headers: record.headers.length === 0 ? {} : headersOf(record),
    isControlRecord: false,
  }
  return message
}

/** A name that repeats has a list of values. */
function headersOf({ headers }: ConsumerRecord<Bytes, Bytes>): IHeaders {
  const named: Record<string, Bytes | Bytes[]> = {}
  for (const { key, value } of headers) {
    const known = named[key]
    if (!Object.hasOwn(named, key)) named[key] = value
    else named[key] = Array.isArray(known) ? [...known, value] : [known as Bytes, value]
  }
  return named as IHeaders
}

export class MessageBatch implements Batch {
  readonly topic: string
  readonly partition: number
  readonly highWatermark: string
  readonly messages: KafkaMessage[]
  /** Where the fetch began. */
  readonly fetchedOffset: string
  readonly #last: number
  readonly #end: number

  /** Reads all records. Throws CorruptRecordError. */
  constructor(source: SourceBatch) {
    this.topic = source.topic
    this.partition = source.partition
    this.highWatermark = String(source.highWatermark)
    this.fetchedOffset = String(source.firstOffset)
    this.#last = source.endOffset - 1
    this.#end = source.highWatermark
    const times = new TimeText()
    this.messages = []
    source.forEach(record => this.messages.push(messageOf(record, times)))
  }

  isEmpty(): boolean {
    return this.messages.length === 0
  }

  firstOffset(): string | null {
    return this.messages[0]?.offset ?? null
  }

  lastOffset(): string {
    return String(this.#last)
  }

  offsetLag(): string {
    return String(this.#end - 1 - this.#last)
  }

  offsetLagLow(): string {
    const first = this.firstOffset()
    return first === null ? '0' : String(this.#end - 1 - Number(first))
  }
}
