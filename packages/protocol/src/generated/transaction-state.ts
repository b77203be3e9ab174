// Made by generator/main.ts from definitions/transaction-state.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import { readInt32s, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, wrongTagLength } from '../messages/tags.ts'
import { readRecordType, readVersion, unwritable } from '../messages/versions.ts'

export interface TransactionLogKey {
  transactionalId: string
}

export type TransactionLogKeyInit = TransactionLogKey

function writeTransactionLogKey(w: Writer, m: TransactionLogKeyInit, _version: number): void {
  w.string(m.transactionalId)
}

function readTransactionLogKey(r: Reader, _version: number): TransactionLogKey {
  return {
    transactionalId: r.string(),
  }
}

export function encodeTransactionLogKey(w: Writer, m: TransactionLogKeyInit): void {
  w.int16(0)
  writeTransactionLogKey(w, m, 0)
}

export function decodeTransactionLogKey(r: Reader): TransactionLogKey {
  readRecordType(r, 'TransactionLogKey', 0)
  return readTransactionLogKey(r, 0)
}

export const TransactionLogKeyFormat: RecordFormat<TransactionLogKey, TransactionLogKeyInit> = {
  name: 'TransactionLogKey',
  type: 0,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeTransactionLogKey,
  decode: decodeTransactionLogKey,
}

export interface TransactionLogValue {
  producerId: number
  previousProducerId: number // 1, tag 0
  nextProducerId: number // 1, tag 1
  producerEpoch: number
  nextProducerEpoch: number // 1, tag 3
  transactionTimeoutMs: number
  transactionStatus: number
  transactionPartitions: TransactionLogValuePartitionsSchema[] | null
  transactionLastUpdateTimestampMs: number
  transactionStartTimestampMs: number
  clientTransactionVersion: number // 1, tag 2
}

export interface TransactionLogValueInit {
  producerId: number
  previousProducerId?: number | undefined
  nextProducerId?: number | undefined
  producerEpoch: number
  nextProducerEpoch?: number | undefined
  transactionTimeoutMs: number
  transactionStatus: number
  transactionPartitions?: readonly TransactionLogValuePartitionsSchemaInit[] | null | undefined
  transactionLastUpdateTimestampMs: number
  transactionStartTimestampMs: number
  clientTransactionVersion?: number | undefined
}

export interface TransactionLogValuePartitionsSchema {
  topic: string
  partitionIds: number[]
}

export interface TransactionLogValuePartitionsSchemaInit {
  topic: string
  partitionIds: readonly number[]
}

function writeTransactionLogValue(w: Writer, m: TransactionLogValueInit, version: number): void {
  const flexible = version >= 1
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  w.int32(m.transactionTimeoutMs)
  w.int8(m.transactionStatus)
  writeNullableArrayOfTransactionLogValuePartitionsSchema(w, m.transactionPartitions ?? null, version)
  w.int64(m.transactionLastUpdateTimestampMs)
  w.int64(m.transactionStartTimestampMs)
  if (version === 0) { if (m.previousProducerId !== undefined && m.previousProducerId !== -1) refuse('TransactionLogValue.previousProducerId', version) }
  if (version === 0) { if (m.nextProducerId !== undefined && m.nextProducerId !== -1) refuse('TransactionLogValue.nextProducerId', version) }
  if (version === 0) { if (m.clientTransactionVersion !== undefined && m.clientTransactionVersion !== 0) refuse('TransactionLogValue.clientTransactionVersion', version) }
  if (version === 0) { if (m.nextProducerEpoch !== undefined && m.nextProducerEpoch !== -1) refuse('TransactionLogValue.nextProducerEpoch', version) }
  if (flexible) {
    const t0 = m.previousProducerId
    const has0 = t0 !== undefined && t0 !== -1
    const t1 = m.nextProducerId
    const has1 = t1 !== undefined && t1 !== -1
    const t2 = m.clientTransactionVersion
    const has2 = t2 !== undefined && t2 !== 0
    const t3 = m.nextProducerEpoch
    const has3 = t3 !== undefined && t3 !== -1
    w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0) + (has2 ? 1 : 0) + (has3 ? 1 : 0))
    if (has0) {
      w.uvarint(0)
      w.uvarint(8)
      w.int64(t0)
    }
    if (has1) {
      w.uvarint(1)
      w.uvarint(8)
      w.int64(t1)
    }
    if (has2) {
      w.uvarint(2)
      w.uvarint(2)
      w.int16(t2)
    }
    if (has3) {
      w.uvarint(3)
      w.uvarint(2)
      w.int16(t3)
    }
  }
}

function readTransactionLogValue(r: Reader, version: number): TransactionLogValue {
  const flexible = version >= 1
  const value: TransactionLogValue = {
    producerId: r.int64(),
    previousProducerId: -1,
    nextProducerId: -1,
    producerEpoch: r.int16(),
    nextProducerEpoch: -1,
    transactionTimeoutMs: r.int32(),
    transactionStatus: r.int8(),
    transactionPartitions: readNullableArrayOfTransactionLogValuePartitionsSchema(r, version),
    transactionLastUpdateTimestampMs: r.int64(),
    transactionStartTimestampMs: r.int64(),
    clientTransactionVersion: 0,
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0) value.previousProducerId = r.int64()
      else if (tag === 1) value.nextProducerId = r.int64()
      else if (tag === 2) value.clientTransactionVersion = r.int16()
      else if (tag === 3) value.nextProducerEpoch = r.int16()
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'TransactionLogValue', tag)
    }
  }
  return value
}

function writeTransactionLogValuePartitionsSchema(w: Writer, m: TransactionLogValuePartitionsSchemaInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.topic)
  else w.string(m.topic)
  writeInt32s(w, m.partitionIds, flexible)
  if (flexible) w.uvarint(0)
}

function readTransactionLogValuePartitionsSchema(r: Reader, version: number): TransactionLogValuePartitionsSchema {
  const flexible = version >= 1
  const value: TransactionLogValuePartitionsSchema = {
    topic: flexible ? r.compactString() : r.string(),
    partitionIds: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeNullableArrayOfTransactionLogValuePartitionsSchema(w: Writer, list: readonly TransactionLogValuePartitionsSchemaInit[] | null, version: number): void {
  const flexible = version >= 1
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeTransactionLogValuePartitionsSchema(w, element, version)
}

function readNullableArrayOfTransactionLogValuePartitionsSchema(r: Reader, version: number): TransactionLogValuePartitionsSchema[] | null {
  const flexible = version >= 1
  const length = readNullableLength(r, flexible, flexible ? 3 : 6, 2)
  if (length < 0) return null
  const list: TransactionLogValuePartitionsSchema[] = []
  for (let index = 0; index < length; index++) list.push(readTransactionLogValuePartitionsSchema(r, version))
  return list
}

export function encodeTransactionLogValue(w: Writer, m: TransactionLogValueInit, version = 1): void {
  if (version < 0 || version > 1) unwritable('TransactionLogValue', version)
  w.int16(version)
  writeTransactionLogValue(w, m, version)
}

export function decodeTransactionLogValue(r: Reader): TransactionLogValue {
  return readTransactionLogValue(r, readVersion(r, 'TransactionLogValue', 0, 1))
}

export const TransactionLogValueFormat: RecordFormat<TransactionLogValue, TransactionLogValueInit> = {
  name: 'TransactionLogValue',
  type: 0,
  minVersion: 0,
  maxVersion: 1,
  encode: encodeTransactionLogValue,
  decode: decodeTransactionLogValue,
}

export const transactionStateFormats: readonly RecordFormat[] = [
  TransactionLogKeyFormat,
  TransactionLogValueFormat,
]
