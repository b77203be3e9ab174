// Made by generator/main.ts from definitions/25-add-offsets-to-txn.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface AddOffsetsToTxnRequest {
  transactionalId: string
  producerId: number
  producerEpoch: number
  groupId: string
}

export type AddOffsetsToTxnRequestInit = AddOffsetsToTxnRequest

function writeAddOffsetsToTxnRequest(w: Writer, m: AddOffsetsToTxnRequestInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.transactionalId)
  else w.string(m.transactionalId)
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  if (flexible) w.uvarint(0)
}

function readAddOffsetsToTxnRequest(r: Reader, version: number): AddOffsetsToTxnRequest {
  const flexible = version >= 3
  const value: AddOffsetsToTxnRequest = {
    transactionalId: flexible ? r.compactString() : r.string(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    groupId: flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeAddOffsetsToTxnRequest(w: Writer, m: AddOffsetsToTxnRequestInit, version: number): void {
  if (version < 0 || version > 4) unwritable('AddOffsetsToTxnRequest', version)
  writeAddOffsetsToTxnRequest(w, m, version)
}

export function decodeAddOffsetsToTxnRequest(r: Reader, version: number): AddOffsetsToTxnRequest {
  if (version < 0 || version > 4) unreadable('AddOffsetsToTxnRequest', version, r)
  return readAddOffsetsToTxnRequest(r, version)
}

export interface AddOffsetsToTxnResponse {
  throttleTimeMs: number
  errorCode: number
}

export type AddOffsetsToTxnResponseInit = AddOffsetsToTxnResponse

function writeAddOffsetsToTxnResponse(w: Writer, m: AddOffsetsToTxnResponseInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readAddOffsetsToTxnResponse(r: Reader, version: number): AddOffsetsToTxnResponse {
  const flexible = version >= 3
  const value: AddOffsetsToTxnResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeAddOffsetsToTxnResponse(w: Writer, m: AddOffsetsToTxnResponseInit, version: number): void {
  if (version < 0 || version > 4) unwritable('AddOffsetsToTxnResponse', version)
  writeAddOffsetsToTxnResponse(w, m, version)
}

export function decodeAddOffsetsToTxnResponse(r: Reader, version: number): AddOffsetsToTxnResponse {
  if (version < 0 || version > 4) unreadable('AddOffsetsToTxnResponse', version, r)
  return readAddOffsetsToTxnResponse(r, version)
}

/** API key 25, versions 0-4. */
export const AddOffsetsToTxnApi: Api<AddOffsetsToTxnRequest, AddOffsetsToTxnRequestInit, AddOffsetsToTxnResponse, AddOffsetsToTxnResponseInit> = {
  key: 25,
  name: 'AddOffsetsToTxn',
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeAddOffsetsToTxnRequest,
  decodeRequest: decodeAddOffsetsToTxnRequest,
  encodeResponse: encodeAddOffsetsToTxnResponse,
  decodeResponse: decodeAddOffsetsToTxnResponse,
}
