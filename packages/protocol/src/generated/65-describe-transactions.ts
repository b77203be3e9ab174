// Made by generator/main.ts from definitions/65-describe-transactions.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readStrings, writeInt32s, writeLength, writeStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeTransactionsRequest {
  transactionalIds: string[]
}

export interface DescribeTransactionsRequestInit {
  transactionalIds: readonly string[]
}

function writeDescribeTransactionsRequest(w: Writer, m: DescribeTransactionsRequestInit, _version: number): void {
  writeStrings(w, m.transactionalIds, true)
  w.uvarint(0)
}

function readDescribeTransactionsRequest(r: Reader, _version: number): DescribeTransactionsRequest {
  const value: DescribeTransactionsRequest = {
    transactionalIds: readStrings(r, true),
  }
  r.skipTaggedFields()
  return value
}

export function encodeDescribeTransactionsRequest(w: Writer, m: DescribeTransactionsRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DescribeTransactionsRequest', version)
  writeDescribeTransactionsRequest(w, m, version)
}

export function decodeDescribeTransactionsRequest(r: Reader, version: number): DescribeTransactionsRequest {
  if (version < 0 || version > 0) unreadable('DescribeTransactionsRequest', version, r)
  return readDescribeTransactionsRequest(r, version)
}

export interface DescribeTransactionsResponse {
  throttleTimeMs: number
  transactionStates: DescribeTransactionsResponseTransactionState[]
}

export interface DescribeTransactionsResponseInit {
  throttleTimeMs: number
  transactionStates: readonly DescribeTransactionsResponseTransactionStateInit[]
}

export interface DescribeTransactionsResponseTransactionState {
  errorCode: number
  transactionalId: string
  transactionState: string
  transactionTimeoutMs: number
  transactionStartTimeMs: number
  producerId: number
  producerEpoch: number
  topics: DescribeTransactionsResponseTopicData[]
}

export interface DescribeTransactionsResponseTransactionStateInit {
  errorCode: number
  transactionalId: string
  transactionState: string
  transactionTimeoutMs: number
  transactionStartTimeMs: number
  producerId: number
  producerEpoch: number
  topics: readonly DescribeTransactionsResponseTopicDataInit[]
}

export interface DescribeTransactionsResponseTopicData {
  topic: string
  partitions: number[]
}

export interface DescribeTransactionsResponseTopicDataInit {
  topic: string
  partitions: readonly number[]
}

function writeDescribeTransactionsResponse(w: Writer, m: DescribeTransactionsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  writeArrayOfDescribeTransactionsResponseTransactionState(w, m.transactionStates, version)
  w.uvarint(0)
}

function readDescribeTransactionsResponse(r: Reader, version: number): DescribeTransactionsResponse {
  const value: DescribeTransactionsResponse = {
    throttleTimeMs: r.int32(),
    transactionStates: readArrayOfDescribeTransactionsResponseTransactionState(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTransactionsResponseTransactionState(w: Writer, m: DescribeTransactionsResponseTransactionStateInit, version: number): void {
  w.int16(m.errorCode)
  w.compactString(m.transactionalId)
  w.compactString(m.transactionState)
  w.int32(m.transactionTimeoutMs)
  w.int64(m.transactionStartTimeMs)
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  writeArrayOfDescribeTransactionsResponseTopicData(w, m.topics, version)
  w.uvarint(0)
}

function readDescribeTransactionsResponseTransactionState(r: Reader, version: number): DescribeTransactionsResponseTransactionState {
  const value: DescribeTransactionsResponseTransactionState = {
    errorCode: r.int16(),
    transactionalId: r.compactString(),
    transactionState: r.compactString(),
    transactionTimeoutMs: r.int32(),
    transactionStartTimeMs: r.int64(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    topics: readArrayOfDescribeTransactionsResponseTopicData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTransactionsResponseTopicData(w: Writer, m: DescribeTransactionsResponseTopicDataInit, _version: number): void {
  w.compactString(m.topic)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readDescribeTransactionsResponseTopicData(r: Reader, _version: number): DescribeTransactionsResponseTopicData {
  const value: DescribeTransactionsResponseTopicData = {
    topic: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeTransactionsResponseTransactionState(w: Writer, list: readonly DescribeTransactionsResponseTransactionStateInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeTransactionsResponseTransactionState(w, element, version)
}

function readArrayOfDescribeTransactionsResponseTransactionState(r: Reader, version: number): DescribeTransactionsResponseTransactionState[] {
  const length = readLength(r, true, 28, 8)
  const list: DescribeTransactionsResponseTransactionState[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeTransactionsResponseTransactionState(r, version))
  return list
}

function writeArrayOfDescribeTransactionsResponseTopicData(w: Writer, list: readonly DescribeTransactionsResponseTopicDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeTransactionsResponseTopicData(w, element, version)
}

function readArrayOfDescribeTransactionsResponseTopicData(r: Reader, version: number): DescribeTransactionsResponseTopicData[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeTransactionsResponseTopicData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeTransactionsResponseTopicData(r, version))
  return list
}

export function encodeDescribeTransactionsResponse(w: Writer, m: DescribeTransactionsResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DescribeTransactionsResponse', version)
  writeDescribeTransactionsResponse(w, m, version)
}

export function decodeDescribeTransactionsResponse(r: Reader, version: number): DescribeTransactionsResponse {
  if (version < 0 || version > 0) unreadable('DescribeTransactionsResponse', version, r)
  return readDescribeTransactionsResponse(r, version)
}

/** API key 65, versions 0. */
export const DescribeTransactionsApi: Api<DescribeTransactionsRequest, DescribeTransactionsRequestInit, DescribeTransactionsResponse, DescribeTransactionsResponseInit> = {
  key: 65,
  name: 'DescribeTransactions',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeTransactionsRequest,
  decodeRequest: decodeDescribeTransactionsRequest,
  encodeResponse: encodeDescribeTransactionsResponse,
  decodeResponse: decodeDescribeTransactionsResponse,
}
