// Turns records as users hand them in into what a batch takes, and refuses those that no broker needs to be asked about.
import type { RecordHeaderInit } from '@millrace/protocol'
import type { Serde } from '../serde/serde.ts'
import { anyPartition } from './partitioner.ts'
import { checkHeaders, checkRecordSize, checkTimestamp, serialize } from './prepare-record.ts'
import { checkFields, missingValue } from './record-fields.ts'
import { headerList, type ProducerRecord } from './record.ts'

type Bytes = string | Uint8Array

/** A record whose key and value are what is written, and whose headers are a list. */
export interface PreparedRecord extends ProducerRecord<Bytes, Bytes> {
  readonly headers?: readonly RecordHeaderInit[]
}

/** To look at the names of all fields of every record would cost a fifth of a send: the first ones of a list stand for those behind them. */
const fieldsCheckedMax = 16

export class RecordPreparer<K, V> {
  readonly #keySerde: Serde<K> | undefined
  readonly #valueSerde: Serde<V> | undefined
  readonly #maxRequestSize: number

  constructor(keySerde: Serde<K> | undefined, valueSerde: Serde<V> | undefined, maxRequestSize: number) {
    this.#keySerde = keySerde
    this.#valueSerde = valueSerde
    this.#maxRequestSize = maxRequestSize
  }

  /** The record as it is written: itself, unless something of it has to be turned into bytes. Throws StateError, RecordTooLargeError, and what serdes throw. */
  prepare(record: ProducerRecord<K, V>): PreparedRecord {
    const { topic } = record
    const key = serialize(this.#keySerde, record.key, topic)
    const value = serialize(this.#valueSerde, record.value, topic)
    if (value === null && record.value === undefined) throw missingValue(record)
    const headers = headerList(record.headers)
    if (headers.length > 0) checkHeaders(topic, headers)
    const { timestamp } = record
    if (timestamp !== undefined) checkTimestamp(topic, timestamp)
    checkRecordSize(topic, key, value, headers, this.#maxRequestSize)
    const isPlain = this.#keySerde === undefined && this.#valueSerde === undefined
    const given = record.headers ?? undefined
    if (isPlain && (given === undefined || given === headers)) return record as PreparedRecord
    const { partition = anyPartition } = record
    return { topic, key, value, headers, partition, ...(timestamp !== undefined && { timestamp }) }
  }

  /** Prepares all records of a call in their list, or throws: nothing is written of a call of which a part cannot be. */
  prepareAll(records: ProducerRecord<K, V>[]): readonly PreparedRecord[] {
    const named = Math.min(records.length, fieldsCheckedMax)
    for (let at = 0; at < named; at++) checkFields(records[at]!)
    const prepared = records as PreparedRecord[]
    for (let at = 0; at < records.length; at++) {
      const record = records[at]!
      const ready = this.prepare(record)
      if (ready !== (record as unknown)) prepared[at] = ready
    }
    return prepared
  }
}
