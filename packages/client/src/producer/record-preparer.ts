// Turns records as users hand them in into what a batch takes, and refuses those that no broker needs to be asked about.
import type { RecordHeaderInit } from '@millrace/protocol'
import { defaultParts, type WritableParts } from '../serde/part.ts'
import type { AnySerializer } from '../serde/serde.ts'
import { isThenable } from '../serde/thenable.ts'
import { type AnyTopic, Topic, topicName } from '../topic/topic.ts'
import { HeaderCollector } from './outgoing-headers.ts'
import { anyPartition } from './partitioners/partitioner.ts'
import {
  type Bytes,
  bytesOf,
  checkHeaders,
  checkRecordSize,
  checkTimestamp,
  serialize,
} from './prepare-record.ts'
import { checkFields, missingValue } from './record-fields.ts'
import { outcomeListener, type Shown } from './record-hooks.ts'
import { type AnyRecord, headerList, type HeadersInput, type ProducerRecord } from './record.ts'
import { beginHeaders } from './typed-headers.ts'

/** A record whose key and value are what is written, and whose headers are a list. */
export interface PreparedRecord extends ProducerRecord<string | Uint8Array, string | Uint8Array>, Shown {
  readonly headers?: readonly RecordHeaderInit[]
}

/** To look at the names of all fields of every record would cost a fifth of a send: the first ones of a list stand for those behind them. */
const fieldsCheckedMax = 16
/** Records of one call whose serdes work at the same time. */
const serializedAtOnceMax = 100

const noHeaders: readonly RecordHeaderInit[] = []

export class RecordPreparer {
  /** What records are written with whose topic has no serdes of its own; undefined: nothing, text and bytes go as they are. */
  readonly #partsOf: ((topic: string) => WritableParts) | undefined
  readonly #waitsByDefault: boolean
  readonly #maxRequestSize: number
  /** Used again for each record whose serdes answer at once. */
  readonly #headers = new HeaderCollector(noHeaders)

  constructor(
    keySerde: AnySerializer<never> | undefined,
    valueSerde: AnySerializer<never> | undefined,
    maxRequestSize: number,
  ) {
    const plain = keySerde === undefined && valueSerde === undefined
    this.#partsOf = plain ? undefined : defaultParts(keySerde, valueSerde)
    this.#waitsByDefault = keySerde?.async === true || valueSerde?.async === true
    this.#maxRequestSize = maxRequestSize
  }

  /** Whether a serde of this topic's records may have to wait: then {@link prepareLater} is to be called. */
  mayWait(topic: string | AnyTopic): boolean {
    return topic instanceof Topic ? topic.parts.isAsync : this.#waitsByDefault
  }

  /**
   * The record as it is written: itself, unless something of it has to be turned into bytes. Only for topics whose serdes answer at once. Throws
   * StateError, RecordTooLargeError, SerializationError.
   */
  prepare(record: AnyRecord): PreparedRecord {
    const { topic } = record
    const parts = topic instanceof Topic ? topic.parts : this.#partsOf?.(topic)
    if (parts === undefined) return this.#preparePlain(record)
    if (record.value === undefined) throw missingValue(record)
    const headers = this.#headers
    // Nothing to wait for: none of the topic's serdes may have to.
    void beginHeaders(parts.headers, record, headers)
    const key = serialize(parts.key, record.key, headers)
    const value = serialize(parts.value, record.value, headers)
    return this.#finish(record, key as Bytes, value as Bytes, headers.list)
  }

  /** The same for serdes that may have to wait: what they have at hand comes without a promise. */
  prepareLater(record: AnyRecord): PreparedRecord | Promise<PreparedRecord> {
    const { topic } = record
    const parts = topic instanceof Topic ? topic.parts : this.#partsOf?.(topic)
    if (!parts?.isAsync) return this.prepare(record)
    if (record.value === undefined) throw missingValue(record)
    const headers = new HeaderCollector(noHeaders)
    const begun = beginHeaders(parts.headers, record, headers)
    return begun
      ? begun.then(() => this.#serializeParts(record, parts, headers))
      : this.#serializeParts(record, parts, headers)
  }

  #serializeParts(
    record: AnyRecord,
    parts: WritableParts,
    headers: HeaderCollector,
  ): PreparedRecord | Promise<PreparedRecord> {
    const key = serialize(parts.key, record.key, headers)
    // In turn, as in Java: headers stand in the order of the two.
    if (isThenable(key)) {
      const both = async (): Promise<PreparedRecord> => {
        const bytes = await key
        return this.#finish(record, bytes, await serialize(parts.value, record.value, headers), headers.list)
      }
      return both()
    }
    const value = serialize(parts.value, record.value, headers)
    if (!isThenable(value)) return this.#finish(record, key, value, headers.list)
    return value.then(bytes => this.#finish(record, key, bytes, headers.list))
  }

  /** Prepares all records of a call in their list, or throws: nothing is written of a call of which a part cannot be. */
  prepareAll(records: AnyRecord[]): readonly PreparedRecord[] {
    checkNames(records)
    const prepared = records as PreparedRecord[]
    for (let at = 0; at < records.length; at++) {
      const record = records[at]!
      const ready = this.prepare(record)
      if (ready !== (record as unknown)) prepared[at] = ready
    }
    return prepared
  }

  /** The same for serdes that may have to wait. The first failure counts, when what was begun beside it has come to an end. */
  async prepareAllLater(records: readonly AnyRecord[]): Promise<readonly PreparedRecord[]> {
    checkNames(records)
    const prepared: PreparedRecord[] = []
    for (let at = 0; at < records.length; at += serializedAtOnceMax) {
      const begun = records.slice(at, at + serializedAtOnceMax).map(record => this.#begin(record))
      const outcomes = begun.some(isThenable)
        ? await Promise.allSettled(begun.map(async ready => ready))
        : undefined
      for (const [index, ready] of begun.entries()) {
        const outcome = outcomes?.[index]
        if (outcome?.status === 'rejected') throw outcome.reason
        prepared.push(outcome === undefined ? (ready as PreparedRecord) : outcome.value)
      }
    }
    return prepared
  }

  /** A failure of one record must not leave promises of others behind that nobody hears. */
  #begin(record: AnyRecord): PreparedRecord | Promise<PreparedRecord> {
    try {
      return this.prepareLater(record)
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }

  #preparePlain(record: AnyRecord): PreparedRecord {
    const topic = record.topic as string
    const key = bytesOf(record.key, topic)
    const value = bytesOf(record.value, topic)
    if (value === null && record.value === undefined) throw missingValue(record)
    const headers = headerList(record.headers as HeadersInput | null | undefined)
    this.#check(topic, record, key, value, headers)
    const given = record.headers ?? undefined
    if (given === undefined || given === headers) return record as PreparedRecord
    return prepared(topic, record, key, value, headers)
  }

  #finish(record: AnyRecord, key: Bytes, value: Bytes, headers: readonly RecordHeaderInit[]): PreparedRecord {
    const topic = topicName(record.topic)
    this.#check(topic, record, key, value, headers)
    return prepared(topic, record, key, value, headers)
  }

  #check(
    topic: string,
    { timestamp }: AnyRecord,
    key: Bytes,
    value: Bytes,
    headers: readonly RecordHeaderInit[],
  ): void {
    if (headers.length > 0) checkHeaders(topic, headers)
    if (timestamp !== undefined) checkTimestamp(topic, timestamp)
    checkRecordSize(topic, key, value, headers, this.#maxRequestSize)
  }
}

function prepared(
  topic: string,
  { partition = anyPartition, timestamp, [outcomeListener]: listener }: AnyRecord & Shown,
  key: Bytes,
  value: Bytes,
  headers: readonly RecordHeaderInit[],
): PreparedRecord {
  const ready = { topic, key, value, headers, partition, ...(timestamp !== undefined && { timestamp }) }
  return listener ? { ...ready, [outcomeListener]: listener } : ready
}

function checkNames(records: readonly AnyRecord[]): void {
  const named = Math.min(records.length, fieldsCheckedMax)
  for (let at = 0; at < named; at++) checkFields(records[at]!)
}
