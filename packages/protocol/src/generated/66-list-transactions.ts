// Made by generator/main.ts from definitions/66-list-transactions.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt64s, readLength, readStrings, writeInt64s, writeLength, writeStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ListTransactionsRequest {
  stateFilters: string[]
  producerIdFilters: number[]
  durationFilter: number // 1-2
  transactionalIdPattern: string | null // 2
}

export interface ListTransactionsRequestInit {
  stateFilters: readonly string[]
  producerIdFilters: readonly number[]
  durationFilter?: number | undefined
  transactionalIdPattern?: string | null | undefined
}

function writeListTransactionsRequest(w: Writer, m: ListTransactionsRequestInit, version: number): void {
  writeStrings(w, m.stateFilters, true)
  writeInt64s(w, m.producerIdFilters, true)
  if (version >= 1) w.int64(m.durationFilter ?? -1)
  else { if (m.durationFilter !== undefined && m.durationFilter !== -1) refuse('ListTransactionsRequest.durationFilter', version) }
  if (version >= 2) w.compactNullableString(m.transactionalIdPattern ?? null)
  else { if (m.transactionalIdPattern !== undefined && m.transactionalIdPattern !== null) refuse('ListTransactionsRequest.transactionalIdPattern', version) }
  w.uvarint(0)
}

function readListTransactionsRequest(r: Reader, version: number): ListTransactionsRequest {
  const value: ListTransactionsRequest = {
    stateFilters: readStrings(r, true),
    producerIdFilters: readInt64s(r, true),
    durationFilter: version >= 1 ? r.int64() : -1,
    transactionalIdPattern: version >= 2 ? r.compactNullableString() : null,
  }
  r.skipTaggedFields()
  return value
}

export function encodeListTransactionsRequest(w: Writer, m: ListTransactionsRequestInit, version: number): void {
  if (version < 0 || version > 2) unwritable('ListTransactionsRequest', version)
  writeListTransactionsRequest(w, m, version)
}

export function decodeListTransactionsRequest(r: Reader, version: number): ListTransactionsRequest {
  if (version < 0 || version > 2) unreadable('ListTransactionsRequest', version, r)
  return readListTransactionsRequest(r, version)
}

export interface ListTransactionsResponse {
  throttleTimeMs: number
  errorCode: number
  unknownStateFilters: string[]
  transactionStates: ListTransactionsResponseTransactionState[]
}

export interface ListTransactionsResponseInit {
  throttleTimeMs: number
  errorCode: number
  unknownStateFilters: readonly string[]
  transactionStates: readonly ListTransactionsResponseTransactionStateInit[]
}

export interface ListTransactionsResponseTransactionState {
  transactionalId: string
  producerId: number
  transactionState: string
}

export type ListTransactionsResponseTransactionStateInit = ListTransactionsResponseTransactionState

function writeListTransactionsResponse(w: Writer, m: ListTransactionsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  writeStrings(w, m.unknownStateFilters, true)
  writeArrayOfListTransactionsResponseTransactionState(w, m.transactionStates, version)
  w.uvarint(0)
}

function readListTransactionsResponse(r: Reader, version: number): ListTransactionsResponse {
  const value: ListTransactionsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    unknownStateFilters: readStrings(r, true),
    transactionStates: readArrayOfListTransactionsResponseTransactionState(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeListTransactionsResponseTransactionState(w: Writer, m: ListTransactionsResponseTransactionStateInit, _version: number): void {
  w.compactString(m.transactionalId)
  w.int64(m.producerId)
  w.compactString(m.transactionState)
  w.uvarint(0)
}

function readListTransactionsResponseTransactionState(r: Reader, _version: number): ListTransactionsResponseTransactionState {
  const value: ListTransactionsResponseTransactionState = {
    transactionalId: r.compactString(),
    producerId: r.int64(),
    transactionState: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfListTransactionsResponseTransactionState(w: Writer, list: readonly ListTransactionsResponseTransactionStateInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeListTransactionsResponseTransactionState(w, element, version)
}

function readArrayOfListTransactionsResponseTransactionState(r: Reader, version: number): ListTransactionsResponseTransactionState[] {
  const length = readLength(r, true, 11, 3)
  const list: ListTransactionsResponseTransactionState[] = []
  for (let index = 0; index < length; index++) list.push(readListTransactionsResponseTransactionState(r, version))
  return list
}

export function encodeListTransactionsResponse(w: Writer, m: ListTransactionsResponseInit, version: number): void {
  if (version < 0 || version > 2) unwritable('ListTransactionsResponse', version)
  writeListTransactionsResponse(w, m, version)
}

export function decodeListTransactionsResponse(r: Reader, version: number): ListTransactionsResponse {
  if (version < 0 || version > 2) unreadable('ListTransactionsResponse', version, r)
  return readListTransactionsResponse(r, version)
}

/** API key 66, versions 0-2. */
export const ListTransactionsApi: Api<ListTransactionsRequest, ListTransactionsRequestInit, ListTransactionsResponse, ListTransactionsResponseInit> = {
  key: 66,
  name: 'ListTransactions',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeListTransactionsRequest,
  decodeRequest: decodeListTransactionsRequest,
  encodeResponse: encodeListTransactionsResponse,
  decodeResponse: decodeListTransactionsResponse,
}
